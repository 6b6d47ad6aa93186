"""The history of a case in words, for organisations and for the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from volmacht.onboarding.queries import KnownEvent, KnownFile
from volmacht.portals.shared.case_words import ACTIONS, STATES
from volmacht.portals.shared.file_words import KINDS
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.returned_words import Returned, returned_words
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Action, CaseState, Side

# What stands in a history beside the actions that move a case.
OTHERS: Mapping[str, Text] = {
    "open": _("Begonnen"),
    "sign": _("Ondertekend"),
    "add_file": _("Bestand toegevoegd"),
    "assign": _("Toegewezen aan een medewerker"),
    "remind": _("Herinnering gestuurd"),
    "metadata_counts": _("Nieuwe metadata gelden in preproductie"),
}


COUNTS: Mapping[Environment, Text] = {
    Environment.PREPRODUCTION: _("De metadata gelden nu in preproductie."),
    Environment.PRODUCTION: _("De metadata gelden nu in productie."),
}
CHANGES_NOTHING: Mapping[Environment, Text] = {
    Environment.PREPRODUCTION: _("In preproductie is niets veranderd."),
    Environment.PRODUCTION: _("In productie is niets veranderd."),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: what, by which side, and to which state it led where it moved the case; and what a return asked."""

    moment: datetime
    what: Text
    action: str
    who: Text
    actor_id: UUID | None
    state: Text
    moved: bool
    note: str
    returned: list[Returned]
    file: str


def happenings(
    history: Sequence[KnownEvent], sides: Mapping[Side, Text], files: Sequence[KnownFile] = ()
) -> list[Happened]:
    """In the order in which it happened; a file that was added by its name."""
    names = {str(one.id): f"{KINDS[one.kind]}: {one.name}" for one in files}
    return [
        Happened(
            moment=event.moment,
            what=_what(event),
            action=event.action,
            who=sides[event.side],
            actor_id=event.actor_id,
            state=STATES[CaseState(event.to_state)],
            moved=event.from_state != event.to_state,
            note=event.note,
            returned=returned_words(event.returned),
            file=names.get(str(event.data.get("file")), ""),
        )
        for event in history
    ]


def counts_in_words(history: Sequence[KnownEvent]) -> str:
    """Where the document of a change counts now, and that nothing changed elsewhere; empty while it counts nowhere."""
    where = next((event.counts_in for event in reversed(history) if event.counts_in), ())
    others = [one for one in Environment if one not in where]
    if not where:
        return ""
    told = " ".join(str(COUNTS[one]) for one in where)
    return " ".join([told, *(str(CHANGES_NOTHING[one]) for one in others)])


def _what(event: KnownEvent) -> Text:
    if event.action == Action.PROPOSE and event.to_state == CaseState.DONE:
        return _("Goedgekeurd en uitgevoerd")  # one employee was enough: nobody confirms
    return ACTIONS[Action(event.action)] if event.action in set(Action) else OTHERS[event.action]
