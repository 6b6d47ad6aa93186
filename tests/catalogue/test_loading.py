"""Loading a catalogue file: all or nothing, harmless to repeat, four eyes, and errors that say where."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from volmacht.catalogue import queries
from volmacht.catalogue.kinds import NotJudged, Objection
from volmacht.catalogue.models import Proposal, Provider, Relation, Service
from volmacht.catalogue.operations import BadCatalogueFile, Loaded, load_catalogue
from volmacht.rules.environment import Environment

OIN = "00000001234567890000"
SERVICE_UUID = "11111111-1111-4111-8111-111111111111"
SET_UUID = "22222222-2222-4222-8222-222222222222"


def content() -> dict[str, Any]:
    return {
        "environments": ["production"],
        "provider": [
            {
                "oin": OIN,
                "name": "Gemeente",
                "connection": {"entity_id": "urn:x"},
            }
        ],
        "service": [
            {
                "uuid": SERVICE_UUID,
                "providers": [OIN],
                "name": "Dienst",
                "minimum_level": 20,
                "representative_kind": "burger",
            }
        ],
        "set": [
            {
                "uuid": SET_UUID,
                "services": [SERVICE_UUID],
                "name": "Set",
                "minimum_level": 20,
                "representative_kind": "burger",
            }
        ],
    }


def load(source: Any, staff: tuple[UUID, UUID]) -> Loaded | NotJudged:
    return load_catalogue(source, proposed_by=staff[0], approved_by=staff[1])


def test_everything_in_the_file_stands_in_the_catalogue(two_staff: tuple[UUID, UUID]) -> None:
    assert load(content(), two_staff) == Loaded(5)
    service = queries.service_by_uuid(Environment.PRODUCTION, UUID(SERVICE_UUID))
    set_entry = queries.service_by_uuid(Environment.PRODUCTION, UUID(SET_UUID))
    assert service
    assert set_entry
    assert service.connection_id
    link = queries.connection(service.connection_id)
    assert link
    assert (link.entity_id, link.provider_name) == ("urn:x", "Gemeente")
    assert set_entry.members == (service.id,)
    assert set(Proposal.objects.values_list("proposed_by", "judged_by")) == {two_staff}


def test_loading_again_changes_only_what_differs(two_staff: tuple[UUID, UUID]) -> None:
    load(content(), two_staff)
    changed = content()
    assert load(changed, two_staff) == Loaded(0)
    changed["service"][0]["name"] = "Andere naam"
    assert load(changed, two_staff) == Loaded(1)
    assert Service.objects.get(is_set=False).name == "Andere naam"
    assert Service.objects.count() == 2
    assert Relation.objects.count() == 1


def test_a_connection_is_found_by_its_entity_id_in_its_own_environment(
    two_staff: tuple[UUID, UUID],
) -> None:
    load(content(), two_staff)
    assert queries.connection_by_entity_id(Environment.PRODUCTION, "urn:x")
    assert queries.connection_by_entity_id(Environment.PREPRODUCTION, "urn:x") is None


@pytest.mark.parametrize("loaded_before", [True, False])
def test_a_file_of_an_older_version_is_told_which_field_is_no_more(
    two_staff: tuple[UUID, UUID], loaded_before: bool
) -> None:
    if loaded_before:
        load(content(), two_staff)
    old = content()
    old["provider"][0]["connection"]["return_address"] = "https://x.example"
    told = "^production, provider 'Gemeente', connection.*: return_address: is not a field of this change$"
    with pytest.raises(BadCatalogueFile, match=told):
        load(old, two_staff)


def test_one_employee_cannot_load_alone(two_staff: tuple[UUID, UUID]) -> None:
    assert load(content(), (two_staff[0], two_staff[0])) == NotJudged(Objection.OWN_PROPOSAL)
    assert not Provider.objects.exists()
    assert not Proposal.objects.exists()


def test_a_fault_on_the_last_line_leaves_nothing_behind(two_staff: tuple[UUID, UUID]) -> None:
    broken = content()
    broken["set"][0]["services"] = ["33333333-3333-4333-8333-333333333333"]
    with pytest.raises(
        BadCatalogueFile, match=r"production, set 'Set': services: 3333.* is not in the catalogue"
    ):
        load(broken, two_staff)
    assert not Provider.objects.exists()
    assert not Proposal.objects.exists()


def damaged(**changes: Any) -> dict[str, Any]:
    whole = content()
    for place, value in changes.items():
        table, _, field = place.partition("__")
        if field:
            whole[table][0][field] = value
        else:
            whole[table] = value
    return whole


FAULTS = [
    (damaged(service__longest_months=61), "production, service 'Dienst': longest_months: must be a whole number"),
    (damaged(service__longest_month=6), "production, service 'Dienst': longest_month: is not a field"),
    (damaged(service__providers=["0" * 20]), "production, service 'Dienst': providers: 0{20} is not in the catalogue"),
    (damaged(service__providers=[]), "production, service 'Dienst': connection: may be empty for a service set only"),
    (damaged(service__providers="x"), "'Dienst': providers: must be a list"),
    (damaged(service__uuid="x"), "production, service 'Dienst': uuid: must be a UUID"),
    (damaged(provider__oin="1"), "production, provider 'Gemeente': oin: must be 20 digits"),
    (damaged(provider__connection={"entity_id": ""}), "production, provider 'Gemeente', connection: entity_id: may"),
    (damaged(set__services=["x"]), "production, set 'Set': uuid: must be a UUID"),
    (damaged(environments=[]), "environments: must be a list of environments"),
    (damaged(environments=["acceptance"]), "environments: 'acceptance'"),
    (damaged(service={"uuid": "x"}), r"service: write each one under \[\[service\]\]"),
    ({**content(), "services": []}, "unknown: services"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "message"), FAULTS)
def test_an_error_says_where_in_the_file(
    two_staff: tuple[UUID, UUID], source: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadCatalogueFile, match=message):
        load(source, two_staff)


def test_a_changed_service_is_judged_like_a_new_one(two_staff: tuple[UUID, UUID]) -> None:
    load(content(), two_staff)
    with pytest.raises(BadCatalogueFile, match="request_days"):
        load(damaged(service__request_days=0), two_staff)


def test_a_file_that_cannot_be_read_is_named(two_staff: tuple[UUID, UUID], tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    for bytes_, problem in ((b"environments = [", "broken.toml"), (b"\xff\xfe", "broken.toml")):
        broken.write_bytes(bytes_)
        with pytest.raises(BadCatalogueFile, match=problem):
            load(broken, two_staff)
    with pytest.raises(BadCatalogueFile, match=r"absent\.toml"):
        load(str(tmp_path / "absent.toml"), two_staff)
