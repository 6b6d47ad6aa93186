"""Who is logged in, a person or an organisation: kept in the sealed session, ended after 15 idle minutes or 8 hours.

Logging in itself happens elsewhere; it ends with `log_in`. Time is the wall clock, which the demo cannot
move. A page that is asked for in the background (`@background`) does not keep a log-in alive.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import render

from volmacht import clock
from volmacht.logins.operations import Session
from volmacht.parties.queries import is_erased
from volmacht.portals.shared.parked_work import ACCOUNT, LOGIN, park_work, restore_work
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.kinds import PartyKind

View = TypeVar("View", bound=Callable[..., Any])
FORBIDDEN = 403
PRESENCE_STEPS = 30  # in one idle time: twice a minute of the 15
ABSOLUTE_END = timedelta(hours=8)
ON_REQUEST = "volmacht.logged_in"
IN_BACKGROUND = "volmacht_background"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """Who is logged in, how surely, and since when; moments are wall-clock, UTC.

    `employee` is the pseudonym of who acts for an organisation (DM-02); `upstream` the log-in at the authentication
    service, for logging out there too (AD-12, LO-16).
    """

    party_id: UUID
    level: LevelOfAssurance
    since: datetime
    last_seen: datetime
    name: str
    kind: PartyKind = PartyKind.PERSON
    employee: str = field(default="", repr=False)
    upstream: Session | None = field(default=None, repr=False)

    @property
    def who(self) -> str:
        """The one human being: for work that another employee must not get to see."""
        return f"{self.party_id} {self.employee}".strip()

    @property
    def is_organisation(self) -> bool:
        """Whether an employee acts for an organisation."""
        return self.kind is PartyKind.ORGANISATION

    @property
    def ends_at(self) -> datetime:
        """When the log-in ends if nothing happens."""
        idle_end: timedelta = settings.SESSION_IDLE_END
        return min(self.last_seen + idle_end, self.since + ABSOLUTE_END)

    @property
    def seconds_left(self) -> int:
        """How long until then, rounded up: nobody is told that it ended while it has not."""
        return max(0, ceil((self.ends_at - clock.wall_clock()).total_seconds()))


def background(view: View) -> View:
    """Mark a view that pages ask for by themselves: it does not keep a log-in alive."""
    setattr(view, IN_BACKGROUND, True)
    return view


def is_background(view: Callable[..., Any]) -> bool:
    """Whether a view is marked so."""
    return getattr(view, IN_BACKGROUND, False)


def _write(request: HttpRequest, login: LoggedIn) -> None:
    request.session[LOGIN] = {
        "party": str(login.party_id),
        "level": int(login.level),
        "since": login.since.isoformat(),
        "last_seen": login.last_seen.isoformat(),
        "name": login.name,
        "kind": login.kind.value,
        "employee": login.employee,
        "upstream": list(astuple(login.upstream)) if login.upstream else None,
    }
    request.META[ON_REQUEST] = login


def _read(request: HttpRequest) -> LoggedIn | None:
    stored = request.session.get(LOGIN)
    if stored is None:
        return None
    upstream = stored.get(
        "upstream"
    )  # not in a session that a program of before organisations wrote; so below
    return LoggedIn(
        party_id=UUID(stored["party"]),
        level=LevelOfAssurance(stored["level"]),
        since=datetime.fromisoformat(stored["since"]),
        last_seen=datetime.fromisoformat(stored["last_seen"]),
        name=stored["name"],
        kind=PartyKind(stored.get("kind", PartyKind.PERSON)),
        employee=stored.get("employee", ""),
        upstream=Session(*upstream) if upstream else None,
    )


def log_in(
    request: HttpRequest,
    *,
    party_id: UUID,
    level: LevelOfAssurance,
    name: str = "",
    kind: PartyKind = PartyKind.PERSON,
    employee: str = "",
    upstream: Session | None = None,
) -> LoggedIn:
    """Log somebody in under a new session key; parked work comes back to the same human being only."""
    before = _read(request)
    moment = clock.wall_clock()
    login = LoggedIn(party_id, level, moment, moment, name, kind, employee, upstream)
    if ACCOUNT in request.session or (before is not None and before.who != login.who):
        request.session.flush()
    request.session.cycle_key()
    rotate_token(request)
    restore_work(request.session, login.who)
    _write(request, login)
    return login


def log_out(request: HttpRequest) -> None:
    """End the log-in and forget everything in the session, parked work too."""
    request.session.flush()
    request.META[ON_REQUEST] = None


def logged_in(request: HttpRequest) -> LoggedIn | None:
    """Who is logged in; asks nothing of the database, so refusal pages may use it."""
    login: LoggedIn | None = request.META.get(ON_REQUEST)
    return login


def visitor(request: HttpRequest) -> LoggedIn:
    """Who is logged in, for views whose audience is CITIZEN. Raises PermissionDenied."""
    login = logged_in(request)
    if login is None:
        raise PermissionDenied
    return login


def stay_logged_in(request: HttpRequest) -> LoggedIn | None:
    """Start the idle time anew, up to the absolute end."""
    login = logged_in(request)
    if login is not None:
        login = replace(login, last_seen=clock.wall_clock())
        _write(request, login)
    return login


def recognise(request: HttpRequest) -> None:
    """Find out who is logged in; a log-in that was idle or long enough ends, and what was typed is set aside."""
    login = _read(request)
    if login is not None and clock.wall_clock() >= login.ends_at:
        park_work(request.session, login.who)
        login = None
    request.META[ON_REQUEST] = login


class LoginSession:
    """Ends a log-in that was idle or long enough, or of somebody who was erased; starts the idle time anew with every
    page asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Know who is logged in before any view is chosen."""
        recognise(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Only a page that exists, and that a person asked for, counts as being there."""
        login = logged_in(request)
        if login is not None and is_erased(login.party_id):
            log_out(request)  # nothing may be kept about them any more (DM-44): not even what they do next
            return render(request, "shared/refused/erased.html", status=FORBIDDEN)
        if not is_background(view) and login is not None and _is_news(request, login):
            _note_presence(request)
        return None


def _is_news(request: HttpRequest, login: LoggedIn) -> bool:
    """Whether to store that the person is here: with every form, and else twice a minute.

    Storing is a write, for which other writes wait: not with each page that is only read.
    """
    idle_end: timedelta = settings.SESSION_IDLE_END
    return request.method == "POST" or clock.wall_clock() - login.last_seen > idle_end / PRESENCE_STEPS


def _note_presence(request: HttpRequest) -> None:
    """Store at once that the person was here: should the database be away, that shows before the view did anything."""
    changed = request.session.modified
    stay_logged_in(request)
    try:
        request.session.save()
    except UpdateError as error:
        raise SessionInterrupted("logged out meanwhile, in another tab") from error
    request.session.modified = changed
