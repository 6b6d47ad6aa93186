"""Carrying out the configuration of an organisation that connects: all of it, only its own, and by whom it may."""

from typing import Any
from uuid import UUID

import pytest

from tests.catalogue.test_loading import OIN, SERVICE_UUID, SET_UUID, content
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import NotJudged, Objection
from volmacht.catalogue.models import Connection, Proposal, Service
from volmacht.catalogue.operations import ConfigurationFault, NotCarriedOut, carry_out_configuration
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus

PREPRODUCTION, PRODUCTION = Environment.PREPRODUCTION, Environment.PRODUCTION
ENTITY = "urn:nl-eid-gdi:1.0:DV:00000001234567890000:entities:9001"
STRANGER = "00000009876543210000"


def configuration(environment: Environment = PREPRODUCTION, oin: str = OIN) -> dict[str, Any]:
    """One provider with a connection, a service and a set."""
    whole = content() | {"environments": [environment.value]}
    whole["provider"][0] |= {"oin": oin, "connection": {"entity_id": ENTITY}}
    for table in (*whole["service"], *whole["set"]):
        table["providers"] = [oin]
    return whole


def fault_of(
    whole: dict[str, Any], environment: Environment = PREPRODUCTION, **people: Any
) -> ConfigurationFault:
    """Why it is not carried out."""
    with pytest.raises(NotCarriedOut) as refused:
        carry_out_configuration(whole, environment=environment, **people)
    return refused.value.fault


def test_in_pre_production_automatic_checks_are_enough(db: None) -> None:
    assert carry_out_configuration(configuration(), environment=PREPRODUCTION) == 5
    service = queries.service_by_uuid(PREPRODUCTION, UUID(SERVICE_UUID))
    assert service
    assert queries.status(service.id) is LookUpStatus.STATUS_OK
    assert not Proposal.objects.exists()
    (event,) = history_of(service.id)
    assert (event.kind, event.data) == (EventKind.CATALOGUE_ISSUED, {"change": "add_service"})


def test_doing_it_again_changes_nothing(db: None) -> None:
    carry_out_configuration(configuration(), environment=PREPRODUCTION)
    assert carry_out_configuration(configuration(), environment=PREPRODUCTION) == 0


def test_production_needs_two_people(two_staff: tuple[UUID, UUID]) -> None:
    one, other = two_staff
    whole = configuration(PRODUCTION)
    whole["provider"][0]["connection"]["entity_id"] = ENTITY.replace("9001", "0001")
    assert fault_of(whole, PRODUCTION) is ConfigurationFault.NEEDS_TWO_PEOPLE
    assert fault_of(whole, PRODUCTION, proposed_by=one) is ConfigurationFault.NEEDS_TWO_PEOPLE
    alone = carry_out_configuration(whole, environment=PRODUCTION, proposed_by=one, approved_by=one)
    assert alone == NotJudged(Objection.OWN_PROPOSAL)
    assert not Service.objects.exists()
    assert carry_out_configuration(whole, environment=PRODUCTION, proposed_by=one, approved_by=other) == 5


def test_it_is_for_one_environment_and_one_provider(db: None) -> None:
    assert fault_of(configuration(PRODUCTION)) is ConfigurationFault.OTHER_ENVIRONMENT
    both = configuration() | {"environments": ["preproduction", "production"]}
    assert fault_of(both) is ConfigurationFault.OTHER_ENVIRONMENT
    two = configuration()
    two["provider"].append({"oin": STRANGER, "name": "Ander"})
    assert fault_of(two) is ConfigurationFault.NOT_ONE_PROVIDER
    assert fault_of(configuration() | {"peer": [{"entity_id": "x"}]}) is ConfigurationFault.NOT_ONE_PROVIDER


