"""Gemeente Voorbeeld as a process, beside what it sees of Volmacht. For tests of it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.cli.commands import eventually, free_port
from tests.standins.entrance_for_providers import SIGN_ON, Entrance, entrance_in
from tests.standins.login_service import own_environment
from tests.standins.volmacht_for_logins import Volmacht
from tests.standins.web_client import Visitor
from volmacht.pki import Purpose
from volmacht.rules.identifiers import Oin

COMMAND = (sys.executable, "-m", "volmacht.standins.sample_provider")
OIN = Oin("00000001002220647000")
PURPOSES = {
    "signing": Purpose.SIGNING,
    "encryption": Purpose.ENCRYPTION,
    "tls": Purpose.TLS_CLIENT,
}


@dataclass(frozen=True)
class Provider:
    """A running one; `log` is what it printed."""

    address: str
    log: Path


def make_keys(volmacht: Volmacht, keys: Path, oin: Oin = OIN) -> Path:
    """The folder of keys, with certificates of the authority of Volmacht."""
    for name, purpose in PURPOSES.items():
        key = volmacht.key(purpose, f"sample provider {name}", oin)
        volmacht.files(key, keys / f"{name}.crt.pem", keys / f"{name}.key.pem")
    return keys


def command(volmacht: str, keys: Path, anchors: Path, port: int) -> tuple[str, ...]:
    """How it is started."""
    return (
        *COMMAND,
        *("--port", str(port), "--volmacht", volmacht, "--keys", str(keys), "--anchors", str(anchors)),
    )


@contextmanager
def running(volmacht: str, keys: Path, anchors: Path, log: Path) -> Iterator[Provider]:
    """Gemeente Voorbeeld, with this address for Volmacht."""
    port = free_port()
    provider = Provider(f"http://localhost:{port}", log)
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command(volmacht, keys, anchors, port), stdout=output, stderr=output, env=own_environment()
        ) as process,
    ):
        try:
            assert eventually(lambda: answers(f"{provider.address}/health")), log.read_text()
            yield provider
        finally:
            process.terminate()


def answers(address: str) -> bool:
    """Whether somebody answers there."""
    try:
        return httpx.get(address, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


@dataclass
class Scene:
    """The provider, the entrance that it knows, and what a visitor does between the two."""

    provider: Provider
    entrance: Entrance

    def ask(self, visitor: Visitor, *, own: bool = True, service: str = "belastingen") -> None:
        """From the home page to the page that posts the question."""
        visitor.open(f"{self.provider.address}/")
        form = next(form for form in visitor.page.forms if form.action == f"/inloggen/{service}/")
        voor = "mijzelf" if own else "iemand-anders"
        assert ("voor", voor) in form.buttons
        visitor.post(f"{self.provider.address}{form.action}", **form.fields, voor=voor)

    def log_in(self, visitor: Visitor, *, own: bool = True, service: str = "belastingen") -> None:
        """To the entrance, and back."""
        self.ask(visitor, own=own, service=service)
        visitor.send(SIGN_ON)

    def is_logged_in(self, visitor: Visitor, service: str = "belastingen") -> bool:
        """Whether this browser may see the file."""
        visitor.open(f"{self.provider.address}/dienst/{service}/")
        return visitor.address == f"{self.provider.address}/dienst/{service}/"


@contextmanager
def scene_in(folder: Path) -> Iterator[Scene]:
    """Both, started, with their files here."""
    with entrance_in(folder) as entrance:
        keys = make_keys(entrance.volmacht, folder / "keys")
        anchors = folder / "anchors" / "production"
        with running(entrance.volmacht.base, keys, anchors, folder / "log") as provider:
            entrance.provider_metadata = f"{provider.address}/saml/metadata"
            yield Scene(provider, entrance)
