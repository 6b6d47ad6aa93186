"""Which entity ids may stand in the catalogue: form, role and environment (RO-01, RO-03, RO-05, RO-07). Pure.

Called by `contents`, `peer_contents` and `client_contents`, at registration. `protocols.saml` judges them again in
every message.
"""

import re
from typing import Final

from volmacht.catalogue.reading import InvalidContent
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, Role, allowed_in
from volmacht.rules.environment import Environment

PINNED_ROLES: Final = frozenset({Role.AD, Role.BVD})
CLUSTER_ROLES: Final = frozenset({Role.LC, Role.RD, Role.TD})
CLIENT_ROLES: Final = frozenset({Role.AD, Role.RD, Role.TD})
CONNECTION_ROLES: Final = CLUSTER_ROLES | {Role.DV}
LONGEST_ENTITY_ID: Final = 255
_NAMESPACE: Final = "urn:nl-eid-gdi:"
_FORM: Final = "urn:nl-eid-gdi:1.0:ROLE:OIN:entities:INDEX"
_TEST_INDEX = re.compile(r"entities:9[0-9]{3}$")
_TEST_SYSTEM: Final = "names a test system (index 9000 or above): not in production"


def role_of(entity_id: str) -> Role | None:
    """The role in an entity id; None for one that is not of the wire, or malformed."""
    try:
        return EntityId.parse(entity_id).role
    except InvalidEntityId:
        return None


def check_connection_id(entity_id: str, environment: Environment) -> None:
    """Refuse an entity id that no connection may have (RO-03, RO-07). Raises InvalidContent.

    One outside the name space of the wire is never a peer: nobody logs in over such a connection.
    """
    if not entity_id.startswith(_NAMESPACE):
        return
    parsed = _parsed("entity_id", entity_id)
    if parsed.role not in CONNECTION_ROLES:
        raise InvalidContent("entity_id", f"has the role {parsed.role}: pin it as a peer")
    _check_index("entity_id", parsed, environment)


def check_provider_id(field: str, entity_id: str, environment: Environment, oin: str) -> None:
    """Refuse an entity id that is not one of a DV of this organisation. Raises InvalidContent."""
    parsed = _parsed(field, entity_id)
    if parsed.role is not Role.DV:
        raise InvalidContent(field, "must have the role DV")
    _check_index(field, parsed, environment)
    if parsed.oin.value != oin:
        raise InvalidContent(field, "names another OIN than that of the provider")


def oin_of_peer(entity_id: str, *, given: str | None, role: Role, environment: Environment) -> str:
    """The OIN that the certificates of a pinned peer must carry (MD-24). Raises InvalidContent.

    An entity id of another form is an exception for an AD only, and then the OIN must be given (RO-05).
    """
    if role not in PINNED_ROLES:
        raise InvalidContent("role", "must be AD or BVD; others are connections")
    try:
        parsed = EntityId.parse(entity_id)
    except InvalidEntityId:
        return _oin_of_exception(entity_id, given, role, environment)
    if parsed.role is not role:
        raise InvalidContent("entity_id", f"has the role {parsed.role}, not {role}")
    _check_index("entity_id", parsed, environment)
    if given not in {None, parsed.oin.value}:
        raise InvalidContent("oin", "differs from the one in the entity id")
    return parsed.oin.value


def check_client_id(entity_id: str, environment: Environment) -> None:
    """Refuse an entity id that no client of the REST calls may have (RO-03, BR-11). Raises InvalidContent."""
    parsed = _parsed("entity_id", entity_id)
    if parsed.role not in CLIENT_ROLES:
        raise InvalidContent("entity_id", "must have the role AD, RD or TD")
    _check_index("entity_id", parsed, environment)


def _oin_of_exception(entity_id: str, given: str | None, role: Role, environment: Environment) -> str:
    if role is not Role.AD:
        raise InvalidContent("entity_id", f"must look like {_FORM}")
    if environment is Environment.PRODUCTION and _TEST_INDEX.search(entity_id):
        raise InvalidContent("entity_id", _TEST_SYSTEM)
    if given is None:
        raise InvalidContent("oin", f"is needed, as the entity id does not look like {_FORM}")
    return given


def _parsed(field: str, entity_id: str) -> EntityId:
    try:
        return EntityId.parse(entity_id)
    except InvalidEntityId as error:
        raise InvalidContent(field, f"must look like {_FORM}") from error


def _check_index(field: str, entity_id: EntityId, environment: Environment) -> None:
    if not allowed_in(entity_id, environment):
        raise InvalidContent(field, _TEST_SYSTEM)
