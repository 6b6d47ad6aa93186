"""A key is announced, used, and destroyed, each after the time peers need; wrong ones stay out (MD-40, RO-06)."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.keystore.certified import (
    ENTRANCE,
    NOW,
    OIN,
    OTHER_OIN,
    PRODUCTION,
    PURPOSES,
    Wanted,
    announced,
    certified,
    name,
)
from volmacht.keystore import (
    KeyState,
    KeyUse,
    Objection,
    OwnEntity,
    RolloverRefused,
    announce,
    retire,
    ring,
    stored_keys,
    switch,
)
from volmacht.keystore.rollover import PEERS_REFRESH
from volmacht.pki import Purpose
from volmacht.protocols.saml.keys import OwnKey
from volmacht.rules.environment import Environment

SECOND = timedelta(seconds=1)


def states(use: KeyUse = KeyUse.SIGNING) -> dict[str, KeyState]:
    """In which state which key is."""
    return {key.name: key.state for key in stored_keys(PRODUCTION, ENTRANCE) if key.use is use}


def test_the_first_key_is_used_at_once_and_the_second_is_only_announced() -> None:
    announced(1)
    announced(2)
    assert states() == {name(1): KeyState.ACTIVE, name(2): KeyState.ANNOUNCED}


def test_a_whole_rollover() -> None:
    announced(1)
    announced(2)
    switch(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW + PEERS_REFRESH)
    assert states() == {name(2): KeyState.ACTIVE, name(1): KeyState.RETIRING}
    gone = retire(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW + 2 * PEERS_REFRESH)
    assert states() == {name(2): KeyState.ACTIVE}
    assert gone.name == name(1)
    assert not gone.key_file.exists()
    assert not gone.certificate_file.exists()


def test_nothing_goes_faster_than_peers_read_metadata_unless_told() -> None:
    announced(1)
    announced(2)
    with pytest.raises(RolloverRefused) as refused:
        switch(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW + PEERS_REFRESH - SECOND)
    assert (refused.value.objection, refused.value.until) == (Objection.TOO_EARLY, NOW + PEERS_REFRESH)
    switch(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW, at_once=True)
    with pytest.raises(RolloverRefused) as refused:
        retire(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW + PEERS_REFRESH - SECOND)
    assert refused.value.objection is Objection.TOO_EARLY
    retire(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW, at_once=True)
    assert states() == {name(2): KeyState.ACTIVE}


def test_a_server_key_waits_for_nobody_because_nobody_reads_it_from_metadata() -> None:
    announced(1, KeyUse.SERVER)
    announced(2, KeyUse.SERVER)
    switch(PRODUCTION, ENTRANCE, KeyUse.SERVER, now=NOW)
    retire(PRODUCTION, ENTRANCE, KeyUse.SERVER, now=NOW)
    assert states(KeyUse.SERVER) == {name(2, KeyUse.SERVER): KeyState.ACTIVE}


def test_steps_out_of_order_are_refused_and_change_nothing() -> None:
    announced(1)
    for step, objection in ((switch, Objection.NOTHING_ANNOUNCED), (retire, Objection.NOTHING_RETIRING)):
        with pytest.raises(RolloverRefused) as refused:
            step(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW, at_once=True)
        assert refused.value.objection is objection
    announced(2)
    with pytest.raises(RolloverRefused) as refused:
        announced(3)
    assert refused.value.objection is Objection.ALREADY_ANNOUNCED
    switch(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW, at_once=True)
    announced(3)
    before = states()
    with pytest.raises(RolloverRefused) as refused:
        switch(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW, at_once=True)
    assert refused.value.objection is Objection.STILL_RETIRING
    assert states() == before


def test_a_key_never_serves_two_entities_or_environments() -> None:
    """RO-06, RO-03."""
    announced(1)
    key = certified(Wanted(Purpose.SIGNING)).own_key
    elsewhere = (
        (PRODUCTION, OwnEntity.BVD),
        (Environment.PREPRODUCTION, ENTRANCE),
        (PRODUCTION, ENTRANCE),
    )
    for environment, entity in elsewhere:
        with pytest.raises(RolloverRefused) as refused:
            announce(environment, entity, KeyUse.SIGNING, key=key, oin=OIN, now=NOW)
        assert refused.value.objection is Objection.USED_ELSEWHERE
    assert stored_keys(PRODUCTION, OwnEntity.BVD) == ()


@pytest.mark.parametrize(
    ("use", "purpose"),
    [(use, purpose) for use in KeyUse for purpose in Purpose if purpose is not PURPOSES[use]],
)
def test_a_certificate_for_another_use_is_refused(use: KeyUse, purpose: Purpose) -> None:
    may_sign = {Purpose.SIGNING, Purpose.TLS_CLIENT, Purpose.TLS_SERVER}
    if use is KeyUse.SIGNING and purpose in may_sign:  # PKIoverheid's server certificates sign as well
        assert announce(
            PRODUCTION, ENTRANCE, use, key=certified(Wanted(purpose)).own_key, oin=OIN, now=NOW
        ).name
        return
    with pytest.raises(RolloverRefused) as refused:
        announce(PRODUCTION, ENTRANCE, use, key=certified(Wanted(purpose)).own_key, oin=OIN, now=NOW)
    assert refused.value.objection is Objection.NOT_FOR_THIS_USE


def test_a_certificate_of_somebody_else_of_another_time_or_for_another_key_is_refused() -> None:
    ours = certified(Wanted(Purpose.SIGNING)).own_key
    theirs = certified(Wanted(Purpose.SIGNING, oin=OTHER_OIN)).own_key
    short = certified(Wanted(Purpose.SIGNING, days=1)).own_key
    mixed = OwnKey(certified(Wanted(Purpose.SIGNING, 2)).own_key.private_key, ours.certificate, ours.name)
    for key, moment, objection in (
        (theirs, NOW, Objection.OTHER_OIN),
        (short, NOW + timedelta(days=2), Objection.NOT_VALID_NOW),
        (ours, NOW - timedelta(days=1), Objection.NOT_VALID_NOW),
        (mixed, NOW, Objection.OTHER_KEY),
    ):
        with pytest.raises(RolloverRefused) as refused:
            announce(PRODUCTION, ENTRANCE, KeyUse.SIGNING, key=key, oin=OIN, now=moment)
        assert refused.value.objection is objection
    assert stored_keys(PRODUCTION, ENTRANCE) == ()


def test_a_key_that_expired_while_it_was_announced_is_not_switched_to() -> None:
    announced(1)
    announce(
        PRODUCTION,
        ENTRANCE,
        KeyUse.SIGNING,
        key=certified(Wanted(Purpose.SIGNING, days=1)).own_key,
        oin=OIN,
        now=NOW,
    )
    with pytest.raises(RolloverRefused) as refused:
        switch(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=NOW + PEERS_REFRESH)
    assert refused.value.objection is Objection.NOT_VALID_NOW
    assert ring(PRODUCTION, ENTRANCE).signing.name == name(1)


def test_only_the_owner_can_read_or_replace_private_keys(tmp_path: Path) -> None:
    stored = announced(1)
    assert stored.key_file.stat().st_mode & 0o777 == 0o600
    assert stored.folder.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "saml" / "production" / "entrance") == stored.folder
    assert b"PRIVATE" not in stored.certificate_file.read_bytes()
    assert not list(stored.folder.glob("*.part"))
