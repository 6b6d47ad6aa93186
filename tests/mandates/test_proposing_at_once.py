"""Two browsers ask, or answer, at the same moment, with real commits: one proposal, one answer (DM-34)."""

from functools import partial

import pytest

from tests.mandates import scene
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.mandates.test_proposing_renewal import LATER, SOON, outcomes, propose
from tests.mandates.test_racing import at_once
from volmacht.audit.verification import verify
from volmacht.mandates.operations import close_unanswered, decline_renewal, renew_mandate
from volmacht.mandates.queries import mandate_for
from volmacht.notifications.kinds import MessageKind
from volmacht.rules.environment import Environment
from volmacht.rules.living import ProposalOutcome

pytestmark = pytest.mark.usefixtures("committed_db")


def close_quietly() -> None:
    """What the worker does meanwhile: nothing, for nothing is late."""
    assert close_unanswered() == 0


def test_asking_twice_at_once_is_one_proposal_and_one_message(mother: Someone, daughter: Someone) -> None:
    with_email(mother)
    mandate_id = scene.mandate(mother, daughter, last_day=SOON)
    assert at_once(*[partial(propose, mandate_id, daughter)] * 4) == [None] * 4
    assert outcomes() == [""]
    assert kinds_to(mother).count(MessageKind.RENEWAL_PROPOSED) == 1
    assert verify() == []


def test_renewing_and_declining_at_once_close_the_proposal_once(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=SOON)
    propose(mandate_id, daughter)
    answers = at_once(
        partial(
            renew_mandate,
            mandate_id=mandate_id,
            represented=mother.id,
            level=scene.LEVEL,
            last_day=LATER,
            environment=Environment.PRODUCTION,
        ),
        partial(decline_renewal, mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION),
        close_quietly,
    )
    assert answers == [None] * 3
    (outcome,) = outcomes()
    assert outcome in {ProposalOutcome.RENEWED, ProposalOutcome.DECLINED}
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.last_day == LATER
    assert verify() == []
