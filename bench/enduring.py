"""Five thousand log-ins on behalf of somebody, by four clients at once, over HTTP and mutual TLS against a running
installation with all its processes: not one may fail, and the server's memory must not grow.

The clients are processes of their own, each a provider with a browser. Every visitor comes from another address, as
through a proxy. `BENCH_LOG_INS` sets another number while trying.
"""

import os
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg

from bench.figures import Direction, Figure
from bench.population import Population

if TYPE_CHECKING:
    from tests.foreign_clients.connecting import Connected
    from tests.foreign_clients.web_browser import Browser
    from volmacht.protocols.saml.keys import OwnKey

TIMES = int(os.environ.get("BENCH_LOG_INS", "5000"))
CLIENTS = 4
FIRST_PARTS = 10  # memory is looked at after a tenth, and at the end
OURS = ("granian", "gunicorn")  # the processes that serve pages and the back channel


@dataclass(frozen=True, slots=True)
class Ended:
    """How the log-ins of one client went."""

    done: int
    failures: tuple[str, ...]


class _Provider:
    """Asks who is there, and hands in what the browser brings."""

    def __init__(self, connected: "Connected") -> None:
        from tests.foreign_clients.connecting import ENTITY_ID
        from volmacht.protocols.saml.keys import RecipientKey

        self._connected = connected
        self._signing, self._reading = _key(connected, "signing"), _key(connected, "encryption")
        self._own = RecipientKey(ENTITY_ID, self._reading.published())
        context = ssl.create_default_context(cafile=str(connected.authorities))
        context.load_cert_chain(connected.certificate("tls-client"), connected.key("tls-client"))
        self._calls = httpx.Client(verify=context, trust_env=False, timeout=30)

    def log_in(self, browser: "Browser") -> None:
        """One log-in to its end. Raises when the answer is not that the daughter acts for her mother."""
        from tests.foreign_clients.connecting import DAUGHTER, MOTHER

        self._ask(browser)
        browser.presses("inloggen-met-digid")
        browser.presses("persoon-1")
        acting, represented = self._who(browser.brought["SAMLart"])
        if (acting, represented) != (DAUGHTER, MOTHER):
            raise AssertionError(f"{acting} for {represented}")

    def _ask(self, browser: "Browser") -> None:
        from tests.foreign_clients import connecting
        from volmacht import clock
        from volmacht.protocols.saml import building
        from volmacht.protocols.saml.bindings import post_fields
        from volmacht.protocols.saml.messages import AuthnRequest, Scoping
        from volmacht.protocols.saml.signing import new_id

        address = f"{self._connected.site.address}/saml/entrance/request_authentication"
        request = AuthnRequest(
            id=new_id(),
            version="2.0",
            issue_instant=clock.wall_clock(),
            destination=address,
            issuer=connecting.ENTITY_ID,
            acs_index=int(connecting.CONSUMER_INDEX),
            service_index=int(connecting.SERVICE_INDEX),
            scoping=Scoping(None, (connecting.BVD,)),
        )
        browser.posts(address, post_fields(building.authn_request(request, self._signing), "state"))

    def _who(self, artifact: str) -> tuple[str, str]:
        from tests.foreign_clients import connecting
        from volmacht import clock
        from volmacht.protocols import soap
        from volmacht.protocols.saml import building, parsing
        from volmacht.protocols.saml.encryption import decrypted
        from volmacht.protocols.saml.messages import ArtifactResolve
        from volmacht.protocols.saml.signing import new_id
        from volmacht.protocols.xml import gate

        port = self._connected.site.port + 3
        address = f"https://localhost:{port}/saml/entrance/resolve_artifact"
        resolve = ArtifactResolve(
            new_id(), "2.0", clock.wall_clock(), address, connecting.ENTITY_ID, artifact
        )
        body = soap.envelope(building.artifact_resolve(resolve, self._signing))
        answer = self._calls.post(address, content=body, headers={"Content-Type": "text/xml"})
        message = parsing.artifact_response(soap.body_of(gate.read(answer.content, gate.ARTIFACT_RESPONSE)))
        if message.response is None:
            raise AssertionError("nothing stands for the artifact")
        (assertion,) = message.response.assertions
        said = parsing.assertion(gate.parsed(assertion))
        acting, represented = (
            decrypted(gate.parsed(one), own=connecting.ENTITY_ID, keys=(self._reading,)).value
            for (one,) in (said.acting, said.legal)
        )
        return acting, represented


