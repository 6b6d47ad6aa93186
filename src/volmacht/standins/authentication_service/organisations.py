"""The accounts of eHerkenning: employees who may act for an invented organisation, from `organisations.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import KvkNumber
from volmacht.standins.authentication_service.accounts import Account, Accounts

FILE = Path(__file__).parent / "organisations.toml"


class OrganisationsFileError(ValueError):
    """The file cannot be used; the message names the organisation by its place in the file."""


def employees(path: Path = FILE) -> Accounts:
    """Everybody who can log in for an organisation. Raises OrganisationsFileError."""
    seen: set[str] = set()
    accounts: list[Account] = []
    for position, table in enumerate(tomllib.loads(path.read_text("utf-8"))["organisation"], start=1):
        try:
            of_one = list(_accounts(table))
        except (KeyError, TypeError, ValueError) as fault:
            raise OrganisationsFileError(f"{path.name}, organisation {position}: {fault!r}") from fault
        keys = {table["kvk"], *(account.key for account in of_one)}
        if len(keys) != len(of_one) + 1 or seen & keys:
            raise OrganisationsFileError(
                f"{path.name}, organisation {position}: a number or handle is used twice"
            )
        seen |= keys
        accounts += of_one
    return Accounts(accounts)


def _accounts(table: Mapping[str, Any]) -> Iterator[Account]:
    kvk = KvkNumber(table["kvk"])
    for employee in table["employee"]:
        story = employee.get("story", {"nl": "", "en": ""})
        yield Account(
            key=employee["handle"],
            name=employee["name"],
            levels=tuple(LevelOfAssurance(level) for level in employee["levels"]),
            number=f"KvK {kvk}",
            organisation=table["name"],
            story_nl=story["nl"],
            story_en=story["en"],
            kvk=kvk,
        )
