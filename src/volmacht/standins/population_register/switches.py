"""What no real register offers to tests and the demo: to let it fail, and to change facts.

Pure readers of the bodies of `POST /stand-in/fault` and `POST /stand-in/person`; a wrong body raises
SwitchError.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from volmacht.standins.population_register.dates import RegisterDate
from volmacht.standins.population_register.person import Person, Suspension

LONGEST_DELAY_SECONDS = 60.0


class SwitchError(ValueError):
    """The body says something that cannot be set. Never repeats what it holds."""


@dataclass(frozen=True, slots=True)
class Faults:
    """How the register misbehaves: slow, or answering 503. The default is a healthy one."""

    delay_seconds: float = 0.0
    unavailable: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """New facts about one person."""

    bsn: str
    alter: Callable[[Person], Person]


def read_faults(body: Mapping[str, object]) -> Faults:
    """`{"delay_seconds": 2.5, "unavailable": true}`; what is left out is healthy again."""
    _refuse_unknown(body, {"delay_seconds", "unavailable"})
    delay, unavailable = body.get("delay_seconds", 0.0), body.get("unavailable", False)
    if (
        isinstance(delay, bool)
        or not isinstance(delay, int | float)
        or not 0 <= delay <= LONGEST_DELAY_SECONDS
    ):
        raise SwitchError(f"delay_seconds must be a number from 0 to {LONGEST_DELAY_SECONDS:g}")
    if not isinstance(unavailable, bool):
        raise SwitchError("unavailable must be true or false")
    return Faults(float(delay), unavailable)


def read_change(body: Mapping[str, object]) -> Change:
    """`{"bsn": "…", "died": "2026-11-20", "guardianship": true}`; what is left out stays as it is.

    `died` may be `unknown` (the day is not known) or null (a mistaken notice is taken back).
    """
    _refuse_unknown(body, {"bsn", "died", "guardianship"})
    bsn = body.get("bsn")
    if not isinstance(bsn, str):
        raise SwitchError("bsn must be a text")
    guardianship = body.get("guardianship")
    if not isinstance(guardianship, bool | None):
        raise SwitchError("guardianship must be true or false")
    died = _read_death(body.get("died"))

    def alter(person: Person) -> Person:
        if guardianship is not None:
            person = replace(person, under_guardianship=guardianship)
        if "died" in body:
            suspension = None if died is None else Suspension("O", died)
            person = replace(person, died=died, suspension=suspension)
        return person

    return Change(bsn, alter)


def _read_death(value: object) -> RegisterDate | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise SwitchError("died must be a date, unknown or null")
    try:
        return RegisterDate.parse(value)
    except ValueError:
        raise SwitchError("died must be a date, unknown or null") from None


def _refuse_unknown(body: Mapping[str, object], known: set[str]) -> None:
    if body.keys() - known:
        raise SwitchError(f"only {', '.join(sorted(known))} can be set")
