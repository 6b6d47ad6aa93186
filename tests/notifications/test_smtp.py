"""Mail over SMTP, against a real server that speaks STARTTLS, asks for a log-in, and refuses on demand."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from pathlib import Path
from socket import socket
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.notifications.conftest import Reader
from volmacht.notifications.adapters.smtp import MailServer, SmtpMail
from volmacht.notifications.kinds import MessageKind, MessageState, Side
from volmacht.notifications.mail_channel import DeliveryFailed
from volmacht.notifications.models import Message as Row
from volmacht.notifications.operations import WAIT_AFTER_ATTEMPT, deliver_due, send
from volmacht.notifications.rendering import compose, word
from volmacht.rules.environment import Environment

USER, PASSWORD = "volmacht", "wachtwoord-van-de-test"


@dataclass
class PostOffice:
    """What a mail server takes; `recipient_answer` and `data_answer` are what it says instead of OK."""

    taken: list[Message] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    recipient_answer: str = ""
    data_answers: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        if self.data_answers:
            return self.data_answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content))
        self.envelopes.append(envelope)
        self.encrypted.append(session.ssl is not None)
        return "250 OK"


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=data == LoginPassword(USER.encode(), PASSWORD.encode()), handled=False)


def _certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """A certificate for a host, signed by itself: files of certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


def _free_port() -> int:
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def mail_server(
    office: PostOffice, folder: Path, *, certified_for: str = "localhost"
) -> Iterator[MailServer]:
    """A running server, and how to reach it."""
    certificate, key = _certificate(folder, certified_for)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    controller = Controller(
        office,
        hostname="localhost",
        port=_free_port(),
        tls_context=tls,
        require_starttls=True,
        authenticator=_authenticate,
        auth_required=True,
    )
    controller.start()
    try:
        yield MailServer(
            "localhost",
            controller.port,
            USER,
            PASSWORD,
            tls=ssl.create_default_context(cafile=certificate),
            time_out=5,
        )
    finally:
        controller.stop()


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def mail(number: int = 1) -> EmailMessage:
    words = word(MessageKind.MANDATE_ENDED, Side.REPRESENTED, {"service": "Zorgtoeslag"}, "nl")
    return compose(
        UUID(int=number),
        words,
        to="lezer@voorbeeld.example",
        language="nl",
        written_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


def test_a_message_arrives_whole_encrypted_and_at_the_right_address(
    office: PostOffice, tmp_path: Path
) -> None:
    with mail_server(office, tmp_path) as server:
        SmtpMail(server).deliver(mail())
    (taken,) = office.taken
    assert office.encrypted == [True]
    assert office.envelopes[0].rcpt_tos == ["lezer@voorbeeld.example"]
    assert office.envelopes[0].mail_from == "geen-antwoord@volmacht.example"
    assert taken["Subject"] == "Machtiging afgelopen: Zorgtoeslag"
    assert [part.get_content_type() for part in taken.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_certificate_for_another_name_is_not_trusted(office: PostOffice, tmp_path: Path) -> None:
    with (
        mail_server(office, tmp_path, certified_for="elsewhere.example") as server,
        pytest.raises(DeliveryFailed, match="SSLCertVerificationError") as failure,
    ):
        SmtpMail(server).deliver(mail())
    assert office.taken == []
    assert not failure.value.permanent


def test_a_certificate_of_an_unknown_maker_is_not_trusted(office: PostOffice, tmp_path: Path) -> None:
    with (
        mail_server(office, tmp_path) as server,
        pytest.raises(DeliveryFailed, match="SSLCertVerificationError"),
    ):
        SmtpMail(MailServer("localhost", server.port, USER, PASSWORD, time_out=5)).deliver(mail())
    assert office.taken == []


def test_a_wrong_password_is_no_reason_to_give_up(office: PostOffice, tmp_path: Path) -> None:
    with mail_server(office, tmp_path) as server, pytest.raises(DeliveryFailed, match="535") as failure:
        SmtpMail(MailServer("localhost", server.port, USER, "wrong", tls=server.tls, time_out=5)).deliver(
            mail()
        )
    assert not failure.value.permanent


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 no such mailbox", True), ("451 try again later", False)]
)
def test_a_refused_recipient_is_permanent_only_when_the_server_says_so(
    office: PostOffice, tmp_path: Path, answer: str, permanent: bool
) -> None:
    office.recipient_answer = answer
    with mail_server(office, tmp_path) as server, pytest.raises(DeliveryFailed) as failure:
        SmtpMail(server).deliver(mail())
    assert failure.value.permanent is permanent
    assert "lezer" not in str(failure.value), "the address stays out of what is kept and logged"


def test_a_server_that_is_not_there_is_a_failed_delivery() -> None:
    with pytest.raises(DeliveryFailed, match="ConnectionRefusedError"):
        SmtpMail(MailServer("127.0.0.1", _free_port(), time_out=5)).deliver(mail())


def test_a_server_that_says_nothing_is_given_up_after_the_time_out() -> None:
    with closing(socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(DeliveryFailed, match="SMTPServerDisconnected"):
            SmtpMail(MailServer("127.0.0.1", silent.getsockname()[1], time_out=0.2)).deliver(mail())


def test_the_password_is_not_shown() -> None:
    assert "geheim" not in repr(MailServer("mail.example", password="geheim"))


def test_a_message_that_a_busy_server_refused_is_delivered_later_with_the_same_id(
    office: PostOffice, tmp_path: Path, reader: Callable[..., Reader], clock_at: Callable[[datetime], None]
) -> None:
    start = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    clock_at(start)
    office.data_answers = ["452 too busy", "554 refused for now"]
    send(
        MessageKind.MANDATE_ENDED,
        recipient=reader().party_id,
        values={"service": "Zorgtoeslag"},
        once="ended:1",
        side=Side.REPRESENTED,
        environment=Environment.PRODUCTION,
    )
    with mail_server(office, tmp_path) as server:
        channel = SmtpMail(server)
        assert deliver_due(channel=channel) == 0
        assert Row.objects.get().problem == "SMTPDataError: 452"
        clock_at(start + WAIT_AFTER_ATTEMPT[0])
        assert deliver_due(channel=channel) == 0
        clock_at(start + WAIT_AFTER_ATTEMPT[0] + WAIT_AFTER_ATTEMPT[1])
        assert deliver_due(channel=channel) == 1
    row = Row.objects.get()
    assert (row.state, row.attempts) == (MessageState.DELIVERED, 3)
    assert [taken["Message-ID"] for taken in office.taken] == [f"<{row.id}@localhost>"]
