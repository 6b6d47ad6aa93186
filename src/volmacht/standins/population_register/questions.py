"""Reading the body of a question: either a question that can be answered, or every parameter that is wrong.

Codes and reasons are those of the published feature files (*fout cases*). Only one kind of question is
answered; another existing kind is refused as not authorised, as the real register does for who may not
search.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from volmacht.standins.population_register.fields import Verdict, judge

QUERY_TYPE = "RaadpleegMetBurgerservicenummer"
OTHER_TYPES = frozenset(
    {
        "ZoekMetGeslachtsnaamEnGeboortedatum",
        "ZoekMetNaamEnGemeenteVanInschrijving",
        "ZoekMetPostcodeEnHuisnummer",
        "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
        "ZoekMetNummeraanduidingIdentificatie",
        "ZoekMetAdresseerbaarObjectIdentificatie",
    }
)
_PARAMETERS = frozenset({"type", "burgerservicenummer", "gemeenteVanInschrijving", "fields"})
_MOST_BSNS, _MOST_FIELDS = 20, 130
_BSN, _MUNICIPALITY, _FIELD = "^[0-9]{9}$", "^[0-9]{4}$", r"^[a-zA-Z0-9\._]{1,200}$"


@dataclass(frozen=True, slots=True)
class InvalidParam:
    """One wrong parameter, as the API tells it."""

    name: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question in order. `municipality_code` is empty when people of every municipality are meant."""

    bsns: tuple[str, ...]
    fields: tuple[str, ...]
    municipality_code: str


@dataclass(frozen=True, slots=True)
class NotAuthorised:
    """A kind of question that exists and that this stand-in does not answer."""

    parameters: tuple[str, ...]


def read_question(body: Mapping[str, object]) -> Question | NotAuthorised | list[InvalidParam]:
    """The question in a body, or what is wrong with it."""
    kind = body.get("type")
    if kind is None:
        return [InvalidParam("type", "required", "Parameter is verplicht.")]
    if isinstance(kind, str) and kind in OTHER_TYPES:
        return NotAuthorised(tuple(sorted(body.keys() - {"type", "fields"})))
    if kind != QUERY_TYPE:
        return [InvalidParam("type", "value", "Waarde is geen geldig zoek type.")]
    faults = [
        *_check_list(body, "burgerservicenummer", _BSN, _MOST_BSNS),
        *_check_municipality(body),
        *_check_list(body, "fields", _FIELD, _MOST_FIELDS),
        *(_unexpected(name) for name in body if name not in _PARAMETERS),
    ]
    return faults or Question(
        bsns=tuple(_texts(body, "burgerservicenummer")),
        fields=tuple(_texts(body, "fields")),
        municipality_code=str(body.get("gemeenteVanInschrijving", "")),
    )


def _check_list(body: Mapping[str, object], name: str, pattern: str, most: int) -> list[InvalidParam]:
    if body.get(name) is None:
        return [InvalidParam(name, "required", "Parameter is verplicht.")]
    values = body[name]
    if not isinstance(values, list):
        return [InvalidParam(name, "array", "Parameter is geen array.")]
    if not values:
        return [InvalidParam(name, "minItems", "Array bevat minder dan 1 items.")]
    if len(values) > most:
        return [InvalidParam(name, "maxItems", f"Array bevat meer dan {most} items.")]
    found = (_check_item(f"{name}[{at}]", value, pattern) for at, value in enumerate(values))
    return [fault for fault in found if fault is not None]


def _check_item(name: str, value: object, pattern: str) -> InvalidParam | None:
    if not isinstance(value, str) or not re.fullmatch(pattern.strip("^$"), value):
        return _off_pattern(name, pattern)
    if pattern is not _FIELD:
        return None
    verdict = judge(value)
    if verdict is Verdict.COMES_UNASKED:
        return InvalidParam(name, "fields", "Parameter bevat een niet toegestane veldnaam.")
    if verdict is Verdict.UNKNOWN:
        return InvalidParam(name, "fields", "Parameter bevat een niet bestaande veldnaam.")
    return None


def _check_municipality(body: Mapping[str, object]) -> list[InvalidParam]:
    name = "gemeenteVanInschrijving"
    fault = _check_item(name, body[name], _MUNICIPALITY) if name in body else None
    return [] if fault is None else [fault]


def _off_pattern(name: str, pattern: str) -> InvalidParam:
    return InvalidParam(name, "pattern", f"Waarde voldoet niet aan patroon {pattern}.")


def _unexpected(name: str) -> InvalidParam:
    return InvalidParam(name, "unknownParam", "Parameter is niet verwacht.")


def _texts(body: Mapping[str, object], name: str) -> list[str]:
    values = body[name]
    return [str(value) for value in values] if isinstance(values, list) else []
