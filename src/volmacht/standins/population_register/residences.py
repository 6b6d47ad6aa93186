"""Where somebody lives, as the population register holds it, and how it composes the lines of an address.

Four kinds: an address, a place described in words (a houseboat), an address abroad, and *nobody knows*.
Rules: feature files *samenstellen van adresregels* (NEN 5825) and *verblijfplaats*.
"""

from dataclasses import dataclass
from typing import Any

Answer = dict[str, Any]  # a JSON object of the API

LONGEST_STREET = 24  # longer names have an official abbreviation, which nobody here needs
_BESIDE = {"by": ("bij", "bij "), "to": ("tegenover", "t/o ")}


@dataclass(frozen=True, slots=True)
class Dwelling:
    """An address in the Netherlands. `beside` is `by` (next to the number), `to` (opposite it), or empty."""

    street: str
    number: int
    letter: str = ""
    addition: str = ""
    beside: str = ""
    postcode: str = ""
    city: str = ""
    not_living_there: bool = False


@dataclass(frozen=True, slots=True)
class DescribedPlace:
    """A place in the Netherlands without an address, in words."""

    description: str
    not_living_there: bool = False


@dataclass(frozen=True, slots=True)
class AddressAbroad:
    """An address outside the Netherlands: the country of the national table and up to three lines, or none."""

    country_code: str
    country: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownWhereabouts:
    """It is registered that nobody knows where the person lives."""


Residence = Dwelling | DescribedPlace | AddressAbroad | UnknownWhereabouts


def table_value(code: str, description: str) -> Answer:
    """A value of a national table, as the API gives it."""
    return {"code": code, "omschrijving": description}


def residence_answer(residence: Residence) -> Answer:
    """*verblijfplaats*, whole. `indicatieVastgesteldVerblijftNietOpAdres` comes with it unasked."""
    match residence:
        case Dwelling():
            answer: Answer = {"type": "Adres", "functieAdres": table_value("W", "woonadres")}
            answer["verblijfadres"] = _dwelling_fields(residence)
        case DescribedPlace():
            answer = {"type": "Locatie", "functieAdres": table_value("W", "woonadres")}
            answer["verblijfadres"] = {"locatiebeschrijving": residence.description}
        case AddressAbroad():
            fields: Answer = {f"regel{at}": line for at, line in enumerate(residence.lines, start=1)}
            fields["land"] = table_value(residence.country_code, residence.country)
            answer = {"type": "VerblijfplaatsBuitenland", "verblijfadres": fields}
        case UnknownWhereabouts():
            answer = {"type": "VerblijfplaatsOnbekend"}
    return answer | not_living_there(residence)


def address_lines(residence: Residence, municipality: str) -> Answer:
    """*adresregel1* to *adresregel3* and *land* of *adressering*; empty where they cannot be composed."""
    match residence:
        case Dwelling():
            return {
                "adresregel1": _street_line(residence),
                "adresregel2": _place_line(residence, municipality),
            }
        case DescribedPlace():
            return {"adresregel1": residence.description, "adresregel2": municipality.upper()}
        case AddressAbroad(lines=lines) if lines:
            answer: Answer = {f"adresregel{at}": line for at, line in enumerate(lines, start=1)}
            return answer | {"land": table_value(residence.country_code, residence.country)}
        case _:
            return {}


def not_living_there(residence: Residence | None) -> Answer:
    """The sign that it has been established that the person does not live at the registered address."""
    if isinstance(residence, Dwelling | DescribedPlace) and residence.not_living_there:
        return {"indicatieVastgesteldVerblijftNietOpAdres": True}
    return {}


def _dwelling_fields(home: Dwelling) -> Answer:
    fields: Answer = {
        "korteStraatnaam": home.street,
        "officieleStraatnaam": home.street,
        "huisnummer": home.number,
        "huisletter": home.letter,
        "huisnummertoevoeging": home.addition,
        "postcode": home.postcode,
        "woonplaats": home.city,
    }
    if home.beside:
        fields["aanduidingBijHuisnummer"] = table_value(home.beside, _BESIDE[home.beside][0])
    return {name: value for name, value in fields.items() if value != ""}


def _street_line(home: Dwelling) -> str:
    beside = _BESIDE[home.beside][1] if home.beside else ""
    line = f"{home.street} {beside}{home.number}"
    if home.letter:
        return f"{line} {home.letter}{home.addition}"
    if home.addition:
        return f"{line}{'-' if home.addition[0].isdigit() else ' '}{home.addition}"
    return line


def _place_line(home: Dwelling, municipality: str) -> str:
    postcode = f"{home.postcode[:4]} {home.postcode[4:]}  " if home.postcode else ""
    return f"{postcode}{(home.city or municipality).upper()}"
