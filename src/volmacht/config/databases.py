"""How Volmacht talks to its database: SQLite (embedded default) or PostgreSQL, from one address.

`VOLMACHT_DATABASE_URL` is empty for SQLite in the data folder, or
`postgresql://user:password@host:port/name` (host may be a socket folder: `?host=/run/postgresql`).
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from volmacht.config.options import BadOption, Options

# WAL lets readers go on while one writes; FULL because what the register answered must survive a power cut.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000;"
)
SQLITE_WAIT_SECONDS = 8


def sqlite(path: Path) -> dict[str, Any]:
    """The embedded database; a transaction takes the write lock at its start, so that no read grows stale."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT_SECONDS,
            "init_command": SQLITE_START,
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """A PostgreSQL server, through a pool of connections. Raises BadOption."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise BadOption("VOLMACHT_DATABASE_URL must look like postgresql://user:password@host:5432/name")
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": parts.port or "",
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 16, "timeout": 10},
            # Lets `volmacht.statements` prepare its few statements; Django's own cursors never prepare.
            "prepare_threshold": 0,
            "options": "-c plan_cache_mode=force_generic_plan",
        },
    }


def database(url: str, data: Path) -> dict[str, Any]:
    """The one database of this installation. Raises BadOption."""
    return postgresql(url) if url else sqlite(data / "volmacht.sqlite3")


def may_hold_data(options: Options) -> bool:
    """Whether there may be data already that only the existing keys open: then no new keys are made unasked.

    Of a PostgreSQL server that cannot be known here, so for real use keys are made on purpose
    (`volmacht keys make`).
    """
    if options.database_url:
        return not options.demo
    return (options.data / "volmacht.sqlite3").exists()
