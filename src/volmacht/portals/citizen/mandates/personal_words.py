"""Everything about a person, as it stands in the download, in words for that person. Only words; see `my_data`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from volmacht.audit.kinds import EventKind
from volmacht.notifications.kinds import MessageKind, MessageState, Side
from volmacht.portals.citizen.mandates.happening_words import EVENTS
from volmacht.portals.citizen.mandates.mandate_words import NOT_USABLE, REQUEST_STATES, WOULD_LAST
from volmacht.portals.citizen.mandates.use_words import REFUSED
from volmacht.portals.shared.account_words import MEMBER_ROLES, PROOFS
from volmacht.portals.shared.dates import written_date, written_moment
from volmacht.portals.shared.parts import SummaryRow, Text
from volmacht.portals.shared.service_words import service_name
from volmacht.portals.shared.wording import ENDS, ROUTES, end_words, level_words
from volmacht.rules.accounts import ProofHow
from volmacht.rules.activating import RequestState
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.kinds import PartyKind
from volmacht.rules.living import ProposalOutcome
from volmacht.rules.periods import day_of
from volmacht.rules.refusals import Refusal
from volmacht.rules.roles import MemberRole
from volmacht.rules.routes import Route

Record = Mapping[str, Any]
A_DAY = timedelta(days=1)

SECTIONS: dict[str, Text] = {
    "person": gettext_lazy("Uw persoonsgegevens"),
    "email_addresses": gettext_lazy("Uw e-mailadres"),
    "mandates": gettext_lazy("Machtigingen"),
    "requests": gettext_lazy("Aanvragen"),
    "renewal_proposals": gettext_lazy("Vragen om te verlengen"),
    "uses": gettext_lazy("Gebruik"),
    "wrong_tries": gettext_lazy("Foute pogingen met een code"),
    "block": gettext_lazy("Blokkade"),
    "messages": gettext_lazy("Berichten die wij u stuurden"),
    "events": gettext_lazy("Alles wat er is gebeurd"),
}
KEYS: dict[str, Text] = {
    "id": gettext_lazy("Nummer"),
    "about": gettext_lazy("Gaat over nummer"),
    "bsn": gettext_lazy("Burgerservicenummer (BSN)"),
    "kvk_number": gettext_lazy("KvK-nummer"),
    "employee": gettext_lazy("Medewerker"),
    "name": gettext_lazy("Naam"),
    "birth_date": gettext_lazy("Geboren op"),
    "birth_year": gettext_lazy("Geboren in het jaar"),
    "died_on": gettext_lazy("Overleden op"),
    "under_guardianship": gettext_lazy("Onder curatele"),
    "blocked": gettext_lazy("Geblokkeerd"),
    "language": gettext_lazy("Taal"),
    "address": gettext_lazy("E-mailadres"),
    "given_at": gettext_lazy("Gegeven op"),
    "confirmed_at": gettext_lazy("Bevestigd op"),
    "given_or_received": gettext_lazy("Gegeven of gekregen"),
    "other_party": gettext_lazy("De ander"),
    "representative_is": gettext_lazy("De gemachtigde is"),
    "service": gettext_lazy("Dienst"),
    "covers": gettext_lazy("Geldt voor"),
    "no_longer_covers": gettext_lazy("Geldt niet meer voor"),
    "first_day": gettext_lazy("Eerste dag"),
    "last_day": gettext_lazy("Laatste dag"),
    "from": gettext_lazy("Eerste dag"),
    "to": gettext_lazy("Laatste dag"),
    "route": gettext_lazy("Hoe gegeven"),
    "level_at_granting": gettext_lazy("Ingelogd bij het geven"),
    "level_at_activation": gettext_lazy("Ingelogd bij het aannemen"),
    "level": gettext_lazy("Ingelogd met"),
    "registered_at": gettext_lazy("Vastgelegd op"),
    "ended_at": gettext_lazy("Gestopt op"),
    "end_reason": gettext_lazy("Waarom gestopt"),
    "not_usable": gettext_lazy("Hoe het ermee staat"),
    "reason": gettext_lazy("Reden"),
    "state": gettext_lazy("Hoe het ermee staat"),
    "wrong_tries": gettext_lazy("Foute pogingen"),
    "made_at": gettext_lazy("Gemaakt op"),
    "expires_at": gettext_lazy("Te gebruiken tot en met"),
    "closed_at": gettext_lazy("Afgesloten op"),
    "outcome": gettext_lazy("Wat ervan kwam"),
    "moment": gettext_lazy("Wanneer"),
    "provider": gettext_lazy("Organisatie"),
    "as": gettext_lazy("U was"),
    "mandate": gettext_lazy("Nummer van de machtiging"),
    "answer": gettext_lazy("Antwoord"),
    "until": gettext_lazy("Tot"),
    "kind": gettext_lazy("Wat"),
    "written_at": gettext_lazy("Geschreven op"),
    "delivered_at": gettext_lazy("Verstuurd op"),
    "request": gettext_lazy("Nummer van de aanvraag"),
    "representative": gettext_lazy("Nummer van de gemachtigde"),
    "removed": gettext_lazy("Weggehaald"),
    "use": gettext_lazy("Nummer van het gebruik"),
    "refusal": gettext_lazy("Waarom geweigerd"),
    "environment": gettext_lazy("Omgeving"),
    "proposed_by": gettext_lazy("Nummer van de medewerker die het voorstelde"),
    "roles": gettext_lazy("Rollen"),
    "how": gettext_lazy("Hoe aangetoond"),
    "supplier": gettext_lazy("Als leverancier"),
}
VALUES: dict[str, Text] = {
    "given": gettext_lazy("gegeven"),
    "received": gettext_lazy("gekregen"),
    "represented person": gettext_lazy("degene voor wie het was"),
    "represented": gettext_lazy("degene voor wie het was"),
    "representative": gettext_lazy("de gemachtigde"),
    "allowed": gettext_lazy("ingelogd"),
    "person": gettext_lazy("een persoon"),
    "organisation": gettext_lazy("een organisatie"),
    "nl": gettext_lazy("Nederlands"),
    "en": gettext_lazy("Engels"),
}
MESSAGES: dict[MessageKind, Text] = {
    MessageKind.EMAIL_CONFIRMATION: gettext_lazy("E-mailadres bevestigen"),
    MessageKind.REQUEST_RECEIVED: gettext_lazy("Er is een machtiging aangevraagd"),
    MessageKind.REQUEST_DISPUTED: gettext_lazy("De aanvraag is gestopt, omdat die niet klopt"),
    MessageKind.MANDATE_ACTIVATED: gettext_lazy("De machtiging is geactiveerd"),
    MessageKind.DIRECT_GRANT: gettext_lazy("Er is een machtiging gegeven"),
    MessageKind.MANDATE_RESTRICTED: gettext_lazy("De machtiging is korter of kleiner gemaakt"),
    MessageKind.MANDATE_RENEWED: gettext_lazy("De machtiging is verlengd"),
    MessageKind.RENEWAL_PROPOSED: gettext_lazy("Er is gevraagd om een machtiging te verlengen"),
    MessageKind.MANDATE_REVOKED: gettext_lazy("De machtiging is ingetrokken"),
    MessageKind.MANDATE_DISPUTED: gettext_lazy("De machtiging is gestopt, omdat die niet klopt"),
    MessageKind.MANDATE_GIVEN_UP: gettext_lazy("De gemachtigde is gestopt"),
    MessageKind.MANDATE_ENDED: gettext_lazy("De machtiging is voorbij"),
    MessageKind.CODE_LOCKED: gettext_lazy("Er is een code op slot gezet"),
    MessageKind.CODE_REPLACED: gettext_lazy("Er is een nieuwe code gemaakt"),
    MessageKind.ACTIVATION_BLOCKED: gettext_lazy("Iemand kan een dag lang geen codes invoeren"),
}
MESSAGE_STATES: dict[MessageState, Text] = {
    MessageState.WAITING: gettext_lazy("nog niet verstuurd"),
    MessageState.DELIVERED: gettext_lazy("verstuurd"),
    MessageState.FAILED: gettext_lazy("versturen is niet gelukt"),
    MessageState.NOT_WANTED: gettext_lazy("niet verstuurd: er was geen e-mailadres meer"),
}
OUTCOMES: dict[ProposalOutcome, Text] = {
    ProposalOutcome.RENEWED: gettext_lazy("de machtiging is verlengd"),
    ProposalOutcome.DECLINED: gettext_lazy("er is nee gezegd"),
    ProposalOutcome.ENDED: gettext_lazy("de machtiging stopte voordat er antwoord was"),
    ProposalOutcome.UNANSWERED: gettext_lazy("er kwam geen antwoord"),
}
MOMENTS = frozenset(
    {
        "moment", "registered_at", "ended_at", "made_at", "closed_at", "until", "written_at",
        "delivered_at", "given_at", "confirmed_at",
    }
)  # fmt: skip
DAYS = frozenset({"first_day", "last_day", "birth_date", "died_on", "from", "to"})


SIDE_OF: dict[str, Side] = {"given": Side.REPRESENTED, "received": Side.REPRESENTATIVE}
# Numbers that only a program needs: they stand in the file, not on the page.
NUMBERS = frozenset({"id", "about", "mandate", "request", "representative", "use", "proposed_by"})
# What a record is called on the page, and for a record of one moment when that was.
HEADINGS: dict[str, str] = {
    "email_addresses": "address",
    "mandates": "service",
    "requests": "service",
    "renewal_proposals": "service",
    "uses": "answer",
    "messages": "kind",
    "events": "kind",
}
WHEN: dict[str, str] = {
    "uses": "moment",
    "wrong_tries": "moment",
    "messages": "written_at",
    "events": "moment",
}


@dataclass(frozen=True, slots=True)
class ReadableRecord:
    """One record: what it is called, when it was (of what happened at one moment), and the rest."""

    heading: object
    when: object
    rows: list[SummaryRow]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the download; `is_log` when its records are things that happened, in a table by moment."""

    title: Text
    records: list[ReadableRecord]
    is_log: bool


