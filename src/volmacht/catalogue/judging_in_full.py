"""What a document of metadata was looked at for, and what was found: a report may say no more than that (CN-4).

The document in force is judged anew, with the certificates and revocations of today. Reads the tables of this app.
"""

from dataclasses import dataclass
from uuid import UUID

from volmacht import clock
from volmacht.catalogue.entity_ids import CLUSTER_ROLES, role_of
from volmacht.catalogue.models import PeerMetadata
from volmacht.catalogue.peers import expected_of
from volmacht.catalogue.runs import RunFinding, run_findings
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.catalogue.trusting import TRUST
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.metadata.expected import Expected
from volmacht.protocols.saml.metadata.findings import FindingCode, Severity
from volmacht.protocols.saml.metadata.reading import read_metadata
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What was found; `not_asked` are findings that could not be made. Reading stops at an error: see `is_whole`."""

    findings: tuple[RunFinding, ...]
    not_asked: frozenset[FindingCode]

    @property
    def is_whole(self) -> bool:
        """Whether the whole document was read: nothing kept it from being believed."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


def look_at_document_in_force(environment: Environment, entity_id: str) -> LookedAt | None:
    """The document that counts now for this connection; None when there is none."""
    row = PeerMetadata.objects.filter(environment=environment, entity_id=entity_id).first()
    expected = expected_of(CATALOGUE.view(fresh=True), environment, entity_id)
    return _looked_at(bytes(row.document), expected) if row and expected else None


def look_at_document(
    *, environment: Environment, entity_id: str, data: bytes, services: frozenset[UUID] | None
) -> LookedAt:
    """A document of a connection that does not run yet. `services`: those that it may name; None does not ask."""
    role = role_of(entity_id) or Role.DV
    asked = services if role is Role.DV else None
    return _looked_at(data, Expected(entity_id, role, environment, services=asked))


def _looked_at(data: bytes, expected: Expected) -> LookedAt:
    trust = TRUST.trust(expected.environment, fresh=True)
    read = read_metadata(data, expected=expected, trust=trust, now=clock.wall_clock())
    not_asked: set[FindingCode] = set()
    if expected.services is None:
        not_asked.add(FindingCode.SERVICE_UUID_UNKNOWN)
    if expected.role in CLUSTER_ROLES and expected.registered is None:
        not_asked |= {FindingCode.NOT_REGISTERED, FindingCode.REGISTERED_NOT_LISTED}
    return LookedAt(run_findings(read.findings), frozenset(not_asked))
