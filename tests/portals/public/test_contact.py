"""When the desk can be reached, now and on holidays (CN-23)."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from volmacht.rules.periods import AMSTERDAM

pytestmark = pytest.mark.django_db


def state_at(client: Client, clock_at: Callable[[datetime], None], moment: str, prefix: str = "") -> str:
    """What the page says about now."""
    clock_at(datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM))
    page = client.get(f"{prefix}/aansluiten/contact/").text
    found = re.search(r'(?s)id="bereikbaar">(.*?)</p>', page)
    assert found
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found[1]))).strip()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T08:00", "Nu open Wij zijn vandaag bereikbaar tot 17.00 uur."),
        ("2026-11-23T16:59", "Nu open Wij zijn vandaag bereikbaar tot 17.00 uur."),
        ("2026-11-23T07:59", "Nu gesloten Wij zijn vandaag bereikbaar vanaf 08.00 uur."),
        (
            "2026-11-23T17:00",
            "Nu gesloten Wij zijn weer bereikbaar op dinsdag 24 november 2026 vanaf 08.00 uur.",
        ),
        (
            "2026-11-27T18:00",
            "Nu gesloten Wij zijn weer bereikbaar op maandag 30 november 2026 vanaf 08.00 uur.",
        ),
        (
            "2026-12-25T10:00",
            "Nu gesloten Wij zijn weer bereikbaar op maandag 28 december 2026 vanaf 08.00 uur.",
        ),
    ],
)
def test_the_page_says_whether_the_desk_is_open_now(
    client: Client, clock_at: Callable[[datetime], None], moment: str, words: str
) -> None:
    assert state_at(client, clock_at, moment) == words


def test_the_page_says_so_in_english(client: Client, clock_at: Callable[[datetime], None]) -> None:
    words = state_at(client, clock_at, "2026-11-27T18:00", "/en")
    assert words == "Closed now We can be reached again on Monday 30 November 2026 from 08:00."


def test_office_hours_are_named(client: Client) -> None:
    assert "Op werkdagen van 08.00 tot 17.00 uur." in client.get("/aansluiten/contact/").text


def test_the_holidays_of_the_coming_year_are_listed(
    client: Client, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(datetime(2026, 11, 23, 12, tzinfo=AMSTERDAM))
    page = client.get("/aansluiten/contact/").text
    listed = re.findall(r"<li>([^<:]+): ([^<]+)</li>", page)
    assert listed == [
        ("Eerste kerstdag", "vrijdag 25 december 2026"),
        ("Nieuwjaarsdag", "vrijdag 1 januari 2027"),
        ("Tweede paasdag", "maandag 29 maart 2027"),
        ("Koningsdag", "dinsdag 27 april 2027"),
        ("Bevrijdingsdag", "woensdag 5 mei 2027"),
        ("Hemelvaartsdag", "donderdag 6 mei 2027"),
        ("Tweede pinksterdag", "maandag 17 mei 2027"),
    ]
