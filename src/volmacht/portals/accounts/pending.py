"""Who gave a right password or opened a right link, and has a second factor to give or to set up still.

Kept in the sealed session for a quarter of an hour. It opens nothing but the pages of that second step.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from volmacht import clock
from volmacht.parties import queries as parties
from volmacht.parties.queries import KnownAccount
from volmacht.portals.shared.account_session import account_login, log_out_account

KEY = "account-pending"
TERM = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Pending:
    """The account, and where to go on afterwards."""

    account: KnownAccount
    continue_at: str


def begin(request: HttpRequest, account_id: UUID, continue_at: str) -> None:
    """The first step went well: under a new session key, so that nobody who knew the old one goes along."""
    if account_login(request) is not None:
        log_out_account(request)  # it ended with the password, or is of somebody else
    request.session.cycle_key()
    request.session[KEY] = {
        "account": str(account_id),
        "verder": continue_at,
        "at": clock.wall_clock().isoformat(),
    }


def pending(request: HttpRequest) -> Pending | None:
    """Who is on the way, if that is not too long ago."""
    kept = request.session.get(KEY)
    if kept is None or clock.wall_clock() - datetime.fromisoformat(kept["at"]) > TERM:
        return None
    account = parties.account(UUID(kept["account"]))
    if account is None or not account.active:
        return None
    return Pending(account, kept["verder"])


def forget(request: HttpRequest) -> None:
    """The second step went well."""
    request.session.pop(KEY, None)
