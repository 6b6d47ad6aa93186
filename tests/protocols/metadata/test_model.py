"""Look-ups in what a document says (AR-07, AR-08, AB-07, MD-26, MD-27, MD-41 to MD-43)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.protocols.metadata.documents import (
    AD,
    DV,
    DV_OIN,
    INSIDE,
    LC,
    NOW,
    UNTIL,
    document,
    key,
    published,
    read,
)
from volmacht.pki import Purpose
from volmacht.protocols.saml.metadata.model import Document, Endpoint

FIRST, SECOND = Endpoint(0, "https://dv.test/0"), Endpoint(7, "https://dv.test/7")
DEFAULT = replace(SECOND, is_default=True)


@pytest.mark.parametrize(
    ("consumers", "index", "wanted"),
    [
        ((FIRST, SECOND), 7, SECOND),
        ((FIRST, SECOND), 1, None),
        ((FIRST,), None, FIRST),
        ((FIRST, DEFAULT), None, DEFAULT),
        ((FIRST, SECOND), None, None),
        ((replace(FIRST, is_default=True), DEFAULT), None, None),
        ((), None, None),
    ],
)
def test_an_answer_goes_to_the_consumer_named_or_to_the_only_or_default_one(
    consumers: tuple[Endpoint, ...], index: int | None, wanted: Endpoint | None
) -> None:
    assert replace(DV, assertion_consumers=consumers).consumer(index) == wanted


def test_an_artifact_is_resolved_where_its_index_says() -> None:
    assert AD.resolution(0) == AD.artifact_resolution[0]
    assert AD.resolution(1) is None


def test_a_service_is_found_by_its_number() -> None:
    assert DV.service(4) == DV.services[1]
    assert DV.service(1) is None


def test_an_entity_knows_as_what_it_is_described() -> None:
    assert (AD.is_identity_provider, AD.is_service_provider) == (True, False)
    assert (DV.is_identity_provider, DV.is_service_provider) == (False, True)


def test_a_key_outside_its_dates_does_not_count() -> None:
    old = key(DV_OIN, Purpose.ENCRYPTION, 9, days=50).published()
    assert replace(DV, encryption=(old,)).encryption_at(NOW) == ()


def test_both_keys_of_a_rollover_count() -> None:
    both = (published(DV_OIN, Purpose.ENCRYPTION), published(DV_OIN, Purpose.ENCRYPTION, 1))
    assert replace(DV, encryption=both).encryption_at(NOW) == both


def test_the_document_of_an_lc_gives_its_providers_by_entity_id() -> None:
    document_read = read(document(LC), LC).document
    assert document_read is not None
    assert document_read.inside == {entity.entity_id: entity for entity in INSIDE}


@pytest.mark.parametrize(
    ("cache", "wanted"),
    [
        (None, timedelta(hours=24)),
        (timedelta(minutes=1), timedelta(hours=1)),
        (timedelta(hours=5), timedelta(hours=5)),
        (timedelta(days=5), timedelta(hours=24)),
    ],
)
def test_a_newer_version_is_looked_for_every_1_to_24_hours(
    cache: timedelta | None, wanted: timedelta
) -> None:
    assert Document(DV.entity_id, (DV,), None, cache, DV.signing[0]).refresh_after == wanted


def test_a_document_counts_until_its_end() -> None:
    document_read = Document(DV.entity_id, (DV,), UNTIL, None, DV.signing[0])
    assert document_read.counts_at(UNTIL - timedelta(microseconds=1))
    assert not document_read.counts_at(UNTIL)
