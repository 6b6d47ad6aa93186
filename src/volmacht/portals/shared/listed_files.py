"""The documents of a case in words, for its page on both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from volmacht.onboarding.operations import FileKind
from volmacht.onboarding.queries import DocumentInForce, KnownFile
from volmacht.portals.shared.file_words import KINDS
from volmacht.portals.shared.parts import Text
from volmacht.rules.environment import Environment
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
    counts: list[Text]  # where it is the document that counts now


COUNTS: Mapping[Environment, Text] = {
    Environment.PREPRODUCTION: _("geldt nu in preproductie"),
    Environment.PRODUCTION: _("geldt nu in productie"),
}


def listed_files(
    files: Sequence[KnownFile], sides: Mapping[Side, Text], in_force: Sequence[DocumentInForce] = ()
) -> list[ListedFile]:
    """The newest first; of several of one content the newest is marked as what counts."""
    counts = counting(files, in_force)
    return [
        ListedFile(
            one.id,
            KINDS[one.kind],
            one.name,
            max(1, round(one.size / 1024)),
            sides[one.side],
            one.uploaded_at,
            one.sha256,
            counts.get(one.id, []),
        )
        for one in reversed(files)
    ]


def counting(files: Sequence[KnownFile], in_force: Sequence[DocumentInForce]) -> dict[UUID, list[Text]]:
    """Which documents count now, and where."""
    newest = {one.sha256: one.id for one in files if one.kind is FileKind.METADATA}
    found: dict[UUID, list[Text]] = {}
    for document in in_force:
        if document.sha256 in newest:
            found.setdefault(newest[document.sha256], []).append(COUNTS[document.environment])
    return found
