"""E-mail over SMTP, encrypted with STARTTLS against a certificate that is checked.

Speaks to the server in settings; every failure becomes DeliveryFailed without the address in its text.
"""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Self

from django.conf import settings

from volmacht.notifications.mail_channel import DeliveryFailed

TIME_OUT_SECONDS = 20.0
PERMANENT = 500


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `user` empty: without log-in. `tls` decides which certificates are good."""

    host: str
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    time_out: float = TIME_OUT_SECONDS

    @classmethod
    def from_settings(cls) -> Self:
        """The server that the operator chose."""
        options = settings.VOLMACHT
        return cls(
            host=options.smtp_host,
            port=options.smtp_port,
            user=options.smtp_user,
            password=options.smtp_password,
            starttls=options.smtp_starttls,
        )


class SmtpMail:
    """A MailChannel to one mail server; a connection for every message."""

    def __init__(self, server: MailServer | None = None) -> None:
        self._server = server or MailServer.from_settings()

    def deliver(self, message: EmailMessage) -> None:
        """Hand the message to the server. Raises DeliveryFailed."""
        server = self._server
        try:
            with smtplib.SMTP(server.host, server.port, timeout=server.time_out) as link:
                if server.starttls:
                    link.starttls(context=server.tls)
                if server.user:
                    link.login(server.user, server.password)
                link.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = max(answer[0] for answer in error.recipients.values())
            raise DeliveryFailed(f"recipient refused: {code}", permanent=code >= PERMANENT) from None
        except smtplib.SMTPResponseException as error:
            raise DeliveryFailed(f"{type(error).__name__}: {error.smtp_code}") from None
        except (OSError, smtplib.SMTPException) as error:  # no server, no certificate, broken off, too slow
            raise DeliveryFailed(type(error).__name__) from None
