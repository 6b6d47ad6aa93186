"""`volmacht keys` and `volmacht pki`: what they make, refuse, say and record."""

import dataclasses
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from pytest_django import Settings

from volmacht import clock
from volmacht.audit.kinds import INSTALLATION, EventKind
from volmacht.audit.queries import history_about
from volmacht.cli.first_keys import make_first_keys
from volmacht.cli.main import main
from volmacht.config.keys import KeyKind, followed_key_file, key_file, make_key_file, versions_in
from volmacht.config.options import DEMO_OIN, Profile
from volmacht.keystore import KeyState, KeyUse, OwnEntity, ring, stored_keys, trust_anchors
from volmacht.keystore.stored import folder_of
from volmacht.parties import queries
from volmacht.parties.operations import know_person, people_hashed_under
from volmacht.pki import certificates_from
from volmacht.protocols.saml.metadata.trust import Judge, Purpose, Trust
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.sealing import Purpose as Sealed
from volmacht.sealing import look_for_new_keys, seal

Said = pytest.CaptureFixture[str]
PREPRODUCTION = ["--environment", "preproduction"]
SIGNING = ["entrance", "signing", *PREPRODUCTION]
MOTHER = Bsn("999900006")


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    """Data and keys of the test's own."""
    settings.VOLMACHT = dataclasses.replace(settings.VOLMACHT, data=tmp_path)
    settings.KEY_FILE = key_file(tmp_path)
    make_key_file(settings.KEY_FILE)
    settings.VOLMACHT_KEYS = followed_key_file(settings.KEY_FILE)


def for_real(settings: Settings, **changes: str) -> None:
    """As an installation that is not for trying out."""
    settings.VOLMACHT = dataclasses.replace(settings.VOLMACHT, profile=Profile.STANDARD, **changes)


def refused(words: list[str], capsys: Said) -> str:
    """What a command says that could not do it."""
    assert main(words) == 1
    return capsys.readouterr().err


def recorded() -> list[dict[str, object]]:
    """What the chain says of keys."""
    events = history_about(INSTALLATION)
    return [event.data for event in events if event.kind is EventKind.KEYS_CHANGED]


def names(use: KeyUse = KeyUse.SIGNING) -> dict[str, KeyState]:
    """Keys of the entrance in pre-production."""
    stored = stored_keys(Environment.PREPRODUCTION, OwnEntity.ENTRANCE)
    return {key.name: key.state for key in stored if key.use is use}


@pytest.mark.django_db
def test_a_rollover_with_the_test_authority_is_done_in_three_commands_and_recorded(capsys: Said) -> None:
    assert main(["pki", "make"]) == 0
    assert main(["keys", "announce", *SIGNING]) == 0
    assert main(["keys", "announce", *SIGNING]) == 0
    first, second = names()
    assert names() == {first: KeyState.ACTIVE, second: KeyState.ANNOUNCED}
    assert "wait until" in refused(["keys", "switch", *SIGNING], capsys)
    assert main(["keys", "switch", *SIGNING, "--now"]) == 0
    assert "or say --now" in refused(["keys", "retire", *SIGNING], capsys)
    assert main(["keys", "retire", *SIGNING, "--now"]) == 0
    assert names() == {second: KeyState.ACTIVE}
    steps = [event["step"] for event in recorded()]
    assert sorted(str(step) for step in steps) == ["announced", "announced", "retired", "switched"]
    assert {event["of"] for event in recorded()} == {"entrance"}


@pytest.mark.django_db
def test_a_step_that_is_refused_is_not_recorded(capsys: Said) -> None:
    assert "no new key is announced" in refused(["keys", "switch", *SIGNING], capsys)
    assert "no key is retiring" in refused(["keys", "retire", *SIGNING], capsys)
    assert recorded() == []


@pytest.mark.django_db
def test_a_real_authority_signs_a_request_and_the_key_never_leaves(tmp_path: Path, capsys: Said) -> None:
    words = ["keys", "announce", "portal", "tls", "--environment", "production"]
    assert main(words) == 0
    folder = folder_of(Environment.PRODUCTION, OwnEntity.PORTAL)
    request, key = folder / "requested-tls.csr", folder / "requested-tls.key"
    assert str(request) in capsys.readouterr().out
    assert key.stat().st_mode & 0o777 == 0o600
    before = request.read_bytes()
    assert main(words) == 0
    again = x509.load_pem_x509_csr(request.read_bytes())
    assert again.public_key() == x509.load_pem_x509_csr(before).public_key()
    assert DEMO_OIN in again.subject.rfc4514_string()

    assert main(["pki", "make"]) == 0
    signed = tmp_path / "signed.pem"
    sign = ["pki", "sign", str(request), "Volmacht", DEMO_OIN, "--out", str(signed), "--for"]
    assert main([*sign, "signing"]) == 0
    assert "not for this use" in refused([*words, "--certificate", str(signed)], capsys)
    assert main([*sign, "tls-client"]) == 0
    assert main([*words, "--certificate", str(signed)]) == 0
    stored = stored_keys(Environment.PRODUCTION, OwnEntity.PORTAL)
    assert [(key.use, key.state) for key in stored] == [(KeyUse.TLS, KeyState.ACTIVE)]
    assert not request.exists()
    assert not key.exists()
    assert "no key waits" in refused([*words, "--certificate", str(signed)], capsys)


