"""Checking the whole chain (DM-42): names the first event of each partition that is not what it was.

Reads only. Finds a changed, removed, inserted or reordered event, a head that does not match, and a
checkpoint that was changed or that the chain no longer leads to. Rows are read as they stand (`reading`): what
was put in their place need not be readable.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.conf import settings

from volmacht.audit.chain import first_hash, partition_of
from volmacht.audit.models import PARTITIONS, Checkpoint, Head
from volmacht.audit.reading import FoundEvent, as_bytes, every_event, one_moment
from volmacht.audit.signing import checkpoint_text, public_key, signature_holds

Heads = dict[int, tuple[int, str]]


class Fault(StrEnum):
    """What can be wrong."""

    CHANGED = "changed"
    MISSING = "missing"
    OUT_OF_ORDER = "out of order"
    HEAD = "head does not match the last event"
    CHECKPOINT_CHANGED = "checkpoint was changed"
    CHECKPOINT_BROKEN = "chain no longer leads to this checkpoint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `where` names the event (id, partition and sequence), the partition or the checkpoint's day."""

    fault: Fault
    where: str


def _fault_of(event: FoundEvent, sequence: int, previous: bytes) -> Finding | None:
    if event.sequence != sequence:
        return Finding(Fault.MISSING, f"partition {event.partition}, number {sequence}, before {event.name}")
    if not event.intact():
        return Finding(Fault.CHANGED, event.name)
    link = event.link
    if link.previous_hash != previous or link.partition != partition_of(link.subject_id):
        return Finding(Fault.OUT_OF_ORDER, event.name)
    return None


def _verify_chains(reached: dict[int, dict[int, str]], wanted: dict[int, set[int]]) -> Iterator[Finding]:
    """Walk every partition; note in `reached` the hashes at the numbers that checkpoints want."""
    heads = {head.partition: (head.sequence, as_bytes(head.hash)) for head in Head.objects.all()}
    ends = {partition: (0, first_hash(partition)) for partition in range(PARTITIONS)}
    broken = set()
    for partition, events in groupby(every_event(), key=lambda event: event.partition):
        sequence, previous = 0, first_hash(partition)
        for event in events:
            finding = _fault_of(event, sequence + 1, previous)
            if finding:
                yield finding
                broken.add(partition)
                break
            sequence, previous = event.sequence, event.hash
            if sequence in wanted.get(partition, ()):
                reached.setdefault(partition, {})[sequence] = previous.hex()
        ends[partition] = (sequence, previous)
    for partition, end in ends.items():
        if partition not in broken and heads.get(partition) != end:
            yield Finding(
                Fault.HEAD,
                f"partition {partition}: head says number {heads.get(partition, (None,))[0]}, last is {end[0]}",
            )


def _heads_of(checkpoint: Checkpoint) -> Heads | None:
    """Number and hash (hex) of every partition at a checkpoint; None when it is not as it was signed."""
    key = public_key(settings.VOLMACHT_KEYS.checkpoint)
    try:
        text = checkpoint_text(checkpoint.day, checkpoint.moment, checkpoint.heads)
    except (AttributeError, ValueError):  # a moment that is none
        return None
    if not signature_holds(key, as_bytes(checkpoint.signature), text):
        return None
    return {int(partition): (head[0], head[1]) for partition, head in json.loads(checkpoint.heads).items()}


def verify() -> list[Finding]:
    """Verify everything; an empty list means that the chain is whole. Reads every event once, as all stood at one
    moment, while others go on writing."""
    with one_moment():
        signed = [
            (checkpoint.day, _heads_of(checkpoint)) for checkpoint in Checkpoint.objects.order_by("day")
        ]
        wanted: dict[int, set[int]] = {}
        for _, heads in signed:
            for partition, (sequence, _) in (heads or {}).items():
                wanted.setdefault(partition, set()).add(sequence)
        reached: dict[int, dict[int, str]] = {}
        findings = list(_verify_chains(reached, wanted))
    for day, heads in signed:
        if heads is None:
            findings.append(Finding(Fault.CHECKPOINT_CHANGED, f"checkpoint of {day}"))
            continue
        for partition, (sequence, digest) in heads.items():
            if sequence and reached.get(partition, {}).get(sequence) != digest:
                findings.append(
                    Finding(Fault.CHECKPOINT_BROKEN, f"checkpoint of {day}, partition {partition}")
                )
                break
    return findings
