"""Reads the level that somebody chose, never higher than the account has; lower than asked on purpose. Pure."""

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.standins.authentication_service.accounts import Account

HIGHEST = {"", "hoogste"}


def chosen_level(account: Account, text: str) -> LevelOfAssurance | None:
    """The level by its number; the highest of the account when none is named; None for one that it does not have."""
    if text in HIGHEST:
        return account.highest
    return next((level for level in account.levels if str(int(level)) == text), None)


def level_too_low(
    account: Account, chosen: LevelOfAssurance, minimum: LevelOfAssurance
) -> LevelOfAssurance | None:
    """The chosen level where it is below the minimum, else the highest of the account that is; None without any."""
    return max((level for level in account.levels if level < minimum and level <= chosen), default=None)
