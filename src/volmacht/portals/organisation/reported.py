"""What the last report of each environment says, on the page of a case: points, reasons, mending (CN-4)."""

from dataclasses import dataclass

from volmacht.onboarding.queries import CasePage, KnownReport
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.report_words import ReportedPoint, points_of
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report that was given, with what did not simply pass."""

    report: KnownReport
    environment: Text
    points: list[ReportedPoint]


def shown_reports(page: CasePage) -> list[ShownReport]:
    """The newest of each environment that the reader may know of; the newest first."""
    newest = {one.environment: one for one in page.reports if one.passed is not None}
    return [
        ShownReport(
            one,
            ENVIRONMENTS[Environment(one.environment)],
            points_of(Environment(one.environment), one.verdicts),
        )
        for one in sorted(newest.values(), key=lambda one: one.made_at, reverse=True)
    ]
