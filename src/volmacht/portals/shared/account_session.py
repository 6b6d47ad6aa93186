"""Who is logged in with an account: an employee or a member of an organisation. Kept in the sealed session.

Ended after 15 idle minutes or 8 hours, as the log-in of citizens is (see `login_session`), and at once when the account
is not active any more, chose another password, or ended its other sessions. One browser has one log-in: logging in with
an account ends that of a citizen, and the other way round. Time is the wall clock.

For which organisation somebody acts stands in the session; whether they may is looked up with every page.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from volmacht import clock
from volmacht.parties import queries as parties
from volmacht.portals.shared.login_session import ABSOLUTE_END, PRESENCE_STEPS, is_background, logged_in
from volmacht.portals.shared.parked_work import ACCOUNT, park_work, restore_work
from volmacht.rules.accounts import LogInMethod

ON_REQUEST = "volmacht.account"
RECENT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class AccountLogin:
    """A complete log-in, with two factors; moments are wall-clock, UTC.

    `organisation_id` and `staff_id`: what was chosen to act as, at most one of them; neither before there is a choice.
    """

    account_id: UUID
    name: str
    method: LogInMethod
    since: datetime
    last_seen: datetime
    organisation_id: UUID | None = None
    staff_id: UUID | None = None

    @property
    def who(self) -> str:
        """The one human being: for work that nobody else must get to see."""
        return f"account {self.account_id}"

    @property
    def ends_at(self) -> datetime:
        """When the log-in ends if nothing happens."""
        idle_end: timedelta = settings.SESSION_IDLE_END
        return min(self.last_seen + idle_end, self.since + ABSOLUTE_END)

    @property
    def is_recent(self) -> bool:
        """Whether it was proven not long ago who this is: long enough to change what one logs in with."""
        return clock.wall_clock() - self.since < RECENT

    @property
    def seconds_left(self) -> int:
        """How long until then, rounded up."""
        return max(0, ceil((self.ends_at - clock.wall_clock()).total_seconds()))


def _write(request: HttpRequest, login: AccountLogin) -> None:
    request.session[ACCOUNT] = {
        "account": str(login.account_id),
        "name": login.name,
        "method": login.method.value,
        "since": login.since.isoformat(),
        "last_seen": login.last_seen.isoformat(),
        "organisation": str(login.organisation_id) if login.organisation_id else None,
        "staff": str(login.staff_id) if login.staff_id else None,
    }
    request.META[ON_REQUEST] = login


def _read(request: HttpRequest) -> AccountLogin | None:
    stored = request.session.get(ACCOUNT)
    if stored is None:
        return None
    return AccountLogin(
        account_id=UUID(stored["account"]),
        name=stored["name"],
        method=LogInMethod(stored["method"]),
        since=datetime.fromisoformat(stored["since"]),
        last_seen=datetime.fromisoformat(stored["last_seen"]),
        organisation_id=UUID(stored["organisation"]) if stored["organisation"] else None,
        staff_id=UUID(stored["staff"]) if stored["staff"] else None,
    )


def log_in_account(request: HttpRequest, *, account_id: UUID, name: str, method: LogInMethod) -> AccountLogin:
    """Log somebody in under a new session key; parked work comes back to the same human being only."""
    before = _read(request)
    moment = clock.wall_clock()
    login = AccountLogin(account_id, name, method, moment, moment)
    if logged_in(request) is not None or (before is not None and before.who != login.who):
        request.session.flush()
    request.session.cycle_key()
    rotate_token(request)
    restore_work(request.session, login.who)
    _write(request, login)
    return login


def account_login(request: HttpRequest) -> AccountLogin | None:
    """Who is logged in with an account; asks nothing of the database, so refusal pages may use it."""
    login: AccountLogin | None = request.META.get(ON_REQUEST)
    return login


def account_visitor(request: HttpRequest) -> AccountLogin:
    """The same, for views whose audience is ACCOUNT, MEMBER or STAFF. Raises PermissionDenied."""
    login = account_login(request)
    if login is None:
        raise PermissionDenied
    return login


def acting_for(request: HttpRequest) -> UUID:
    """The organisation that a member acts for, for views whose audience is MEMBER. Raises PermissionDenied."""
    login = account_login(request)
    if login is None or login.organisation_id is None:
        raise PermissionDenied
    return login.organisation_id


def acting_staff(request: HttpRequest) -> UUID:
    """The employee, for views whose audience is STAFF. Raises PermissionDenied."""
    login = account_login(request)
    if login is None or login.staff_id is None:
        raise PermissionDenied
    return login.staff_id


def act_as(
    request: HttpRequest, *, organisation_id: UUID | None = None, staff_id: UUID | None = None
) -> None:
    """Remember for whom somebody acts from now on. What they were doing for another until then is forgotten."""
    login = account_visitor(request)
    if (organisation_id, staff_id) == (login.organisation_id, login.staff_id):
        return
    if login.organisation_id or login.staff_id:
        for key in list(request.session.keys()):
            if key != ACCOUNT:
                del request.session[key]
    _write(request, replace(login, organisation_id=organisation_id, staff_id=staff_id))


def rename(request: HttpRequest, name: str) -> None:
    """The name that pages show, after it was changed."""
    _write(request, replace(account_visitor(request), name=name))


def go_on_here(request: HttpRequest) -> None:
    """Every other log-in of this account has just ended; this one goes on, under a new session key."""
    login = account_visitor(request)
    request.session.cycle_key()
    _write(request, replace(login, since=clock.wall_clock(), last_seen=clock.wall_clock()))


def log_out_account(request: HttpRequest) -> None:
    """End the log-in and forget everything in the session."""
    request.session.flush()
    request.META[ON_REQUEST] = None


def stay_logged_in_account(request: HttpRequest) -> AccountLogin | None:
    """Start the idle time anew, up to the absolute end."""
    login = account_login(request)
    if login is not None:
        login = replace(login, last_seen=clock.wall_clock())
        _write(request, login)
    return login


def recognise_account(request: HttpRequest) -> None:
    """Find out who is logged in; a log-in that was idle or long enough ends, and what was typed is set aside."""
    login = _read(request)
    if login is not None and clock.wall_clock() >= login.ends_at:
        park_work(request.session, login.who)
        login = None
    request.META[ON_REQUEST] = login


class AccountSession:
    """Ends a log-in that does not count any more; starts the idle time anew with every page asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Know who is logged in before any view is chosen."""
        recognise_account(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Only a page that exists, and that a person asked for, counts as being there."""
        login = account_login(request)
        if login is None:
            return None
        if not _counts(login):
            log_out_account(request)
            return None
        if not is_background(view) and _is_news(request, login):
            _note_presence(request)
        return None


def _counts(login: AccountLogin) -> bool:
    """Whether the account is active, and did not end its log-ins since."""
    known = parties.counts_since(login.account_id)
    if known is None:
        return False
    active, sessions_from = known
    return active and (sessions_from is None or login.since >= sessions_from)


def _is_news(request: HttpRequest, login: AccountLogin) -> bool:
    """Whether to store that somebody is here: with every form, and else twice a minute."""
    idle_end: timedelta = settings.SESSION_IDLE_END
    return request.method == "POST" or clock.wall_clock() - login.last_seen > idle_end / PRESENCE_STEPS


def _note_presence(request: HttpRequest) -> None:
    """Store it at once, as `login_session` does."""
    changed = request.session.modified
    stay_logged_in_account(request)
    try:
        request.session.save()
    except UpdateError as error:
        raise SessionInterrupted("logged out meanwhile, in another tab") from error
    request.session.modified = changed
