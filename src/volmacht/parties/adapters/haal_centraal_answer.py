"""Turns an answer of the Haal Centraal BRP API, version 2, into a `RegisteredPerson`. Pure: JSON to value.

What the published interface says and this module relies on: a field without a value is left out, and so is a
boolean that is false; `geheimhoudingPersoonsgegevens`, `opschortingBijhouding` and
`indicatieVastgesteldVerblijftNietOpAdres` come unasked and may not be asked for; a date is one of `Datum`,
`DatumOnbekend`, `JaarDatum` and `JaarMaandDatum`; nobody found is an empty list.
"""

from collections.abc import Mapping
from datetime import date

from volmacht.parties.population_register import Address, RegisteredPerson
from volmacht.rules.identifiers import Bsn

QUERY_TYPE = "RaadpleegMetBurgerservicenummer"

# No more than is used. The alias `adresseringBinnenland` never yields a foreign address, and of the place of
# residence only its kind is asked.
FIELDS = (
    "burgerservicenummer",
    "naam.voornamen",
    "naam.voorvoegsel",
    "naam.geslachtsnaam",
    "naam.volledigeNaam",
    "geboorte.datum",
    "overlijden.datum",
    "indicatieCurateleRegister",
    "verblijfplaats.type",
    "adressering.aanschrijfwijze.naam",
    "adresseringBinnenland.adresregel1",
    "adresseringBinnenland.adresregel2",
)

_DIED = "O"  # opschortingBijhouding.reden.code: overlijden
_NON_RESIDENT = frozenset({"E", "R"})  # emigratie; persoonslijst is aangelegd in de RNI
_IN_THE_NETHERLANDS = frozenset({"Adres", "Locatie"})


class UnreadableAnswer(Exception):
    """The answer does not follow the published interface. Names the place, never the value."""


def read_answer(body: object, asked: Bsn) -> RegisteredPerson | None:
    """The person in the body of a 200 answer, None when there is none. Raises UnreadableAnswer."""
    people = body.get("personen") if isinstance(body, Mapping) else None
    if not isinstance(people, list):
        raise UnreadableAnswer("personen is no list")
    if not people:
        return None
    if len(people) > 1:
        raise UnreadableAnswer("more than one person for one BSN")
    person = people[0]
    if not isinstance(person, Mapping) or person.get("burgerservicenummer") != asked.value:
        raise UnreadableAnswer("not the person that was asked for")
    return _read_person(person, asked)


def _read_person(person: Mapping[str, object], bsn: Bsn) -> RegisteredPerson:
    name = _group(person, "naam")
    addressing = _group(person, "adressering")
    suspension = _text(_group(_group(person, "opschortingBijhouding"), "reden"), "code")
    residence = _group(person, "verblijfplaats")
    residence_kind = _text(residence, "type")
    full_name = _text(name, "volledigeNaam")
    birth_date, birth_year = _read_date(_group(_group(person, "geboorte"), "datum"))
    died_on, _ = _read_date(_group(_group(person, "overlijden"), "datum"))
    return RegisteredPerson(
        bsn=bsn,
        given_names=_text(name, "voornamen"),
        prefix=_text(name, "voorvoegsel"),
        family_name=_text(name, "geslachtsnaam"),
        full_name=full_name,
        addressee=_text(_group(addressing, "aanschrijfwijze"), "naam") or full_name,
        birth_date=birth_date,
        birth_year=birth_year,
        deceased="overlijden" in person or suspension == _DIED,
        died_on=died_on,
        under_guardianship=_flag(person, "indicatieCurateleRegister"),
        address_secret=_flag(person, "geheimhoudingPersoonsgegevens"),
        lives_abroad=residence_kind == "VerblijfplaatsBuitenland"
        or (suspension in _NON_RESIDENT and residence_kind not in _IN_THE_NETHERLANDS),
        address=_read_address(addressing, residence),
    )


def _read_address(addressing: Mapping[str, object], residence: Mapping[str, object]) -> Address | None:
    """The address for post; None without one, and where the register knows that nobody finds them there."""
    moved_out = any(
        _flag(group, "indicatieVastgesteldVerblijftNietOpAdres") for group in (addressing, residence)
    )
    street_line, place_line = _text(addressing, "adresregel1"), _text(addressing, "adresregel2")
    if moved_out or not (street_line and place_line):
        return None
    return Address(street_line, place_line)


def _read_date(value: Mapping[str, object]) -> tuple[date | None, int | None]:
    """The whole date where it is known, and the year where at least that is known."""
    kind = _text(value, "type")
    if kind in {"", "DatumOnbekend"}:
        return None, None
    if kind == "Datum":
        try:
            whole = date.fromisoformat(_text(value, "datum"))
        except ValueError:
            raise UnreadableAnswer("a Datum is no date") from None
        return whole, whole.year
    if kind in {"JaarDatum", "JaarMaandDatum"}:
        year = value.get("jaar")
        if not isinstance(year, int):
            raise UnreadableAnswer(f"a {kind} has no jaar")
        return None, year
    raise UnreadableAnswer("a date of an unknown type")


def _group(parent: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The group of fields under `name`; empty when it was left out."""
    value = parent.get(name, {})
    if not isinstance(value, Mapping):
        raise UnreadableAnswer(f"{name} is no group of fields")
    return value


def _text(parent: Mapping[str, object], name: str) -> str:
    """The text under `name`; empty when it was left out."""
    value = parent.get(name, "")
    if not isinstance(value, str):
        raise UnreadableAnswer(f"{name} is no text")
    return value


def _flag(parent: Mapping[str, object], name: str) -> bool:
    """The boolean under `name`; false when it was left out."""
    value = parent.get(name, False)
    if not isinstance(value, bool):
        raise UnreadableAnswer(f"{name} is no boolean")
    return value
