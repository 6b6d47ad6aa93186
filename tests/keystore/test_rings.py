"""What messages and metadata see of our keys, and how quickly they see a change (MD-40, MD-42, MD-44)."""

import ssl
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from tests.architecture.sources import ROOT
from tests.cli.commands import environment, eventually
from tests.keystore.certified import (
    ENTRANCE,
    NOW,
    PRODUCTION,
    PURPOSES,
    Wanted,
    announced,
    authority,
    certified,
    name,
)
from volmacht import clock
from volmacht.keystore import (
    KeyUse,
    NoKeys,
    OwnEntity,
    believing,
    retire,
    ring,
    switch,
    trust_anchors,
    trust_bundle,
)
from volmacht.keystore.believing import anchors_folder
from volmacht.keystore.files import write_private
from volmacht.pki import pem_of
from volmacht.rules.environment import Environment

LATER = NOW + timedelta(days=7)
AT_ONCE = 8


def in_time(condition: Callable[[], bool]) -> bool:
    """Whether it is so within a second."""
    return eventually(condition, seconds=1)


def test_without_a_key_to_sign_with_there_is_no_ring() -> None:
    announced(1, KeyUse.ENCRYPTION)
    with pytest.raises(NoKeys, match="volmacht keys announce"):
        ring(PRODUCTION, ENTRANCE)
    with pytest.raises(NoKeys):
        ring(Environment.PREPRODUCTION, OwnEntity.PORTAL)


def test_each_use_has_its_own_place_in_the_ring() -> None:
    for use in KeyUse:
        announced(1, use)
    found = ring(PRODUCTION, ENTRANCE)
    assert found.signing.name == name(1)
    assert [key.name for key in found.decrypting] == [name(1, KeyUse.ENCRYPTION)]
    assert [key.name for key in found.published_signing] == [name(1), name(1, KeyUse.TLS)]
    assert [key.name for key in found.published_encryption] == [name(1, KeyUse.ENCRYPTION)]
    assert found.tls
    assert found.server
    assert found.tls.certificate.name.startswith("tls-")
    assert found.server.key.name.startswith("server-")


def test_an_announced_signing_key_is_published_and_not_used_yet() -> None:
    announced(1)
    announced(2)
    found = ring(PRODUCTION, ENTRANCE)
    assert found.signing.name == name(1)
    assert [key.name for key in found.published_signing] == [name(1), name(2)]


def test_what_was_encrypted_for_a_retiring_key_is_still_opened_but_nobody_new_gets_it() -> None:
    """MD-42."""
    announced(1)
    for number in (1, 2):
        announced(number, KeyUse.ENCRYPTION)
    before, after = name(1, KeyUse.ENCRYPTION), name(2, KeyUse.ENCRYPTION)
    found = ring(PRODUCTION, ENTRANCE)
    assert [key.name for key in found.decrypting] == [before, after]
    assert [key.name for key in found.published_encryption] == [before, after]
    switch(PRODUCTION, ENTRANCE, KeyUse.ENCRYPTION, now=LATER)
    assert in_time(lambda: ring(PRODUCTION, ENTRANCE).decrypting[0].name == after)
    found = ring(PRODUCTION, ENTRANCE)
    assert [key.name for key in found.decrypting] == [after, before]
    assert [key.name for key in found.published_encryption] == [after]


def test_a_retired_key_is_gone_everywhere() -> None:
    announced(1)
    announced(2)
    switch(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=LATER)
    assert in_time(lambda: ring(PRODUCTION, ENTRANCE).signing.name == name(2))
    assert [key.name for key in ring(PRODUCTION, ENTRANCE).published_signing] == [name(2), name(1)]
    retire(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=LATER + timedelta(days=7))
    assert in_time(lambda: len(ring(PRODUCTION, ENTRANCE).published_signing) == 1)


def test_the_same_ring_is_given_while_nothing_changes() -> None:
    announced(1)
    assert ring(PRODUCTION, ENTRANCE) is ring(PRODUCTION, ENTRANCE)


