"""Metadata of who is not registered yet is judged as it will be after that, and nothing of it is kept (CN-2)."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.catalogue.building import Building
from tests.catalogue.publishing import DV, DV_OIN, SECOND_DV, dv_document, key, pin
from tests.catalogue.web_server import document, serving
from volmacht.catalogue.models import MetadataRun, PeerMetadata
from volmacht.catalogue.operations import import_metadata
from volmacht.catalogue.queries import JudgedMetadata, judge_metadata, judge_metadata_at
from volmacht.config.options import Profile
from volmacht.pki import Purpose
from volmacht.rules.environment import Environment

PRODUCTION, PREPRODUCTION = Environment.PRODUCTION, Environment.PREPRODUCTION
SERVICE = UUID("11111111-1111-4111-8111-111111111111")
TEST_DV = DV.replace("entities:0001", "entities:9001")


@pytest.fixture(autouse=True)
def trusted(settings: Settings, tmp_path: Path) -> Path:
    """The test authority is pinned in production, and nothing in pre-production."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path, profile=Profile.DEMO)
    return pin(tmp_path)


def judged(data: bytes, entity_id: str = DV, environment: Environment = PRODUCTION) -> JudgedMetadata:
    return judge_metadata(
        environment=environment, entity_id=entity_id, data=data, services=frozenset({SERVICE})
    )


def codes(found: JudgedMetadata) -> set[str]:
    return {one.code for one in found.findings}


def test_a_good_document_is_good_with_its_certificates_and_its_end(db: None) -> None:
    found = judged(dv_document(service=str(SERVICE)))
    assert found.is_good
    assert found.findings == ()
    assert found.valid_until
    encryption = key(DV_OIN, Purpose.ENCRYPTION)
    listed = {one.use: one for one in found.certificates}
    assert listed["encryption"].ends == encryption.certificate.not_valid_after_utc
    assert listed["encryption"].key_name == encryption.published().name
    assert {one.entity_id for one in found.certificates} == {DV}


def test_nothing_is_kept_of_it(db: None) -> None:
    judged(dv_document())
    assert not PeerMetadata.objects.exists()
    assert not MetadataRun.objects.exists()


@pytest.mark.parametrize(
    ("data", "entity_id", "environment", "code"),
    [
        (b"no xml", DV, PRODUCTION, "not_well_formed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', DV, PRODUCTION, "doctype"),
        (b"<a>" + b" " * (21 * 1024 * 1024) + b"</a>", DV, PRODUCTION, "too_large"),
        (None, SECOND_DV, PRODUCTION, "other_publisher"),
        (None, "urn:of-nobody", PRODUCTION, "entity_id_malformed"),
        (None, DV.replace(":DV:", ":AD:"), PRODUCTION, "other_publisher"),
        (None, TEST_DV, PRODUCTION, "wrong_index_range"),
        (None, DV, PREPRODUCTION, "certificate_untrusted"),
    ],
)
def test_what_is_wrong_is_found(
    data: bytes | None, entity_id: str, environment: Environment, code: str, db: None
) -> None:
    found = judged(dv_document() if data is None else data, entity_id, environment)
    assert code in codes(found)
    assert not found.is_good
    assert found.certificates == ()


def test_a_service_that_is_not_theirs_is_found_with_its_line(db: None) -> None:
    (found,) = judged(dv_document(service=str(UUID(int=7)))).findings
    assert (found.code, found.severity) == ("service_uuid_unknown", "warning")
    assert found.line


def test_it_says_what_taking_in_says_after_registration(building: Building) -> None:
    documents = [dv_document(), dv_document(encryption_oin="00000009999999999002"), b"<a/>"]
    before = [judge_metadata(environment=PRODUCTION, entity_id=DV, data=data).findings for data in documents]
    building.connection(building.provider(oin=DV_OIN), entity_id=DV)
    after = [
        import_metadata(environment=PRODUCTION, entity_id=DV, data=data, source="x").findings
        for data in documents
    ]
    assert before == after


def test_an_address_is_fetched_and_judged(db: None) -> None:
    with serving() as web:
        web.answers["/metadata"] = document(dv_document())
        found = judge_metadata_at(environment=PRODUCTION, entity_id=DV, address=web.address())
        assert found.is_good
        assert found.data
        nothing = judge_metadata_at(
            environment=PRODUCTION, entity_id=DV, address=web.address().replace("metadata", "other")
        )
    assert (codes(nothing), nothing.data) == ({"status"}, b"")


def test_outside_a_demo_no_address_on_the_own_network_is_asked(settings: Settings, db: None) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    for address, code in (
        ("http://dienst.example/", "not_https"),
        ("https://127.0.0.1/", "private_address"),
        ("https://[::1]/", "private_address"),
        ("https://169.254.169.254/latest", "private_address"),
        ("nonsense", "address_malformed"),
    ):
        found = judge_metadata_at(environment=PRODUCTION, entity_id=DV, address=address)
        assert codes(found) == {code}, address
