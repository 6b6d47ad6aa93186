"""A message about pre-production says so first, and leads there."""

import pytest

from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.rendering import word
from volmacht.rules.environment import Environment

VALUES = {"service": "Belastingen", "first_day": "2026-11-23", "last_day": "2027-11-23"}


@pytest.mark.parametrize(
    ("language", "mark"),
    [("nl", "Testomgeving (preproductie)"), ("en", "Test environment (pre-production)")],
)
def test_a_message_of_pre_production_says_so_first(language: str, mark: str) -> None:
    words = word(
        MessageKind.MANDATE_ACTIVATED,
        Side.REPRESENTED,
        VALUES,
        language,
        environment=Environment.PREPRODUCTION,
    )
    assert words.subject.startswith("Test: ")
    assert words.paragraphs[0].startswith(mark)
    assert mark in words.html
    assert "/preprod/" in words.text


def test_a_message_of_production_does_not() -> None:
    words = word(
        MessageKind.MANDATE_ACTIVATED, Side.REPRESENTED, VALUES, "nl", environment=Environment.PRODUCTION
    )
    assert "test" not in words.text.lower()
    assert "/preprod" not in words.text
