"""Keeping documents of a case: metadata, certificate requests, statements, attachments (CN-2, CN-14)."""

import hashlib
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.forms import form_to_fill_in
from volmacht.onboarding.kinds import FILE_ADDED, FileKind
from volmacht.onboarding.metadata import newest_file
from volmacht.onboarding.models import Case, StoredFile
from volmacht.onboarding.moving import is_heard, note_event, record_about, seen
from volmacht.rules.onboarding.cases import ENDED, Acting, CaseState, Objection, Side
from volmacht.rules.onboarding.with_metadata import METADATA
from volmacht.rules.roles import Permission, Right

LARGEST_FILE: Final = 10 * 1024 * 1024
MOST_FILES: Final = 200  # of one case
# What each kind begins with, so that nobody gets something else than its name says.
_BEGINS: Final = {
    FileKind.METADATA: (b"<", b"\xef\xbb\xbf<"),
    FileKind.CERTIFICATE_REQUEST: (b"-----BEGIN CERTIFICATE REQUEST", b"-----BEGIN NEW CERTIFICATE REQUEST"),
    FileKind.SECURITY_STATEMENT: (b"%PDF-",),
    FileKind.ATTACHMENT: (b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff"),
    FileKind.REPORT: (b"%PDF-",),
}
_OF_THE_DESK: Final = frozenset({FileKind.REPORT, FileKind.ATTACHMENT})


@transaction.atomic
def add_file(
    *, case_id: UUID, kind: FileKind, name: str, content: bytes, actor: CaseActor
) -> UUID | Objection:
    """Keep a file; the same one given again is kept once, unless another of its kind came after it.

    Objections: UNKNOWN, NOT_NOW (the case ended, or metadata when no form is to be filled in), NO_RIGHT, TOO_LARGE,
    NOT_ACCEPTED_FILE.
    """
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    if CaseState(case.state) in ENDED or (kind is FileKind.METADATA and form_to_fill_in(case) is None):
        return Objection.NOT_NOW  # what was judged is what is taken in
    return take_file(case, may, kind, name, content, actor)


def take_file(
    case: Case, may: Acting, kind: FileKind, name: str, content: bytes, actor: CaseActor
) -> UUID | Objection:
    """The same, where the caller knows that it may be given now, and holds the case."""
    if wrong := _not_accepted(case, may, kind, content):
        return wrong
    metadata = kind is FileKind.METADATA  # of an environment: the same may be given for the other
    files = case.files.filter(kind=kind).defer("content").order_by("-uploaded_at")
    last = newest_file(case) if metadata else files.first()
    if last is not None and last.sha256 == hashlib.sha256(content).hexdigest():
        return last.id
    file = keep(case, kind, name, content, actor)
    if kind is FileKind.METADATA:
        _answers_a_return(case)
    is_heard(case)
    note_event(case, FILE_ADDED, actor, {"kind": kind.value, "file": str(file.id)})
    record_about(EventKind.CASE_FILE_ADDED, case, actor, {"kind": kind.value, "sha256": file.sha256})
    return file.id


def _answers_a_return(case: Case) -> None:
    """Another document takes away what a return said of the one before."""
    for row in case.answers.filter(reasons__has_key=METADATA):
        row.reasons = {key: why for key, why in row.reasons.items() if key != METADATA}
        row.save(update_fields=["reasons"])


def _not_accepted(case: Case, may: Acting, kind: FileKind, content: bytes) -> Objection | None:
    of_the_desk = may.side is Side.OPERATOR
    allowed = (
        Permission.WRITE_TO_ORGANISATIONS in may.permissions if of_the_desk else Right.UPLOAD in may.rights
    )
    if (
        not allowed
        or (of_the_desk and kind not in _OF_THE_DESK)
        or (not of_the_desk and kind is FileKind.REPORT)
    ):
        return Objection.NO_RIGHT
    if len(content) > LARGEST_FILE or case.files.count() >= MOST_FILES:
        return Objection.TOO_LARGE
    if not content.lstrip().startswith(_BEGINS.get(kind, ())) or not content:
        return Objection.NOT_ACCEPTED_FILE
    return None


def keep(case: Case, kind: FileKind, name: str, content: bytes, actor: CaseActor) -> StoredFile:
    """Write a file, judged by the caller, who holds the case. Of two, the later one has a later moment always."""
    last = case.files.aggregate(Max("uploaded_at"))["uploaded_at__max"]
    now = clock.now()
    safe = "".join(sign if sign.isalnum() or sign in "-_. " else "_" for sign in name).strip(". ")[:200]
    return StoredFile.objects.create(
        case=case,
        kind=kind,
        name=safe or kind.value,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        side=actor.side,
        uploaded_by=actor.id,
        uploaded_at=max(now, last + timedelta(microseconds=1)) if last else now,
    )
