"""Moves the last visit of a log-in twenty minutes back, in the session of an installation that runs.

Run as a process with the installation's environment; the session's key comes over standard input.
"""

import os
import sys
from datetime import datetime, timedelta

AWAY = timedelta(minutes=20)


def main() -> None:
    """Open the sealed session, change it, seal it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "volmacht.config.settings"
    import django

    django.setup()
    from volmacht.portals.shared.sealed_sessions import SessionStore

    session = SessionStore(sys.stdin.read())
    login = session["login"]
    for moment in ("since", "last_seen"):
        login[moment] = (datetime.fromisoformat(login[moment]) - AWAY).isoformat()
    session["login"] = login
    session.save()


if __name__ == "__main__":
    main()
