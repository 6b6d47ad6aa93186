"""*This is not right* (DM-39a), said of a mandate or of an attempt to use one that was refused.

What goes on ends at once, also when it was said of an earlier mandate that this one took the place of. Where nothing is
left to stop, what was said is recorded, once, for whoever looks into it.
"""

from uuid import UUID

from django.db import transaction

from volmacht.audit.kinds import Actor, ActorKind, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.audit.queries import history_of
from volmacht.mandates.models import Mandate, Use
from volmacht.mandates.operations.living import end_mandate
from volmacht.parties.operations import hold
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal, Refused


def _note(kind: EventKind, about: UUID, by: UUID, environment: Environment) -> None:
    hold(by)  # two clicks at once are noted once
    if kind not in {happening.kind for happening in history_of(about)}:
        record(
            kind,
            actor=Actor(ActorKind.PERSON, by),
            subject_id=by,
            object_id=about,
            data=told_apart(environment),
        )


@transaction.atomic
def dispute_mandate(
    *, environment: Environment, mandate_id: UUID, by: UUID, because_of: UUID | None = None
) -> Refused | None:
    """The represented person says that a mandate is not right: it ends (DISPUTED), or had ended and stays as it was.

    `because_of`: the earlier mandate of the same two that it was said of; that is recorded too.
    Refused: NOT_YOURS (also for the representative).
    """
    given = Mandate.objects.filter(id=mandate_id, represented_id=by, environment=environment)
    if not given.exists():
        return Refused(Refusal.NOT_YOURS)
    refused = end_mandate(environment=environment, mandate_id=mandate_id, by=by, disputed=True)
    # Only ALREADY_ENDED is left; who ended it by saying so has said it.
    if refused and given.exclude(end_reason=EndReason.DISPUTED).exists():
        _note(EventKind.MANDATE_DISPUTED, mandate_id, by, environment)
    if because_of is not None and because_of != mandate_id:
        same_two = Mandate.objects.filter(
            id=because_of,
            environment=environment,
            represented_id=by,
            representative_id__in=given.values("representative_id"),
        )
        if same_two.exclude(end_reason=EndReason.DISPUTED).exists():
            _note(EventKind.MANDATE_DISPUTED, because_of, by, environment)
    return None


@transaction.atomic
def dispute_refused_use(*, environment: Environment, use_id: UUID, by: UUID) -> Refused | None:
    """The represented person says that an attempt that was refused is not right.

    Refused: NOT_YOURS (also for who tried, and for a use that was allowed: of that the mandate is disputed).
    """
    if (
        not Use.objects.filter(id=use_id, represented_id=by, environment=environment)
        .exclude(refusal="")
        .exists()
    ):
        return Refused(Refusal.NOT_YOURS)
    _note(EventKind.USE_DISPUTED, use_id, by, environment)
    return None
