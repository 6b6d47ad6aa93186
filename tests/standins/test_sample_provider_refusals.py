"""What Gemeente Voorbeeld does not take: answers that lie, that nobody asked for, that come twice; and a bad start."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.cli.commands import free_port
from tests.standins.entrance_for_providers import FOREIGN_INDEX, SIGN_ON, Entrance, Says
from tests.standins.login_service import own_environment
from tests.standins.sample_provider import Scene, command, make_keys, running, scene_in
from tests.standins.volmacht_for_logins import OTHER_OIN, Volmacht
from tests.standins.web_client import Visitor
from volmacht.pki import Purpose
from volmacht.protocols import soap
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.rules.environment import Environment

MOTHER, DAUGHTER = "999900006", "999900018"
HERSELF = Says(acting=MOTHER)
OTHER = "urn:nl-eid-gdi:1.0:DV:00000009000000008000:entities:0001"
LATE = timedelta(minutes=5)


@pytest.fixture(scope="module")
def running_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Both, started once."""
    with scene_in(tmp_path_factory.mktemp("refusing")) as scene:
        yield scene


@pytest.fixture
def scene(running_scene: Scene) -> Scene:
    """Both, with an entrance that is honest again."""
    running_scene.entrance.says = HERSELF
    return running_scene


def refused(scene: Scene, says: Says, *, own: bool = True) -> str:
    """Why nobody is logged in by this answer, as the log has it."""
    scene.entrance.says = says
    with Visitor() as visitor:
        scene.log_in(visitor, own=own)
        assert (visitor.answer.status_code, "U bent niet ingelogd" in visitor.text) == (403, True)
        assert "Het inloggen is niet gelukt" in visitor.text
        assert not scene.is_logged_in(visitor)
    return scene.provider.log.read_text().splitlines()[-1]


LIES = {
    "audience": replace(HERSELF, change_assertion=lambda one: replace(one, audiences=(OTHER,))),
    "recipient": replace(
        HERSELF, change_assertion=lambda one: replace(one, recipient="http://localhost/acs")
    ),
    "in_response_to": replace(HERSELF, change_response=lambda one: replace(one, in_response_to="_other")),
    "destination": replace(
        HERSELF, change_response=lambda one: replace(one, destination="http://elsewhere/")
    ),
    "service": replace(
        HERSELF,
        change_assertion=lambda one: replace(one, service_uuids=("9d3c5f0e-6b1a-4c57-8f2e-0a1b2c3d4e02",)),
    ),
    "time": replace(
        HERSELF,
        change_assertion=lambda one: replace(
            one, not_on_or_after=one.not_on_or_after - LATE, not_before=one.not_before - LATE
        ),
    ),
    "issuer": replace(HERSELF, change_assertion=lambda one: replace(one, issuer=OTHER)),
    "level": replace(HERSELF, change_assertion=lambda one: replace(one, class_ref="http://nobody.knows/it")),
    "discarded: message": replace(  # one id twice in a document
        HERSELF, change_response=lambda one: replace(one, assertions=one.assertions + one.assertions)
    ),
    "signature": replace(
        HERSELF, change_answer=lambda answer: answer.replace(b"LoA/substantial", b"LoA/high")
    ),
    "no_response": replace(HERSELF, change_response=lambda _one: None),
    "message": replace(HERSELF, change_answer=lambda _answer: soap.fault(soap.FaultCode.SERVER)),
    "says 503": replace(HERSELF, http_status=503),
    "no artifact of the entrance": replace(HERSELF, index=7),
    "back channel cannot be reached: ConnectError": replace(HERSELF, index=FOREIGN_INDEX),
}


@pytest.mark.parametrize("fault", LIES)
def test_an_answer_that_is_not_right_logs_nobody_in(scene: Scene, fault: str) -> None:
    assert fault in refused(scene, LIES[fault])


def test_an_answer_that_somebody_else_signed_logs_nobody_in(scene: Scene) -> None:
    stranger = scene.entrance.volmacht.key(Purpose.SIGNING, "stranger")
    assert "discarded: signature" in refused(scene, replace(HERSELF, key=stranger))


def test_who_asks_for_somebody_else_is_never_logged_in_for_herself(scene: Scene) -> None:
    assert "discarded: subject" in refused(scene, HERSELF, own=False)
    about_both = Says(acting=DAUGHTER, represented=MOTHER)
    assert "discarded: subject" in refused(scene, about_both)


def test_a_number_that_is_not_for_us_is_not_read(scene: Scene) -> None:
    def for_others(encrypted: tuple[bytes, ...]) -> tuple[bytes, ...]:
        own = scene.entrance.requests[-1].provider.encode()
        return tuple(one.replace(own, OTHER.encode()) for one in encrypted)

    changed = replace(HERSELF, change_assertion=lambda one: replace(one, acting=for_others(one.acting)))
    assert "discarded: subject" in refused(scene, changed)


def test_an_answer_works_once_and_in_one_browser_only(scene: Scene) -> None:
    with Visitor() as attacker, Visitor() as victim, Visitor() as passer_by:
        scene.log_in(attacker)
        used = next(address for address in attacker.seen if "SAMLart=" in address)
        scene.ask(victim)
        calls = len(scene.entrance.calls)
        for visitor in (passer_by, attacker):
            visitor.open(used)
            assert (visitor.answer.status_code, "in een ander venster" in visitor.text) == (403, True)
        question = victim.answer
        victim.open(used)
        assert victim.answer.status_code == 403
        assert len(scene.entrance.calls) == calls  # not even handed in
        victim.answer = question
        victim.send(SIGN_ON)  # and what the victim was doing goes on
        assert scene.is_logged_in(victim)


