"""Who Gemeente Voorbeeld is to others: entity id, addresses, keys, and the metadata that says so (MD-01 to MD-18)."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from volmacht import clock
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.protocols.saml.metadata.writing import sp_metadata
from volmacht.standins.pem_files import authorities, own_key
from volmacht.standins.sample_provider import settings
from volmacht.standins.sample_provider.described import described

OIN = described().oin
ENTITY_ID = described().entity_id
ENVIRONMENT = described().environment
CONSUMER_PATH, LOGOUT_PATH, METADATA_PATH = "saml/acs", "saml/logout", "saml/metadata"
CONSUMER = f"{settings.VOORBEELD_ADDRESS}/{CONSUMER_PATH}"
CONSUMER_INDEX = 0
LOGOUT = f"{settings.VOORBEELD_ADDRESS}/{LOGOUT_PATH}"
VALID_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Keys:
    """One key a purpose, never used for another (MD-11, MD-44)."""

    signing: OwnKey
    encryption: OwnKey
    tls: OwnKey


@cache
def keys() -> Keys:
    """Ours. Raises KeyFileProblem."""
    folder = settings.VOORBEELD_KEYS
    signing, encryption, tls = (own_key(folder, name, OIN) for name in ("signing", "encryption", "tls"))
    return Keys(signing, encryption, tls)


@cache
def trust() -> Trust:
    """Whose certificates we believe; http only because everything runs on one machine. Raises KeyFileProblem."""
    return Trust(authorities(settings.VOORBEELD_ANCHORS), http_allowed=True)


def metadata() -> bytes:
    """The signed document, valid for a year from now."""
    entity = Entity(
        entity_id=ENTITY_ID,
        role=Role.DV,
        descriptor=Descriptor.SERVICE_PROVIDER,
        oin=OIN,
        # The certificate of our TLS client is listed as a signing key: that is how Volmacht knows it (MD-44, TL-03).
        signing=(keys().signing.published(), keys().tls.published()),
        encryption=(keys().encryption.published(),),
        single_logout=(Endpoint(None, LOGOUT),),
        assertion_consumers=(Endpoint(CONSUMER_INDEX, CONSUMER, is_default=True),),
        services=tuple(
            ServiceReference(index, index == 0, service.uuid, service.names)
            for index, service in enumerate(described().services)
        ),
    )
    return sp_metadata(entity, key=keys().signing, valid_until=clock.wall_clock() + VALID_FOR)
