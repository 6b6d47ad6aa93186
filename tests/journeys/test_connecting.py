"""Who works for a public body finds out what connecting takes: a plan, its costs, whom to ask."""

from collections.abc import Callable
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from tests.journeys.browsing import Browsing
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


def test_eight_answers_give_a_plan_to_take_along(open_window: Callable[..., Browsing], site: Site) -> None:
    official = open_window()
    official.opens(f"{site.address}/")
    official.follows("Lees hoe u aansluit")
    official.follows("Maak uw plan", within=".sections")
    official.is_at("Maak uw plan")

    official.chooses("Een team met een projectleider")
    official.fills_in("Hoeveel diensten opent één machtigingscode?", "3")
    official.page.locator("input[name=moment][value=vooraf]").check()
    official.page.locator("[name=maanden]").fill("24")
    for question in ("berichtenbox", "nabestaanden", "leverancier"):
        official.page.locator(f"input[name={question}][value=ja]").check()
    for part, number in (("day", "4"), ("month", "1"), ("year", "2027")):
        official.page.locator(f"#id_start_{part}").fill(number)
    official.presses("Maak mijn plan")

    official.is_at("Uw proces en uw plan")
    official.sees("Uw plan loopt van 4 januari 2027")
    assert official.page.locator("figure svg").first.bounding_box()
    tasks = [text.strip() for text in official.page.locator(".tasks strong").all_inner_texts()]
    pdf = PdfReader(BytesIO(official.downloads("Proces en plan als pdf").read_bytes()))
    paper = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert [task for task in tasks if task not in paper] == []
    calendar = Calendar.from_ical(official.downloads("Taken voor uw agenda (ics)").read_bytes())
    assert len(calendar.walk("VEVENT")) == len(tasks)
    drawing = official.downloads("Tekening van het proces (svg)").read_text()
    assert drawing.startswith("<svg") or "<svg" in drawing[:200]


def test_wrong_answers_are_named_and_the_rest_stays(open_window: Callable[..., Browsing], site: Site) -> None:
    official = open_window()
    official.opens(f"{site.address}/aansluiten/plan/")
    official.fills_in("Hoeveel diensten opent één machtigingscode?", "heel veel")
    official.chooses("Een team met een projectleider")

    official.presses("Maak mijn plan")

    official.sees("Vul een heel getal in van 1 tot en met 50.")
    assert official.page.get_by_label("Een team met een projectleider").is_checked()


def test_the_costs_of_a_year_are_worked_out(open_window: Callable[..., Browsing], site: Site) -> None:
    official = open_window()
    official.opens(f"{site.address}/aansluiten/kosten/")

    official.page.locator("#id_jaar").select_option("2022")
    official.page.locator("#id_gebruik").fill("1000")
    official.presses("Reken uit")

    official.sees("In 2022 kost 1.000 keer gebruik")


def test_the_hours_of_the_desk_are_told(open_window: Callable[..., Browsing], site: Site) -> None:
    official = open_window(language="en")
    official.opens(f"{site.address}/aansluiten/contact/")
    official.sees("Op werkdagen van 08.00 tot 17.00 uur.")
    official.follows("English", within="header")
    official.sees("On working days from 08:00 to 17:00.")


@pytest.mark.parametrize(
    "page",
    [
        "",
        "stappen/",
        "documentatie/",
        "documentatie/handleiding/",
        "documentatie/voorwaarden-productie/",
        "documentatie/wijzigingsformulier/",
        "documentatie/checklist/",
        "documentatie/communicatieset/",
        "documentatie/koppelvlak/saml/",
        "documentatie/koppelvlak/eerste-inlog/",
    ],
)
def test_every_page_about_connecting_can_be_read(
    open_window: Callable[..., Browsing], site: Site, page: str
) -> None:
    official = open_window()

    official.opens(f"{site.address}/aansluiten/{page}")
    official.follows("English", within="header")

    assert official.page.locator("h1").inner_text()
