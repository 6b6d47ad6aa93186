"""Mandates in words: periods, phases, and why they ended."""

from django.utils.translation import gettext, gettext_lazy

from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.queries import MandateEntry
from volmacht.notifications.kinds import Side
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.party_words import party_name
from volmacht.portals.shared.service_words import ServiceWords, service_words
from volmacht.portals.shared.wording import end_words
from volmacht.rules.activating import RequestState
from volmacht.rules.ends import EndReason
from volmacht.rules.refusals import Refusal
from volmacht.rules.validity import Phase

PHASES: dict[Phase, Text] = {
    Phase.ACTIVE: gettext_lazy("Geldig"),
    Phase.TO_COME: gettext_lazy("Begint later"),
    Phase.ENDED: gettext_lazy("Gestopt"),
}
# The parts of the list. What has not ended may still be unusable: see `state`.
PARTS: dict[Phase, Text] = {**PHASES, Phase.ACTIVE: gettext_lazy("Nu")}
BADGES: dict[Phase, str] = {Phase.ACTIVE: "success", Phase.TO_COME: "neutral", Phase.ENDED: "neutral"}
WOULD_LAST = gettext_lazy("Zou lopen tot en met")
SIDES: dict[Side, Text] = {
    Side.REPRESENTED: gettext_lazy("Wie mij helpt"),
    Side.REPRESENTATIVE: gettext_lazy("Wie ik help"),
}
WHO: dict[tuple[Side, Phase], Text] = {
    (Side.REPRESENTED, Phase.ACTIVE): gettext_lazy("%(name)s regelt dit voor u"),
    (Side.REPRESENTED, Phase.TO_COME): gettext_lazy("%(name)s gaat dit voor u regelen"),
    (Side.REPRESENTED, Phase.ENDED): gettext_lazy("%(name)s regelde dit voor u"),
    (Side.REPRESENTATIVE, Phase.ACTIVE): gettext_lazy("U regelt dit voor %(name)s"),
    (Side.REPRESENTATIVE, Phase.TO_COME): gettext_lazy("U gaat dit regelen voor %(name)s"),
    (Side.REPRESENTATIVE, Phase.ENDED): gettext_lazy("U regelde dit voor %(name)s"),
}
REQUEST_STATES: dict[RequestState, tuple[str, Text]] = {
    RequestState.OPEN: ("warning", gettext_lazy("Wacht op de code")),
    RequestState.LOCKED: ("danger", gettext_lazy("Code op slot")),
    RequestState.EXPIRED: ("neutral", gettext_lazy("Verlopen")),
    RequestState.WITHDRAWN: ("neutral", gettext_lazy("Ingetrokken")),
    RequestState.ACTIVATED: ("success", gettext_lazy("Geactiveerd")),
}


# A mandate that has not ended and that the one decision refuses nevertheless, for what is known of the two people.
NOT_USABLE: dict[Refusal, Text] = {
    Refusal.REPRESENTED_DECEASED: gettext_lazy("Nu niet te gebruiken: overleden"),
    Refusal.REPRESENTATIVE_DECEASED: gettext_lazy("Nu niet te gebruiken: overleden"),
    Refusal.UNDER_GUARDIANSHIP: gettext_lazy("Nu niet te gebruiken: onder curatele"),
    Refusal.BLOCKED: gettext_lazy("Nu niet te gebruiken: geblokkeerd"),
}
WHO_NOT: dict[Side, Text] = {
    Side.REPRESENTED: gettext_lazy("%(name)s kan dit nu niet voor u regelen"),
    Side.REPRESENTATIVE: gettext_lazy("U kunt dit nu niet regelen voor %(name)s"),
}


def parts_words(entry: MandateEntry) -> list[ServiceWords]:
    """What explains what the mandate is for: the set as a whole, or what is left of it, each service for itself."""
    return [service_words(service) for service in _left(entry)]


def _left(entry: MandateEntry) -> list[ServiceEntry]:
    if not entry.removed:
        return [entry.service]
    return [service for id_ in entry.covered if (service := catalogue.service(id_))]


def providers(entry: MandateEntry) -> str:
    """The organisations where it can be used: those of a service that was taken away are not."""
    return ", ".join(dict.fromkeys(name for service in _left(entry) for name in service.provider_names))


def other_name(entry: MandateEntry) -> str:
    """The party on the other side, by name; an organisation by its number."""
    return party_name(entry.other_name, entry.other_kind)


def who_helps_whom(entry: MandateEntry) -> str:
    """On either side and in every phase: who acts, and for whom."""
    words = WHO_NOT[entry.side] if entry.unusable else WHO[entry.side, entry.phase]
    return words % {"name": other_name(entry)}


def state(entry: MandateEntry) -> tuple[str, Text]:
    """How it stands, as a badge: its kind and its words. Never *valid* where the one decision refuses (DM-04)."""
    if entry.unusable:
        return "warning", NOT_USABLE[entry.unusable]
    return BADGES[entry.phase], PHASES[entry.phase]


def period(entry: MandateEntry) -> str:
    """From and until, in words that fit the phase."""
    days = {"first": written_date(entry.first_day), "last": written_date(entry.last_day)}
    if entry.phase is Phase.ACTIVE:
        return gettext("Tot en met %(last)s") % days
    if entry.phase is Phase.TO_COME:
        return gettext("Van %(first)s tot en met %(last)s") % days
    if entry.ended_at is None or entry.end_reason is EndReason.EXPIRED:
        return gettext("Geldig geweest tot en met %(last)s") % days
    return gettext("Geëindigd op %(day)s") % {"day": written_date(entry.ended_at)}


def end_reason(entry: MandateEntry) -> Text:
    """Why it ended, in words for this side of it; nothing while it goes on."""
    return end_words(entry.end_reason, entry.side) if entry.end_reason else ""
