"""Counting tries per person and per address, and refusing when there were too many.

`allow` both counts and answers, in a transaction of its own, so that a rolled back request still counts.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db import connection, transaction

from volmacht import clock
from volmacht.limits.models import Window
from volmacht.sealing import Purpose, keyed_hash


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` times in each window of `window` (fixed windows, counted from the epoch)."""

    count: int
    window: timedelta


class Limited(StrEnum):
    """What is counted."""

    CODE_PER_PERSON = "code-per-person"
    CODE_PER_ADDRESS = "code-per-address"
    ASK_PER_ADDRESS = "ask-per-address"
    LOG_IN_PER_ADDRESS = "log-in-per-address"
    EMAIL_PER_PERSON = "email-per-person"
    REQUEST_PER_PERSON = "request-per-person"
    PROPOSE_PER_PERSON = "propose-per-person"
    DOOR_PER_CONNECTION = "door-per-connection"
    REST_PER_CLIENT = "rest-per-client"
    PLAN_PER_ADDRESS = "plan-per-address"


LIMITS: dict[Limited, Limit] = {
    Limited.CODE_PER_PERSON: Limit(30, timedelta(hours=1)),
    Limited.CODE_PER_ADDRESS: Limit(200, timedelta(hours=1)),
    Limited.ASK_PER_ADDRESS: Limit(300, timedelta(minutes=10)),
    Limited.LOG_IN_PER_ADDRESS: Limit(300, timedelta(minutes=10)),
    Limited.EMAIL_PER_PERSON: Limit(5, timedelta(hours=1)),
    Limited.REQUEST_PER_PERSON: Limit(60, timedelta(hours=1)),
    Limited.PROPOSE_PER_PERSON: Limit(60, timedelta(hours=1)),
    Limited.DOOR_PER_CONNECTION: Limit(60_000, timedelta(minutes=1)),
    Limited.REST_PER_CLIENT: Limit(60_000, timedelta(minutes=1)),
    Limited.PLAN_PER_ADDRESS: Limit(600, timedelta(minutes=10)),
}


def _window_start(limit: Limit) -> datetime:
    seconds = int(limit.window.total_seconds())
    moment = int(clock.wall_clock().timestamp())
    return datetime.fromtimestamp(moment - moment % seconds, UTC)


def allow(what: Limited, who: str) -> bool:
    """Count one try by somebody (a party id or a network address) and say whether it is within the limit.

    Uses the real clock, so that moving the demo clock gives nobody new tries. Raises RuntimeError inside a
    transaction of the caller's, which could undo the counting.
    """
    limit = LIMITS[what]
    start = Window._meta.get_field("starts_at").get_db_prep_save(_window_start(limit), connection)
    hashed = keyed_hash(Purpose.LIMIT, f"{what}\0{who}")
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO limits_window (kind, who, starts_at, count) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (kind, who, starts_at) DO UPDATE SET count = limits_window.count + 1 RETURNING count",
            [what.value, hashed, start],
        )
        count: int = cursor.fetchone()[0]
    return count <= limit.count


def sweep() -> int:
    """Remove windows that no limit looks at any more; the number removed."""
    longest = max(limit.window for limit in LIMITS.values())
    removed, _ = Window.objects.filter(starts_at__lt=clock.wall_clock() - longest).delete()
    return removed
