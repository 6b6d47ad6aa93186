"""Mail as files: what is written can be read again, newest first."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from volmacht.notifications.adapters.folder import FolderMail, mail_folder, read_mail
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.mail_channel import DeliveryFailed
from volmacht.notifications.rendering import compose, word

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def write(folder: Path, number: int, moment: datetime = START) -> None:
    words = word(MessageKind.MANDATE_ENDED, Side.REPRESENTED, {"service": f"Dienst één {number}"}, "nl")
    message = compose(UUID(int=number), words, to="José@voorbeeld.example", language="nl", written_at=moment)
    FolderMail(folder).deliver(message)


def test_a_written_message_reads_the_same(folder: Path) -> None:
    write(folder, 1)
    (mail,) = read_mail(folder=folder)
    assert mail.to == "José@voorbeeld.example"
    assert mail.subject == "Machtiging afgelopen: Dienst één 1"
    assert "‘Dienst één 1’" in mail.text
    assert "<h1>" in mail.html
    assert mail.moment == START


def test_the_newest_come_first_and_no_more_than_asked(folder: Path) -> None:
    for number in range(1, 5):
        write(folder, number, START + timedelta(minutes=number))
    assert [mail.subject[-1] for mail in read_mail(3, folder)] == ["4", "3", "2"]


def test_a_repeat_takes_the_place_of_the_first(folder: Path) -> None:
    write(folder, 1)
    write(folder, 1)
    assert len(list(folder.iterdir())) == 1


def test_nobody_else_on_the_machine_reads_the_mail(folder: Path) -> None:
    write(folder, 1)
    assert folder.stat().st_mode & 0o077 == 0


def test_an_empty_or_absent_folder_holds_no_mail(folder: Path) -> None:
    assert read_mail(folder=folder) == []


def test_a_folder_that_cannot_be_written_is_a_failed_delivery(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(DeliveryFailed, match="mail folder"):
        write(tmp_path / "mail", 1)


def test_the_folder_is_in_the_data_folder_of_the_installation() -> None:
    from django.conf import settings

    assert mail_folder() == settings.VOLMACHT.data / "mail"