def _services(text: str) -> str:
    return ", ".join(_service(id_) for id_ in text.split(",") if id_)


def _service(text: str) -> str:
    """An event holds the id of a service, a mandate its name."""
    try:
        return service_name(UUID(text))
    except ValueError:
        return text


READERS: dict[str, Callable[[Any], Text]] = {
    **dict.fromkeys(MOMENTS, lambda text: written_moment(datetime.fromisoformat(text))),
    **dict.fromkeys(DAYS, lambda text: written_date(date.fromisoformat(text))),
    "expires_at": lambda text: written_date(day_of(datetime.fromisoformat(text)) - A_DAY),
    "level_at_granting": lambda n: level_words(LevelOfAssurance(n)),
    "reason": lambda text: ENDS[EndReason(text)],
    "route": lambda text: ROUTES[Route(text)],
    "refusal": lambda text: REFUSED[Refusal(text)],
    "outcome": lambda text: OUTCOMES[ProposalOutcome(text)],
    "not_usable": lambda text: NOT_USABLE[Refusal(text)],
    "service": _service,
    "removed": _services,
    "roles": lambda text: ", ".join(str(MEMBER_ROLES[MemberRole(role)]) for role in text.split()),
    "how": lambda text: PROOFS[ProofHow(text)],
}


def _kind(record: Record) -> PartyKind:
    """Who logged in: an event or use of an organisation names the employee, a mandate the kind of representative."""
    is_organisation = "employee" in record or record.get("representative_is") == PartyKind.ORGANISATION
    return PartyKind.ORGANISATION if is_organisation else PartyKind.PERSON