def test_an_answer_that_was_not_fetched_yet_is_of_no_use_to_another_session(scene: Scene) -> None:
    """An attacker stops just before coming back, and lures somebody to that address."""
    with Visitor() as attacker, Visitor() as victim:
        scene.ask(attacker)
        attacker.stop_following()
        attacker.send(SIGN_ON)
        address = attacker.answer.headers["Location"]
        assert address.startswith(f"{scene.provider.address}/saml/acs?SAMLart=")
        scene.ask(victim)
        victim.open(address)
        assert victim.answer.status_code == 403
        assert not scene.is_logged_in(victim)
        attacker.open(address)  # nobody used it up
        assert attacker.answer.status_code == 302


@pytest.mark.parametrize("artifact", ["", "x", new_artifact(OTHER)], ids=["empty", "short", "of another"])
def test_what_is_no_artifact_of_the_entrance_is_not_handed_in(scene: Scene, artifact: str) -> None:
    calls = len(scene.entrance.calls)
    with Visitor() as visitor:
        scene.ask(visitor)
        relay_state = visitor.page.forms[0].fields["RelayState"]
        query = urlencode({"SAMLart": artifact, "RelayState": relay_state})
        visitor.open(f"{scene.provider.address}/saml/acs?{query}")
        assert (visitor.answer.status_code, "niet gelukt" in visitor.text) == (403, True)
    assert len(scene.entrance.calls) == calls


# --- Volmacht itself ---


def could_not_begin(volmacht: str, entrance: Entrance, folder: Path) -> str:
    """What a visitor reads, and the log, when Volmacht is not as it must be."""
    keys, anchors = make_keys(entrance.volmacht, folder / "keys"), entrance.volmacht.folder / "anchors"
    with running(volmacht, keys, anchors / "production", folder / "log") as provider, Visitor() as visitor:
        Scene(provider, entrance).ask(visitor)
        assert visitor.answer.status_code == 503
        assert "Inloggen kan nu even niet" in visitor.text
    return (folder / "log").read_text()


def test_while_volmacht_is_away_logging_in_fails_in_words(scene: Scene, tmp_path: Path) -> None:
    log = could_not_begin(f"http://localhost:{free_port()}", scene.entrance, tmp_path)
    assert "no metadata of its entrance" in log


def test_a_volmacht_that_our_authorities_do_not_know_is_not_believed(scene: Scene, tmp_path: Path) -> None:
    other = Volmacht(Environment.PRODUCTION, "http://localhost:1", tmp_path / "other", {})
    documents = scene.entrance.volmacht.documents
    good = documents["/saml/metadata/entrance"]
    documents["/saml/metadata/entrance"] = scene.entrance.metadata(other.key(Purpose.SIGNING, "entrance"))
    try:
        log = could_not_begin(scene.entrance.volmacht.base, scene.entrance, tmp_path)
    finally:
        documents["/saml/metadata/entrance"] = good
    assert "MD-23 certificate_untrusted" in log


# --- starting ---


def started(scene: Scene, keys: Path, anchors: Path, *, port: int = 0) -> subprocess.CompletedProcess[str]:
    """Start it with these files, in the belief that it stops at once."""
    return subprocess.run(
        command(scene.entrance.volmacht.base, keys, anchors, port or free_port()),
        env=own_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "gone", ["signing.key.pem", "signing.crt.pem", "encryption.key.pem", "tls.crt.pem", "tls.key.pem"]
)
def test_a_key_file_that_is_missing_is_named(scene: Scene, tmp_path: Path, gone: str) -> None:
    volmacht = scene.entrance.volmacht
    keys = tmp_path / "keys"
    shutil.copytree(volmacht.folder / "keys", keys)
    (keys / gone).unlink()
    done = started(scene, keys, volmacht.folder / "anchors" / "production")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"no usable {gone.partition('.')[0]} key" in done.stderr
    assert str(keys / gone) in done.stderr


def test_without_authorities_or_with_keys_of_somebody_else_it_does_not_start(
    scene: Scene, tmp_path: Path
) -> None:
    volmacht = scene.entrance.volmacht
    done = started(scene, volmacht.folder / "keys", tmp_path)
    assert (done.returncode, "has no certificates of authorities" in done.stderr) == (2, True)
    theirs = make_keys(volmacht, tmp_path / "keys", OTHER_OIN)
    done = started(scene, theirs, volmacht.folder / "anchors" / "production")
    assert (done.returncode, "is not for the OIN 00000001002220647000" in done.stderr) == (2, True)


def test_a_port_that_is_in_use_is_not_shared(scene: Scene, listener: int) -> None:
    """The server would share it, and every second answer would be of another provider."""
    volmacht = scene.entrance.volmacht
    done = started(scene, volmacht.folder / "keys", volmacht.folder / "anchors" / "production", port=listener)
    assert done.returncode == 2
    assert done.stderr == f"sample provider: port {listener} is in use by another program\n"
