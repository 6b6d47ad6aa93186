"""What is about to be given, as lines that can each be changed. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.queries import MandateEntry, MandateFilter, list_mandates
from volmacht.notifications.kinds import Side
from volmacht.parties import queries as parties
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting.draft import Draft, Step
from volmacht.portals.citizen.granting.service_words import service_words
from volmacht.portals.citizen.granting.step_frame import representative_words
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.email_address import waiting_address
from volmacht.portals.shared.parts import SummaryRow
from volmacht.portals.shared.party_words import party_name
from volmacht.rules.environment import Environment
from volmacht.rules.validity import Phase

ENOUGH = 100


def overview(party_id: UUID, draft: Draft, service: ServiceEntry) -> list[SummaryRow]:
    """Every answer of the journey, with where it can be changed."""
    words = service_words(service)
    rows = [
        SummaryRow(gettext("Waarvoor"), words.name.text, _change(Step.SERVICE, draft)),
        SummaryRow(gettext("Bij welke organisatie"), words.providers),
        SummaryRow(gettext("Wie"), representative_words(draft), _change(Step.REPRESENTATIVE, draft)),
    ]
    if draft.first_day and draft.last_day:
        period = _change(Step.PERIOD, draft)
        today = draft.first_day == clock.today()
        begins = gettext("Vandaag, %(day)s") if today else "%(day)s"
        rows += [
            SummaryRow(gettext("Begint op"), begins % {"day": written_date(draft.first_day)}, period),
            SummaryRow(gettext("Duurt tot en met"), written_date(draft.last_day), period),
        ]
    if service.environment is Environment.PREPRODUCTION:  # nothing of what a party has once is shown there
        return rows
    change = _change(Step.EMAIL, draft) if draft.asks_email else ""
    return [*rows, SummaryRow(gettext("E-mail over deze machtiging"), _email(party_id), change)]


def _change(step: Step, draft: Draft) -> str:
    return drafts.address(step, draft.window, changing=True)


def _email(party_id: UUID) -> str:
    addresses = parties.email_addresses(party_id)
    confirmed = next((known for known in addresses if known.confirmed_at), None)
    waiting = waiting_address(addresses)
    if confirmed:
        return gettext("Naar %(address)s") % {"address": confirmed.address}
    if waiting:
        text = gettext("Naar %(address)s, als u dat adres hebt bevestigd")
        return text % {"address": waiting.address}
    return gettext("Geen e-mail")


@dataclass(frozen=True, slots=True)
class Helper:
    """Who has a mandate for the chosen service already, and until when."""

    name: str
    last_day: date
    longer: bool


def helpers_for(party_id: UUID, draft: Draft) -> list[Helper]:
    """With a code it is not known who will help: everybody whose mandate for this service would be replaced (DM-36)."""
    return [
        Helper(
            party_name(entry.other_name, entry.other_kind),
            entry.last_day,
            draft.last_day is not None and draft.last_day < entry.last_day,
        )
        for entry in _given_for(party_id, draft.service_id, "")
    ]


def existing_mandate(party_id: UUID, draft: Draft) -> MandateEntry | None:
    """What a known representative has for this service already: it makes way, or stands in the way (DM-36)."""
    representative = draft.known_representative
    known = parties.party(representative) if representative else None
    if known is None:
        return None
    found = _given_for(party_id, draft.service_id, known.name)
    return next((entry for entry in found if entry.other_id == representative), None)


def _given_for(party_id: UUID, service_id: UUID, words: str) -> Iterator[MandateEntry]:
    """The mandates for a service that have not ended; `words` of a name, so that few are read."""
    service = catalogue.service(service_id)
    if service is None:
        return
    asked = words or service.name
    for phase in (Phase.ACTIVE, Phase.TO_COME):
        wanted = MandateFilter(Side.REPRESENTED, phase, words=asked, size=ENOUGH)
        found = list_mandates(party_id, wanted, environment=service.environment).entries
        yield from (entry for entry in found if entry.service.id == service_id)
