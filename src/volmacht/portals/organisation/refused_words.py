"""What was refused while a connection is tested, in words for its technician (CN-3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy

from volmacht.logins.queries import KnownRefusal
from volmacht.portals.shared.parts import Text

# By rule, and where a rule has several reasons by rule and reason.
WORDS: Final[Mapping[str, Text]] = {
    "ST-04": gettext_lazy("De XML is niet zoals het schema haar wil."),
    "ST-05": gettext_lazy("Dit entity-id is niet bekend in preproductie."),
    "ST-06": gettext_lazy("Uw metadata ontbreekt of is verlopen. Geef een nieuw document."),
    "ST-07": gettext_lazy("De ondertekening van het bericht klopt niet."),
    "ST-07 missing": gettext_lazy("Het bericht is niet ondertekend."),
    "ST-07 key-unknown": gettext_lazy(
        "Het bericht is ondertekend met een sleutel die niet in uw metadata staat. Geef een document met die sleutel."
    ),
    "ST-07 invalid": gettext_lazy("Het bericht is veranderd nadat het was ondertekend."),
    "ST-08": gettext_lazy("De Destination is niet het adres uit onze metadata."),
    "ST-09": gettext_lazy("Het adres om naar terug te gaan staat niet in uw metadata. Gebruik index 0."),
    "ST-21": gettext_lazy("Het bericht is te oud of te nieuw. Kijk de klok van uw server na."),
    "ST-22": gettext_lazy("Het bericht is al eens gebruikt."),
    "ST-23": gettext_lazy("De dienst staat op twee plaatsen in het bericht, of nergens."),
    "ST-25": gettext_lazy("Deze ServiceUUID is niet van een dienst van u in preproductie."),
    "ST-27": gettext_lazy("In het bericht staat een element dat niet mag."),
    "ST-30": gettext_lazy("Het bericht noemt een authenticatiedienst die hier niet bekend is."),
    "ST-31": gettext_lazy("Het bericht noemt een RequesterID dat hier niet bekend is."),
    "ST-33": gettext_lazy("Voor deze dienst kan niemand iemand machtigen."),
    "ST-35": gettext_lazy("Uw certificaat om te versleutelen geldt niet meer."),
    "ST-61": gettext_lazy("Het certificaat van de verbinding staat niet in uw metadata."),
    "ST-65": gettext_lazy("De ondertekening van de vraag om het artifact klopt niet."),
    "ST-65 key-unknown": gettext_lazy(
        "De vraag om het artifact is ondertekend met een sleutel die niet in uw metadata staat."
    ),
    "ST-66-time": gettext_lazy("De vraag om het artifact is te oud, te nieuw of al gebruikt."),
    "ST-67": gettext_lazy("Dit artifact werkt niet: het is gebruikt, te oud, van een ander of onbekend."),
}
OTHER: Final = gettext_lazy("Zoek de code op in de beschrijving van het koppelvlak.")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One refusal as the page shows it."""

    moment: datetime
    rule: str
    why: Text
    code: str
    claimed: bool


def refused_rows(found: Iterable[KnownRefusal]) -> list[RefusedRow]:
    """In the order they came in."""
    return [
        RefusedRow(
            one.moment,
            one.rule,
            WORDS.get(f"{one.rule} {one.why}") or WORDS.get(one.rule) or OTHER,
            one.why,
            one.claimed,
        )
        for one in found
    ]
