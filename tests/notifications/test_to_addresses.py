"""Messages to who is no party: employees, and members of organisations that connect."""

import json
from pathlib import Path

import pytest
from django.db import transaction

from volmacht.notifications.adapters.folder import FolderMail, read_mail
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.models import Message
from volmacht.notifications.operations import (
    OutsideTransaction,
    deliver_due,
    reseal_messages,
    send_to_address,
)

ADDRESS = "projectleider@gemeente.example"


def send_news(once: str = "case:1", language: str = "nl") -> None:
    with transaction.atomic():
        send_to_address(
            MessageKind.CASE_NEWS,
            address=ADDRESS,
            language=language,
            values={
                "organisation": "Gemeente Voorbeeld",
                "case_number": "VM-2026-0001",
                "sentence": "Het formulier is teruggestuurd.",
                "sentence_en": "The form was returned.",
                "path": "/organisatie/aanvragen/1/",
            },
            once=once,
        )


def test_it_arrives_in_the_language_of_the_reader_with_the_page(
    db: None, channel: FolderMail, folder: Path
) -> None:
    send_news(language="en")
    assert deliver_due(channel=channel) == 1
    [mail] = read_mail(folder=folder)
    assert ADDRESS in mail.to
    assert "The form was returned." in mail.text
    assert "/en/organisatie/aanvragen/1/" in mail.text


def test_it_is_written_once(db: None) -> None:
    send_news()
    send_news()
    assert Message.objects.count() == 1


def test_the_address_is_sealed_and_erased_when_it_is_delivered(db: None, channel: FolderMail) -> None:
    send_news()
    row = Message.objects.get()
    assert row.recipient_id is None
    assert ADDRESS.encode() not in bytes(row.values_sealed or b"")
    assert ADDRESS not in json.dumps({"once": row.once, "problem": row.problem})
    deliver_due(channel=channel)
    row.refresh_from_db()
    assert row.values_sealed is None


def test_resealing_knows_it(db: None) -> None:
    send_news()
    assert reseal_messages() == 0


def test_it_is_refused_outside_a_transaction(committed_db: None) -> None:
    with pytest.raises(OutsideTransaction):
        send_to_address(MessageKind.CASE_NEWS, address=ADDRESS, language="nl", values={}, once="x")


def test_a_kind_that_goes_to_parties_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="party"), transaction.atomic():
        send_to_address(MessageKind.MANDATE_ENDED, address=ADDRESS, language="nl", values={}, once="x")