@pytest.mark.django_db
def test_a_file_that_is_no_certificate_is_told(tmp_path: Path, capsys: Said) -> None:
    words = ["keys", "announce", "bvd", "signing", "--environment", "production", "--certificate"]
    assert "can be read" in refused([*words, str(tmp_path / "gone.pem")], capsys)
    (tmp_path / "other.pem").write_text("no certificate")
    assert "can be read" in refused([*words, str(tmp_path / "other.pem")], capsys)


def test_an_installation_for_real_needs_its_oin_and_has_no_test_authority_in_production(
    settings: Settings, capsys: Said
) -> None:
    for_real(settings, oin="")
    assert "set VOLMACHT_OIN" in refused(["keys", "announce", *SIGNING], capsys)
    for action in (["make"], ["issue", "X", DEMO_OIN, "--for", "signing", "--out", "x"]):
        said = refused(["pki", *action, "--environment", "production"], capsys)
        assert "for production ask PKIoverheid" in said


def test_only_the_entrance_has_the_server_certificate(capsys: Said) -> None:
    said = refused(["keys", "announce", "bvd", "server", *PREPRODUCTION], capsys)
    assert "one server certificate" in said


def test_the_test_authority_is_made_once_and_believed(tmp_path: Path, capsys: Said) -> None:
    assert "no test authority yet" in refused(
        ["pki", "issue", "X", DEMO_OIN, "--for", "signing", "--out", "x"], capsys
    )
    assert main(["pki", "make"]) == 0
    folder = tmp_path / "pki" / "preproduction"
    before = (folder / "issuing.key").read_bytes()
    assert main(["pki", "make"]) == 0
    assert (folder / "issuing.key").read_bytes() == before
    for key in folder.glob("*.key"):
        assert key.stat().st_mode & 0o777 == 0o600
    capsys.readouterr()
    assert main(["pki", "anchors"]) == 0
    assert "Volmacht TEST Root CA" in capsys.readouterr().out
    assert main(["pki", "anchors", "--environment", "production"]) == 0
    assert "nobody" in capsys.readouterr().out


def test_what_it_issues_to_others_is_believed_for_its_purpose_only(tmp_path: Path, capsys: Said) -> None:
    assert main(["pki", "make"]) == 0
    out = tmp_path / "for them"
    issue = ["pki", "issue", "Gemeente Voorbeeld", "00000001234567890000", "--out", str(out), "--for"]
    assert "--host" in refused([*issue, "tls-server"], capsys)
    assert "--for takes" in refused([*issue, "everything"], capsys)
    assert main([*issue, "signing, encryption,tls-client,tls-server", "--host", "voorbeeld.example"]) == 0
    assert (out / "signing.key").stat().st_mode & 0o777 == 0o600
    judge = Judge(Trust(trust_anchors(Environment.PREPRODUCTION)), clock.wall_clock())
    for name, purpose in (
        ("signing", Purpose.SIGNING),
        ("encryption", Purpose.ENCRYPTION),
        ("tls-client", Purpose.TLS_CLIENT),
    ):
        certificate = certificates_from((out / f"{name}.crt").read_bytes())[0]
        assert judge.faults(certificate, purpose) == ()
    assert judge.faults(certificate, Purpose.ENCRYPTION) != ()


def test_wrong_names_and_requests_are_told(tmp_path: Path, capsys: Said) -> None:
    assert main(["pki", "make"]) == 0
    words = ["--for", "signing", "--out", str(tmp_path / "x")]
    assert "20 digits" in refused(["pki", "issue", "X", "123", *words], capsys)
    assert "cannot be" in refused(["pki", "issue", "x" * 65, DEMO_OIN, *words], capsys)
    (tmp_path / "bad.csr").write_text("x")
    assert "cannot be" in refused(["pki", "sign", str(tmp_path / "bad.csr"), "X", DEMO_OIN, *words], capsys)
    assert "cannot be read" in refused(
        ["pki", "sign", str(tmp_path / "no.csr"), "X", DEMO_OIN, *words], capsys
    )