def _key(connected: "Connected", purpose: str) -> "OwnKey":
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.hazmat.primitives.serialization import load_pem_private_key as load
    from cryptography.x509 import load_pem_x509_certificates

    from volmacht.protocols.saml.keys import OwnKey

    private = load(connected.key(purpose).read_bytes(), None)
    certificate = load_pem_x509_certificates(connected.certificate(purpose).read_bytes())[0]
    return OwnKey.load(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), certificate)


def _client(connected: "Connected", numbers: range) -> Ended:
    """What one client does, in a process of its own."""
    from tests.foreign_clients.connecting import DAUGHTER

    provider, failures = _Provider(connected), []
    for number in numbers:
        with connected.browser(DAUGHTER) as browser:
            browser.comes_from(f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
            try:
                provider.log_in(browser)
            except Exception as problem:  # noqa: BLE001 - whatever it is, it is counted and told
                failures.append(f"{type(problem).__name__}: {problem}"[:300])
    return Ended(len(numbers), tuple(failures))


def _memory(site_process: int) -> int:
    """Bytes in memory of our own processes below the one that runs the installation."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,rss=,args="],  # noqa: S607 - of the system
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(None, 3) for line in listed.stdout.splitlines()]
    family = {site_process}
    while grown := {int(pid) for pid, parent, _, _ in rows if int(parent) in family} - family:
        family |= grown
    return 1024 * sum(
        int(rss) for pid, _, rss, args in rows if int(pid) in family and any(one in args for one in OURS)
    )


@contextmanager
def _database(url: str) -> Iterator[str]:
    """An empty database beside the one of the other scripts; "" for SQLite, which is in the data folder."""
    if not url:
        yield ""
        return
    name = "enduring"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        whole = urlsplit(url)
        yield urlunsplit((whole.scheme, whole.netloc, f"/{name}", whole.query, ""))
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _connected() -> Iterator["Connected"]:
    from tests.cli.commands import environment
    from tests.foreign_clients.connecting import connect, mandate
    from tests.journeys.site import Site

    with (
        _database(os.environ.get("VOLMACHT_DATABASE_URL", "")) as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        data, mine = Path(folder, "data"), Path(folder, "mine")
        data.mkdir()
        mine.mkdir()
        site = Site(
            data, environment(data, VOLMACHT_DATABASE_URL=url, VOLMACHT_TRUSTED_PROXIES="127.0.0.1,::1")
        )
        try:
            site.start()
            made = connect(site, mine)
            mandate(made)
            yield made
        finally:
            site.stop()


def _all(connected: "Connected", first: int, times: int) -> Ended:
    parts = [range(first + client, first + times, CLIENTS) for client in range(CLIENTS)]
    known = replace(connected, site=replace(connected.site, process=None))  # a process cannot be handed over
    with ProcessPoolExecutor(CLIENTS) as pool:
        ended = list(pool.map(_client, [known] * CLIENTS, parts))
    return Ended(sum(one.done for one in ended), tuple(failure for one in ended for failure in one.failures))


def measure(_population: Population | None, database: str) -> Iterator[Figure]:
    """Yield the figures."""
    with _connected() as connected:
        running = connected.site.process
        if running is None:
            raise RuntimeError("the installation does not run")
        warm = TIMES // FIRST_PARTS
        began = time.perf_counter()
        first = _all(connected, 0, warm)
        before = _memory(running.pid)
        rest = _all(connected, warm, TIMES - warm)
        seconds, after = time.perf_counter() - began, _memory(running.pid)
    failures = first.failures + rest.failures
    for failure in failures[:5]:
        print(f"  {failure}")
    done = first.done + rest.done
    print(f"{done} log-ins in {seconds:.0f} s; memory {before / 2**20:.1f} MiB, then {after / 2**20:.1f} MiB")
    most = Direction.MAX
    yield Figure(f"errors in {done} log-ins at {CLIENTS} clients", len(failures), "errors", 0, most, database)
    yield Figure("memory after all of them / after a tenth", after / before, "x", 1.05, most, database)
    yield Figure("whole log-ins, clients and stand-ins included", done / seconds, "/s", None, most, database)
