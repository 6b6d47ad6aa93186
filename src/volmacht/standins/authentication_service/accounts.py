"""With what somebody logs in here: an invented person, or an employee for an invented organisation.

`Accounts` are what a page chooses from. What an assertion says of an account is in `identities`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum, auto

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn, KvkNumber
from volmacht.rules.searching import folded, words


class Remark(StrEnum):
    """What is unusual about a person without a story, for who looks for somebody to try something with."""

    DECEASED = auto()
    UNDER_GUARDIANSHIP = auto()
    SECRET_ADDRESS = auto()
    ABROAD = auto()


@dataclass(frozen=True, slots=True)
class Account:
    """One way to log in. `key` is its value in forms: a BSN, or the handle of an employee.

    `number` is shown beside the name. `story_nl` and `story_en` are empty but for main characters.
    """

    key: str = field(repr=False)
    name: str
    levels: tuple[LevelOfAssurance, ...]
    number: str = field(repr=False)
    organisation: str = ""
    story_nl: str = ""
    story_en: str = ""
    remark: Remark | None = None
    bsn: Bsn | None = None
    kvk: KvkNumber | None = None

    @property
    def highest(self) -> LevelOfAssurance:
        """The surest way in which it can log in."""
        return max(self.levels)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of accounts."""

    accounts: tuple[Account, ...]
    total: int


class Accounts:
    """All accounts with which somebody can log in, in their order."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_key = {account.key: account for account in accounts if account.levels}
        self.main = tuple(account for account in self._by_key.values() if account.story_nl)

    def find(self, key: str) -> Account | None:
        """The account with this key."""
        return self._by_key.get(key)

    def search(self, text: str, page: int, size: int) -> Found:
        """Accounts of which name or organisation holds every word; pages count from 1."""
        asked = words(text)
        found = [
            account
            for account in self._by_key.values()
            if all(word in folded(f"{account.name} {account.organisation}") for word in asked)
        ]
        return Found(tuple(found[(page - 1) * size : page * size]), len(found))
