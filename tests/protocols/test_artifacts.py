"""Artifacts: 44 bytes of type 4 from a known issuer, in one spelling (AB-02, AB-07, TC-30)."""

import base64
import hashlib

import pytest

from volmacht.protocols.saml.artifacts import new_artifact, read_artifact, source_of

ISSUER = "urn:nl-eid-gdi:1.0:TD:00000009999999999001:entities:9000"
OTHER = "urn:nl-eid-gdi:1.0:TD:00000009999999999001:entities:9001"


def spelled(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_an_artifact_is_44_bytes_of_type_4_with_the_hash_of_its_issuer() -> None:
    text = new_artifact(ISSUER)
    content = base64.b64decode(text, validate=True)
    assert (len(text), len(content)) == (60, 44)
    assert content[:4] == b"\x00\x04\x00\x00"
    assert content[4:24] == hashlib.sha1(ISSUER.encode(), usedforsecurity=False).digest()


def test_an_artifact_reads_back() -> None:
    artifact = read_artifact(new_artifact(ISSUER, 258))
    assert artifact is not None
    assert (artifact.index, artifact.source, len(artifact.handle)) == (258, source_of(ISSUER), 20)
    assert artifact.is_from(ISSUER)
    assert not artifact.is_from(OTHER)


def test_no_two_artifacts_are_alike() -> None:
    assert len({new_artifact(ISSUER) for _ in range(1000)}) == 1000


def test_an_artifact_does_not_show_its_handle_when_printed() -> None:
    artifact = read_artifact(new_artifact(ISSUER))
    assert artifact is not None
    assert "handle" not in repr(artifact)


@pytest.mark.parametrize("index", [-1, 65536])
def test_an_index_that_does_not_fit_is_not_made_into_an_artifact(index: int) -> None:
    with pytest.raises(ValueError, match="index"):
        new_artifact(ISSUER, index)


GOOD = b"\x00\x04\x00\x00" + bytes(range(40))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AAQ=",
        spelled(GOOD[:-1]),
        spelled(GOOD + b"x"),
        spelled(b"\x00\x03" + GOOD[2:]),
        spelled(b"\x04\x00" + GOOD[2:]),
        spelled(GOOD)[:-1],
        spelled(GOOD)[:-1] + "\n",
        " " + spelled(GOOD)[:-1],
        spelled(GOOD)[:30] + " " + spelled(GOOD)[31:],
        spelled(GOOD).rstrip("=") + "A",
        spelled(b"\x00\x04\x00\x00" + b"\xff" * 40).replace("/", "_"),
        "é" + spelled(GOOD)[1:],
        "=" * 60,
    ],
)
def test_what_is_not_such_an_artifact_is_not_read(text: str) -> None:
    assert read_artifact(text) is None


def test_another_spelling_of_the_same_bytes_is_not_read() -> None:
    text = spelled(GOOD)
    other = text[:-2] + chr(ord(text[-2]) + 1) + "="
    assert base64.b64decode(other) == GOOD
    assert read_artifact(text) is not None
    assert read_artifact(other) is None
