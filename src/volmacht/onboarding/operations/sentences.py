"""Standard sentences of the desk: kept by the service manager, used by whoever writes."""

from uuid import UUID

from django.db import transaction

from volmacht.audit.kinds import INSTALLATION, EventKind
from volmacht.audit.operations import record
from volmacht.onboarding.actors import CaseActor, audit_actor, permissions_of
from volmacht.onboarding.models import LONGEST_TEXT, StandardSentence
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.roles import Permission

LONGEST_TITLE = 100


@transaction.atomic
def keep_sentence(
    *, title: str, text_nl: str, text_en: str, actor: CaseActor, active: bool = True
) -> UUID | Objection:
    """Add a sentence, or change the one with this title. Objections: NO_RIGHT, NO_REASON (empty), TOO_LONG."""
    if Permission.MANAGE_STAFF not in permissions_of(actor):
        return Objection.NO_RIGHT
    if not title.strip() or not text_nl.strip():
        return Objection.NO_REASON
    if len(title) > LONGEST_TITLE or max(len(text_nl), len(text_en)) > LONGEST_TEXT:
        return Objection.TOO_LONG
    row, _ = StandardSentence.objects.update_or_create(
        title=title.strip(),
        defaults={"text_nl": text_nl.strip(), "text_en": text_en.strip(), "active": active},
    )
    record(
        EventKind.SENTENCE_KEPT,
        actor=audit_actor(actor),
        subject_id=INSTALLATION,
        object_id=row.id,
        data={"active": active},
    )
    return row.id
