"""The plan to take along: PDF, calendar and drawing (CN-1)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from icalendar import Calendar
from pypdf import PdfReader

from tests.portals.public.answers_given import EVERYTHING, GOOD, address
from volmacht.limits.operations import LIMITS, Limited, allow
from volmacht.rules.workdays import is_workday

pytestmark = pytest.mark.django_db
FILES = ("uitvoeringsplan.pdf", "uitvoeringsplan.ics", "machtigingsproces.svg")


@pytest.fixture(autouse=True)
def _november_2026(clock_at: Callable[[datetime], None]) -> None:
    clock_at(datetime(2026, 11, 23, 12, tzinfo=UTC))


def pdf_text(client: Client, path: str) -> str:
    """All words of the PDF, one space between them."""
    reader = PdfReader(BytesIO(client.get(path).content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def events(client: Client, path: str) -> list[dict[str, object]]:
    """The events of the calendar file, as plain values."""
    calendar = Calendar.from_ical(client.get(path).content)
    return [
        {
            "uid": str(event["uid"]),
            "summary": str(event["summary"]),
            "first": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
        }
        for event in calendar.walk("vevent")
    ]


@pytest.mark.parametrize(
    ("page", "kind", "name", "english"),
    [
        (FILES[0], "application/pdf", "uitvoeringsplan.pdf", "implementation-plan.pdf"),
        (FILES[1], "text/calendar; charset=utf-8", "uitvoeringsplan.ics", "implementation-plan.ics"),
        (FILES[2], "image/svg+xml", "machtigingsproces.svg", "mandate-process.svg"),
    ],
)
def test_each_file_has_its_kind_and_a_name_that_tells(
    client: Client, page: str, kind: str, name: str, english: str
) -> None:
    for prefix, expected in (("", name), ("/en", english)):
        answer = client.get(prefix + address(page))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{expected}"'


def test_the_pdf_says_what_does_not_work_yet_as_the_page_does(client: Client) -> None:
    for prefix in ("", "/en"):
        page = client.get(prefix + address("resultaat/", EVERYTHING)).text
        part = page.partition('id="nog-niet"')[2].partition("</div>")[0]
        sentences = re.findall(r"<(?:p|li)>(.*?)</", part) + re.findall(r'id="plan-nog-niet">(.*?)</p>', page)
        assert len(sentences) == 8
        text = pdf_text(client, prefix + address(FILES[0], EVERYTHING))
        assert [one for one in sentences if unescape(one) not in text] == []


@pytest.mark.parametrize("page", FILES)
def test_wrong_answers_lead_to_the_page_that_explains_them(client: Client, page: str) -> None:
    answer = client.get(address(page, maanden="61"), follow=True)
    assert answer.redirect_chain[0][0].startswith("/aansluiten/plan/resultaat/?")
    assert "Vul een heel getal in van 1 tot en met 60." in answer.text


def test_the_pdf_says_what_the_page_says(client: Client) -> None:
    text = pdf_text(client, address(FILES[0], EVERYTHING))
    for words in (
        "Uw plan loopt van 23 november 2026 tot en met",
        "Gemaakt op 23 november 2026.",
        "Stel het team samen",
        "Stap 6: Activeren",
        "Uw organisatie machtigt één nabestaande",
        "Deel 1 van 3",
    ):
        assert words in text


def test_the_pdf_is_english_on_the_english_site(client: Client) -> None:
    text = pdf_text(client, "/en" + address(FILES[0]))
    assert "Your plan runs from 23 November 2026 to" in text
    assert "Step 6: Activate" in text


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("answers", [GOOD, EVERYTHING], ids=["few steps", "many steps"])
def test_no_page_of_the_pdf_is_nearly_empty(client: Client, prefix: str, answers: dict[str, str]) -> None:
    """A drawing that did not fit under its heading left a page with the heading alone."""
    content = client.get(prefix + address(FILES[0], answers)).content
    letters = [len(page.extract_text()) for page in PdfReader(BytesIO(content)).pages]
    assert min(letters) > 250


def test_the_calendar_has_every_task_in_whole_days_from_workday_to_workday(client: Client) -> None:
    found = events(client, address(FILES[1], EVERYTHING))
    assert len(found) == 31
    for event in found:
        first, end = event["first"], event["end"]
        assert is_workday(first)  # type: ignore[arg-type] # a date
        assert is_workday(end - timedelta(days=1))  # type: ignore[operator, arg-type] # the end is not included


def test_a_task_in_the_calendar_says_who_and_what(client: Client) -> None:
    assert "Leverancier: Test de aansluiting zelf" in [
        event["summary"] for event in events(client, address(FILES[1], EVERYTHING))
    ]


def test_the_same_answers_give_the_same_events_and_others_give_others(client: Client) -> None:
    first = {event["uid"] for event in events(client, address(FILES[1]))}
    again = {event["uid"] for event in events(client, "/en" + address(FILES[1]))}
    other = {event["uid"] for event in events(client, address(FILES[1], maanden="6"))}
    assert first == again
    assert not first & other
    assert len(first) == len(events(client, address(FILES[1])))


@pytest.mark.parametrize("page", ["resultaat/", *FILES])
def test_who_asks_for_very_many_plans_must_wait(client: Client, page: str) -> None:
    for _ in range(LIMITS[Limited.PLAN_PER_ADDRESS].count):
        allow(Limited.PLAN_PER_ADDRESS, "127.0.0.1")

    answer = client.get(address(page))

    assert answer.status_code == 429
    assert answer["Retry-After"]


def test_the_drawing_stands_alone(client: Client) -> None:
    picture = ET.fromstring(client.get(address(FILES[2], EVERYTHING)).content)  # noqa: S314 - our own drawing
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [
        part for part in picture.iter() if "style" in part.attrib or part.tag.endswith(("script", "style"))
    ]
    assert not [
        value for part in picture.iter() for value in part.attrib.values() if value.startswith("http")
    ]
