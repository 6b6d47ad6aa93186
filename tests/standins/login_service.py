"""The stand-in for an authentication service as a process, beside what it sees of Volmacht. For tests of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx

from tests.cli.commands import eventually, free_port
from tests.standins.serving import served
from tests.standins.volmacht_for_logins import Party, Requester, Volmacht, now
from volmacht.pki import Purpose
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.metadata.model import Entity
from volmacht.protocols.saml.metadata.reading import Expected, read_metadata
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.kinds import Kind

COMMAND = (sys.executable, "-m", "volmacht.standins.authentication_service")
LOCAL = ("localhost", "127.0.0.1")


@dataclass(frozen=True)
class Neighbours:
    """Volmacht in both environments, at one address."""

    address: str
    folder: Path
    volmacht: dict[Environment, Volmacht]

    def make_keys(self, kind: Kind, *environments: Environment) -> Path:
        """The folder of keys of an authentication service, for these environments."""
        keys = self.folder / f"keys-{kind}-{len(environments)}"
        for environment in environments:
            volmacht, folder = self.volmacht[environment], keys / environment
            pairs = (("signing", Purpose.SIGNING, ()), ("server", Purpose.TLS_SERVER, LOCAL))
            for name, purpose, hosts in pairs:
                key = volmacht.key(purpose, f"login {name} {environment}", kind.oin, hosts)
                volmacht.files(key, folder / f"{name}.crt.pem", folder / f"{name}.key.pem")
        return keys


@contextmanager
def neighbours(folder: Path) -> Iterator[Neighbours]:
    """Volmacht, published over HTTP."""
    documents: dict[str, bytes] = {}

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        content = documents.get(environ["PATH_INFO"])
        start_response("404 Not Found" if content is None else "200 OK", [("Content-Type", "text/plain")])
        return [content or b"nothing here"]

    with served(application) as address:
        base = address.replace("127.0.0.1", "localhost")
        made = {one: Volmacht(one, base, folder, documents) for one in Environment}
        yield Neighbours(base, folder, made)


@dataclass(frozen=True)
class LoginService:
    """A running one; `log` is what it printed."""

    kind: Kind
    address: str
    back_port: int
    log: Path
    process: subprocess.Popen[bytes]
    neighbours: Neighbours

    def described(self, environment: Environment) -> Entity:
        """What its metadata says, judged as Volmacht does."""
        volmacht = self.neighbours.volmacht[environment]
        data = httpx.get(f"{self.address}{volmacht.prefix}/metadata/idp", trust_env=False).content
        trust = Trust(
            (volmacht.hierarchy.root.certificate, volmacht.hierarchy.intermediate.certificate),
            http_allowed=True,
        )
        expected = Expected(self.kind.entity_id(environment), Role.AD, environment)
        read = read_metadata(data, expected=expected, trust=trust, now=now())
        assert read.document is not None, read.findings
        assert read.findings == ()
        return read.document.publisher

    def requester(
        self, environment: Environment = Environment.PREPRODUCTION, party: Party | None = None
    ) -> Requester:
        """The entrance of an environment, or another party in it."""
        volmacht = self.neighbours.volmacht[environment]
        return Requester(volmacht, party or volmacht.entrance, self.described(environment))

    def portal(self, environment: Environment = Environment.PREPRODUCTION) -> Requester:
        """The portal of an environment."""
        return self.requester(environment, self.neighbours.volmacht[environment].portal)


def command(kind: Kind, keys: Path, around: Neighbours, port: int, back_port: int) -> tuple[str, ...]:
    """How it is started."""
    return (
        *COMMAND,
        *("--kind", kind.value, "--port", str(port), "--back-port", str(back_port)),
        *("--volmacht", around.address, "--keys", str(keys), "--anchors", str(around.folder / "anchors")),
    )


def own_environment() -> dict[str, str]:
    """Of this process, without the settings of Volmacht."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}


@contextmanager
def running(kind: Kind, around: Neighbours, *environments: Environment) -> Iterator[LoginService]:
    """An authentication service, in these environments, or in both."""
    keys = around.make_keys(kind, *(environments or tuple(Environment)))
    port = free_port()
    log = around.folder / f"{keys.name}.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command(kind, keys, around, port, port + 1), stdout=output, stderr=output, env=own_environment()
        ) as process,
    ):
        service = LoginService(kind, f"http://localhost:{port}", port + 1, log, process, around)
        try:
            assert eventually(lambda: is_up(service)), log.read_text()
            yield service
        finally:
            process.terminate()
            assert process.wait(10) == 0, log.read_text()


def is_up(service: LoginService) -> bool:
    """Whether it answers; fails when it has stopped."""
    assert service.process.poll() is None, service.log.read_text()
    try:
        return httpx.get(f"{service.address}/health", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
