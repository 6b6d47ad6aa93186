"""The part of the published schema that the stand-in answers with, written down anew, and a check against it.

Source: OpenAPI 2.7.0 of *BRP API Personen* (GitHub `BRP-API/Haal-Centraal-BRP-bevragen`). Two liberties. The
schema allows `/` in no table description, though its own table of name use has it. And it allows no letters
beyond Latin, which the register does not hold; `latin_only=False` lets them pass.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_LETTERS = "a-zA-Z0-9À-ž"

Schema = Mapping[str, Any]  # name of a property -> pattern, python type, nested schema, or one-element list

TABLE: Schema = {"code": r"[a-zA-Z0-9 \.]+", "omschrijving": rf"[{_LETTERS} \'\.\-\(\),/]{{1,200}}"}

# The polymorphic date: what each type requires beside type and langFormaat.
DATES: Mapping[str, Schema] = {
    "Datum": {"datum": r"\d{4}-\d{2}-\d{2}"},
    "DatumOnbekend": {"onbekend": bool},
    "JaarDatum": {"jaar": int},
    "JaarMaandDatum": {"jaar": int, "maand": int},
}
DATE_TEXT = r"[a-z0-9 ]{1,17}"

NAME_OF_RELATIVE: Schema = {
    "voornamen": rf"[{_LETTERS} \.\-\']{{1,200}}",
    "voorvoegsel": r"[a-zA-Z \']{1,10}",
    "geslachtsnaam": rf"[{_LETTERS} \.\-\']{{1,200}}",
    "voorletters": rf"[{_LETTERS} \.]{{1,40}}",
}
_ADDRESSED = rf"[{_LETTERS} \.\-\']{{1,650}}"

RESIDENCES: Mapping[str, Schema] = {
    "Adres": {
        "functieAdres": TABLE,
        "indicatieVastgesteldVerblijftNietOpAdres": bool,
        "verblijfadres": {
            "korteStraatnaam": r".{1,24}",
            "officieleStraatnaam": r".{1,80}",
            "huisnummer": int,
            "huisletter": r"[a-zA-Z]",
            "huisnummertoevoeging": r"[a-zA-Z0-9 \-]{1,4}",
            "aanduidingBijHuisnummer": TABLE,
            "postcode": r"[1-9][0-9]{3}[ ]?[A-Za-z]{2}",
            "woonplaats": rf"[{_LETTERS}, \(\)\.\-\']{{1,80}}",
        },
    },
    "Locatie": {
        "functieAdres": TABLE,
        "indicatieVastgesteldVerblijftNietOpAdres": bool,
        "verblijfadres": {"locatiebeschrijving": r".{1,35}"},
    },
    "VerblijfplaatsBuitenland": {
        "verblijfadres": {"regel1": r".{1,40}", "regel2": r".{1,50}", "regel3": r".{1,35}", "land": TABLE},
    },
    "VerblijfplaatsOnbekend": {},
}

PERSON: Schema = {
    "burgerservicenummer": r"[0-9]{9}",
    "geslacht": TABLE,
    "leeftijd": int,
    "geheimhoudingPersoonsgegevens": bool,
    "indicatieCurateleRegister": bool,
    "gemeenteVanInschrijving": TABLE,
    "naam": {
        **NAME_OF_RELATIVE,
        "volledigeNaam": rf"[{_LETTERS} \.\-\']{{1,450}}",
        "aanduidingNaamgebruik": TABLE,
    },
    "geboorte": {"datum": DATES},
    "overlijden": {"datum": DATES},
    "opschortingBijhouding": {"reden": TABLE, "datum": DATES},
    "verblijfplaats": RESIDENCES,
    "adressering": {
        "aanhef": _ADDRESSED,
        "aanschrijfwijze": {"naam": _ADDRESSED},
        "gebruikInLopendeTekst": _ADDRESSED,
        "adresregel1": r".{1,40}",
        "adresregel2": r".{1,50}",
        "adresregel3": r".{1,35}",
        "land": TABLE,
        "indicatieVastgesteldVerblijftNietOpAdres": bool,
    },
    "partners": [{"naam": NAME_OF_RELATIVE}],
    "kinderen": [{}],
    "ouders": [{}],
    "nationaliteiten": [{}],
}

ANSWER: Schema = {"type": r"RaadpleegMetBurgerservicenummer", "personen": [PERSON]}

_PROBLEM: Schema = {
    "type": r"https://\S+",
    "title": rf"[{_LETTERS} \.\-\(\)]{{1,80}}",  # brackets: as in the published title of unauthorizedParameter
    "status": int,
    "detail": rf"[{_LETTERS} \.\-\(\),:;=/\[\]]{{1,200}}",  # signs beyond the schema: as in the feature files
    "instance": r"/\S*",
    "code": r"[a-zA-Z0-9]{1,25}",
}
PROBLEM: Schema = {
    **_PROBLEM,
    "invalidParams": [
        {"name": r"[a-zA-Z0-9\._\[\]]{1,30}", "code": r"[a-zA-Z0-9]{1,25}", "reason": r".{1,80}"}
    ],
}


def departures(value: object, schema: object, where: str = "", *, latin_only: bool = True) -> Iterator[str]:
    """Where a value leaves the schema, one line each."""
    if schema is DATES or schema is RESIDENCES:
        yield from _of_a_kind(value, schema, where, latin_only)
    elif isinstance(schema, Mapping):
        if not isinstance(value, dict):
            yield f"{where} is no object"
            return
        yield from (f"{where}.{name} is not in the schema" for name in value if name not in schema)
        for name in value.keys() & schema.keys():
            yield from departures(value[name], schema[name], f"{where}.{name}", latin_only=latin_only)
    elif isinstance(schema, list):
        for at, item in enumerate(value if isinstance(value, list) else [value]):
            yield from departures(item, schema[0], f"{where}[{at}]", latin_only=latin_only)
    elif isinstance(schema, str):
        if not isinstance(value, str) or not re.fullmatch(_pattern(schema, latin_only), value):
            yield f"{where} is off its pattern"
    elif type(value) is not schema:
        yield f"{where} is of the wrong type"


def _of_a_kind(value: object, kinds: object, where: str, latin_only: bool) -> Iterator[str]:
    if not isinstance(value, dict) or not isinstance(kinds, Mapping) or value.get("type") not in kinds:
        yield f"{where} has no known type"
        return
    fields: dict[str, object] = {"type": r"\w+", **kinds[value["type"]]}
    if kinds is DATES:
        fields["langFormaat"] = DATE_TEXT
        yield from (f"{where} has no {name}" for name in fields if name not in value)
    yield from departures(value, fields, where, latin_only=latin_only)


def _pattern(pattern: str, latin_only: bool) -> str:
    return pattern if latin_only else pattern.replace(_LETTERS, rf"{_LETTERS}\w’")
