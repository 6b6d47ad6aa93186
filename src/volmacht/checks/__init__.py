"""The checklist of connecting as data (CN-3, CN-4, CN-24): every check once, in words. Pure.

The checklist page, the form of an assessor, the test bench and the report are all made from `CHECKS`, so they never
differ. Each family has a module; `model` says what a check is, `judging` what verdicts amount to.
"""

from typing import Final

from volmacht.checks import conditions, messages, metadata, metadata_contents, negative, positive, service
from volmacht.checks.model import Check, Family, Judged
from volmacht.rules.environment import Environment

__all__ = ["CHECKS", "Check", "Family", "Judged", "check", "checks"]

CHECKS: Final[tuple[Check, ...]] = (
    *conditions.CHECKS,
    *metadata.CHECKS,
    *metadata_contents.CHECKS,
    *messages.CHECKS,
    *positive.CHECKS,
    *negative.CHECKS,
    *service.CHECKS,
)
_BY_ID: Final = {each.id: each for each in CHECKS}


def check(check_id: str) -> Check:
    """The check with this id. Raises KeyError."""
    return _BY_ID[check_id]


def checks(
    environment: Environment | None = None, family: Family | None = None, judged: Judged | None = None
) -> tuple[Check, ...]:
    """The checks of an environment, a family, a way of judging, or all, in the order of the list."""
    return tuple(
        each
        for each in CHECKS
        if (environment is None or environment in each.environments)
        and (family is None or each.family is family)
        and (judged is None or each.judged is judged)
    )
