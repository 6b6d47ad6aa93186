"""What the worker does for the register: say that mandates ended, and apply the retention terms (DM-44, DM-51)."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from volmacht import clock
from volmacht.audit.kinds import INSTALLATION, SYSTEM, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.mandates.models import (
    Block,
    EmployeeBlock,
    Mandate,
    PreproductionBlock,
    RenewalProposal,
    Request,
    Try,
    Use,
)
from volmacht.mandates.operations.living import tell_both
from volmacht.notifications.kinds import MessageKind
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.periods import Period

BATCH = 200


def announce_ended() -> int:
    """Tell both sides of mandates whose last day has passed, once each; how many were announced.

    One transaction for each: log-ins of other people do not wait for the audit chain meanwhile. Several workers
    may do this at once.
    """
    announced = 0
    due = Mandate.objects.filter(end_announced=False, last_day__lt=clock.today()).order_by("last_day", "id")
    while ids := list(due.values_list("id", flat=True)[:BATCH]):
        announced += sum(_announce(mandate_id) for mandate_id in ids)
    return announced


@transaction.atomic
def _announce(mandate_id: UUID) -> bool:
    mandate = Mandate.objects.select_for_update(no_key=True).get(id=mandate_id)
    if (
        mandate.end_announced or mandate.last_day >= clock.today()
    ):  # ended or renewed while it stood in the list
        return False
    mandate.end_announced, mandate.holds_place = True, False
    mandate.ended_at, mandate.end_reason = (
        Period(mandate.first_day, mandate.last_day).ends_at,
        EndReason.EXPIRED,
    )
    mandate.save(update_fields=["end_announced", "holds_place", "ended_at", "end_reason"])
    record(
        EventKind.MANDATE_ENDED,
        actor=SYSTEM,
        subject_id=mandate.represented_id,
        object_id=mandate.id,
        data={"reason": EndReason.EXPIRED, **told_apart(Environment(mandate.environment))},
    )
    tell_both(MessageKind.MANDATE_ENDED, mandate, f"expired:{mandate.id}:{mandate.last_day}")
    return True


@transaction.atomic
def apply_retention() -> int:
    """Remove what is kept no longer than its term (settings.RETENTION, days); how many rows went.

    The audit chain keeps its events: they hold ids and codes only.
    """
    now = clock.now()
    terms = {kind: now - timedelta(days=days) for kind, days in settings.RETENTION.items()}
    today = clock.today()
    long_ended = today - timedelta(days=settings.RETENTION["mandates"])
    gone = [
        Try.objects.filter(moment__lt=terms["tries"]),
        Block.objects.filter(until__lt=terms["tries"]),
        EmployeeBlock.objects.filter(until__lt=terms["tries"]),
        PreproductionBlock.objects.filter(until__lt=terms["tries"]),
        Use.objects.filter(moment__lt=terms["uses"]),
        RenewalProposal.objects.filter(closed_at__lt=terms["requests"]),
        Mandate.objects.filter(
            Q(last_day__lt=long_ended) | Q(ended_at__lt=terms["mandates"]),
            uses__isnull=True,
            end_announced=True,
        ),
        Request.objects.filter(
            Q(expires_at__lt=terms["requests"]) | Q(closed_at__lt=terms["requests"]), mandate__isnull=True
        ),
    ]
    removed = sum(queryset.delete()[0] for queryset in gone)
    if removed:
        record(EventKind.RETENTION_APPLIED, actor=SYSTEM, subject_id=INSTALLATION, data={"rows": removed})
    return removed