def _value(section: str, key: str, value: Any, record: Record) -> object:
    if key == "end_reason":
        return end_words(EndReason(value), SIDE_OF.get(record.get("given_or_received", "")))
    if key in {"level", "level_at_activation"}:
        return level_words(LevelOfAssurance(value), _kind(record))
    return _worded(section, key, value)


def _worded(section: str, key: str, value: Any) -> object:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, list):
        return ", ".join(value)
    if key == "kind":
        return MESSAGES[MessageKind(value)] if section == "messages" else EVENTS[EventKind(value)]
    if key == "state":
        return (
            MESSAGE_STATES[MessageState(value)]
            if section == "messages"
            else REQUEST_STATES[RequestState(value)][1]
        )
    if key == "answer" and value != "allowed":
        return REFUSED[Refusal(value)]
    return READERS[key](value) if key in READERS else VALUES.get(str(value), value)


def _readable(section: str, record: Record) -> ReadableRecord:
    """A record without what is empty and without numbers."""
    values = {
        key: _value(section, key, value, record)
        for key, value in record.items()
        if value not in (None, "", []) and key not in NUMBERS
    }
    heading, when = values.pop(HEADINGS.get(section, ""), ""), values.pop(WHEN.get(section, ""), "")
    return ReadableRecord(
        heading, when, [SummaryRow(_label(section, key, record), value) for key, value in values.items()]
    )


def _label(section: str, key: str, record: Record) -> Text:
    """What a value is called: a mandate that was ended before its last day did not reach it."""
    early = record.get("ended_at") and record.get("end_reason") != EndReason.EXPIRED
    return WOULD_LAST if section == "mandates" and key == "last_day" and early else KEYS[key]


def readable(everything: Record) -> list[Section]:
    """The download in words; parts in which nothing is kept have no records."""
    parts = {name: everything[name] for name in SECTIONS}
    return [
        Section(
            SECTIONS[name],
            [_readable(name, record) for record in ([part] if isinstance(part, dict) else part)],
            name in WHEN,
        )
        for name, part in parts.items()
    ]
