"""A report of a test in words: what did not simply pass, why, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from volmacht.checks import checks
from volmacht.checks.judging import JudgedBy, Outcome, Overall
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.parts import Text
from volmacht.rules.environment import Environment

OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.PASS: _("Voldoet"),
    Outcome.FAIL: _("Voldoet niet"),
    Outcome.WARNING: _("Voldoet, met een opmerking"),
    Outcome.NOT_RUN: _("Niet getest"),
}
OVERALL: Mapping[Overall, Text] = {
    Overall.PASSED: _("Voldoet"),
    Overall.FAILED: _("Voldoet niet"),
    Overall.INCOMPLETE: _("Nog niet af"),
}

JUDGED_BY: Mapping[JudgedBy, Text] = {
    JudgedBy.ASSESSOR: _("Een beoordelaar"),
    JudgedBy.SYSTEM: _("Volmacht, automatisch"),
}


def judged_by(verdict: Mapping[str, str]) -> JudgedBy:
    """Who came to a verdict that was stored; before the system proposed any it was an assessor."""
    return JudgedBy(verdict.get("by", JudgedBy.ASSESSOR))


@dataclass(frozen=True, slots=True)
class ReportedPoint:
    """A check that did not simply pass; `mend` is empty for one that nobody tested."""

    id: str
    title: str
    outcome: Text
    is_failed: bool
    reason: str
    mend: str
    by: Text


def points_of(environment: Environment, verdicts: Mapping[str, Mapping[str, str]]) -> list[ReportedPoint]:
    """What failed first, then remarks and what was not tested; each in the order of the checklist."""
    given = [
        (check, Outcome(verdicts[check.id]["outcome"]))
        for check in checks(environment)
        if check.id in verdicts
    ]
    found = [
        ReportedPoint(
            check.id,
            check.title(language()),
            OUTCOMES[outcome],
            outcome is Outcome.FAIL,
            verdicts[check.id]["reason"],
            "" if outcome is Outcome.NOT_RUN else check.mend(language()),
            JUDGED_BY[judged_by(verdicts[check.id])],
        )
        for check, outcome in given
        if outcome is not Outcome.PASS
    ]
    return sorted(found, key=lambda point: not point.is_failed)
