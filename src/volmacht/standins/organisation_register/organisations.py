"""The invented organisations, from `organisations.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from volmacht.rules.identifiers import KvkNumber, Oin

FILE = Path(__file__).parent / "organisations.toml"


class OrganisationsFileError(ValueError):
    """The file cannot be used; the message names the organisation by its place in the file."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation in both registers; `alb` is empty for who may not use the BSN."""

    oin: str
    name: str
    kvk: str
    alb: str
    alb_kvk: str
    type: str
    withdrawn: date | None


def load_organisations(path: Path = FILE) -> tuple[Organisation, ...]:
    """Every organisation. Raises OrganisationsFileError."""
    found: list[Organisation] = []
    for position, table in enumerate(tomllib.loads(path.read_text("utf-8"))["organisation"], start=1):
        try:
            found.append(_organisation(table))
        except (KeyError, TypeError, ValueError) as fault:
            raise OrganisationsFileError(f"{path.name}, organisation {position}: {fault!r}") from fault
    if len({one.oin for one in found}) != len(found):
        raise OrganisationsFileError(f"{path.name}: an OIN is used twice")
    return tuple(found)


def _organisation(table: Mapping[str, Any]) -> Organisation:
    kvk = KvkNumber(table["kvk"]).value if table["kvk"] else ""
    return Organisation(
        oin=Oin(table["oin"]).value,
        name=table["name"],
        kvk=kvk,
        alb=table.get("alb", ""),
        alb_kvk=table.get("alb_kvk", kvk),
        type=table.get("type", ""),
        withdrawn=table.get("withdrawn"),
    )
