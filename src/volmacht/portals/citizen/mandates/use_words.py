"""One use of a mandate in words, for one of the two people it concerns (DM-41). Neutral: both may read it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from volmacht.mandates.queries import UseEntry
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.party_words import party_name, short_pseudonym
from volmacht.portals.shared.wording import level_words
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal

REFUSED: dict[Refusal, Text] = {
    Refusal.NO_MANDATE: gettext_lazy("Geweigerd: er was geen machtiging"),
    Refusal.NOT_YET_VALID: gettext_lazy("Geweigerd: de machtiging was nog niet begonnen"),
    Refusal.MANDATE_ENDED: gettext_lazy("Geweigerd: de machtiging was gestopt"),
    Refusal.SERVICE_NOT_MANDATABLE: gettext_lazy("Geweigerd: voor deze dienst kan niemand worden gemachtigd"),
    Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED: gettext_lazy("Geweigerd: deze soort gemachtigde mag hier niet"),
    Refusal.LEVEL_TOO_LOW: gettext_lazy("Geweigerd: er was niet veilig genoeg ingelogd"),
    Refusal.REPRESENTED_DECEASED: gettext_lazy("Geweigerd: degene voor wie het was, is overleden"),
    Refusal.REPRESENTATIVE_DECEASED: gettext_lazy("Geweigerd: de gemachtigde is overleden"),
    Refusal.UNDER_GUARDIANSHIP: gettext_lazy("Geweigerd: degene voor wie het was, staat onder curatele"),
    Refusal.CONNECTION_INACTIVE: gettext_lazy("Geweigerd: de dienst was niet bereikbaar"),
    Refusal.ORGANISATION_INACTIVE: gettext_lazy("Geweigerd: de organisatie doet niet meer mee"),
    Refusal.SERVICE_INACTIVE: gettext_lazy("Geweigerd: de dienst was gesloten"),
    Refusal.BLOCKED: gettext_lazy("Geweigerd: dit was geblokkeerd"),
    Refusal.SERVICE_NOT_COVERED: gettext_lazy("Geweigerd: de machtiging was voor iets anders"),
    Refusal.NOT_OWN_SERVICE: gettext_lazy("Geweigerd: de organisatie heeft deze dienst niet"),
}


@dataclass(frozen=True, slots=True)
class UseWords:
    """What a list says of a use. `can_dispute`: the reader is for whom it was, or would have been (DM-39a).

    `stops`: the mandate that one click stops, of a use that was allowed; `stops_another` when it is not the one that
    was used.
    """

    entry: UseEntry
    service: str
    who: str
    answer: Text
    allowed: bool
    level: Text
    can_dispute: bool
    stops: UUID | None
    stops_another: bool


def _who(use: UseEntry, party: UUID) -> str:
    """Who acted for whom; a name only of whom the reader ever shared a mandate with."""
    if use.representative_id == party:
        if use.represented_name:
            return gettext("U, voor %(name)s") % {"name": use.represented_name}
        return gettext("U, voor iemand anders")
    kind = PartyKind.ORGANISATION if use.employee else PartyKind.PERSON
    name = use.representative_name or gettext("Iemand die u niet hebt gemachtigd")
    if use.employee:
        return gettext("%(name)s (medewerker met schuilnaam %(employee)s), voor u") % {
            "name": party_name(name, kind),
            "employee": short_pseudonym(use.employee),
        }
    return gettext("%(name)s, voor u") % {"name": name}


def use_words(use: UseEntry, party: UUID) -> UseWords:
    """A use for the party who reads it."""
    stops = use.stands if use.refusal is None else None
    return UseWords(
        entry=use,
        service=(use.service_name_en if language() == "en" else "") or use.service_name,
        who=_who(use, party),
        answer=REFUSED[use.refusal] if use.refusal else "",
        allowed=use.refusal is None,
        level=level_words(use.level, PartyKind.ORGANISATION if use.employee else PartyKind.PERSON),
        can_dispute=use.represented_id == party,
        stops=stops,
        stops_another=stops is not None and stops != use.mandate_id,
    )
