"""The log-in interface: how near the server comes to what its RSA private-key operations alone would take.

A log-in on behalf of somebody over SAML, with real messages; provider and authentication service are those of the
conformance tests, and what they need themselves is not counted. A rate is what one core can do: seconds of processor
time, the database's included; what a log-in waits for the disk is printed beside it. RSA-2048.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, override_settings

from bench.figures import Direction, Figure
from bench.population import Population
from volmacht.cli import ports
from volmacht.cli.children import running
from volmacht.cli.stand_ins import population_register

if TYPE_CHECKING:
    from tests.interfaces.saml.authentication_service import AuthenticationService
    from tests.interfaces.saml.browsing import Browser
    from volmacht.protocols.saml.keys import OwnKey

WARM_UP, TIMES, ROUNDS = 20, 60, 5
URLS = "tests.interfaces.saml.both_channels"


@dataclass(frozen=True, slots=True)
class _Moment:
    """Clocks at one moment, in seconds: processor time of this process, and what passed."""

    cpu: float
    passed: float

    @classmethod
    def now(cls) -> "_Moment":
        return cls(time.process_time(), time.perf_counter())


@dataclass
class _Spent:
    """What our own server spent, in seconds, and its private-key operations."""

    cpu: float = 0.0
    passed: float = 0.0
    operations: int = 0

    @contextmanager
    def spending(self, sign: int = 1) -> Iterator[None]:
        """Add what the block takes; with sign -1 take it off, for what is somebody else's."""
        began = _Moment.now()
        try:
            yield
        finally:
            ended = _Moment.now()
            self.cpu += sign * (ended.cpu - began.cpu)
            self.passed += sign * (ended.passed - began.passed)


class _TimedClient(Client):
    """What the server does for one browser."""

    def __init__(self, spent: _Spent, address: str) -> None:
        super().__init__(REMOTE_ADDR=address)
        self._spent = spent

    def request(self, **request: Any) -> Any:
        """One request, timed."""
        with self._spent.spending():
            return super().request(**request)


@dataclass
class _CountingKey:
    """A private key that counts how often it is used."""

    key: Any
    spent: _Spent

    def __getattr__(self, name: str) -> Any:
        return getattr(self.key, name)

    def sign(self, *how: Any) -> bytes:
        """Sign, and count."""
        self.spent.operations += 1
        signed: bytes = self.key.sign(*how)
        return signed

    def decrypt(self, *how: Any) -> bytes:
        """Decrypt, and count."""
        self.spent.operations += 1
        opened: bytes = self.key.decrypt(*how)
        return opened


@contextmanager
def _counting(spent: _Spent) -> Iterator[None]:
    """Count what our own keys do; over TLS as a client one signature for each call of the authentication service."""
    from volmacht.keystore import OwnEntity, ring
    from volmacht.rules.environment import Environment

    counted: list[tuple[OwnKey, Any]] = []
    for entity in OwnEntity:
        keys = ring(Environment.PRODUCTION, entity)
        for key in {id(one): one for one in (keys.signing, *keys.decrypting)}.values():
            counted.append((key, key.private_key))
            object.__setattr__(key, "private_key", _CountingKey(key.private_key, spent))
    try:
        yield
    finally:
        for key, private_key in counted:
            object.__setattr__(key, "private_key", private_key)


def _not_ours(service: "AuthenticationService", spent: _Spent) -> None:
    """The call to the authentication service is answered within our own request: that is taken off."""
    answer = service.resolve

    def resolve(body: bytes) -> bytes:
        with spent.spending(-1):
            return answer(body)

    service.resolve = resolve  # type: ignore[method-assign]  # timing needs to stand around it


@dataclass
class _Harness:
    browser: "Browser"
    visitors: Iterator[int] = field(default_factory=count)
    front: _Spent = field(default_factory=_Spent)
    back: _Spent = field(default_factory=_Spent)

    def log_in(self) -> str:
        """Everything up to the artifact with which the browser comes back to the provider."""
        from tests.interfaces.saml import asking, parties
        from volmacht.protocols.saml.messages import Scoping

        scoping = Scoping((parties.AD, asking.BVD), (asking.BVD,))
        number = next(self.visitors)  # each from an address of their own, as there is a limit for each
        self.browser.client = _TimedClient(self.front, f"10.0.{number >> 8}.{number & 255}")
        self.browser.seen.clear()
        answer = self.browser.choose(self.browser.log_in(asking.request(scoping=scoping)))
        return asking.artifact_in(answer["Location"])

    def resolve(self, artifacts: list[str]) -> None:
        """Hand in artifacts, to the application as the back channel's process runs it."""
        from tests.interfaces.saml import asking, parties

        path = asking.RESOLUTION[asking.ENTRANCE].removeprefix("https://localhost:8003")
        shown = asking.certificate_of(parties.TOWN)
        with override_settings(
            MIDDLEWARE=settings.BACK_CHANNEL_MIDDLEWARE, ROOT_URLCONF="volmacht.config.back_channel_urls"
        ):
            application = WSGIHandler()
            for artifact in artifacts:
                body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact))
                environ = _environ(path, body, shown)
                with self.back.spending():
                    answer = b"".join(application(environ, _started))  # type: ignore[arg-type]  # Django's own type
                assert b"LegalSubjectID" in answer, answer[:500]  # noqa: S101 - a bench of refusals says nothing


