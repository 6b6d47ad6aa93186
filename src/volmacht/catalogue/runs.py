"""What is known of the metadata of each peer: what is stored, and how each reading of it ended (MD-21).

Reads the tables of this app only; `queries` gives it to others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from volmacht.catalogue.kinds import FetchFault, RunOutcome
from volmacht.catalogue.models import MetadataRun, PeerMetadata
from volmacht.protocols.saml.metadata.findings import Finding, Severity
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class RunFinding:
    """One thing that was found; `code` is a FindingCode, or a FetchFault."""

    rule: str
    severity: Severity
    code: str
    line: int | None
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of a peer's metadata."""

    moment: datetime
    source: str
    outcome: RunOutcome
    findings: tuple[RunFinding, ...]

    @property
    def errors(self) -> tuple[RunFinding, ...]:
        """What kept the document from being used."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class StoredPeer:
    """The last good document of a peer: until when, where the next one comes from (empty: by file) and when."""

    environment: Environment
    entity_id: str
    document_at: datetime
    valid_until: datetime | None
    source: str
    read_at: datetime
    next_at: datetime | None


def run_findings(found: Iterable[Finding]) -> tuple[RunFinding, ...]:
    """Findings of a document, as they are kept."""
    return tuple(RunFinding(one.rule, one.severity, one.code.value, one.line, one.entity_id) for one in found)


def not_fetched(fault: FetchFault) -> tuple[RunFinding, ...]:
    """The finding of an address that gave no document (MD-27)."""
    return (RunFinding("MD-27", Severity.ERROR, fault.value, None, None),)


def note_run(environment: Environment, entity_id: str, run: Run) -> None:
    """Keep how a reading ended."""
    MetadataRun.objects.create(
        environment=environment,
        entity_id=entity_id,
        moment=run.moment,
        source=run.source,
        outcome=run.outcome,
        findings=[asdict(one) for one in run.findings],
    )


def metadata_runs(environment: Environment, entity_id: str, *, most: int = 50) -> tuple[Run, ...]:
    """The readings of a peer's metadata, the last one first."""
    rows = MetadataRun.objects.filter(environment=environment, entity_id=entity_id)
    return tuple(
        Run(row.moment, row.source, RunOutcome(row.outcome), tuple(map(_finding, row.findings)))
        for row in rows.order_by("-moment", "-id")[:most]
    )


def stored_metadata(environment: Environment) -> tuple[StoredPeer, ...]:
    """Whose metadata is stored in an environment, by entity id."""
    rows = PeerMetadata.objects.filter(environment=environment).defer("document").order_by("entity_id")
    return tuple(
        StoredPeer(
            environment=environment,
            entity_id=row.entity_id,
            document_at=row.document_at,
            valid_until=row.valid_until,
            source=row.source,
            read_at=row.read_at,
            next_at=row.next_at,
        )
        for row in rows
    )


def _finding(kept: Mapping[str, object]) -> RunFinding:
    line, entity_id = kept["line"], kept["entity_id"]
    return RunFinding(
        rule=str(kept["rule"]),
        severity=Severity(str(kept["severity"])),
        code=str(kept["code"]),
        line=line if isinstance(line, int) else None,
        entity_id=str(entity_id) if entity_id is not None else None,
    )


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """The last good document of a peer, its SHA-256, and since when it is that."""

    data: bytes
    sha256: str
    since: datetime


def stored_document(environment: Environment, entity_id: str) -> StoredDocument | None:
    """What is known of a peer now; None without a document."""
    row = PeerMetadata.objects.filter(environment=environment, entity_id=entity_id).first()
    return StoredDocument(bytes(row.document), bytes(row.digest).hex(), row.document_at) if row else None
