"""Reads the level that somebody chose, never higher than the account has. Pure."""

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.standins.authentication_service.accounts import Account

HIGHEST = {"", "hoogste"}


def chosen_level(account: Account, text: str) -> LevelOfAssurance | None:
    """The level by its number; the highest of the account when none is named; None for one that it does not have."""
    if text in HIGHEST:
        return account.highest
    return next((level for level in account.levels if str(int(level)) == text), None)
