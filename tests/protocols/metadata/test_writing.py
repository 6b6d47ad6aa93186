"""Our own documents: valid, signed, and read back as what was published (MD-01 to MD-20, MD-45)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.protocols.metadata.documents import (
    AD,
    BVD,
    BVD_OIN,
    DV,
    DV_OIN,
    INSIDE,
    LC,
    LC_OIN,
    NOW,
    OTHER_DV_OIN,
    RD,
    RD_OIN,
    SERVICE,
    TD,
    UNTIL,
    document,
    key,
    published,
    read,
)
from volmacht.pki import Purpose
from volmacht.protocols.saml.keys import key_name
from volmacht.protocols.saml.metadata.addresses import address_fault
from volmacht.protocols.saml.metadata.durations import read_duration, written_duration
from volmacht.protocols.saml.metadata.model import Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.writing import idp_metadata, lc_metadata, rd_sp_metadata, sp_metadata
from volmacht.protocols.xml.names import DS, MD
from volmacht.protocols.xml.schemas import Schema, validate

EVERY = [DV, LC, RD, TD, AD, BVD]
SIGNING_DV = key(DV_OIN)

texts = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)
addresses = st.from_regex(
    r"https://[a-z]{1,9}\.test(:[1-9][0-9]{0,3})?/[a-zA-Z0-9_/.~-]{0,30}(\?[a-z]=[0-9&;']{0,5})?",
    fullmatch=True,
)
indexes = st.lists(st.integers(0, 65535), min_size=1, max_size=6, unique=True)


@st.composite
def consumers(draw: st.DrawFn) -> tuple[Endpoint, ...]:
    chosen = draw(indexes)
    default = draw(st.sampled_from(chosen))
    return tuple(Endpoint(index, draw(addresses), is_default=index == default) for index in chosen)


@st.composite
def services(draw: st.DrawFn) -> tuple[ServiceReference, ...]:
    chosen = draw(indexes)
    default = draw(st.sampled_from(chosen))
    names = st.dictionaries(st.sampled_from(["nl", "en", "fy", "nl-NL"]), texts, min_size=1)
    return tuple(
        ServiceReference(index, index == default, str(draw(st.uuids())), tuple(draw(names).items()))
        for index in chosen
    )


@pytest.mark.parametrize("entity", EVERY, ids=lambda entity: entity.role)
def test_every_document_is_valid_and_reads_back_as_it_was_meant(entity: Entity) -> None:
    data = document(entity)
    validate(etree.fromstring(data), Schema.METADATA)
    result = read(data, entity)
    assert result.findings == ()
    assert result.document is not None
    assert result.document.publisher == entity
    assert result.document.entities[1:] == (INSIDE if entity in (LC, RD) else ())
    assert result.document.valid_until == UNTIL
    assert result.document.signed_with == entity.signing[0]


@settings(max_examples=25, deadline=None)
@given(consumers(), services(), st.lists(st.tuples(addresses, st.none() | addresses), max_size=3))
def test_any_provider_reads_back_as_it_was_meant(
    given_consumers: tuple[Endpoint, ...],
    given_services: tuple[ServiceReference, ...],
    log_out: list[tuple[str, str | None]],
) -> None:
    entity = replace(
        DV,
        assertion_consumers=given_consumers,
        services=given_services,
        single_logout=tuple(Endpoint(None, location, response) for location, response in log_out),
    )
    result = read(sp_metadata(entity, key=SIGNING_DV, valid_until=UNTIL), entity)
    assert result.findings == ()
    assert result.document is not None
    assert result.document.entities == (entity,)


def test_the_root_comes_with_the_signature_first_and_names_its_key_only() -> None:
    root = etree.fromstring(document(RD))
    assert root.tag == MD + "EntitiesDescriptor"
    assert root[0].tag == DS + "Signature"
    assert [node.tag for node in root[0].iterfind(f"{DS}KeyInfo/*")] == [DS + "KeyName"]
    assert root[0].findtext(f"{DS}KeyInfo/{DS}KeyName") == key_name(key(RD_OIN).certificate)
    ids = [node.get("ID") for node in root.iter() if node.get("ID")]
    assert len(ids) == len(set(ids)) == 4


def test_a_provider_inside_gets_a_copy_of_the_publishers_consumer_and_no_signing_key() -> None:
    root = etree.fromstring(rd_sp_metadata(RD, [DV], key=key(RD_OIN), valid_until=UNTIL))
    inside = root[2]
    assert inside.get("entityID") == DV.entity_id
    assert {node.get("use") for node in inside.iter(MD + "KeyDescriptor")} == {"encryption"}
    (consumer,) = inside.iter(MD + "AssertionConsumerService")
    assert consumer.get("Location") == RD.assertion_consumers[0].location
    assert inside.find(f".//{MD}SingleLogoutService") is None
    assert inside.find(f".//{MD}AttributeConsumingService") is None


def test_encryption_keys_give_way_when_an_rd_lists_four_signing_keys() -> None:
    four = tuple(published(RD_OIN, use, n) for use in (Purpose.SIGNING, Purpose.TLS_CLIENT) for n in (0, 1))
    data = rd_sp_metadata(replace(RD, signing=four), INSIDE, key=key(RD_OIN), valid_until=UNTIL)
    result = read(data, RD)
    assert result.document is not None
    assert result.document.publisher.signing == four
    assert result.document.publisher.encryption == ()


def test_a_provider_may_give_a_refresh_time_instead_of_an_end() -> None:
    hours = timedelta(hours=6)
    result = read(sp_metadata(DV, key=SIGNING_DV, cache_duration=hours), DV)
    assert result.document is not None
    assert (result.document.valid_until, result.document.cache_duration) == (None, hours)
    assert result.document.refresh_after == hours
    assert result.document.counts_at(NOW + timedelta(days=9999))


@pytest.mark.parametrize(
    ("entity", "change"),
    [
        (DV, {"signing": ()}),
        (DV, {"encryption": ()}),
        (DV, {"signing": tuple(published(DV_OIN, number=n) for n in range(5))}),
        (DV, {"encryption": tuple(published(DV_OIN, Purpose.ENCRYPTION, n) for n in range(3))}),
        (DV, {"assertion_consumers": ()}),
        (DV, {"services": (ServiceReference(0, True, SERVICE),)}),
        (DV, {"single_sign_on": (Endpoint(None, "https://dv.test/login"),)}),
        (LC, {"services": DV.services}),
        (LC, {"encryption": (published(LC_OIN, Purpose.ENCRYPTION),)}),
        (BVD, {"single_logout": AD.single_logout}),
        (BVD, {"encryption": ()}),
        (AD, {"single_sign_on": ()}),
        (TD, {"single_logout": ()}),
    ],
)
def test_what_a_reader_would_refuse_is_not_written(
    entity: Entity, change: dict[str, tuple[object, ...]]
) -> None:
    with pytest.raises(ValueError, match=r".+"):
        document(replace(entity, **change))  # type: ignore[arg-type]  # fields by name


def test_a_document_is_signed_only_with_a_key_that_it_lists() -> None:
    with pytest.raises(ValueError, match="must list the key"):
        sp_metadata(DV, key=key(OTHER_DV_OIN), valid_until=UNTIL)


def test_a_document_has_exactly_one_of_the_two_dates() -> None:
    with pytest.raises(ValueError, match="either"):
        sp_metadata(DV, key=SIGNING_DV)
    with pytest.raises(ValueError, match="either"):
        lc_metadata(LC, INSIDE, key=key(LC_OIN), valid_until=UNTIL, cache_duration=timedelta(hours=1))


def test_every_kind_of_document_is_for_its_own_kind_of_entity() -> None:
    with pytest.raises(ValueError, match="identity provider"):
        idp_metadata(DV, key=SIGNING_DV, valid_until=UNTIL)
    with pytest.raises(ValueError, match="service provider"):
        sp_metadata(BVD, key=key(BVD_OIN), valid_until=UNTIL)
    with pytest.raises(ValueError, match="group"):
        sp_metadata(LC, key=key(LC_OIN), valid_until=UNTIL)
    with pytest.raises(ValueError, match="of its own"):
        lc_metadata(DV, (), key=SIGNING_DV, valid_until=UNTIL)
    with pytest.raises(ValueError, match="twice"):
        lc_metadata(LC, (*INSIDE, INSIDE[0]), key=key(LC_OIN), valid_until=UNTIL)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("PT6H", timedelta(hours=6)),
        ("P1D", timedelta(days=1)),
        ("P1Y2M3DT4H5M6.7S", timedelta(days=428, hours=4, minutes=5, seconds=6)),
        ("PT0S", None),
        ("-PT6H", None),
        ("P", None),
        ("PT", None),
        ("6H", None),
        ("P99999999999D", None),
    ],
)
def test_a_duration_is_read_or_refused(text: str, wanted: timedelta | None) -> None:
    assert read_duration(text) == wanted


@given(st.integers(1, 999_999_999))
def test_any_duration_reads_back(seconds: int) -> None:
    duration = timedelta(seconds=seconds)
    assert read_duration(written_duration(duration)) == duration


def test_nothing_shorter_than_a_second_is_written() -> None:
    with pytest.raises(ValueError, match="second"):
        written_duration(timedelta(milliseconds=999))


@given(addresses)
def test_a_proper_address_has_no_fault(address: str) -> None:
    assert address_fault(address, http_allowed=False) is None