def test_the_first_start_makes_a_key_for_every_use_and_the_next_none(settings: Settings) -> None:
    assert make_first_keys(settings.VOLMACHT) == 20
    assert make_first_keys(settings.VOLMACHT) == 0
    for environment in Environment:
        found = ring(environment, OwnEntity.ENTRANCE)
        assert found.tls
        assert found.server
        assert found.decrypting


@pytest.mark.django_db
def test_the_list_tells_states_and_no_secrets(tmp_path: Path, capsys: Said) -> None:
    assert main(["pki", "make"]) == 0
    assert main(["keys", "announce", *SIGNING]) == 0
    assert main(["keys", "rotate-bsn", "--step", "announce"]) == 0
    capsys.readouterr()
    assert main(["keys", "list"]) == 0
    said = capsys.readouterr().out
    assert "encryption: 1 current, 2 announced" in said
    assert "preproduction entrance:" in said
    assert "signing: active since" in said
    content = json.loads(key_file(tmp_path).read_text())
    assert not any(key in said for key in content["hashing"].values())


@pytest.mark.django_db
def test_keys_of_bsns_are_renewed_step_by_step(tmp_path: Path, capsys: Said) -> None:
    mother = know_person(MOTHER)
    assert isinstance(mother, UUID)
    step = ["keys", "rotate-bsn", "--step"]
    assert "begin with --step announce" in refused([*step, "switch"], capsys)
    assert main([*step, "announce"]) == 0
    assert "announced already" in refused([*step, "announce"], capsys)
    assert "first --step switch" in refused([*step, "rewrite"], capsys)
    assert main([*step, "switch"]) == 0
    assert main([*step, "retire"]) == 0
    said = capsys.readouterr().out
    assert "encryption 1 stays, for now: 1 in parties_person.bsn_sealed." in said
    assert "hashing 1 stays, for now: 1 people" in said
    assert queries.party_with_bsn(MOTHER) == mother
    assert main([*step, "rewrite"]) == 0
    assert main([*step, "retire"]) == 0
    assert people_hashed_under(1) == 0
    versions = versions_in(key_file(tmp_path))
    assert (versions[KeyKind.ENCRYPTION].kept, versions[KeyKind.HASHING].kept) == ((2,), (1, 2))
    assert queries.bsn_of(mother) == MOTHER
    assert sorted(str(event["step"]) for event in recorded()) == ["retired", "switched"]


@pytest.mark.django_db
def test_a_session_keeps_the_old_key_until_it_ends(tmp_path: Path, capsys: Said) -> None:
    from django.contrib.sessions.models import Session

    from volmacht.portals.shared.sealed_sessions import SessionStore

    store = SessionStore()
    store["x"] = 1
    store.save()
    step = ["keys", "rotate-bsn", "--step"]
    for name in ("announce", "switch", "rewrite", "retire"):
        assert main([*step, name]) == 0
    assert "encryption 1 stays, for now: 1 sessions" in capsys.readouterr().out
    assert SessionStore(store.session_key)["x"] == 1
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert main([*step, "retire"]) == 0
    assert versions_in(key_file(tmp_path))[KeyKind.ENCRYPTION].kept == (2,)


def test_several_machines_are_never_rotated_from_one_alone(settings: Settings, capsys: Said) -> None:
    for_real(settings, database_url="postgresql://volmacht@database/volmacht")
    said = refused(["keys", "rotate-bsn"], capsys)
    assert "--only-machine" in said
    assert versions_in(settings.KEY_FILE)[KeyKind.ENCRYPTION].kept == (1,)


def test_two_rotations_never_run_beside_one_another(
    settings: Settings, capsys: Said, clock_at: Callable[..., None]
) -> None:
    from volmacht.keystore.files import changing

    with changing(settings.KEY_FILE.parent):
        assert "by another command" in refused(["keys", "rotate-bsn", "--step", "announce"], capsys)


@pytest.mark.django_db
def test_a_message_that_waits_is_under_the_new_key_as_well(tmp_path: Path) -> None:
    from volmacht.notifications.models import Message

    person = know_person(MOTHER)
    assert isinstance(person, UUID)
    now = clock.now()
    message_id = UUID(int=1)
    Message.objects.create(
        id=message_id,
        once="x",
        kind="mandate-ended",
        channel="email",
        recipient_id=person,
        values_sealed=seal(Sealed.OUTBOX, message_id, b"{}"),
        state="failed",
        written_at=now,
    )
    for name in ("announce", "switch", "rewrite", "retire"):
        assert main(["keys", "rotate-bsn", "--step", name]) == 0
    look_for_new_keys()
    assert bytes(Message.objects.get().values_sealed or b"")[0] == 2
    assert versions_in(key_file(tmp_path))[KeyKind.ENCRYPTION].kept == (2,)
