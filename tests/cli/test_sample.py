"""`volmacht sample`: keys, metadata and a running service of one's own organisation, from what the portal gives."""

import urllib.request
from pathlib import Path

from cryptography import x509

from tests.cli.commands import environment, eventually, free_port, volmacht, volmacht_running
from tests.pki.certificates import hierarchy
from volmacht import clock
from volmacht.pki import Organisation, Purpose, certificates_from, pem_of, request_from
from volmacht.pki.subjects import oins_of
from volmacht.rules.identifiers import Oin

OIN = "00000003900000010000"
PURPOSES = {"signing": Purpose.SIGNING, "encryption": Purpose.ENCRYPTION, "tls": Purpose.TLS_CLIENT}
SERVICE = f"""
name = "Gemeente Testdam"
entity_id = "urn:nl-eid-gdi:1.0:DV:{OIN}:entities:9001"
environment = "preproduction"
volmacht = "http://localhost:1"

[[service]]
uuid = "4b6f1a52-0d1e-4c3b-9a57-3c2f6f0e8a01"
name = "Vergunning voor é-steps"
level = 20
"""


def certify_all(folder: Path) -> None:
    """What the portal does with the requests."""
    authority = hierarchy().intermediate
    for name, purpose in PURPOSES.items():
        request = request_from((folder / f"{name}.csr").read_bytes())
        assert oins_of(request.subject) == [OIN]
        certificate = authority.issue_from_csr(
            request,
            Organisation("Gemeente Testdam", Oin(OIN)),
            purpose,
            common_name=name,
            now=clock.wall_clock(),
        )
        (folder / f"{name}.crt.pem").write_bytes(pem_of(certificate, *authority.intermediates))


def made(tmp_path: Path) -> Path:
    """A folder with keys, certificates and description, beside an installation of one's own."""
    begun = volmacht(tmp_path, "keys", "make")
    assert begun.returncode == 0, begun.stderr
    folder = tmp_path / "mine"
    done = volmacht(tmp_path, "sample", "keys", str(folder), "--oin", OIN)
    assert done.returncode == 0, done.stderr
    certify_all(folder)
    (folder / "service.toml").write_text(SERVICE, encoding="utf-8")
    return folder


def test_keys_are_for_their_owner_only_and_never_overwritten(tmp_path: Path) -> None:
    folder = made(tmp_path)
    for name in PURPOSES:
        assert (folder / f"{name}.key.pem").stat().st_mode & 0o077 == 0
        x509.load_pem_x509_csr((folder / f"{name}.csr").read_bytes())
    again = volmacht(tmp_path, "sample", "keys", str(folder), "--oin", OIN)
    assert again.returncode == 1
    assert "already there" in again.stderr


def test_an_oin_that_is_none_is_told(tmp_path: Path) -> None:
    done = volmacht(tmp_path, "sample", "keys", str(tmp_path / "mine"), "--oin", "12")
    assert (done.returncode, done.stderr) == (1, "volmacht: an OIN has 20 digits\n")


def test_metadata_is_written_and_names_the_service(tmp_path: Path) -> None:
    folder = made(tmp_path)
    done = volmacht(tmp_path, "sample", "metadata", str(folder), "--port", "9123")
    assert done.returncode == 0, done.stderr
    document = (folder / "metadata.xml").read_text(encoding="utf-8")
    assert f"urn:nl-eid-gdi:1.0:DV:{OIN}:entities:9001" in document
    assert "http://localhost:9123/saml/acs" in document
    assert "4b6f1a52-0d1e-4c3b-9a57-3c2f6f0e8a01" in document


def test_outside_the_demo_it_says_that_it_is_for_trying_out(tmp_path: Path) -> None:
    folder = made(tmp_path)
    for action in ("metadata", "run"):
        done = volmacht(tmp_path, "sample", action, str(folder), VOLMACHT_DEMO="0")
        assert done.returncode == 1
        assert "is for trying out (VOLMACHT_DEMO=1)" in done.stderr


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "tls.crt.pem").unlink()
    done = volmacht(tmp_path, "sample", "metadata", str(folder))
    assert done.returncode == 1
    assert "no usable tls key" in done.stderr
    (folder / "service.toml").write_text("name = 'x'", encoding="utf-8")
    done = volmacht(tmp_path, "sample", "metadata", str(folder))
    assert "does not say 'entity_id'" in done.stderr
    (folder / "service.toml").unlink()
    done = volmacht(tmp_path, "sample", "run", str(folder))
    assert done.returncode == 1
    assert "service.toml" in done.stderr


def test_it_serves_under_the_name_of_the_organisation(tmp_path: Path) -> None:
    folder, port = made(tmp_path), free_port()
    anchors = tmp_path / "pki" / "preproduction" / "anchors"
    anchors.mkdir(parents=True)
    (anchors / "test.pem").write_bytes(pem_of(*certificates_from(hierarchy().intermediate.certificates_pem)))
    log = tmp_path / "log"
    address = f"http://localhost:{port}/"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(address, timeout=2) as page:
                return "Gemeente Testdam" in page.read().decode()
        except OSError:
            return False

    with volmacht_running(environment(tmp_path), "sample", "run", str(folder), "--port", str(port), log=log):
        assert eventually(answers), log.read_text()
        with urllib.request.urlopen(address, timeout=5) as page:
            assert "Vergunning voor é-steps" in page.read().decode()
