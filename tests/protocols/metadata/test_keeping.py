"""Whether a new document keeps the keys that others go by (MD-27, MD-42, MD-43, CN-21)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.protocols.metadata.documents import DV, DV_OIN, INSIDE, LC, NOW, key, published
from volmacht.pki import Purpose
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.metadata.keeping import keeps_keys
from volmacht.protocols.saml.metadata.model import Document, Entity

OLD, NEW, OTHER = (published(DV_OIN, number=number) for number in (0, 1, 4))
TLS, OTHER_TLS = (published(DV_OIN, Purpose.TLS_CLIENT, number) for number in (0, 1))
FOR_US, FOR_US_TOO = (published(DV_OIN, Purpose.ENCRYPTION, number) for number in (0, 5))
ENDED = key(DV_OIN, number=2, days=50).published()
COMING = key(DV_OIN, number=3, begins=NOW + timedelta(days=1)).published()


def keeps(standing: tuple[PublishedKey, ...], listed: tuple[PublishedKey, ...], by: PublishedKey) -> bool:
    """Of keys for signing."""
    document = Document(DV.entity_id, (replace(DV, signing=listed),), None, None, by)
    return keeps_keys(replace(DV, signing=standing), (), document, NOW)


@pytest.mark.parametrize(
    ("standing", "listed", "signed_with", "wanted"),
    [
        ((OLD, TLS), (OLD, TLS), OLD, True),
        ((OLD, TLS), (OLD, NEW, TLS), NEW, True),
        ((OLD, NEW, TLS), (NEW, TLS), NEW, True),
        ((OLD, TLS), (NEW, TLS), NEW, False),
        ((OLD, TLS), (NEW, TLS), TLS, False),
        ((OLD, TLS), (OLD, OTHER_TLS), OLD, False),
        ((OLD, TLS, OTHER_TLS), (OLD, OTHER_TLS), OLD, True),
        ((OLD, ENDED), (NEW, ENDED), NEW, False),
        ((OLD, COMING), (NEW, COMING), NEW, False),
        ((OLD, ENDED), (OLD,), OLD, True),
        ((ENDED,), (NEW,), NEW, True),
        ((OLD, ENDED), (OLD, NEW), NEW, True),
        ((OLD, OTHER, TLS), (OLD, NEW, TLS), OLD, True),
        ((OLD, OTHER, TLS), (OLD, NEW, TLS), NEW, False),
    ],
)
def test_of_what_keys_are_used_for_now_one_stays(
    standing: tuple[PublishedKey, ...],
    listed: tuple[PublishedKey, ...],
    signed_with: PublishedKey,
    wanted: bool,
) -> None:
    assert keeps(standing, listed, signed_with) is wanted


def test_another_certificate_under_the_name_and_dates_of_the_old_one_is_another_key() -> None:
    assert OLD.certificate.not_valid_before_utc == NEW.certificate.not_valid_before_utc
    assert OLD.certificate.not_valid_after_utc == NEW.certificate.not_valid_after_utc
    called_the_same = PublishedKey(OLD.name, NEW.certificate)
    assert not keeps((OLD,), (called_the_same,), called_the_same)


def with_encryption(entity: Entity, *keys: PublishedKey) -> Entity:
    """The same, encrypted for with these."""
    return replace(entity, encryption=keys)


def test_others_go_on_encrypting_for_the_key_that_they_read() -> None:
    def keeps_encryption(*listed: PublishedKey) -> bool:
        document = Document(DV.entity_id, (with_encryption(DV, *listed),), None, None, OLD)
        return keeps_keys(with_encryption(DV, FOR_US), (), document, NOW)

    assert keeps_encryption(FOR_US, FOR_US_TOO)
    assert not keeps_encryption(FOR_US_TOO)


def test_each_party_in_the_document_of_a_supplier_keeps_its_own() -> None:
    by = LC.signing[0]
    first, *others = INSIDE
    changed = with_encryption(first, FOR_US_TOO)
    assert keeps_keys(LC, INSIDE, Document(LC.entity_id, (LC, *INSIDE), None, None, by), NOW)
    for inside in ((changed, *others), others):
        assert not keeps_keys(LC, INSIDE, Document(LC.entity_id, (LC, *inside), None, None, by), NOW)