def test_what_is_of_another_provider_stays_as_it_is(db: None) -> None:
    carry_out_configuration(configuration(), environment=PREPRODUCTION)
    taken = configuration(oin=STRANGER)
    assert fault_of(taken) is ConfigurationFault.OF_ANOTHER_PROVIDER  # its entity id
    own_link = ENTITY.replace(OIN, STRANGER)
    taken["provider"][0]["connection"]["entity_id"] = own_link
    assert fault_of(taken) is ConfigurationFault.OF_ANOTHER_PROVIDER  # its service
    taken["service"][0]["uuid"] = SERVICE_UUID.replace("1", "5")
    assert fault_of(taken) is ConfigurationFault.OF_ANOTHER_PROVIDER  # its set
    taken["set"][0]["uuid"] = SET_UUID.replace("2", "6")
    assert fault_of(taken) is ConfigurationFault.OF_ANOTHER_PROVIDER  # its service, in a set of one's own
    assert not Connection.objects.filter(entity_id=own_link).exists()
    taken["set"][0]["services"] = [taken["service"][0]["uuid"]]
    assert carry_out_configuration(taken, environment=PREPRODUCTION) == 5


def test_a_service_cannot_be_put_on_the_name_of_somebody_else(db: None) -> None:
    whole = configuration()
    whole["service"][0]["providers"] = [STRANGER]
    assert fault_of(whole) is ConfigurationFault.OF_ANOTHER_PROVIDER


def test_what_cannot_be_is_told_with_its_place_and_leaves_nothing_behind(db: None) -> None:
    whole = configuration()
    whole["set"][0]["minimum_level"] = 11
    with pytest.raises(NotCarriedOut, match="set 'Set': minimum_level") as refused:
        carry_out_configuration(whole, environment=PREPRODUCTION)
    assert refused.value.fault is ConfigurationFault.INVALID
    assert not Service.objects.exists()


def test_switching_a_connection_off_is_a_configuration_too(db: None) -> None:
    carry_out_configuration(configuration(), environment=PREPRODUCTION)
    whole = configuration()
    whole["provider"][0]["connection"]["active"] = False
    assert carry_out_configuration(whole, environment=PREPRODUCTION) == 1
    service = queries.service_by_uuid(PREPRODUCTION, UUID(SERVICE_UUID))
    assert service
    assert queries.status(service.id) is LookUpStatus.CONNECTION_INACTIVE


def test_a_member_of_a_cluster_is_the_provider_itself_at_a_supplier_that_may_act(db: None) -> None:
    cluster = f"urn:nl-eid-gdi:1.0:LC:{STRANGER}:entities:9001"
    supplier = {"oin": STRANGER, "name": "Bouwers", "connection": {"entity_id": cluster}}
    carry_out_configuration(
        {"environments": ["preproduction"], "provider": [supplier]}, environment=PREPRODUCTION
    )

    def with_member(**changes: object) -> dict[str, Any]:
        member = {
            "connection": cluster,
            "dv_entity_id": ENTITY,
            "provider": OIN,
            "services": [SERVICE_UUID],
            "active": True,
        }
        return configuration() | {"cluster_member": [member | changes]}

    assert fault_of(with_member()) is ConfigurationFault.OF_ANOTHER_SUPPLIER
    assert (
        fault_of(with_member(), suppliers=["00000001777700000000"]) is ConfigurationFault.OF_ANOTHER_SUPPLIER
    )
    for stolen in (
        {"provider": STRANGER},
        {"services": [str(UUID(int=7))]},
        {"environments": ["preproduction"]},
    ):
        fault = fault_of(with_member(**stolen), suppliers=[STRANGER])
        assert fault is ConfigurationFault.OF_ANOTHER_PROVIDER
    assert not Service.objects.exists()
    assert carry_out_configuration(with_member(), environment=PREPRODUCTION, suppliers=[STRANGER]) == 6
    left = with_member(active=False)
    assert carry_out_configuration(left, environment=PREPRODUCTION) == 1  # who may not act any more is left
