"""How an event is hashed and to which partition it belongs. Pure; used by `operations` and `verification`."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from volmacht.audit.models import PARTITIONS

_in_json = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Link:
    """Everything of an event that its hash covers; `previous_hash` is 32 bytes."""

    id: UUID
    partition: int
    sequence: int
    moment: datetime
    kind: str
    actor_kind: str
    actor_id: UUID | None
    subject_id: UUID
    object_id: UUID | None
    data: str
    previous_hash: bytes

    def columns(self) -> dict[str, Any]:
        """The fields by name, not copied (`dataclasses.asdict` takes ten times as long)."""
        return {name: getattr(self, name) for name in self.__slots__}

    def around(self) -> tuple[str, str, str]:
        """The JSON list of all fields in the order they are declared, without the two that only the head of the
        partition knows: what stands before the sequence, between it and the previous hash (hex), and after."""

        moment = self.moment.astimezone(UTC).isoformat(timespec="microseconds")
        fields = [
            moment,
            self.kind,
            self.actor_kind,
            self.actor_id,
            self.subject_id,
            self.object_id,
            self.data,
        ]
        texts = _in_json([value.hex if isinstance(value, UUID) else value for value in fields])
        return f'["{self.id.hex}",{self.partition},', f',{texts[1:-1]},"', '"]'

    def hash(self) -> bytes:
        """SHA-256 over that JSON list (UTF-8)."""
        before, between, after = self.around()
        text = f"{before}{self.sequence}{between}{self.previous_hash.hex()}{after}"
        return hashlib.sha256(text.encode()).digest()


def partition_of(subject_id: UUID) -> int:
    """0-63, by hash of the id of whom it is about: the represented person, where there is one (DM-42)."""
    return hashlib.sha256(subject_id.bytes).digest()[0] % PARTITIONS


def first_hash(partition: int) -> bytes:
    """What the first event of a partition carries as the hash before it."""
    return hashlib.sha256(f"volmacht audit partition {partition}".encode()).digest()
