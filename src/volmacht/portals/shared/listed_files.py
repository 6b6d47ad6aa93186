"""The documents of a case in words, for its page on both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volmacht.onboarding.queries import KnownFile
from volmacht.portals.shared.file_words import KINDS
from volmacht.portals.shared.parts import Text
from volmacht.rules.onboarding.cases import Side


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A document that can be downloaded."""

    id: UUID
    kind: Text
    name: str
    kilobytes: int
    who: Text
    at: datetime
    sha256: str


def listed_files(files: Sequence[KnownFile], sides: Mapping[Side, Text]) -> list[ListedFile]:
    """The newest first."""
    return [
        ListedFile(
            one.id,
            KINDS[one.kind],
            one.name,
            max(1, round(one.size / 1024)),
            sides[one.side],
            one.uploaded_at,
            one.sha256,
        )
        for one in reversed(files)
    ]
