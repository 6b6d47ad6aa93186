"""Which field paths the API knows for one person.

Source: `features/fields-Persoon.csv` of the published interface. A tree of names: a branch is a mapping, a
leaf is `FIELD`. `DATE`, `TABLE` and `TITLE` are delivered whole, however deep the question goes into them.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Whole:
    """A field that is delivered whole; the parts may be named in a question."""

    parts: frozenset[str] = frozenset()


Branch = Mapping[str, "Branch | Whole"]

FIELD = Whole()
DATE = Whole(frozenset({"type", "datum", "langFormaat", "jaar", "maand", "onbekend"}))
TABLE = Whole(frozenset({"code", "omschrijving"}))
TITLE = Whole(frozenset({"code", "omschrijving", "soort"}))

_BIRTH: Branch = {"datum": DATE, "land": TABLE, "plaats": TABLE}

_NAME: Branch = {
    "adellijkeTitelPredicaat": TITLE,
    "geslachtsnaam": FIELD,
    "voorletters": FIELD,
    "voornamen": FIELD,
    "voorvoegsel": FIELD,
}

_RELATIVE: Branch = {"burgerservicenummer": FIELD, "geboorte": _BIRTH, "naam": _NAME}

_ADDRESSED: Branch = {
    "adresregel1": FIELD,
    "adresregel2": FIELD,
    "aanhef": FIELD,
    "aanschrijfwijze": {"aanspreekvorm": FIELD, "naam": FIELD},
    "gebruikInLopendeTekst": FIELD,
}

_ADDRESS: Branch = {
    "aanduidingBijHuisnummer": TABLE,
    "huisletter": FIELD,
    "huisnummer": FIELD,
    "huisnummertoevoeging": FIELD,
    "korteStraatnaam": FIELD,
    "officieleStraatnaam": FIELD,
    "postcode": FIELD,
    "woonplaats": FIELD,
    "locatiebeschrijving": FIELD,
}

_RESIDENCE: Branch = {
    "type": FIELD,
    "datumIngangGeldigheid": DATE,
    "datumVan": DATE,
    "adresseerbaarObjectIdentificatie": FIELD,
    "functieAdres": TABLE,
    "nummeraanduidingIdentificatie": FIELD,
}

_CUSTODY_PARTY: Branch = {"burgerservicenummer": FIELD}

PERSON: Branch = {
    "aNummer": FIELD,
    "adressering": {**_ADDRESSED, "adresregel3": FIELD, "land": TABLE},
    "adresseringBinnenland": _ADDRESSED,
    "burgerservicenummer": FIELD,
    "datumEersteInschrijvingGBA": DATE,
    "datumInschrijvingInGemeente": DATE,
    "europeesKiesrecht": {"aanduiding": TABLE, "einddatumUitsluiting": DATE},
    "geboorte": _BIRTH,
    "gemeenteVanInschrijving": TABLE,
    "geslacht": TABLE,
    "gezag": {
        "type": FIELD,
        "minderjarige": _CUSTODY_PARTY,
        "ouders": _CUSTODY_PARTY,
        "ouder": _CUSTODY_PARTY,
        "derde": _CUSTODY_PARTY,
        "derden": _CUSTODY_PARTY,
    },
    "immigratie": {
        "datumVestigingInNederland": DATE,
        "indicatieVestigingVanuitBuitenland": FIELD,
        "landVanwaarIngeschreven": TABLE,
        "vanuitVerblijfplaatsOnbekend": FIELD,
    },
    "indicatieCurateleRegister": FIELD,
    "indicatieGezagMinderjarige": TABLE,
    "kinderen": _RELATIVE,
    "leeftijd": FIELD,
    "naam": {**_NAME, "volledigeNaam": FIELD, "aanduidingNaamgebruik": TABLE},
    "nationaliteiten": {
        "redenOpname": TABLE,
        "type": FIELD,
        "datumIngangGeldigheid": DATE,
        "nationaliteit": TABLE,
    },
    "ouders": {
        **_RELATIVE,
        "datumIngangFamilierechtelijkeBetrekking": DATE,
        "geslacht": TABLE,
        "ouderAanduiding": FIELD,
    },
    "overlijden": {"datum": DATE, "land": TABLE, "plaats": TABLE},
    "partners": {
        **_RELATIVE,
        "aangaanHuwelijkPartnerschap": {"datum": DATE, "land": TABLE, "plaats": TABLE},
        "geslacht": TABLE,
        "ontbindingHuwelijkPartnerschap": {"datum": DATE},
        "soortVerbintenis": TABLE,
    },
    "uitsluitingKiesrecht": {"einddatum": DATE, "uitgeslotenVanKiesrecht": FIELD},
    "verblijfplaats": {
        **_RESIDENCE,
        "verblijfadres": {**_ADDRESS, "land": TABLE, "regel1": FIELD, "regel2": FIELD, "regel3": FIELD},
    },
    "verblijfplaatsBinnenland": {**_RESIDENCE, "verblijfadres": _ADDRESS},
    "verblijfstitel": {"aanduiding": TABLE, "datumEinde": DATE, "datumIngang": DATE},
}
