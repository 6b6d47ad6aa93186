"""What an organisation of the demo brings along: certificates of the test authority, signed metadata; verdicts.

Every document is real: judged, kept and taken in as that of any provider. So that a first start stays quick there is
one key for each purpose, which they share, and which is thrown away once the documents are signed: nobody can log in
over such a connection until its people upload metadata of their own. Certificates begin on the real day of loading,
whatever day the scenario plays.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from volmacht import clock
from volmacht.checks import checks
from volmacht.checks.judging import Outcome, Verdict
from volmacht.keystore.certifying import BEFORE, NoTestAuthority, read_authority
from volmacht.pki import Authority, Organisation, Purpose
from volmacht.pki.subjects import LONGEST_NAME
from volmacht.protocols.saml.entity_ids import EntityId
from volmacht.protocols.saml.keys import OwnKey, key_name
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.writing import sp_metadata
from volmacht.rules.environment import Environment

PURPOSES = (Purpose.SIGNING, Purpose.ENCRYPTION, Purpose.TLS_CLIENT)
VALID = timedelta(days=180)
BITS, EXPONENT = 2048, 65537
Services = Sequence[tuple[UUID, str]]


@cache
def _key(_purpose: Purpose) -> RSAPrivateKey:
    return generate_private_key(EXPONENT, BITS)


@cache
def _authority(environment: Environment) -> Authority:
    found = read_authority(environment)
    if found is None:
        raise NoTestAuthority(environment)
    return found


def forget_keys() -> None:
    """Nobody has them from here on."""
    _key.cache_clear()
    _authority.cache_clear()


def metadata(
    organisation: Organisation, entity_id: str, environment: Environment, site: str, services: Services
) -> bytes:
    """A signed document with certificates of the test authority. Raises NoTestAuthority."""
    keys = {purpose: _certified(organisation, purpose, environment) for purpose in PURPOSES}
    parsed = EntityId.parse(entity_id)
    entity = Entity(
        entity_id=entity_id,
        role=parsed.role,
        descriptor=Descriptor.SERVICE_PROVIDER,
        oin=organisation.oin,
        signing=(keys[Purpose.SIGNING].published(), keys[Purpose.TLS_CLIENT].published()),
        encryption=(keys[Purpose.ENCRYPTION].published(),),
        single_logout=(Endpoint(None, f"{site}/saml/logout"),),
        assertion_consumers=(Endpoint(0, f"{site}/saml/acs", is_default=True),),
        services=tuple(
            ServiceReference(index, index == 0, str(uuid), (("nl", name),))
            for index, (uuid, name) in enumerate(services)
        ),
    )
    return sp_metadata(entity, key=keys[Purpose.SIGNING], valid_until=clock.wall_clock() + VALID)


def _certified(organisation: Organisation, purpose: Purpose, environment: Environment) -> OwnKey:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, purpose.value)])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(_key(purpose), SHA256())
    certificate = _authority(environment).issue_from_csr(
        request,
        organisation,
        purpose,
        common_name=f"{organisation.name} {purpose.value}"[:LONGEST_NAME],
        now=clock.wall_clock() - BEFORE,
    )
    return OwnKey(_key(purpose), certificate, key_name(certificate))


def verdicts(environment: Environment, failing: Mapping[str, str]) -> list[Verdict]:
    """Of every check: good, but for those that are named with their reason."""
    return [
        Verdict(one.id, Outcome.FAIL, failing[one.id]) if one.id in failing else Verdict(one.id, Outcome.PASS)
        for one in checks(environment)
    ]
