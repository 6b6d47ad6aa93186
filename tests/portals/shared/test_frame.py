"""What every page has around its content."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import Settings

from volmacht.config.options import Profile, read_options
from volmacht.portals.shared.parts import SummaryRow
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.refusals import Refusal

pytestmark = pytest.mark.django_db
PAGES = {
    "/hulp/": ("Hulp", "Help"),
    "/privacy/": ("Privacy", "Privacy"),
    "/toegankelijkheid/": ("Toegankelijkheid", "Accessibility"),
    "/cookies/": ("Cookies", "Cookies"),
    "/uitloggen/": ("Uitloggen", "Log out"),
    "/uitgelogd/": ("U bent uitgelogd", "You are logged out"),
}


@pytest.mark.parametrize("path", PAGES)
def test_every_shared_page_names_its_task_in_both_languages(client: Client, path: str) -> None:
    for prefix, language, title in (("", "nl", PAGES[path][0]), ("/en", "en", PAGES[path][1])):
        page = client.get(prefix + path).text

        assert f'<html lang="{language}">' in page
        assert f"<title>{title} – Volmacht</title>" in page
        assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [title]


def test_a_page_leads_to_itself_in_the_other_language(client: Client) -> None:
    assert re.search(r'href="/en/hulp/\?a=b" lang="en"', client.get("/hulp/?a=b").text)
    assert re.search(r'href="/hulp/\?a=b" lang="nl"', client.get("/en/hulp/?a=b").text)


def test_a_page_that_does_not_exist_leads_to_the_beginning_in_each_language(client: Client) -> None:
    page = client.get("/en/bestaat-niet/").text

    assert 'href="/" lang="nl"' in page
    assert 'href="/en/" lang="en"' in page


def test_the_demo_says_that_all_people_are_made_up(client: Client, settings: Settings) -> None:
    assert "Alle mensen zijn verzonnen" in client.get("/hulp/").text

    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)

    assert "verzonnen" not in client.get("/hulp/").text


def test_a_clock_that_was_moved_shows_its_date(client: Client, clock_at: Callable[[datetime], None]) -> None:
    assert "De klok staat op" not in client.get("/hulp/").text

    clock_at(datetime(2031, 1, 2, 12, tzinfo=UTC))

    assert "De klok staat op 2 januari 2031." in client.get("/hulp/").text


def test_the_operator_is_named(client: Client, settings: Settings) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, operator_name="Stichting <Voorbeeld>")

    assert "Volmacht is een dienst van Stichting &lt;Voorbeeld&gt;." in client.get("/hulp/").text


def test_who_is_logged_in_sees_the_name_the_button_and_the_end(anna: Client) -> None:
    page = anna.get("/hulp/").text

    assert "A. de Vries-Jansen" in page
    assert re.search(r"U wordt om \d\d\.\d\d uur automatisch uitgelogd\.", page)
    assert 'action="/uitloggen/"' in page
    assert "session.js" in page


def test_who_is_not_logged_in_can_log_in_from_any_page(client: Client) -> None:
    page = client.get("/hulp/").text

    assert 'href="/inloggen/?verder=%2Fhulp%2F"' in page
    assert "session.js" not in page


def test_the_warning_knows_the_seconds_that_are_left(anna: Client) -> None:
    found = re.search(r'data-seconds="(\d+)" data-warning="(\d+)"', anna.get("/hulp/").text)

    assert found
    assert 890 < int(found[1]) <= 900
    assert found[2] == "120"


def test_the_first_link_leads_to_the_content(client: Client) -> None:
    page = client.get("/hulp/").text

    assert re.findall(r'<a [^>]*href="([^"]*)"', page)[0] == "#inhoud"
    assert 'id="inhoud"' in page


def test_ids_are_unique_on_a_page(anna: Client) -> None:
    found = re.findall(r'\sid="([^"]+)"', anna.get("/privacy/").text)

    assert len(found) == len(set(found))


def test_the_cookies_that_are_explained_are_the_cookies_that_are_set(client: Client) -> None:
    page = client.get("/cookies/").text
    client.get("/inloggen/?als=1")
    client.get("/uitloggen/")

    assert set(client.cookies) == {"__Host-volmacht", "__Host-csrf"}
    for name in client.cookies:
        assert name in page


def test_the_terms_on_the_privacy_page_are_those_of_the_settings(client: Client, settings: Settings) -> None:
    settings.RETENTION = {"requests": 365, "mandates": 7 * 365, "uses": 400, "outbox": 1, "tries": 2}

    terms = re.findall(r"<td>(\d+ \w+)</td>", client.get("/privacy/").text)

    assert terms == ["1 jaar", "1 jaar", "7 jaar", "400 dagen", "1 dag", "2 dagen"]


def test_the_privacy_page_says_what_is_never_removed_and_that_log_ins_are_kept(client: Client) -> None:
    page = client.get("/privacy/").text

    for text in (
        "Elke keer dat u hier inlogt.",
        "<td>Wij halen dit niet vanzelf weg</td>",
        "ook elke keer dat u inlogt</td><td>Voor altijd</td>",
        "Ook van een foute poging met een code blijft daarin staan dat die er was.",
    ):
        assert text in page
    assert "Uw naam is dat niet." in page


@pytest.mark.parametrize("path", ["/hulp/", "/toegankelijkheid/"])
def test_who_needs_help_finds_telephone_address_and_opening_hours(
    client: Client, settings: Settings, clock_at: Callable[[datetime], None], path: str
) -> None:
    clock_at(datetime(2026, 11, 23, 12, tzinfo=UTC))
    settings.VOLMACHT = replace(
        settings.VOLMACHT, helpdesk_phone="088 765 43 21", helpdesk_email="help@x.example"
    )
    page = client.get(path).text

    assert 'href="tel:0887654321">088 765 43 21</a>' in page
    assert 'href="mailto:help@x.example"' in page
    assert "Wij zijn vandaag bereikbaar tot 17.00 uur." in page
    assert "Op werkdagen van 08.00 tot 17.00 uur." in page
    assert "We can be reached today until 17:00." in client.get(f"/en{path}").text


def test_an_operator_without_telephone_and_address_is_named_all_the_same(
    client: Client, settings: Settings
) -> None:
    settings.VOLMACHT = replace(
        settings.VOLMACHT, helpdesk_phone="", helpdesk_email="", operator_name="Stichting Voorbeeld"
    )

    assert "Neem contact op met Stichting Voorbeeld." in client.get("/hulp/").text


def test_a_page_about_an_error_leads_to_who_can_help(client: Client) -> None:
    assert '<a class="utrecht-link" href="/hulp/#contact">Zo bereikt u ons</a>' in client.get("/weg/").text
    assert 'id="contact"' in client.get("/hulp/").text


@pytest.mark.parametrize(
    ("part", "values", "expected"),
    [
        ("alert", {"kind": "warning", "heading": "Kop", "text": "Tekst"}, "utrecht-alert--warning"),
        ("confirmation", {"heading": "Gelukt"}, 'role="status"'),
        ("status_badge", {"kind": "success", "text": "Actief"}, "utrecht-status-badge--success"),
        ("code", {"code": "BCDF-GHJK-LMNP"}, "BCDF-GHJK-LMNP"),
        ("progress", {"step": 2, "total": 5}, "Stap 2 van 5"),
        ("empty", {"text": "Niets", "address": "/x/", "link": "Begin"}, 'href="/x/"'),
        ("summary_list", {"rows": [SummaryRow("Dienst", "<b>", "/x/")]}, "&lt;b&gt;"),
        ("refusal", {"words": refusal_words(Refusal.CODE_USED)}, "Deze code is al gebruikt"),
    ],
)
def test_parts_of_pages_show_what_they_are_given(part: str, values: dict[str, object], expected: str) -> None:
    assert expected in render_to_string(f"shared/{part}.html", values)


@pytest.mark.parametrize("path", ["/hulp/", "/toegankelijkheid/"])
def test_people_are_not_sent_to_the_desk_for_organisations(
    client: Client, settings: Settings, path: str
) -> None:
    page = client.get(path).text
    assert settings.VOLMACHT.helpdesk_email in page
    assert settings.VOLMACHT.contact_email not in page


def test_an_operator_with_one_desk_names_it_once() -> None:
    environment = {
        "VOLMACHT_DEMO": "0",
        "VOLMACHT_CONTACT_EMAIL": "a@x.example",
        "VOLMACHT_CONTACT_PHONE": "1",
    }
    options = read_options(environment, Path())
    assert (options.helpdesk_email, options.helpdesk_phone) == ("a@x.example", "1")
    two = read_options({**environment, "VOLMACHT_HELPDESK_EMAIL": "b@x.example"}, Path())
    assert (two.contact_email, two.helpdesk_email) == ("a@x.example", "b@x.example")
