"""What rests in the database opens with the right key for the right purpose only; changed bytes never do (DM-06)."""

import hashlib
import hmac
import secrets
from uuid import UUID

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.sealing.key_rings import new_keys
from volmacht import sealing
from volmacht.sealing import CannotOpen, KeyRing, Purpose, keyed_hash, keyed_hashes, seal, unseal

BSN = b"999900006"
ROW = UUID(int=1)


@given(plaintext=st.binary(max_size=2000), purpose=st.sampled_from(Purpose))
def test_what_is_sealed_opens_again_for_the_same_purpose(plaintext: bytes, purpose: Purpose) -> None:
    assert unseal(purpose, ROW, seal(purpose, ROW, plaintext)) == plaintext


@pytest.mark.parametrize("purpose", Purpose)
def test_a_value_for_one_purpose_does_not_open_for_another(purpose: Purpose) -> None:
    sealed = seal(purpose, ROW, BSN)
    for other in set(Purpose) - {purpose}:
        with pytest.raises(CannotOpen):
            unseal(other, ROW, sealed)


@pytest.mark.parametrize("row", [UUID(int=2), "", "a session key"])
def test_a_value_of_one_row_does_not_open_in_another(row: UUID | str) -> None:
    with pytest.raises(CannotOpen):
        unseal(Purpose.BSN, row, seal(Purpose.BSN, ROW, BSN))


@given(place=st.integers(0, 60), change=st.integers(1, 255))
def test_one_changed_byte_anywhere_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(seal(Purpose.BSN, ROW, BSN))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(CannotOpen):
        unseal(Purpose.BSN, ROW, bytes(sealed))


@pytest.mark.parametrize("length", [*range(38), 100])
def test_what_was_cut_off_or_is_nonsense_does_not_open(length: int) -> None:
    sealed = seal(Purpose.BSN, ROW, BSN)
    with pytest.raises(CannotOpen):
        unseal(Purpose.BSN, ROW, sealed[:length] if length < len(sealed) else secrets.token_bytes(length))


def test_the_same_value_is_sealed_differently_every_time_and_never_readable() -> None:
    several = {seal(Purpose.BSN, ROW, BSN) for _ in range(200)}
    assert len(several) == 200
    assert len({sealed[1:13] for sealed in several}) == 200
    assert not any(BSN in sealed for sealed in several)


def test_a_new_key_version_seals_and_the_old_one_still_opens(settings: Settings) -> None:
    first = settings.VOLMACHT_KEYS
    old = seal(Purpose.BSN, ROW, BSN)
    settings.VOLMACHT_KEYS = new_keys(first, encryption=first.encryption | {2: secrets.token_bytes(32)})
    new = seal(Purpose.BSN, ROW, BSN)
    assert (old[0], new[0]) == (1, 2)
    assert unseal(Purpose.BSN, ROW, old) == unseal(Purpose.BSN, ROW, new) == BSN
    settings.VOLMACHT_KEYS = new_keys(first, encryption={2: secrets.token_bytes(32)})
    for sealed in (old, new):
        with pytest.raises(CannotOpen):
            unseal(Purpose.BSN, ROW, sealed)


def test_the_version_that_stands_before_a_value_cannot_be_changed(settings: Settings) -> None:
    first = settings.VOLMACHT_KEYS
    settings.VOLMACHT_KEYS = new_keys(first, encryption={1: first.encryption[1], 2: first.encryption[1]})
    sealed = seal(Purpose.BSN, ROW, BSN)
    assert sealed[0] == 2
    with pytest.raises(CannotOpen):
        unseal(Purpose.BSN, ROW, b"\x09" + sealed[1:])


def test_a_keyed_hash_differs_by_purpose_value_and_key(settings: Settings) -> None:
    hashes = {keyed_hash(purpose, "999900006") for purpose in Purpose}
    assert len(hashes) == len(Purpose)
    assert keyed_hash(Purpose.BSN, "999900006") != keyed_hash(Purpose.BSN, "999900018")
    assert keyed_hash(Purpose.BSN, "999900006") == keyed_hash(Purpose.BSN, "999900006")
    before = keyed_hash(Purpose.BSN, "999900006")
    settings.VOLMACHT_KEYS = new_keys(settings.VOLMACHT_KEYS, hashing={1: secrets.token_bytes(32)})
    assert keyed_hash(Purpose.BSN, "999900006") != before


def test_a_keyed_hash_is_not_one_that_anybody_can_make() -> None:
    guesses = {hashlib.sha256(BSN).digest(), hmac.digest(b"", BSN, hashlib.sha256)}
    assert keyed_hash(Purpose.BSN, BSN.decode()) not in guesses


def test_a_look_up_tries_the_current_key_and_each_other_that_is_kept(settings: Settings) -> None:
    ring = settings.VOLMACHT_KEYS
    assert keyed_hashes(Purpose.BSN, "x") == [keyed_hash(Purpose.BSN, "x", 1)]
    hashing = {**ring.hashing, 2: secrets.token_bytes(32), 3: secrets.token_bytes(32)}
    settings.VOLMACHT_KEYS = new_keys(ring, hashing=hashing)
    assert keyed_hashes(Purpose.BSN, "x") == [
        keyed_hash(Purpose.BSN, "x", 3),
        keyed_hash(Purpose.BSN, "x", 2),
        keyed_hash(Purpose.BSN, "x", 1),
    ]
    assert keyed_hash(Purpose.BSN, "x") == keyed_hash(Purpose.BSN, "x", 3)
    assert sealing.current_hash_version() == 3


def test_a_code_has_a_key_of_its_own() -> None:
    assert sealing.code_hash("BCDF") != keyed_hash(Purpose.AUTHORISATION_CODE, "BCDF")
    assert sealing.code_hash("BCDF") == sealing.code_hash("BCDF") != sealing.code_hash("BCDG")


def test_keys_never_print_themselves() -> None:
    ring: KeyRing = settings.VOLMACHT_KEYS
    secrets_ = [ring.django, *(repr(key) for key in (ring.code, ring.checkpoint, *ring.encryption.values()))]
    assert not any(secret in repr(ring) or secret in str(ring) for secret in secrets_)