def test_another_process_follows_within_a_second(tmp_path: Path) -> None:
    announced(1)
    announced(2)
    watching = (
        "import time, django; django.setup()\n"
        "from volmacht.keystore import OwnEntity, ring\n"
        "from volmacht.rules.environment import Environment\n"
        "first = name = ring(Environment.PRODUCTION, OwnEntity.ENTRANCE).signing.name\n"
        "print('looking', flush=True)\n"
        "while name == first: name = ring(Environment.PRODUCTION, OwnEntity.ENTRANCE).signing.name\n"
        "print(name, flush=True)"
    )
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="volmacht.config.settings")
    with subprocess.Popen(
        (sys.executable, "-c", watching), env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "looking\n"
        began = clock.ticks()
        switch(PRODUCTION, ENTRANCE, KeyUse.SIGNING, now=LATER)
        assert process.stdout.readline().strip() == name(2)
        assert clock.ticks() - began < 1.5


def test_the_files_serve_for_tls_with_all_certificates_above() -> None:
    announced(1)
    announced(1, KeyUse.TLS)
    files = ring(PRODUCTION, ENTRANCE).tls
    assert files
    ssl.create_default_context().load_cert_chain(files.certificate, files.key)
    assert files.certificate.read_bytes().count(b"BEGIN CERTIFICATE") == 2


def test_anchors_are_read_and_bundled_and_a_new_one_counts() -> None:
    assert trust_anchors(PRODUCTION) == ()
    anchors_folder(PRODUCTION).mkdir(parents=True)
    (anchors_folder(PRODUCTION) / "first.pem").write_bytes(authority().certificates_pem)
    assert len(trust_anchors(PRODUCTION)) == 2
    ssl.create_default_context(cafile=str(trust_bundle(PRODUCTION)))
    another = certified(Wanted(PURPOSES[KeyUse.SIGNING])).own_key.certificate
    (anchors_folder(PRODUCTION) / "second.pem").write_bytes(pem_of(another))
    assert trust_bundle(PRODUCTION).read_bytes().count(b"BEGIN CERTIFICATE") == 3
    assert trust_anchors(Environment.PREPRODUCTION) == ()


def at_once(act: Callable[[], bytes]) -> list[bytes]:
    """What as many threads find that do the same at the same moment. Raises what one of them raises."""
    ready = Barrier(AT_ONCE)

    def one(_number: int) -> bytes:
        ready.wait()
        return act()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_of_those_that_ask_at_the_same_moment_nobody_finds_half_a_bundle() -> None:
    """The first connections after a start, and after an anchor came."""
    anchors_folder(PRODUCTION).mkdir(parents=True)
    for number in range(1, 6):
        (anchors_folder(PRODUCTION) / f"{number}.pem").write_bytes(authority().certificates_pem)
        bundles = at_once(lambda: trust_bundle(PRODUCTION).read_bytes())
        assert [found.count(b"BEGIN CERTIFICATE") for found in bundles] == [2 * number] * AT_ONCE


def test_a_bundle_that_another_process_made_of_what_stood_before_does_not_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An authority that is no longer believed must not come back with it."""
    anchors_folder(PRODUCTION).mkdir(parents=True)
    (anchors_folder(PRODUCTION) / "first.pem").write_bytes(authority().certificates_pem)
    before = trust_bundle(PRODUCTION).read_bytes()
    (anchors_folder(PRODUCTION) / "first.pem").unlink()
    others = iter((before,))

    def overtaken(path: Path, content: bytes) -> None:
        write_private(path, content)
        for late in others:
            write_private(path, late)

    monkeypatch.setattr(believing, "write_private", overtaken)
    assert trust_bundle(PRODUCTION).read_bytes() == b""


def test_files_that_several_threads_write_at_the_same_moment_are_whole(tmp_path: Path) -> None:
    path, content = tmp_path / "file", b"x" * 100_000

    def write() -> bytes:
        write_private(path, content)
        return path.read_bytes()

    assert set(at_once(write)) == {content}
    assert list(tmp_path.iterdir()) == [path]
