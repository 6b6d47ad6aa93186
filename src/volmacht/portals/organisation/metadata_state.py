"""How it stands with the metadata that the form of a case asks for: one row of its list of tasks. Reads only."""

from enum import StrEnum, auto

from volmacht.portals.organisation.acting import CaseHere
from volmacht.portals.organisation.metadata import judged
from volmacht.portals.organisation.metadata_asked import asked_of


class MetadataState(StrEnum):
    """What a member reads beside it."""

    MISSING = auto()
    FAULTY = auto()  # the document that was given last, judged by what the form says now
    GOOD = auto()


def metadata_state(here: CaseHere) -> MetadataState | None:
    """None where no metadata is asked: no form asks for it now, or the connection of a supplier has it (MD-28)."""
    asked = asked_of(here)
    if asked is None or asked.cluster:
        return None
    found = judged(here, asked)
    if found is None:
        return MetadataState.MISSING
    return MetadataState.GOOD if found.is_good else MetadataState.FAULTY
