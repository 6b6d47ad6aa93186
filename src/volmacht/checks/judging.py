"""What the verdicts of one test amount to (CN-3, CN-4, CN-5). No check is listed without a verdict. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto

from volmacht.checks.model import Check


class Outcome(StrEnum):
    """What was found. Values are stored: never rename one."""

    PASS = auto()
    FAIL = auto()
    WARNING = auto()  # not as it should be, and no reason to refuse
    NOT_RUN = auto()


class JudgedBy(StrEnum):
    """Who came to a verdict. Values are stored: never rename one."""

    ASSESSOR = auto()
    SYSTEM = auto()  # an assessor left it as the system proposed it


class Overall(StrEnum):
    """What a whole test amounts to."""

    PASSED = auto()
    FAILED = auto()
    INCOMPLETE = auto()  # a check has no verdict, or a required one was not run


class ReasonMissing(ValueError):
    """A check that failed, was not run, or passed with a warning says why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found for one check. Raises ReasonMissing when it is no plain pass and does not say why."""

    check_id: str
    outcome: Outcome
    reason: str = ""
    by: JudgedBy = JudgedBy.ASSESSOR

    def __post_init__(self) -> None:
        """Only a pass speaks for itself."""
        if self.outcome is not Outcome.PASS and not self.reason.strip():
            raise ReasonMissing(self.check_id)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The whole, and the ids of the checks that stand in the way of a pass, in the order of the list."""

    overall: Overall
    failing: tuple[str, ...] = ()
    not_run: tuple[str, ...] = ()  # required, and not run
    without_verdict: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()  # stand in nobody's way, advised checks that failed among them


def judge(asked: Iterable[Check], verdicts: Iterable[Verdict]) -> Judgement:
    """What the verdicts say of the checks that were asked. Raises ValueError on a verdict that nobody asked, or two.

    A required check that is not run keeps a test from passing, whatever its reason: the reason says what to do next.
    """
    listed = tuple(asked)
    given = _by_check(verdicts)
    if strange := given.keys() - {check.id for check in listed}:
        raise ValueError(f"nobody asked for {', '.join(sorted(strange))}")
    missing = tuple(check.id for check in listed if check.id not in given)
    judged = [(check, given[check.id].outcome) for check in listed if check.id in given]
    failing = tuple(c.id for c, found in judged if c.required and found is Outcome.FAIL)
    not_run = tuple(c.id for c, found in judged if c.required and found is Outcome.NOT_RUN)
    warnings = tuple(
        c.id for c, found in judged if found is Outcome.WARNING or (found is Outcome.FAIL and not c.required)
    )
    overall = Overall.FAILED if failing else Overall.INCOMPLETE if missing or not_run else Overall.PASSED
    return Judgement(overall, failing, not_run, missing, warnings)


def _by_check(verdicts: Iterable[Verdict]) -> dict[str, Verdict]:
    given: dict[str, Verdict] = {}
    for verdict in verdicts:
        if verdict.check_id in given:
            raise ValueError(f"two verdicts for {verdict.check_id}")
        given[verdict.check_id] = verdict
    return given
