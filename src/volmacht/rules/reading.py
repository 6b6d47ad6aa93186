"""Why an employee of the operator looks at a case or an organisation: a closed list, kept with every reading. Pure."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum, auto
from typing import Final

from volmacht.rules.roles import Permission

ONCE_IN: Final = timedelta(hours=1)  # one employee looking at one thing again is one reading


class ReadPurpose(StrEnum):
    """For what. Values are stored: never rename one."""

    JUDGING = auto()
    SUPPORT = auto()
    SUPERVISION = auto()
    DISPUTE = auto()


def purpose_of(permissions: Collection[Permission], *, dispute: bool = False) -> ReadPurpose:
    """What somebody with these permissions looks for: it follows from their work, so that nobody picks a better one."""
    if dispute:
        return ReadPurpose.DISPUTE
    if Permission.JUDGE_CASES in permissions:
        return ReadPurpose.JUDGING
    if Permission.SEE_AUDIT in permissions:
        return ReadPurpose.SUPERVISION
    return ReadPurpose.SUPPORT
