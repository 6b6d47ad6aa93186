"""What goes through the browser: forms and the address with the artifact (ST-03, ST-10, AB-03; TC-16, TC-58)."""

import base64
import zlib

import pytest

from volmacht.protocols.saml.bindings import (
    Field,
    PostFault,
    PostRefused,
    RelayStateTooLong,
    artifact_address,
    post_fields,
    read_post,
)

MESSAGE = b"<a>" + bytes(range(32, 127)) + b"</a>"
ENCODED = base64.b64encode(MESSAGE).decode()
EIGHTY_BYTES = "€" * 26 + "ab"


def fault_of(fields: dict[str, list[str]]) -> PostFault:
    with pytest.raises(PostRefused) as refused:
        read_post(fields)
    assert str(refused.value) == refused.value.fault.value
    return refused.value.fault


@pytest.mark.parametrize("field", Field)
@pytest.mark.parametrize("relay_state", [None, "", "a b&c=%é", EIGHTY_BYTES])
def test_a_form_that_is_written_can_be_read(field: Field, relay_state: str | None) -> None:
    written = post_fields(MESSAGE, relay_state, field=field)

    assert read_post({name: [value] for name, value in written.items()}, field=field) == (
        MESSAGE,
        relay_state,
    )


def test_other_fields_are_ignored() -> None:
    fields = {"SAMLRequest": [ENCODED], "SAMLResponse": ["x", "y"], "submit": ["Verder", "Verder"]}

    assert read_post(fields) == (MESSAGE, None)


def test_line_breaks_in_the_base64_are_allowed() -> None:
    assert read_post({"SAMLRequest": [base64.encodebytes(MESSAGE * 3).decode()]}) == (MESSAGE * 3, None)
    assert read_post({"SAMLRequest": [f"{ENCODED[:8]}\r\n{ENCODED[8:]}\r\n"]}) == (MESSAGE, None)


@pytest.mark.parametrize(
    "fields", [{}, {"SAMLRequest": []}, {"SAMLRequest": [""]}, {"SAMLResponse": [ENCODED]}]
)
def test_a_form_without_the_message_is_refused(fields: dict[str, list[str]]) -> None:
    assert fault_of(fields) is PostFault.MISSING


def test_a_message_sent_twice_is_refused() -> None:
    assert fault_of({"SAMLRequest": [ENCODED, ENCODED]}) is PostFault.SEVERAL


@pytest.mark.parametrize(
    "text",
    [
        "PGE-PC9hPg==",
        "PGEr PC9hPg==",
        "PGE+PC9hPg",
        "PGE+PC9hPg=",
        "PGE+PC9hPh==",
        "PGE+PC9hPg==PGE+",
        "=PGE+PC9hPg==",
        "PGE+PC9hPgé=",
        "PGE+PC9hPg==\x00",
        "<a></a>",
    ],
)
def test_base64_that_is_not_strict_is_refused(text: str) -> None:
    assert fault_of({"SAMLRequest": [text]}) is PostFault.NOT_BASE64


def test_a_deflated_message_is_refused() -> None:
    compressor = zlib.compressobj(wbits=-15)
    deflated = compressor.compress(MESSAGE) + compressor.flush()

    assert fault_of({"SAMLRequest": [base64.b64encode(deflated).decode()]}) is PostFault.DEFLATED


@pytest.mark.parametrize(
    "states", [["a" * 81], [EIGHTY_BYTES + "c"], ["a", "a"], ["\ud800"]], ids=["81", "euro", "twice", "half"]
)
def test_a_relay_state_that_is_too_long_or_sent_twice_is_refused(states: list[str]) -> None:
    assert fault_of({"SAMLRequest": [ENCODED], "RelayState": states}) is PostFault.RELAY_STATE


def test_a_relay_state_of_more_than_eighty_bytes_is_never_sent() -> None:
    with pytest.raises(RelayStateTooLong):
        post_fields(MESSAGE, EIGHTY_BYTES + "c")


@pytest.mark.parametrize(
    ("location", "relay_state", "address"),
    [
        ("https://dv.example/acs", None, "https://dv.example/acs?SAMLart=AA%2BB%2Fw%3D%3D"),
        ("https://dv.example/acs?a=1", None, "https://dv.example/acs?a=1&SAMLart=AA%2BB%2Fw%3D%3D"),
        ("https://dv.example/acs", "", "https://dv.example/acs?SAMLart=AA%2BB%2Fw%3D%3D&RelayState="),
        (
            "https://dv.example/acs",
            "a b&c=/é",
            "https://dv.example/acs?SAMLart=AA%2BB%2Fw%3D%3D&RelayState=a%20b%26c%3D%2F%C3%A9",
        ),
    ],
)
def test_the_artifact_goes_to_the_consumer_percent_encoded(
    location: str, relay_state: str | None, address: str
) -> None:
    assert artifact_address(location, "AA+B/w==", relay_state) == address
