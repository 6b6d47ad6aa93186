"""Counting tries per person and per address, and refusing when there were too many.

`allow` both counts and answers, in a transaction of its own, so that a rolled back request still counts.
`allow_here` counts in this process alone: for callers that show a certificate, whom it keeps from running wild.
"""

import threading
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
    MESSAGE_PER_ADDRESS = "message-per-address"
    PASSWORD_PER_EMAIL = "password-per-email"  # noqa: S105 - a name
    SECOND_FACTOR_PER_ACCOUNT = "second-factor-per-account"
    ACCOUNT_PER_ADDRESS = "account-per-address"
    LINK_PER_EMAIL = "link-per-email"
    SIGN_UP_PER_ACCOUNT = "sign-up-per-account"
    INVITE_PER_ORGANISATION = "invite-per-organisation"
    FETCH_PER_ORGANISATION = "fetch-per-organisation"
    QUESTION_PER_ACCOUNT = "question-per-account"


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
    Limited.MESSAGE_PER_ADDRESS: Limit(10, timedelta(hours=1)),
    Limited.PASSWORD_PER_EMAIL: Limit(5, timedelta(minutes=15)),
    Limited.SECOND_FACTOR_PER_ACCOUNT: Limit(5, timedelta(minutes=15)),
    Limited.ACCOUNT_PER_ADDRESS: Limit(100, timedelta(minutes=10)),
    Limited.LINK_PER_EMAIL: Limit(3, timedelta(hours=1)),
    Limited.SIGN_UP_PER_ACCOUNT: Limit(60, timedelta(hours=1)),
    Limited.INVITE_PER_ORGANISATION: Limit(50, timedelta(hours=1)),
    Limited.FETCH_PER_ORGANISATION: Limit(30, timedelta(minutes=10)),
    Limited.QUESTION_PER_ACCOUNT: Limit(10, timedelta(hours=1)),
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


def forget(what: Limited, who: str) -> None:
    """The try was right: what was counted before it does not count any more."""
    Window.objects.filter(kind=what.value, who=keyed_hash(Purpose.LIMIT, f"{what}\0{who}")).delete()


class _Here:
    """The windows of this process; one for each caller, so `who` comes from a list that we keep."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: dict[tuple[Limited, str], tuple[datetime, int]] = {}

    def count(self, what: Limited, who: str, start: datetime) -> int:
        """How often in the window that began then, this time included."""
        with self._lock:
            begun, count = self._windows.get((what, who), (start, 0))
            count = count + 1 if begun == start else 1
            self._windows[what, who] = start, count
            return count


_HERE = _Here()


def allow_here(what: Limited, who: str) -> bool:
    """As `allow`, for this process and without writing: a row for each call would cost more than the call.

    `who` is the id of something registered, never what a stranger sent: it is kept for as long as the process runs.
    """
    limit = LIMITS[what]
    return _HERE.count(what, who, _window_start(limit)) <= limit.count


def sweep() -> int:
    """Remove windows that no limit looks at any more; the number removed."""
    longest = max(limit.window for limit in LIMITS.values())
    removed, _ = Window.objects.filter(starts_at__lt=clock.wall_clock() - longest).delete()
    return removed
