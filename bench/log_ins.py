"""The log-in interface: how near the server comes to what its RSA private-key operations alone would take.

A log-in on behalf of somebody over SAML, with real messages; provider and authentication service are those of the
conformance tests, and what they need themselves is not counted. One core; RSA-2048.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from django.conf import settings
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

WARM_UP, TIMES = 20, 150
URLS = "tests.interfaces.saml.both_channels"


@dataclass
class _Spent:
    """Seconds of our own server, and private-key operations."""

    seconds: float = 0.0
    elsewhere: float = 0.0
    operations: int = 0


class _TimedClient(Client):
    """What the server does for one browser; the time that the authentication service takes is left out."""

    def __init__(self, spent: _Spent) -> None:
        super().__init__()
        self._spent = spent

    def request(self, **request: Any) -> Any:
        """One request, timed."""
        elsewhere = self._spent.elsewhere
        began = time.perf_counter()
        try:
            return super().request(**request)
        finally:
            passed = time.perf_counter() - began
            self._spent.seconds += passed - (self._spent.elsewhere - elsewhere)


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


def _timed_elsewhere(service: "AuthenticationService", spent: _Spent) -> None:
    answer = service.resolve

    def resolve(body: bytes) -> bytes:
        began = time.perf_counter()
        try:
            return answer(body)
        finally:
            spent.elsewhere += time.perf_counter() - began

    service.resolve = resolve  # type: ignore[method-assign]  # timing needs to stand around it


@dataclass
class _Harness:
    browser: "Browser"
    front: _Spent = field(default_factory=_Spent)
    back: _Spent = field(default_factory=_Spent)

    def log_in(self) -> str:
        """Everything up to the artifact with which the browser comes back to the provider."""
        from tests.interfaces.saml import asking
        from tests.interfaces.saml.browsing import MANDATORY

        self.browser.client = _TimedClient(self.front)
        self.browser.seen.clear()
        answer = self.browser.choose(self.browser.log_in(asking.request(scoping=MANDATORY)))
        return asking.artifact_in(answer["Location"])

    def resolve(self, artifact: str) -> None:
        """Hand in the artifact."""
        from tests.interfaces.saml import asking, parties

        body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact))
        environ: dict[str, Any] = {"gunicorn.socket": asking.certificate_of(parties.TOWN)}
        client = _TimedClient(self.back)
        path = asking.RESOLUTION[asking.ENTRANCE].removeprefix("https://localhost:8003")
        answer = client.post(path, body, content_type="text/xml; charset=utf-8", **environ)
        assert b"LegalSubjectID" in answer.content, answer.content[:500]  # noqa: S101 - a bench of refusals says nothing


def _rate_of_rsa(seconds: float = 1.0) -> float:
    """Private-key operations in a second, one after the other."""
    from volmacht.keystore import OwnEntity, ring
    from volmacht.rules.environment import Environment

    key = ring(Environment.PRODUCTION, OwnEntity.ENTRANCE).signing.private_key
    how, ends, done = (padding.PKCS1v15(), hashes.SHA256()), time.perf_counter() + seconds, 0
    while time.perf_counter() < ends:
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
        _timed_elsewhere(service, harness.front)
        yield harness


def _counted(spent: _Spent, work: Callable[[], object]) -> int:
    before = spent.operations
    with _counting(spent):
        work()
    return spent.operations - before


def measure(_population: Population, database: str) -> Iterator[Figure]:
    """Yield the figures."""
    with _harness() as harness:
        for _ in range(WARM_UP):
            harness.resolve(harness.log_in())
        artifacts: list[str] = []
        in_front = _counted(harness.front, lambda: artifacts.append(harness.log_in())) + 1  # TLS to the AD
        behind = _counted(harness.back, lambda: harness.resolve(artifacts[0]))
        harness.front.seconds = harness.back.seconds = 0.0
        rates = [_rate_of_rsa()]
        for _ in range(TIMES):
            harness.resolve(harness.log_in())
        rates.append(_rate_of_rsa())
        rsa = max(rates)
        resolve, front = harness.back.seconds / TIMES, harness.front.seconds / TIMES
    print(
        f"RSA {rsa:.0f}/s; {behind} operations in a resolve, {in_front + behind} in a whole log-in;"
        f" resolve {resolve * 1000:.2f} ms, the rest {front * 1000:.2f} ms"
    )
    yield Figure(
        "resolve of an answer on behalf", behind / rsa / resolve, "x RSA", 0.45, Direction.MIN, database
    )
    yield Figure(
        "whole log-in on behalf",
        (in_front + behind) / rsa / (resolve + front),
        "x RSA",
        0.20,
        Direction.MIN,
        database,
    )
