"""Dates as people write them, and lists in parts."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from volmacht.paging import Page, page_number
from volmacht.portals.shared.dates import written_date, written_moment

WINTER = datetime(2026, 11, 23, 13, 32, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 22, 5, tzinfo=UTC)


def test_a_date_is_written_the_dutch_way() -> None:
    assert written_date(date(2026, 11, 23)) == "23 november 2026"


def test_an_english_page_has_english_months() -> None:
    with override("en"):
        assert written_date(date(2026, 11, 3)) == "3 November 2026"


def test_a_moment_is_in_the_time_of_amsterdam() -> None:
    assert written_moment(WINTER) == "23 november 2026 om 14.32 uur"
    assert written_moment(SUMMER) == "2 juli 2026 om 00.05 uur"
    with override("en"):
        assert written_moment(WINTER) == "23 November 2026 at 14:32"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ day|dutch_date }}", "23 november 2026"),
        ("{{ moment|dutch_date }}", "23 november 2026"),
        ("{{ moment|dutch_moment }}", "23 november 2026 om 14.32 uur"),
        ("{{ moment|dutch_time }}", "14.32 uur"),
        ("{{ nothing|dutch_date }}{{ nothing|dutch_moment }}{{ nothing|dutch_time }}", ""),
    ],
)
def test_templates_write_dates_the_same_way(source: str, text: str) -> None:
    values = {"day": WINTER.date(), "moment": WINTER, "nothing": None}

    assert Template("{% load volmacht %}" + source).render(Context(values)) == text


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("٣", 1), ("9" * 400, 1), ("99999999", 100_000)],
)
def test_a_page_number_that_is_nonsense_is_the_first_page(asked: str, number: int) -> None:
    assert page_number(RequestFactory().get("/", {"pagina": asked})) == number


def test_a_list_of_fifty_five_has_three_pages() -> None:
    first, last = Page(1, 55), Page(3, 55)

    assert (first.last, first.start, first.has_previous, first.has_next) == (3, 0, False, True)
    assert (last.start, last.has_previous, last.has_next) == (40, True, False)


def test_an_empty_list_is_one_page_without_links() -> None:
    assert (Page(1, 0).last, Page(1, 0).has_next) == (1, False)


def test_beyond_the_end_the_way_back_leads_to_the_last_page() -> None:
    assert Page(9, 55).previous == 3


def test_links_to_other_pages_keep_the_search() -> None:
    request = RequestFactory().get("/", {"zoek": "belasting & co", "pagina": "2"})

    html = Template('{% include "shared/pagination.html" %}').render(
        Context({"page": Page(2, 55), "request": request})
    )

    assert 'href="?zoek=belasting+%26+co&amp;pagina=1"' in html
    assert 'href="?zoek=belasting+%26+co&amp;pagina=3"' in html
    assert "Pagina 2 van 3" in html
