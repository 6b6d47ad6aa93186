"""What a test process runs on: a data folder, a database and ports of its own, set before settings are read.

Used by `conftest` only. Environment variables of the person who runs the tests are set aside.
"""

import os
import shutil
import socket
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tools import postgresql

SERVER = "VOLMACHT_TEST_POSTGRESQL"
KEPT = {"VOLMACHT_CHROMIUM"}  # which browser the journeys use


def listening_socket() -> socket.socket:
    """A socket that holds a free port of 127.0.0.1, so that nobody else takes it before it is used."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", 0))
    sock.listen(64)
    return sock


class Installation:
    """One per process; xdist's workers share the PostgreSQL server that the first process started."""

    def __init__(self, database: str) -> None:
        self.closing = ExitStack()
        self.database = database
        self.data = Path(tempfile.mkdtemp(prefix="volmacht-tests-"))
        self.closing.callback(shutil.rmtree, self.data, ignore_errors=True)
        self.register_socket = self.closing.enter_context(listening_socket())
        self.organisations_socket = self.closing.enter_context(listening_socket())

    def _database_url(self) -> str:
        if self.database == "sqlite":
            return ""
        return os.environ.get(SERVER) or self.closing.enter_context(postgresql.server())

    def enter(self) -> None:
        """Set the environment, and let Django read its settings from it."""
        url = self._database_url()
        for name in [name for name in os.environ if name == "PORT" or name.startswith("VOLMACHT_")]:
            if name not in KEPT:
                del os.environ[name]
        os.environ["VOLMACHT_DATA"] = str(self.data)
        os.environ["VOLMACHT_BRP_URL"] = (
            f"http://127.0.0.1:{self.register_socket.getsockname()[1]}/haalcentraal/api/brp"
        )
        organisations = f"http://127.0.0.1:{self.organisations_socket.getsockname()[1]}"
        os.environ["VOLMACHT_OIN_REGISTER_URL"] = f"{organisations}/cor/api/v1"
        os.environ["VOLMACHT_ALB_REGISTER_URL"] = f"{organisations}/alb/v1"
        if url:
            os.environ["VOLMACHT_DATABASE_URL"] = os.environ[SERVER] = url
        from django.conf import settings

        if settings.configured:
            raise pytest.UsageError("Settings were read too early: unset DJANGO_SETTINGS_MODULE.")
        os.environ["DJANGO_SETTINGS_MODULE"] = "volmacht.config.settings"
        try:
            assert settings.DATABASES
        finally:
            del os.environ["DJANGO_SETTINGS_MODULE"]  # or xdist's workers would read settings too early
