"""Metadata of who is not registered yet: judged at once, kept nowhere (CN-2). Others use it through `queries`.

The same judgement as after registration (`operations.metadata`), so that what is good here is taken in there.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from volmacht import clock
from volmacht.catalogue.entity_ids import role_of
from volmacht.catalogue.fetching import Rules, fetch
from volmacht.catalogue.guarded_network import NotFetched
from volmacht.catalogue.runs import RunFinding, not_fetched, run_findings
from volmacht.catalogue.trusting import TRUST
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.metadata.certificates import is_for_tls_clients
from volmacht.protocols.saml.metadata.expected import Expected
from volmacht.protocols.saml.metadata.findings import Severity
from volmacht.protocols.saml.metadata.model import Document
from volmacht.protocols.saml.metadata.reading import read_metadata
from volmacht.rules.environment import Environment

SIGNING, ENCRYPTION = "signing", "encryption"


@dataclass(frozen=True, slots=True)
class ListedCertificate:
    """A certificate in a document: of which party, for what, under which name, from when until when.

    `for_tls`: it is listed among those for signing, and only connects.
    """

    entity_id: str
    use: str
    key_name: str
    begins: datetime
    ends: datetime
    for_tls: bool = False


@dataclass(frozen=True, slots=True)
class JudgedMetadata:
    """What was found in a document, and what it says when it is good.

    `data` are its bytes; empty when the address gave none.
    """

    data: bytes
    findings: tuple[RunFinding, ...]
    document: Document | None = None

    @property
    def is_good(self) -> bool:
        """Whether it would be taken in; warnings do not matter."""
        return not any(one.severity is Severity.ERROR for one in self.findings)

    @property
    def valid_until(self) -> datetime | None:
        """Until when it counts, when it says so."""
        return self.document.valid_until if self.document else None

    @property
    def certificates(self) -> tuple[ListedCertificate, ...]:
        """Those of a good document."""
        return _certificates(self.document) if self.document else ()


def judge_metadata(
    *, environment: Environment, entity_id: str, data: bytes, services: frozenset[UUID] | None = None
) -> JudgedMetadata:
    """Judge a document as that of this entity. `services`: the ServiceUUIDs it may name; None does not ask.

    An entity id that is malformed, has another role or is of the other environment is found like anything else.
    """
    role = role_of(entity_id) or Role.DV
    expected = Expected(
        entity_id=entity_id,
        role=role,
        environment=environment,
        services=services if role is Role.DV else None,
    )
    read = read_metadata(
        data, expected=expected, trust=TRUST.trust(environment, fresh=True), now=clock.wall_clock()
    )
    return JudgedMetadata(data, run_findings(read.findings), read.document)


def judge_metadata_at(
    *, environment: Environment, entity_id: str, address: str, services: frozenset[UUID] | None = None
) -> JudgedMetadata:
    """Fetch a document from an address that somebody else names, within its guards (MD-27), and judge it."""
    rules = Rules(TRUST.trust(environment).anchors, on_this_machine=settings.VOLMACHT.demo)
    try:
        data = fetch(address, rules)
    except NotFetched as error:
        return JudgedMetadata(b"", not_fetched(error.fault))
    return judge_metadata(environment=environment, entity_id=entity_id, data=data, services=services)


def _certificates(document: Document) -> tuple[ListedCertificate, ...]:
    return tuple(
        _listed(entity.entity_id, use, key)
        for entity in document.entities
        for use, keys in ((SIGNING, entity.signing), (ENCRYPTION, entity.encryption))
        for key in keys
    )


def _listed(entity_id: str, use: str, key: PublishedKey) -> ListedCertificate:
    certificate = key.certificate
    return ListedCertificate(
        entity_id,
        use,
        key.name,
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        for_tls=is_for_tls_clients(certificate),
    )
