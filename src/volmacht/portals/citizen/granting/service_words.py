"""A service in words for the page: each text with the language it is in, so that it is read aloud the right way."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from volmacht.catalogue.queries import ServiceEntry
from volmacht.portals.shared.parts import SummaryRow, Text
from volmacht.portals.shared.who_logs_in import kinds_that_log_in, somebody_can_log_in
from volmacht.portals.shared.wording import LEVELS
from volmacht.rules.kinds import PartyKind, RepresentativeKind, allows

MONTHS_IN_A_YEAR = 12
USUAL_AGE = 16

WHO_MAY_HELP: dict[RepresentativeKind, Text] = {
    RepresentativeKind.PERSON: gettext_lazy("Iemand die u zelf kiest, met een eigen DigiD"),
    RepresentativeKind.ORGANISATION: gettext_lazy("Alleen een bedrijf of organisatie"),
    RepresentativeKind.BOTH: gettext_lazy("Iemand die u zelf kiest, of een bedrijf"),
    RepresentativeKind.NONE: gettext_lazy("Niemand: deze dienst regelt u zelf"),
}

ONLY_ORGANISATIONS = gettext_lazy("Alleen een organisatie. Organisaties kunnen hier nog niet inloggen.")


class Worded(NamedTuple):
    """A text and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """A service or set as a page shows it."""

    entry: ServiceEntry
    name: Worded
    providers: str
    description: Worded
    explanation: Worded
    permission_question: Worded
    can_be_chosen: bool


def _worded(dutch: str, english: str) -> Worded:
    return Worded(english, "en") if get_language() == "en" and english else Worded(dutch, "nl")


def service_words(entry: ServiceEntry) -> ServiceWords:
    """The texts of a service in the language of the page; Dutch where it has no English."""
    return ServiceWords(
        entry=entry,
        name=_worded(entry.name, entry.name_en),
        providers=", ".join(entry.provider_names),
        description=_worded(entry.description, entry.description_en),
        explanation=_worded(entry.explanation, entry.explanation_en),
        permission_question=_worded(entry.permission_question, entry.permission_question_en),
        can_be_chosen=somebody_can_log_in(entry.representative_kind),
    )


def months_in_words(months: int) -> str:
    """1 jaar, 6 maanden: whole years as years."""
    years, rest = divmod(months, MONTHS_IN_A_YEAR)
    if years and not rest:
        return ngettext("%(number)s jaar", "%(number)s jaar", years) % {"number": years}
    return ngettext("%(number)s maand", "%(number)s maanden", months) % {"number": months}


def who_may_help(kind: RepresentativeKind) -> Text:
    """Who can be chosen here: nobody is promised who cannot log in."""
    if not somebody_can_log_in(kind):
        return ONLY_ORGANISATIONS
    without_organisations = PartyKind.ORGANISATION not in kinds_that_log_in()
    if kind is RepresentativeKind.BOTH and without_organisations:
        return WHO_MAY_HELP[RepresentativeKind.PERSON]
    return WHO_MAY_HELP[kind]


def how_the_helper_logs_in(kind: RepresentativeKind) -> str:
    """With `digid`, `eherkenning` or `both`: whoever the service takes and can log in here."""
    ways = {
        PartyKind.PERSON: "digid",
        PartyKind.ORGANISATION: "eherkenning",
    }
    possible = [way for party, way in ways.items() if allows(kind, party) and party in kinds_that_log_in()]
    return possible[0] if len(possible) == 1 else "both" if possible else "digid"


def conditions(entry: ServiceEntry) -> list[SummaryRow]:
    """What this service asks of a mandate."""
    level = gettext("%(level)s, of veiliger") % {"level": LEVELS[entry.minimum_level]}
    rows = [
        SummaryRow(gettext("Wie u kan helpen"), who_may_help(entry.representative_kind)),
        SummaryRow(gettext("Hoe lang hoogstens"), months_in_words(entry.longest_months)),
        SummaryRow(gettext("Zo logt u in"), level),
    ]
    if entry.minimum_age != USUAL_AGE:
        age = ngettext("%(number)s jaar", "%(number)s jaar", entry.minimum_age) % {
            "number": entry.minimum_age
        }
        rows.append(SummaryRow(gettext("Vanaf welke leeftijd"), age))
    return rows
