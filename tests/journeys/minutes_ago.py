"""Moves what an installation that runs remembers of one browser so many minutes back, as if nobody had touched it.

Run as a process with the installation's environment: `minutes_ago.py MINUTES`; the session's key comes over standard
input. What moves: the log-in to the portal, the log-ins for providers in this browser, and the term of each of those.
"""

import os
import sys
from datetime import datetime, timedelta


def _earlier(moment: str, away: timedelta) -> str:
    return (datetime.fromisoformat(moment) - away).isoformat()


def main(away: timedelta) -> None:
    """Open the sealed session, change it, seal it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "volmacht.config.settings"
    import django

    django.setup()
    from django.db.models import F

    from volmacht.logins.models import Transaction
    from volmacht.portals.choosing.own_login import BEGUN, SEEN
    from volmacht.portals.shared.sealed_sessions import SessionStore

    session = SessionStore(sys.stdin.read())
    if login := session.get("login"):
        moments = {moment: _earlier(login[moment], away) for moment in ("since", "last_seen")}
        session["login"] = {**login, **moments}
    if seen := session.get(SEEN):
        session[SEEN] = {login_id: _earlier(moment, away) for login_id, moment in seen.items()}
    session.save()
    own = Transaction.objects.filter(id__in=session.get(BEGUN, []))
    own.update(expires_at=F("expires_at") - away)


if __name__ == "__main__":
    main(timedelta(minutes=int(sys.argv[1])))
