"""Who logged in, as a party: the one way from a number that somebody logged in with to who that is here.

In pre-production only test people become one (decision 0041): there anybody may have an account with any number, and
what is said of a number, such as that its owner has died, is said to whoever made that up.
"""

from uuid import UUID

from volmacht.parties.operations import know_organisation, know_person, may_test
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn, KvkNumber
from volmacht.rules.refusals import Refusal, Refused


def known(number: Bsn | KvkNumber, environment: Environment) -> UUID | Refused:
    """The party; may ask the population register. Refused: NO_TEST_PERSON, and what `know_person` refuses."""
    if environment is Environment.PREPRODUCTION and not may_test(number):
        return Refused(Refusal.NO_TEST_PERSON)
    return know_organisation(number) if isinstance(number, KvkNumber) else know_person(number)
