"""What happened to a mandate, in words for one of its two parties. Every kind of event has words."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from volmacht.audit.kinds import ActorKind, EventKind
from volmacht.audit.queries import Happening
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.queries import MandateEntry
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.mandate_words import other_name
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.party_words import short_pseudonym
from volmacht.portals.shared.service_words import service_name
from volmacht.portals.shared.wording import end_words
from volmacht.rules.ends import EndReason

EVENTS: dict[EventKind, Text] = {
    EventKind.REQUEST_MADE: gettext_lazy("De machtiging is aangevraagd"),
    EventKind.REQUEST_WITHDRAWN: gettext_lazy("De aanvraag is ingetrokken"),
    EventKind.REQUEST_DISPUTED: gettext_lazy("Er is gezegd dat de aanvraag niet klopt"),
    EventKind.CODE_REPLACED: gettext_lazy("Er is een nieuwe code gemaakt"),
    EventKind.CODE_TRY_FAILED: gettext_lazy(
        # True for a wrong BSN and for a code that nobody has: who tried must not learn which it was (DM-17).
        "Er is een code ingevuld met een burgerservicenummer (BSN) dat er niet bij hoort"
    ),
    EventKind.CODE_LOCKED: gettext_lazy("De code is op slot gezet, na te veel foute pogingen"),
    EventKind.REPRESENTATIVE_BLOCKED: gettext_lazy("Het invoeren van codes is een dag geblokkeerd"),
    EventKind.MANDATE_ACTIVATED: gettext_lazy("De machtiging is geactiveerd met de code"),
    EventKind.MANDATE_GRANTED_DIRECTLY: gettext_lazy("De machtiging is gegeven, zonder code"),
    EventKind.MANDATE_RESTRICTED: gettext_lazy("De machtiging is korter of kleiner gemaakt"),
    EventKind.MANDATE_RENEWED: gettext_lazy("De machtiging is verlengd"),
    EventKind.RENEWAL_PROPOSED: gettext_lazy("Er is gevraagd om de machtiging te verlengen"),
    EventKind.RENEWAL_DECLINED: gettext_lazy("Op de vraag om te verlengen is nee gezegd"),
    EventKind.MANDATE_ENDED: gettext_lazy("De machtiging is gestopt"),
    EventKind.MANDATE_DISPUTED: gettext_lazy("Er is gezegd dat de machtiging niet klopt"),
    EventKind.MANDATE_USED: gettext_lazy("Er is ingelogd met de machtiging"),
    EventKind.USE_REFUSED: gettext_lazy("Inloggen voor iemand anders is geweigerd"),
    EventKind.USE_DISPUTED: gettext_lazy("Er is gezegd dat een geweigerde poging niet klopt"),
    EventKind.STATEMENT_PASSED_ON: gettext_lazy(
        "Een verklaring van een andere dienst is doorgegeven aan een organisatie"
    ),
    EventKind.PERSON_REGISTERED: gettext_lazy("U bent bij ons bekend geworden"),
    EventKind.ORGANISATION_REGISTERED: gettext_lazy("Uw organisatie is bij ons bekend geworden"),
    EventKind.PERSON_FACTS_CHANGED: gettext_lazy(
        "Uw gegevens uit de Basisregistratie Personen (BRP) zijn bijgewerkt"
    ),
    EventKind.PERSON_ERASED: gettext_lazy("Uw persoonsgegevens zijn gewist"),
    EventKind.PERSONAL_DATA_DOWNLOADED: gettext_lazy("U hebt uw gegevens bekeken of gedownload"),
    EventKind.EMAIL_ADDRESS_GIVEN: gettext_lazy("U hebt een e-mailadres gegeven"),
    EventKind.EMAIL_ADDRESS_CONFIRMED: gettext_lazy("U hebt uw e-mailadres bevestigd"),
    EventKind.EMAIL_ADDRESS_REMOVED: gettext_lazy("U hebt uw e-mailadres weggehaald"),
    EventKind.LOGGED_IN: gettext_lazy("U hebt ingelogd"),
    EventKind.STAFF_CREATED: gettext_lazy("Er is een medewerker bij gekomen"),
    EventKind.STAFF_PROPOSED: gettext_lazy("Er is een wijziging voorgesteld van een medewerker"),
    EventKind.STAFF_CHANGED: gettext_lazy("De rollen van een medewerker zijn veranderd"),
    EventKind.STAFF_READ: gettext_lazy("Een medewerker heeft gegevens ingezien"),
    EventKind.STAFF_REJECTED: gettext_lazy("Een wijziging van een medewerker is afgewezen"),
    EventKind.ACCOUNT_CREATED: gettext_lazy("Er is een account gemaakt"),
    EventKind.ACCOUNT_LOGGED_IN: gettext_lazy("Met een account is ingelogd"),
    EventKind.ACCOUNT_CHANGED: gettext_lazy("Er is iets veranderd aan een account"),
    EventKind.ORGANISATION_SIGNED_UP: gettext_lazy("Uw organisatie is aangemeld om aan te sluiten"),
    EventKind.ORGANISATION_RENAMED: gettext_lazy("Uw organisatie heeft een nieuwe naam"),
    EventKind.ORGANISATION_TAKEN_OVER: gettext_lazy(
        "Uw organisatie is overgenomen van wie haar eerder aanmeldde"
    ),
    EventKind.SIGN_UP_LAPSED: gettext_lazy("De aanmelding van uw organisatie is vervallen"),
    EventKind.ORGANISATION_PROVEN: gettext_lazy("Er is aangetoond dat uw organisatie zelf aansluit"),
    EventKind.MEMBER_INVITED: gettext_lazy("Er is iemand uitgenodigd om voor uw organisatie te werken"),
    EventKind.MEMBER_JOINED: gettext_lazy("Iemand is voor uw organisatie gaan werken"),
    EventKind.MEMBER_CHANGED: gettext_lazy("De rollen van iemand van uw organisatie zijn veranderd"),
    EventKind.MEMBER_LEFT: gettext_lazy("Iemand werkt niet meer voor uw organisatie"),
    EventKind.SIGNATORY_PROVEN: gettext_lazy("Er is vastgesteld wie voor uw organisatie tekent"),
    EventKind.SUPPLIER_CONSENT_GIVEN: gettext_lazy("Een leverancier mag voor uw organisatie werken"),
    EventKind.SUPPLIER_CONSENT_ENDED: gettext_lazy(
        "Een leverancier mag niet meer voor uw organisatie werken"
    ),
    EventKind.CATALOGUE_PROPOSED: gettext_lazy("Er is een wijziging in de diensten voorgesteld"),
    EventKind.CATALOGUE_APPROVED: gettext_lazy("Er is een wijziging in de diensten goedgekeurd"),
    EventKind.CATALOGUE_REJECTED: gettext_lazy("Er is een wijziging in de diensten afgewezen"),
    EventKind.CATALOGUE_IMPORT_PROPOSED: gettext_lazy("Er is een bestand met diensten voorgesteld"),
    EventKind.CATALOGUE_IMPORT_APPROVED: gettext_lazy("Een bestand met diensten is goedgekeurd"),
    EventKind.CATALOGUE_IMPORT_REJECTED: gettext_lazy("Een bestand met diensten is afgewezen"),
    EventKind.CATALOGUE_ISSUED: gettext_lazy("Een aansluiting is klaar om te testen"),
    EventKind.TEST_MANDATES_REMOVED: gettext_lazy("De machtigingen om te testen zijn weg"),
    EventKind.TEST_MANDATES_LAID_OUT: gettext_lazy("De machtigingen om te testen staan weer klaar"),
    EventKind.METADATA_READ: gettext_lazy("De technische gegevens van een andere partij zijn gelezen"),
    EventKind.CASE_OPENED: gettext_lazy("Er is een zaak over aansluiten begonnen"),
    EventKind.CASE_MOVED: gettext_lazy("Een zaak over aansluiten is een stap verder of terug"),
    EventKind.CASE_SIGNED: gettext_lazy("Er is een formulier ondertekend"),
    EventKind.CASE_FILE_ADDED: gettext_lazy("Er is een bestand toegevoegd aan een zaak over aansluiten"),
    EventKind.CASE_ASSIGNED: gettext_lazy("Een zaak over aansluiten heeft een andere behandelaar"),
    EventKind.CERTIFICATE_ISSUED: gettext_lazy("Uw organisatie kreeg een certificaat om te testen"),
    EventKind.TARIFF_SET: gettext_lazy("Er is een tarief vastgesteld"),
    EventKind.SENTENCE_KEPT: gettext_lazy("Er is een standaardzin bewaard"),
    EventKind.CASE_WRITTEN_IN: gettext_lazy("Er is een bericht geschreven in een zaak over aansluiten"),
    EventKind.CONFIGURATION_CARRIED_OUT: gettext_lazy(
        "De diensten en aansluiting van uw organisatie zijn ingesteld"
    ),
    EventKind.RETENTION_APPLIED: gettext_lazy("Oude gegevens zijn gewist"),
    EventKind.KEYS_CHANGED: gettext_lazy("De sleutels van Volmacht zijn vernieuwd"),
}
# Uses have a list of their own; tries with the code are for who made the code. Who says afterwards that a mandate is
# not right may have reason to fear the other.
IN_OWN_LIST = frozenset({EventKind.MANDATE_USED})
ONLY_FOR_REPRESENTED = frozenset(
    {
        EventKind.CODE_REPLACED,
        EventKind.CODE_TRY_FAILED,
        EventKind.CODE_LOCKED,
        EventKind.REPRESENTATIVE_BLOCKED,
        EventKind.MANDATE_DISPUTED,
    }
)


@dataclass(frozen=True, slots=True)
class HappeningWords:
    """One line of a history: when, what, by whom, and what it changed."""

    moment: datetime
    text: Text
    by: str
    details: tuple[str, ...]


def _by(happening: Happening, entry: MandateEntry) -> str:
    """Who did it, as far as this party may know."""
    actor, employee = happening.actor, short_pseudonym(str(happening.data.get("employee", "")))
    me = entry.represented_id if entry.side is Side.REPRESENTED else entry.representative_id
    if actor.id == me:
        return (
            gettext("uw medewerker met schuilnaam %(employee)s") % {"employee": employee}
            if employee
            else gettext("u")
        )
    if actor.id == entry.other_id:
        name = other_name(entry)
        both = gettext("%(name)s, medewerker met schuilnaam %(employee)s") % {
            "name": name,
            "employee": employee,
        }
        return both if employee else name
    if actor.kind is ActorKind.PROVIDER and actor.id:
        provider = catalogue.provider(actor.id)
        return provider.name if provider else gettext("een organisatie")
    if actor.kind is ActorKind.SYSTEM:
        return gettext("automatisch")
    if actor.kind is ActorKind.STAFF:
        return gettext("een medewerker")
    return gettext("iemand anders")


def _days(data: dict[str, object]) -> list[str]:
    first, last = str(data.get("from", "")), str(data.get("to", ""))
    if first and last:
        days = {
            "first": written_date(date.fromisoformat(first)),
            "last": written_date(date.fromisoformat(last)),
        }
        return [gettext("Van %(first)s tot en met %(last)s") % days]
    return [gettext("Tot en met %(last)s") % {"last": written_date(date.fromisoformat(last))}] if last else []


def _details(happening: Happening, side: Side) -> tuple[str, ...]:
    data = happening.data
    removed = [service_name(UUID(id_)) for id_ in str(data.get("removed") or "").split(",") if id_]
    reason = (
        [str(end_words(EndReason(data["reason"]), side))] if happening.kind is EventKind.MANDATE_ENDED else []
    )
    without = [gettext("Zonder: %(services)s") % {"services": ", ".join(removed)}] if removed else []
    return (*_days(data), *without, *reason)


def in_words(happening: Happening, entry: MandateEntry) -> HappeningWords:
    """One event, for the party whose view of the mandate this is."""
    return HappeningWords(
        happening.moment, EVENTS[happening.kind], _by(happening, entry), _details(happening, entry.side)
    )


def history(happenings: list[Happening], entry: MandateEntry) -> list[HappeningWords]:
    """The whole history for this party, oldest first; uses are left to their own list."""
    hidden = IN_OWN_LIST if entry.side is Side.REPRESENTED else IN_OWN_LIST | ONLY_FOR_REPRESENTED
    return [in_words(happening, entry) for happening in happenings if happening.kind not in hidden]