def _environ(path: str, body: bytes, shown: object) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8003",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8003",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "text/xml; charset=utf-8",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "https",
        "gunicorn.socket": shown,
    }


def _started(_status: str, _headers: object, _error: object = None) -> None:
    """A server begins its answer here."""


def _database_cpu() -> float:
    """Processor time of the database's own process for our connection, in seconds; SQLite has none."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    ticks = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, ticks)) / 100


def _rate_of_rsa(seconds: float = 0.5) -> float:
    """Private-key operations in a second of processor time, one after the other."""
    from volmacht.keystore import OwnEntity, ring
    from volmacht.rules.environment import Environment

    key = ring(Environment.PRODUCTION, OwnEntity.ENTRANCE).signing.private_key
    how, began, done = (padding.PKCS1v15(), hashes.SHA256()), time.process_time(), 0
    while time.process_time() < began + seconds:
        key.sign(b"x" * 300, *how)
        done += 1
    return done / seconds


@contextmanager
def _harness() -> Iterator[_Harness]:
    from tests.interfaces.saml.authentication_service import AuthenticationService, back_channel
    from tests.interfaces.saml.browsing import Browser, own_keys, recipients_of
    from tests.interfaces.saml.catalogue import install_keys, load

    own = replace(
        settings.VOLMACHT, base_url="http://localhost:8000", back_channel_url="https://localhost:8003"
    )
    with override_settings(VOLMACHT=own, ROOT_URLCONF=URLS, ALLOWED_HOSTS=["*"]):
        install_keys(settings.VOLMACHT.data)
        with running(population_register(settings.VOLMACHT)):
            while not ports.answers(settings.VOLMACHT.port + 1, "/health"):
                time.sleep(0.05)
            world = load()
            service = AuthenticationService(own_keys, recipients_of)
            back_channel().service = service
            harness = _Harness(Browser(world, service))
            _not_ours(service, harness.front)
            yield harness


def _counted(spent: _Spent, work: Callable[[], object]) -> int:
    before = spent.operations
    with _counting(spent):
        work()
    return spent.operations - before


def _round(harness: _Harness) -> tuple[float, float]:
    """Seconds of processor time of one resolve and of the rest of one log-in."""
    harness.front.cpu = harness.back.cpu = harness.front.passed = harness.back.passed = 0.0
    marks = [_database_cpu()]
    artifacts = [harness.log_in() for _ in range(TIMES)]
    marks.append(_database_cpu())
    harness.resolve(artifacts)
    marks.append(_database_cpu())
    front, back = harness.front.cpu + marks[1] - marks[0], harness.back.cpu + marks[2] - marks[1]
    return back / TIMES, front / TIMES


def measure(_population: Population, database: str) -> Iterator[Figure]:
    """Yield the figures: of several rounds the best, as what else the machine does only ever adds."""
    with _harness() as harness:
        harness.resolve([harness.log_in() for _ in range(WARM_UP)])
        artifacts: list[str] = []
        in_front = _counted(harness.front, lambda: artifacts.append(harness.log_in())) + 1  # TLS to the AD
        behind = _counted(harness.back, lambda: harness.resolve(artifacts))
        of_resolve, of_log_in, least = 0.0, 0.0, float("inf")
        for _ in range(ROUNDS):
            rsa = _rate_of_rsa()
            resolve, front = _round(harness)
            rsa = max(rsa, _rate_of_rsa())
            of_resolve = max(of_resolve, behind / rsa / resolve)
            of_log_in = max(of_log_in, (in_front + behind) / rsa / (resolve + front))
            least = min(least, harness.back.passed / TIMES)
    print(
        f"{rsa:.0f} RSA operations/s; {behind} in a resolve, {in_front + behind} in a whole log-in; a resolve takes "
        f"{resolve * 1000:.2f} ms of processor time, and {least * 1000:.2f} ms with waiting; the rest of a log-in "
        f"{front * 1000:.2f} ms"
    )
    least_of = Direction.MIN
    yield Figure("resolve of an answer on behalf", of_resolve, "x RSA", 0.45, least_of, database)
    yield Figure("whole log-in on behalf", of_log_in, "x RSA", 0.20, least_of, database)
