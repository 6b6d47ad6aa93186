"""The checks of one family as questions: a verdict for each, and a reason where one is needed (CN-4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from volmacht.checks import Check
from volmacht.checks.judging import Outcome, Verdict
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.report_words import OUTCOMES
from volmacht.portals.staff.forms import text_field

OUTCOME, REASON = "oordeel-", "reden-"
LONGEST_REASON = 2000
CHOICES = [
    (one.value, OUTCOMES[one]) for one in (Outcome.PASS, Outcome.WARNING, Outcome.FAIL, Outcome.NOT_RUN)
]

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class FamilyForm(forms.Form):
    """Made for the checks of one family. What has no verdict yet may stay so until the report is finished."""

    use_required_attribute = False

    def __init__(
        self,
        *args: object,
        asked: Sequence[Check],
        offered: Mapping[str, Verdict] = NOTHING,
        judged: Collection[str] = (),
        before: Mapping[str, str] = NOTHING,
        **named: object,
    ) -> None:
        """`asked`: the checks; `offered`: what the system proposes; `judged`: which have a verdict already.

        `before`: what an earlier report said of each.
        """
        super().__init__(*args, **named)  # type: ignore[arg-type] # whatever a form takes
        self.asked, self.offered = asked, offered
        for check in asked:
            verdict = forms.ChoiceField(
                label=f"{check.id}: {check.title(language())}",
                help_text=" ".join(
                    [
                        *(
                            [gettext("Voorstel van Volmacht, automatisch nagekeken. U kunt het wijzigen.")]
                            if check.id in offered and check.id not in judged
                            else []
                        ),
                        *_of(before, check),
                    ]
                ),
                required=False,
                choices=CHOICES,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Kies een van de oordelen.")},
            )
            verdict.asked_sometimes = True  # type: ignore[attr-defined] # read by the template of a field
            self.fields[OUTCOME + check.id] = verdict
            reason = text_field(
                _("Reden van het oordeel over %(check)s") % {"check": check.id},
                rows=1,
                longest=LONGEST_REASON,
            )
            reason.asked_sometimes = True  # type: ignore[attr-defined] # the same
            reason.error_messages["max_length"] = _("Dit is te lang. Gebruik ten hoogste 2000 tekens.")
            self.fields[REASON + check.id] = reason

    def clean(self) -> dict[str, Any]:
        """Only ‘it passes’ speaks for itself; a reason without a verdict says nothing."""
        for check in self.asked:
            outcome = self.cleaned_data.get(OUTCOME + check.id, "")
            reason = self.cleaned_data.get(REASON + check.id, "")
            if (
                outcome
                and outcome != Outcome.PASS
                and not reason.strip()
                and REASON + check.id not in self.errors
            ):
                self.add_error(REASON + check.id, _("Schrijf op waarom."))
            if reason.strip() and not outcome and OUTCOME + check.id not in self.errors:
                self.add_error(OUTCOME + check.id, _("Kies een oordeel."))
        return self.cleaned_data

    def verdicts(self) -> list[Verdict]:
        """What can be kept: also when something else on the page is not good yet."""
        found = []
        for check in self.asked:
            outcome, reason = (self.cleaned_data.get(part + check.id, "") for part in (OUTCOME, REASON))
            if outcome and (reason.strip() or outcome == Outcome.PASS):
                found.append(self._as_given(Verdict(check.id, Outcome(outcome), reason.strip())))
        return found

    def _as_given(self, verdict: Verdict) -> Verdict:
        """Of the system where nothing was changed of what it proposed."""
        offered = self.offered.get(verdict.check_id)
        return offered if offered and replace(offered, by=verdict.by) == verdict else verdict


def _of(before: Mapping[str, str], check: Check) -> list[str]:
    return [before[check.id]] if check.id in before else []
