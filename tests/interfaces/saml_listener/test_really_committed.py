"""What only real commits show: two that hand in one artifact at once, and the listener with mutual TLS as a process."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from urllib.parse import quote, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import connection, connections

from tests.cli.commands import eventually, free_port
from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import request
from tests.interfaces.saml.browsing import MANDATORY, Browser, own_keys
from volmacht.config.keys import key_file
from volmacht.keystore import OwnEntity, ring
from volmacht.mandates.models import Use
from volmacht.pki import (
    IssuedCertificate,
    Organisation,
    Purpose,
    certificates_from,
    make_hierarchy,
    pem_of,
    private_key_pem,
)
from volmacht.ports import is_free
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

AT_ONCE = 4
FIRST_CLIENTS = 12


def test_tc_70_of_several_that_hand_it_in_at_once_exactly_one_gets_it(committed_browser: Browser) -> None:
    browser = committed_browser
    back = browser.choose(browser.log_in(request(scoping=MANDATORY)))
    artifact = asking.artifact_in(back["Location"])
    ready = Barrier(AT_ONCE)

    def hand_in(_number: int) -> bool:
        ready.wait()
        try:
            return not browser.resolve(artifact).is_empty
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(hand_in, range(AT_ONCE))) == 1
    assert Use.objects.count() == 1


@dataclass(frozen=True)
class Listener:
    """The process: its address, and a folder for what clients show."""

    port: int
    folder: Path

    def post(self, body: bytes, shown: IssuedCertificate | None, **headers: str) -> httpx.Response:
        """As a provider's software does. Raises what httpx raises."""
        context = ssl.create_default_context(cadata=pem_of(parties.hierarchy().root.certificate).decode())
        if shown is not None:
            file = self.folder / "client.pem"
            file.write_bytes(shown.chain_pem + private_key_pem(shown.own_key.private_key))
            context.load_cert_chain(file)
        address = f"https://localhost:{self.port}{urlsplit(asking.RESOLUTION[asking.ENTRANCE]).path}"
        with httpx.Client(verify=context, trust_env=False, timeout=20) as client:
            return client.post(address, content=body, headers={"Content-Type": "text/xml", **headers})


def process_environment(data: Path, port: int) -> dict[str, str]:
    """An installation of its own on the database of the test."""
    name = str(connection.settings_dict["NAME"])
    url = os.environ.get("VOLMACHT_DATABASE_URL", "")
    if url:
        url = urlsplit(url)._replace(path=f"/{quote(name)}").geturl()
    else:
        (data / "volmacht.sqlite3").unlink(missing_ok=True)
        (data / "volmacht.sqlite3").symlink_to(name)
    own_key_file = key_file(data)
    own_key_file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(settings.KEY_FILE, own_key_file)
    own_key_file.chmod(0o600)
    return {
        **os.environ,
        "VOLMACHT_DATA": str(data),
        "VOLMACHT_DATABASE_URL": url,
        "VOLMACHT_BASE_URL": settings.VOLMACHT.base_url,
        "VOLMACHT_BACK_CHANNEL_URL": settings.VOLMACHT.back_channel_url,
        "VOLMACHT_PREPRODUCTION_BACK_CHANNEL_URL": settings.VOLMACHT.preproduction_back_channel_url,
        "VOLMACHT_LISTENER": "back-channel",
        "DJANGO_SETTINGS_MODULE": "volmacht.config.settings",
        "PORT": str(port),
    }


@contextmanager
def listening(data: Path, folder: Path) -> Iterator[Listener]:
    """The listener, until the end of the block."""
    port = free_port()
    command = (
        sys.executable, "-m", "gunicorn", "--config", "python:volmacht.config.back_channel",
        "volmacht.config.wsgi:application",
    )  # fmt: skip
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=process_environment(data, port), stdout=output, stderr=output)
        try:
            assert eventually(lambda: not is_free(port + 3) or process.poll() is not None), log.read_text()
            assert process.poll() is None, log.read_text()
            yield Listener(port + 3, folder)
        finally:
            process.terminate()
            process.wait(15)


def town() -> IssuedCertificate:
    """What the town shows as a client."""
    return parties.issued(parties.TOWN_OIN, Purpose.TLS_CLIENT)


def stranger() -> IssuedCertificate:
    """The same names, below an authority that nobody pinned."""
    return make_hierarchy(now=parties.BEGAN, bits=2048).intermediate.issue(
        Organisation("Stad", Oin(parties.TOWN_OIN)),
        Purpose.TLS_CLIENT,
        common_name="x",
        now=parties.BEGAN,
        bits=2048,
    )


