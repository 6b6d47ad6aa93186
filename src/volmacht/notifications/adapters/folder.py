"""E-mail as files in the folder `mail` of the data folder: for trying out, nothing leaves the machine.

Each message is one .eml file that any mail program opens. `read_mail` shows them on the demo's own page.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

from volmacht.notifications.mail_channel import DeliveryFailed


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A message as it lies in the folder."""

    to: str
    subject: str
    text: str
    html: str
    moment: datetime


def mail_folder() -> Path:
    """Where this installation puts its mail."""
    data: Path = settings.VOLMACHT.data
    return data / "mail"


class FolderMail:
    """A MailChannel that writes files; the same message always to the same file."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or mail_folder()

    def deliver(self, message: EmailMessage) -> None:
        """Write the file as a whole or not at all. Raises DeliveryFailed."""
        moment = parsedate_to_datetime(message["Date"]).astimezone(UTC)
        unique = message["Message-ID"].strip("<>").split("@")[0]
        target = self._folder / f"{moment:%Y%m%dT%H%M%S}-{unique}.eml"
        part = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_bytes(message.as_bytes(policy=SMTP))
            part.replace(target)
        except OSError as error:
            raise DeliveryFailed(f"the mail folder cannot be written: {type(error).__name__}") from error


def read_mail(limit: int = 50, folder: Path | None = None, *, start: int = 0) -> list[ReadMail]:
    """The newest messages in the folder, newest first; `start` of them are left out."""
    files = sorted((folder or mail_folder()).glob("*.eml"), reverse=True)[start : start + limit]
    return [_read(file.read_bytes()) for file in files]


def count_mail() -> int:
    """How many messages there are."""
    return sum(1 for _file in mail_folder().glob("*.eml"))


def _read(content: bytes) -> ReadMail:
    message = message_from_bytes(content, policy=default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return ReadMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=str(text.get_content()) if text else "",
        html=str(html.get_content()) if html else "",
        moment=parsedate_to_datetime(message["Date"]),
    )
