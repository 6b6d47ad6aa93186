"""What was refused in pre-production, for the technician of the connection (CN-3): the last few of each, for a week.

Only a rule and a reason that is ours: nothing of the message, of a person or of a browser. Production keeps none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.logins.models import TestRefusal
from volmacht.rules.environment import Environment

MOST, KEPT = 20, timedelta(days=7)
LONGEST_WHY = 200


@dataclass(frozen=True, slots=True)
class KnownRefusal:
    """One refusal. `claimed`: nothing proved that it really came from this connection."""

    moment: datetime
    rule: str
    why: str
    claimed: bool


@transaction.atomic
def note_refusal(
    environment: Environment, *, connection: str, rule: str, why: str = "", claimed: bool = False
) -> None:
    """Remember it, and forget the oldest of this connection. Nothing in production, nor of who is not registered."""
    if environment is not Environment.PREPRODUCTION or not catalogue.is_registered(environment, connection):
        return
    TestRefusal.objects.create(
        connection=connection,
        rule=rule,
        why=why[:LONGEST_WHY],
        claimed=claimed,
        refused_at=clock.wall_clock(),
    )
    # Anybody can send what only claims to be of this connection: that pushes out nothing that was proven.
    found = TestRefusal.objects.filter(connection=connection, claimed=claimed).order_by("-refused_at", "-id")
    TestRefusal.objects.filter(id__in=list(found.values_list("id", flat=True)[MOST:])).delete()


def refusals_in_test(connection: str) -> tuple[KnownRefusal, ...]:
    """The last refusals of a connection in pre-production, the newest first. Who asks must be of its organisation."""
    found = TestRefusal.objects.filter(connection=connection, refused_at__gt=clock.wall_clock() - KEPT)
    return tuple(
        KnownRefusal(one.refused_at, one.rule, one.why, one.claimed)
        for one in found.order_by("-refused_at", "-id")
    )


def sweep_refusals() -> int:
    """Forget what is a week old; how many."""
    return TestRefusal.objects.filter(refused_at__lte=clock.wall_clock() - KEPT).delete()[0]
