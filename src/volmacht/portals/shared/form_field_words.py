"""The words of every field of the forms of connecting: its label, an explanation, and its options (CN-24)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht.portals.shared.form_change_words import CHANGES
from volmacht.rules.onboarding.choices import CodeMoment, Lead
from volmacht.rules.onboarding.forms import PageKey

WordedField: TypeAlias = tuple[PageKey, str]
NO_HINT: Final = ""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a field is called, what to fill in, and the options in words."""

    label: Promise
    hint: Promise | str = NO_HINT
    options: Mapping[str, Promise] = field(default_factory=dict)


_LEVELS: Final = {
    "10": gettext_lazy("Basis (10)"),
    "20": gettext_lazy("Midden (20)"),
    "25": gettext_lazy("Substantieel (25)"),
    "30": gettext_lazy("Hoog (30)"),
}
_LEVEL_HINT: Final = gettext_lazy("Hoe zeker het inloggen ten minste moet zijn.")
_OIN_HINT: Final = gettext_lazy("Het nummer van 20 cijfers van de leverancier.")
_METADATA_HINT: Final = gettext_lazy("Wij halen daar elke dag de nieuwste versie op.")

_CHOICES: Final = {
    "lead": FieldWords(
        gettext_lazy("Wie wordt verantwoordelijk voor de aansluiting?"),
        gettext_lazy("Een team maakt vooraf afspraken."),
        {
            Lead.PERSON: gettext_lazy("Eén projectleider"),
            Lead.TEAM: gettext_lazy("Een team met een projectleider"),
        },
    ),
    "services_per_code": FieldWords(
        gettext_lazy("Hoeveel diensten opent één machtigingscode?"),
        gettext_lazy("Bij meer dan één dienst maakt u een dienstenset."),
    ),
    "code_moment": FieldWords(
        gettext_lazy("Wanneer blijkt voor wie iemand iets doet, en wordt de code ingevuld?"),
        gettext_lazy("Kies het moment dat het best past bij de aanvraag van uw dienst."),
        {
            CodeMoment.BEFORE_LOGIN: gettext_lazy("Vooraf, op de site van Volmacht"),
            CodeMoment.DURING_LOGIN: gettext_lazy("Tijdens het inloggen bij uw dienst"),
            CodeMoment.AFTER_LOGIN: gettext_lazy("Na het inloggen, in het formulier van uw dienst"),
        },
    ),
    "validity_months": FieldWords(
        gettext_lazy("Hoeveel maanden mag een machtiging ten hoogste gelden?"),
        gettext_lazy("De burger mag een kortere tijd kiezen."),
    ),
    "message_box": FieldWords(
        gettext_lazy("Gebruikt uw organisatie de Berichtenbox van MijnOverheid?"),
        gettext_lazy("Dan kan de gemachtigde ook uw post lezen."),
    ),
    "survivors": FieldWords(
        gettext_lazy("Wilt u nabestaanden machtigen?"),
        gettext_lazy("Zij regelen dan bij u de zaken van iemand die is overleden."),
    ),
    "supplier": FieldWords(
        gettext_lazy("Sluit u aan met een IT-leverancier?"),
        gettext_lazy("De leverancier doet dan het meeste werk."),
    ),
}
_ORGANISATION: Final = {
    "public_task": FieldWords(
        gettext_lazy("Welke taak voert uw organisatie uit voor de overheid?"),
        gettext_lazy("In gewone woorden, bijvoorbeeld: wij heffen de gemeentelijke belastingen."),
    ),
    "legal_basis": FieldWords(
        gettext_lazy("In welke wet staat die taak?"), gettext_lazy("Noem de wet en het artikel.")
    ),
    "website": FieldWords(
        gettext_lazy("Website van uw organisatie"), gettext_lazy("Bijvoorbeeld https://www.gemeente.nl")
    ),
    "supplier_oin": FieldWords(gettext_lazy("OIN van uw leverancier"), _OIN_HINT),
}
_WHO: Final = {
    "project_leader": (
        gettext_lazy("Naam van de projectleider"),
        gettext_lazy("E-mailadres van de projectleider"),
        gettext_lazy("Telefoonnummer van de projectleider"),
    ),
    "functional": (
        gettext_lazy("Naam van het functionele contact"),
        gettext_lazy("E-mailadres van het functionele contact"),
        gettext_lazy("Telefoonnummer van het functionele contact"),
    ),
    "technical": (
        gettext_lazy("Naam van het technische contact"),
        gettext_lazy("E-mailadres van het technische contact"),
        gettext_lazy("Telefoonnummer van het technische contact"),
    ),
    "security": (
        gettext_lazy("Naam van het contact voor beveiliging"),
        gettext_lazy("E-mailadres van het contact voor beveiliging"),
        gettext_lazy("Telefoonnummer van het contact voor beveiliging"),
    ),
}
_CONTACTS: Final = {
    f"{who}_{part}": FieldWords(label)
    for who, labels in _WHO.items()
    for part, label in zip(("name", "email", "phone"), labels, strict=True)
}
_SERVICES: Final = {
    "name": FieldWords(
        gettext_lazy("Naam van de dienst"), gettext_lazy("Kort en herkenbaar, zoals op uw website.")
    ),
    "name_en": FieldWords(gettext_lazy("Naam van de dienst in het Engels")),
    "website": FieldWords(
        gettext_lazy("Adres van de dienst"),
        gettext_lazy("De pagina waar iemand begint, met https:// ervoor."),
    ),
    "description": FieldWords(
        gettext_lazy("Wat kan iemand met deze dienst?"), gettext_lazy("Eén zin, die burgers lezen.")
    ),
    "description_en": FieldWords(gettext_lazy("Dezelfde zin in het Engels")),
    "explanation": FieldWords(
        gettext_lazy("Wat mag een gemachtigde doen, en wat niet?"),
        gettext_lazy("De burger leest dit voordat hij of zij machtigt."),
    ),
    "explanation_en": FieldWords(gettext_lazy("Dezelfde uitleg in het Engels")),
    "permission_question": FieldWords(
        gettext_lazy("Vraag waarmee de burger toestemming geeft"),
        gettext_lazy("Alleen als de gewone vraag niet past bij uw dienst."),
    ),
    "keywords": FieldWords(
        gettext_lazy("Zoekwoorden"), gettext_lazy("Andere woorden voor uw dienst, met komma’s ertussen.")
    ),
    "minimum_level": FieldWords(gettext_lazy("Niveau van inloggen"), _LEVEL_HINT, _LEVELS),
    "representative_kind": FieldWords(
        gettext_lazy("Wie mag gemachtigde zijn?"),
        NO_HINT,
        {
            "burger": gettext_lazy("Alleen een burger"),
            "organisatie": gettext_lazy("Alleen een organisatie"),
            "burger_en_organisatie": gettext_lazy("Een burger of een organisatie"),
        },
    ),
    "request_days": FieldWords(
        gettext_lazy("Hoeveel dagen blijft een code geldig die nog niet is gebruikt?"),
        gettext_lazy("Veel diensten kiezen 90 dagen."),
    ),
    "minimum_age": FieldWords(
        gettext_lazy("Vanaf welke leeftijd mag iemand een machtiging geven?"),
        gettext_lazy("Vul 0 in als de leeftijd niet uitmaakt."),
    ),
}
_CONNECTION: Final = {
    "connection_kind": FieldWords(
        gettext_lazy("Hoe sluit u aan?"),
        NO_HINT,
        {
            "own": gettext_lazy("Met een eigen aansluiting"),
            "cluster": gettext_lazy("Via het cluster van een leverancier"),
        },
    ),
    "entity_id": FieldWords(
        gettext_lazy("Entity-id"),
        gettext_lazy("Zoals in uw metadata, bijvoorbeeld urn:nl-eid-gdi:1.0:DV:(uw OIN):entities:0001"),
    ),
    "cluster_connection": FieldWords(
        gettext_lazy("Entity-id van de aansluiting van uw leverancier"),
        gettext_lazy(
            "Uw leverancier geeft het u. Zijn aansluiting moet al werken, en uw tekenbevoegde moet hem toelaten."
        ),
    ),
    "metadata_address": FieldWords(gettext_lazy("Adres van uw metadata"), _METADATA_HINT),
}
_SECURITY: Final = {
    "assessed_on": FieldWords(
        gettext_lazy("Op welke dag was het assessment klaar?"),
        gettext_lazy("Een auditor onderzoekt daarin of uw dienst veilig is. Hoogstens een jaar geleden."),
    ),
    "assessed_by": FieldWords(
        gettext_lazy("Wie heeft het assessment gedaan?"), gettext_lazy("De naam van de organisatie.")
    ),
}
_GOING_LIVE: Final = {
    "live_on": FieldWords(
        gettext_lazy("Op welke dag wilt u live gaan?"), gettext_lazy("Kies een werkdag, liefst geen vrijdag.")
    ),
    "questions_phone": FieldWords(
        gettext_lazy("Telefoonnummer voor vragen van burgers"),
        gettext_lazy("Burgers bellen dit nummer met vragen over uw dienst."),
    ),
}
_CHANGE: Final = {
    "change_of": FieldWords(
        gettext_lazy("Wat verandert er?"), NO_HINT, {change: words.name for change, words in CHANGES.items()}
    ),
    "from_day": FieldWords(
        gettext_lazy("Vanaf welke dag?"), gettext_lazy("Kies een dag die minstens tien werkdagen later is.")
    ),
    "service": FieldWords(
        gettext_lazy("Om welke dienst gaat het?"), gettext_lazy("De UUID uit uw aansluitgegevens.")
    ),
    "new_name": FieldWords(
        gettext_lazy("Nieuwe naam van de organisatie"), gettext_lazy("Precies zoals in de ALB-lijst.")
    ),
    "contact": FieldWords(
        gettext_lazy("Welke contactpersoon verandert er?"),
        NO_HINT,
        {
            "project_leader": gettext_lazy("De projectleider"),
            "functional": gettext_lazy("De functionele contactpersoon"),
            "technical": gettext_lazy("De technische contactpersoon"),
            "security": gettext_lazy("De contactpersoon voor beveiliging"),
        },
    ),
    "contact_name": FieldWords(gettext_lazy("Naam van de nieuwe contactpersoon")),
    "contact_email": FieldWords(gettext_lazy("E-mailadres van de nieuwe contactpersoon")),
    "new_supplier_oin": FieldWords(
        gettext_lazy("OIN van de nieuwe leverancier"),
        gettext_lazy("Een OIN heeft 20 cijfers. Gaat u zelf verder? Vul dan uw eigen OIN in."),
    ),
    "new_description": FieldWords(
        gettext_lazy("Nieuwe beschrijving van de dienst"), gettext_lazy("Eén zin, die burgers lezen.")
    ),
    "metadata_address": FieldWords(gettext_lazy("Nieuw adres van uw metadata"), _METADATA_HINT),
    "new_level": FieldWords(gettext_lazy("Nieuw niveau van inloggen"), _LEVEL_HINT, _LEVELS),
    "new_months": FieldWords(
        gettext_lazy("Hoeveel maanden mag een machtiging voortaan ten hoogste gelden?"),
        gettext_lazy("Een machtiging die er al is, verandert niet."),
    ),
    "reason": FieldWords(
        gettext_lazy("Waarom verandert dit?"), gettext_lazy("Zet hier geen gegevens van burgers in.")
    ),
}

FIELDS: Final[dict[WordedField, FieldWords]] = {
    (page, key): words
    for page, fields in {
        PageKey.CHOICES: _CHOICES,
        PageKey.ORGANISATION: _ORGANISATION,
        PageKey.CONTACTS: _CONTACTS,
        PageKey.SERVICES: _SERVICES,
        PageKey.CONNECTION: _CONNECTION,
        PageKey.SECURITY: _SECURITY,
        PageKey.GOING_LIVE: _GOING_LIVE,
        PageKey.CHANGE: _CHANGE,
    }.items()
    for key, words in fields.items()
}
