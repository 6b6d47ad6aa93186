"""New metadata while an organisation tests itself: what is good counts in pre-production at once (CN-3, DM-64).

Nobody judges it: authority and OIN match, as at the first issue. While the acceptance test is judged nobody gives any.
An address that the form names is read on all the same (MD-27), as it is after that.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from volmacht.catalogue.kinds import RunOutcome
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.kinds import FileKind
from volmacht.onboarding.metadata import take_in_test, tested_connection
from volmacht.onboarding.moving import note_event, seen
from volmacht.onboarding.operations.files import take_file
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import TESTS_ITSELF, CaseState, Objection

METADATA_COUNTS: Final = "metadata_counts"  # in the history


@dataclass(frozen=True, slots=True)
class GivenInTest:
    """The document is kept with the case; `counts`: it is the one that the connection runs with now."""

    file_id: UUID
    counts: bool


@transaction.atomic
def give_metadata_in_test(
    *, case_id: UUID, name: str, content: bytes, actor: CaseActor
) -> GivenInTest | Objection:
    """Keep a document, and let it count when it is good; one that is not leaves what counts now.

    Objections: UNKNOWN, NOT_NOW (it does not test itself, or has no metadata of its own), NO_RIGHT, TOO_LARGE,
    NOT_ACCEPTED_FILE.
    """
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    runs = tested_connection(case)
    if runs is None or runs.cluster or CaseState(case.state) not in TESTS_ITSELF:
        return Objection.NOT_NOW
    file_id = take_file(case, may, FileKind.METADATA, name, content, actor)
    if isinstance(file_id, Objection):
        return file_id
    outcome = take_in_test(case, runs.entity_id)
    if outcome is not None and outcome.outcome is RunOutcome.ACCEPTED:
        note_event(case, METADATA_COUNTS, actor, {"environment": Environment.PREPRODUCTION.value})
    return GivenInTest(file_id, counts=outcome is not None and outcome.is_good)
