"""A database that is locked or gone: how one sees it, and how the log tells it. Asks no database.

It can show in a view, or in what stands around it: reading the session, and storing that somebody is there.
"""

import structlog
from django.db import InterfaceError, OperationalError

log = structlog.get_logger("volmacht.refusing")


def database_is_away(problem: BaseException | None) -> bool:
    """Whether this is no fault of ours, and over when the database is back."""
    return isinstance(problem, OperationalError | InterfaceError)


def tell_database_is_away(problem: BaseException) -> None:
    """One line, which the operator's pages name."""
    log.warning("database.away", problem=type(problem).__name__, exc_info=problem)
