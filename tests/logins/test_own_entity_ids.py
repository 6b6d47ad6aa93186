"""Entity ids of our own: of test systems in pre-production, and only there (RO-03)."""

import pytest

from volmacht.keystore import OwnEntity
from volmacht.logins.entities import entity_id
from volmacht.protocols.saml.entity_ids import EntityId
from volmacht.rules.environment import Environment


@pytest.mark.parametrize("environment", Environment)
def test_our_own_ids_are_of_test_systems_in_preproduction_and_only_there(environment: Environment) -> None:
    ids = [EntityId.parse(entity_id(environment, one)) for one in OwnEntity]
    assert {one.for_test for one in ids} == {environment is Environment.PREPRODUCTION}
    assert len({str(one) for one in ids}) == len(OwnEntity)
