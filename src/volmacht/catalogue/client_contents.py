"""What a proposed change of a client of the REST calls holds, and the limits on its fields (BR-05, BR-11). Pure.

Beside `contents`, in the same manner: `read_...` turns the JSON of a proposal into a frozen value or raises
InvalidContent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from volmacht.catalogue.contents import Content, Term, read_term
from volmacht.catalogue.entity_ids import LONGEST_ENTITY_ID, check_client_id
from volmacht.catalogue.reading import Fields, InvalidContent
from volmacht.protocols.saml.metadata.addresses import LONGEST_ADDRESS, address_fault
from volmacht.rules.environment import Environment

MOST_CERTIFICATES: Final = 4  # the one that counts, the next one, and the same of a second machine
LONGEST_FINGERPRINT: Final = 95  # 32 bytes in hexadecimal, with colons between them
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class NewClient:
    """An authentication service or entrance; `certificates` are SHA-256 fingerprints of what it may show."""

    id: UUID
    environment: Environment
    entity_id: str
    return_url: str
    certificates: tuple[str, ...]
    term: Term


def read_client(content: Content) -> NewClient:
    """Read a NewClient. Raises InvalidContent."""
    fields = Fields(content)
    client = NewClient(
        id=fields.identifier("id"),
        environment=fields.choice("environment", Environment),
        entity_id=fields.text("entity_id", longest=LONGEST_ENTITY_ID, needed=True),
        return_url=_return_url(fields),
        certificates=_certificates(fields),
        term=read_term(fields),
    )
    check_client_id(client.entity_id, client.environment)
    fields.finish()
    return client


def identity_unchanged(content: Mapping[str, object]) -> None:
    """Raises InvalidContent where a change names what says which client it is."""
    for identity in ("environment", "entity_id"):
        if identity in content:
            raise InvalidContent(identity, "cannot be changed: it says which client this is")


def _return_url(fields: Fields) -> str:
    """Parameters are added to it, so it has none of its own (BR-05)."""
    address = fields.text("return_url", longest=LONGEST_ADDRESS, needed=True)
    if address_fault(address, http_allowed=False) is not None or urlsplit(address).query or "?" in address:
        raise InvalidContent("return_url", "must be an https address without ? and #")
    return address


def _certificates(fields: Fields) -> tuple[str, ...]:
    texts = fields.texts("certificates", longest=LONGEST_FINGERPRINT, most=MOST_CERTIFICATES)
    found = tuple(dict.fromkeys(text.replace(":", "").lower() for text in texts))
    if not found or not all(_FINGERPRINT.fullmatch(one) for one in found):
        raise InvalidContent("certificates", "must be SHA-256 fingerprints, of 64 hexadecimal digits each")
    return found