def test_tc_72_tc_101_the_listener_lets_in_only_who_shows_its_own_certificate(
    committed_browser: Browser, saml_data: Path, tmp_path: Path
) -> None:
    browser = committed_browser
    back = browser.log_in(request())
    artifact = asking.artifact_in(back["Location"])
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact))
    connections.close_all()
    with listening(saml_data, tmp_path) as listener:
        for nobody in (None, stranger()):
            with pytest.raises((httpx.ReadError, httpx.ConnectError, httpx.RemoteProtocolError)):
                listener.post(body, nobody)
        tax = parties.issued(parties.TAX_OIN, Purpose.TLS_CLIENT)
        assert listener.post(body, tax).status_code == 403
        claimed = quote(pem_of(town().own_key.certificate).decode())
        assert listener.post(body, tax, **{"X-Client-Certificate": claimed}).status_code == 403
        answer = listener.post(body, town())
        assert answer.status_code == 200, (tmp_path / "log").read_text()
        read = asking.read_answer(answer.content, own_keys())
        assert read.status.succeeded
        again = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact))
        assert asking.read_answer(listener.post(again, town()).content, own_keys()).is_empty
        with httpx.Client(trust_env=False) as plain, pytest.raises(httpx.HTTPError):
            plain.get(f"http://localhost:{listener.port}/")


def context_of_town(listener: Listener) -> ssl.SSLContext:
    """What the town's software connects with."""
    client = town()
    context = ssl.create_default_context(cadata=pem_of(parties.hierarchy().root.certificate).decode())
    file = listener.folder / "client.pem"
    file.write_bytes(client.chain_pem + private_key_pem(client.own_key.private_key))
    context.load_cert_chain(file)
    return context


def shown_by(listener: Listener, host: str) -> bytes:
    """The certificate that a client meets when it asks for this host."""
    context = context_of_town(listener)
    with (
        socket.create_connection(("127.0.0.1", listener.port), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        found = secure.getpeercert(binary_form=True)
    assert found
    return found


def test_each_environment_has_its_own_server_key_at_its_own_host(
    committed_db: None, saml_settings: None, saml_data: Path, tmp_path: Path
) -> None:
    with listening(saml_data, tmp_path) as listener:
        for environment, host in (
            (Environment.PRODUCTION, "localhost"),
            (Environment.PREPRODUCTION, "127.0.0.1"),
        ):
            server = ring(environment, OwnEntity.ENTRANCE).server
            assert server
            (own, *_) = certificates_from(server.certificate.read_bytes())
            assert shown_by(listener, host) == own.public_bytes(Encoding.DER)


def answers(listener: Listener, context: ssl.SSLContext) -> bool:
    """Whether a client that connects anew gets an answer. Raises what httpx raises."""
    with httpx.Client(verify=context, trust_env=False, timeout=20) as client:
        return client.get(f"https://localhost:{listener.port}/health/live").is_success


def test_the_first_clients_may_all_come_at_the_same_moment(
    committed_db: None, saml_settings: None, saml_data: Path, tmp_path: Path
) -> None:
    """Nothing is made yet of the anchors in the pinned folders. No more at once than the listener has threads."""
    for bundle in saml_data.glob("pki/*/anchors.pem"):
        bundle.unlink()
    with listening(saml_data, tmp_path) as listener:
        context, ready = context_of_town(listener), Barrier(FIRST_CLIENTS)

        def comes(_number: int) -> bool:
            ready.wait()
            return answers(listener, context)

        with ThreadPoolExecutor(FIRST_CLIENTS) as pool:
            assert all(pool.map(comes, range(FIRST_CLIENTS)))


def test_clients_get_in_when_no_authority_is_believed_in_the_other_environment(
    committed_db: None, saml_settings: None, saml_data: Path, tmp_path: Path
) -> None:
    """As in an installation that has nothing to do with pre-production."""
    data = shutil.copytree(saml_data, tmp_path / "data")
    shutil.rmtree(data / "pki" / Environment.PREPRODUCTION.value)
    with listening(data, tmp_path) as listener:
        assert answers(listener, context_of_town(listener))
        with pytest.raises((httpx.ReadError, httpx.ConnectError, httpx.RemoteProtocolError)):
            listener.post(b"", stranger())
