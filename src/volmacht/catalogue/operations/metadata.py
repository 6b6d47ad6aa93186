"""Taking in the metadata of peers, by file or address, and looking at it again (MD-21 to MD-28, SG-12).

No second pair of eyes: a document counts only when its certificate chains to a pinned authority and carries the OIN of
a peer that two employees approved (DM-64). What fails any check is not used; the last good document stays until its
own end. Every reading is kept with what was found; a document that comes into force, is refused or is not believed
any more is an event of the audit chain, with its hash and who gave it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from volmacht import clock
from volmacht.audit.kinds import INSTALLATION, SYSTEM, Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.catalogue.ending import key_ends
from volmacht.catalogue.fetching import Rules, fetch
from volmacht.catalogue.guarded_network import NotFetched
from volmacht.catalogue.kinds import RunOutcome
from volmacht.catalogue.models import MetadataRun, PeerMetadata
from volmacht.catalogue.operations.proposing import lock_catalogue, raise_version
from volmacht.catalogue.peers import expected_of
from volmacht.catalogue.runs import Run, RunFinding, metadata_runs, not_fetched, note_run, run_findings
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.catalogue.trusting import TRUST
from volmacht.protocols.saml.metadata.model import Document
from volmacht.protocols.saml.metadata.reading import Expected, Read, read_metadata
from volmacht.rules.environment import Environment

RETRY: Final = timedelta(hours=1)  # after a failed refresh; the shortest interval of MD-27
JUDGED_ANEW: Final = timedelta(days=1)  # a document that stays the same (SG-12)
CLAIM: Final = timedelta(minutes=5)  # longer than one refresh takes
RUNS_KEPT: Final = timedelta(days=400)


class NotRegistered(ValueError):
    """No connection or pinned peer in force has this entity id in this environment."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """How a reading ended, and everything that was found; warnings come with a good document too."""

    outcome: RunOutcome
    findings: tuple[RunFinding, ...]
    valid_until: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Whether this document is the one that counts now."""
        return self.outcome in {RunOutcome.ACCEPTED, RunOutcome.UNCHANGED}


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose metadata, from where, and who began: by hand (an employee, or a program at its start), or the clock."""

    expected: Expected
    source: str
    by_hand: bool
    by: UUID | None = None

    @property
    def address(self) -> str:
        """Where the next document comes from; empty for a file."""
        return self.source if self.source.startswith(("https://", "http://")) else ""


def import_metadata(
    *, environment: Environment, entity_id: str, data: bytes, source: str = "", by: UUID | None = None
) -> ImportOutcome:
    """Judge a document and keep it when it is good. `by` is the employee who gives it.

    `source` is the address it came from, which is asked again later; anything else is only noted, and then nobody
    asks for a newer one. Raises NotRegistered.
    """
    return _take(_Subject(_registered(environment, entity_id), source, by_hand=True, by=by), data)


def import_from_address(
    *, environment: Environment, entity_id: str, address: str, by: UUID | None = None
) -> ImportOutcome:
    """Fetch a document, judge it, and keep it when it is good. Raises NotRegistered."""
    return _fetch_and_take(_Subject(_registered(environment, entity_id), address, by_hand=True, by=by))


def refresh_metadata(*, most: int = 1) -> int:
    """Fetch again what is due, `most` peers at a time so that other jobs need not wait long; how many were asked.

    Several workers may do this at once: each peer is claimed before it is asked.
    """
    due = PeerMetadata.objects.filter(next_at__lte=clock.wall_clock()).exclude(source="")
    asked = 0
    for row in due.defer("document").order_by("next_at")[:most]:
        next_at = clock.wall_clock() + CLAIM
        if PeerMetadata.objects.filter(id=row.id, next_at=row.next_at).update(next_at=next_at):
            _refresh(row)
            asked += 1
    return asked


def check_metadata() -> int:
    """Look at every stored document with today's certificates and revocations (SG-12); how many have a fault.

    A fault is noted once; what is no longer believed stopped counting already (see `peers`). Old runs are removed.
    """
    faults = 0
    for row in PeerMetadata.objects.defer("document").order_by("environment", "entity_id"):
        expected = _expected(Environment(row.environment), row.entity_id)
        if expected is not None:
            faults += not _is_still_good(row, expected)
    old = MetadataRun.objects.filter(moment__lt=clock.wall_clock() - RUNS_KEPT)
    old.exclude(outcome=RunOutcome.ACCEPTED).delete()
    return faults


def _expected(environment: Environment, entity_id: str) -> Expected | None:
    return expected_of(CATALOGUE.view(fresh=True), environment, entity_id)


def _registered(environment: Environment, entity_id: str) -> Expected:
    expected = _expected(environment, entity_id)
    if expected is None:
        raise NotRegistered(entity_id)
    return expected


def _read(data: bytes, expected: Expected, now: datetime) -> Read:
    trust = TRUST.trust(expected.environment, fresh=True)
    return read_metadata(data, expected=expected, trust=trust, now=now)


def _refresh(row: PeerMetadata) -> None:
    expected = _expected(Environment(row.environment), row.entity_id)
    if expected is None:  # switched off: nobody needs it now
        PeerMetadata.objects.filter(id=row.id).update(next_at=clock.wall_clock() + JUDGED_ANEW)
        return
    _fetch_and_take(_Subject(expected, row.source, by_hand=False))


def _fetch_and_take(subject: _Subject) -> ImportOutcome:
    environment = subject.expected.environment
    anchors = TRUST.trust(environment).anchors
    try:
        data = fetch(subject.source, Rules(anchors, on_this_machine=settings.VOLMACHT.demo))
    except NotFetched as error:
        return _keep_nothing(subject, RunOutcome.NOT_FETCHED, not_fetched(error.fault))
    return _take(subject, data)


def _take(subject: _Subject, data: bytes) -> ImportOutcome:
    now = clock.wall_clock()
    read = _read(data, subject.expected, now)
    found = run_findings(read.findings)
    if read.document is None:
        return _keep_nothing(subject, RunOutcome.REFUSED, found, hashlib.sha256(data).digest())
    return _keep(subject, data, read.document, found, now)


@transaction.atomic
def _keep_nothing(
    subject: _Subject, outcome: RunOutcome, found: tuple[RunFinding, ...], digest: bytes | None = None
) -> ImportOutcome:
    """The last good document stays (MD-21). What a refresh finds hour after hour is an event once."""
    now = clock.wall_clock()
    if digest is not None and (subject.by_hand or _is_news(subject.expected, outcome, found)):
        _record(subject.expected, outcome, digest, by=subject.by)
    _note(subject, outcome, found, now)
    if subject.address:
        _rows(subject).filter(source=subject.address).update(next_at=now + RETRY)
    return ImportOutcome(outcome, found)


@transaction.atomic
def _keep(
    subject: _Subject, data: bytes, document: Document, found: tuple[RunFinding, ...], now: datetime
) -> ImportOutcome:
    lock_catalogue()
    row = _rows(subject).defer("document").first()
    digest = hashlib.sha256(data).digest()
    same = row is not None and bytes(row.digest) == digest
    outcome = RunOutcome.UNCHANGED if same else RunOutcome.ACCEPTED
    if row is not None and not subject.by_hand and row.source != subject.address:
        return ImportOutcome(outcome, found, document.valid_until)  # an employee gave another one meanwhile
    values: dict[str, object] = {
        "source": subject.address,
        "refresh_seconds": int(document.refresh_after.total_seconds()),
        "read_at": now,
        "next_at": now + document.refresh_after if subject.address else None,
        "key_ends": key_ends(document),
    }
    if row is None or not same or subject.by_hand or now - row.document_at >= JUDGED_ANEW:
        values |= {"document_at": now, "valid_until": document.valid_until, "digest": digest}
        raise_version()
    if not same:
        values["document"] = data
        _record(subject.expected, outcome, digest, by=subject.by)
    _write(subject, values, new=row is None)
    _note(subject, outcome, found, now)
    return ImportOutcome(outcome, found, document.valid_until)


def _write(subject: _Subject, values: Mapping[str, object], *, new: bool) -> None:
    """Without reading the row: its document may be large."""
    if new:
        expected = subject.expected
        PeerMetadata(environment=expected.environment, entity_id=expected.entity_id, **values).save(
            force_insert=True
        )
    else:
        _rows(subject).update(**values)


def _rows(subject: _Subject) -> QuerySet[PeerMetadata]:
    return PeerMetadata.objects.filter(
        environment=subject.expected.environment, entity_id=subject.expected.entity_id
    )


def _note(subject: _Subject, outcome: RunOutcome, found: tuple[RunFinding, ...], now: datetime) -> None:
    expected = subject.expected
    note_run(expected.environment, expected.entity_id, Run(now, subject.source, outcome, found))


def _is_still_good(row: PeerMetadata, expected: Expected) -> bool:
    """Judge a stored document today; what is wrong is noted, unless the last run said the same."""
    data, now = bytes(row.document), clock.wall_clock()
    read = _read(data, expected, now)
    if read.document is not None:
        if row.key_ends is None:  # it was taken in by a program that did not keep this
            PeerMetadata.objects.filter(id=row.id).update(key_ends=key_ends(read.document))
        return True
    counts = _read(data, expected, row.document_at).document is not None
    outcome = RunOutcome.REFUSED if counts else RunOutcome.NOT_TRUSTED
    found = run_findings(read.findings)
    if _is_news(expected, outcome, found):
        with transaction.atomic():
            if not counts:
                _record(expected, outcome, bytes(row.digest))
            note_run(expected.environment, expected.entity_id, Run(now, "", outcome, found))
    return False


def _is_news(expected: Expected, outcome: RunOutcome, found: tuple[RunFinding, ...]) -> bool:
    """Whether the last reading said something else."""
    last = metadata_runs(expected.environment, expected.entity_id, most=1)
    return not last or (last[0].outcome, last[0].findings) != (outcome, found)


def _record(expected: Expected, outcome: RunOutcome, digest: bytes, *, by: UUID | None = None) -> None:
    """In the audit chain: whose document, which one, what became of it, and who gave it (the clock: nobody)."""
    record(
        EventKind.METADATA_READ,
        actor=Actor(ActorKind.STAFF, by) if by else SYSTEM,
        subject_id=INSTALLATION,
        data={
            "environment": expected.environment.value,
            "entity_id": expected.entity_id,
            "sha256": digest.hex(),
            "outcome": outcome.value,
        },
    )
