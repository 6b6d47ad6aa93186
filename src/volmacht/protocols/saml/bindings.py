"""What travels through the browser: the fields of the self-posting form, and the address with the artifact. Pure."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from enum import StrEnum
from urllib.parse import quote

LARGEST_RELAY_STATE = 80  # bytes of UTF-8 (AR-40)
RELAY_STATE = "RelayState"


class Field(StrEnum):
    """The form field in which a message stands."""

    REQUEST = "SAMLRequest"
    RESPONSE = "SAMLResponse"


class PostFault(StrEnum):
    """What is wrong with a form."""

    MISSING = "missing"  # ST-03, as the next three
    SEVERAL = "several"
    NOT_BASE64 = "not-base64"
    DEFLATED = "deflated"  # or anything else that is not XML
    RELAY_STATE = "relay-state"  # ST-10: too long, sent twice, not Unicode


class PostRefused(ValueError):
    """A form that is not one of SAML; never repeats what was sent."""

    def __init__(self, fault: PostFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class RelayStateTooLong(ValueError):
    """A RelayState of more than 80 bytes is never sent."""


def post_fields(message: bytes, relay_state: str | None, *, field: Field = Field.REQUEST) -> dict[str, str]:
    """The fields of the form that sends a message (AR-01, LO-01). Raises RelayStateTooLong."""
    fields = {field.value: base64.b64encode(message).decode()}
    if relay_state is not None:
        if not _fits(relay_state):
            raise RelayStateTooLong
        fields[RELAY_STATE] = relay_state
    return fields


def read_post(
    fields: Mapping[str, Sequence[str]], *, field: Field = Field.REQUEST
) -> tuple[bytes, str | None]:
    """The message and the RelayState of a form, given every value of each field; other fields are ignored.

    Line breaks in the base64 are allowed, as MIME writes it (SAML bindings 3.5.4); a space is not: it is a `+`
    that somebody forgot to encode. Raises PostRefused (ST-03, ST-10).
    """
    message = _decoded(_single(fields.get(field, ()), PostFault.SEVERAL))
    relay_state = _single(fields.get(RELAY_STATE, ()), PostFault.RELAY_STATE)
    if relay_state is not None and not _fits(relay_state):
        raise PostRefused(PostFault.RELAY_STATE)
    return message, relay_state


def artifact_address(location: str, artifact: str, relay_state: str | None) -> str:
    """Where the browser goes with an artifact (AB-03)."""
    separator = "&" if "?" in location else "?"
    address = f"{location}{separator}SAMLart={quote(artifact, safe='')}"
    return address if relay_state is None else f"{address}&{RELAY_STATE}={quote(relay_state, safe='')}"


def _single(values: Sequence[str], several: PostFault) -> str | None:
    if len(values) > 1:
        raise PostRefused(several)
    return values[0] if values else None


def _decoded(text: str | None) -> bytes:
    """Strictly: only the standard alphabet, padded, no bits left over."""
    if not text:
        raise PostRefused(PostFault.MISSING)
    encoded = text.replace("\r", "").replace("\n", "")
    try:
        message = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PostRefused(PostFault.NOT_BASE64) from error
    if base64.b64encode(message).decode() != encoded:
        raise PostRefused(PostFault.NOT_BASE64)
    if not message.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise PostRefused(PostFault.DEFLATED)
    return message


def _fits(relay_state: str) -> bool:
    try:
        return len(relay_state.encode()) <= LARGEST_RELAY_STATE
    except UnicodeEncodeError:
        return False
