"""Answering the questions of step 1 and seeing what follows, without an account (CN-1, CN-17)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.portals.public.answers_given import EVERYTHING, GOOD, address
from volmacht.portals.public.not_built import LATER
from volmacht.portals.shared.answers import MOMENTS, Answers, form_with
from volmacht.rules.onboarding import (
    LONGEST_MONTHS,
    MOST_SERVICES,
    Choices,
    CodeMoment,
    Lead,
    mandate_process,
)

pytestmark = pytest.mark.django_db
ANSWERS = st.builds(
    Answers,
    st.builds(
        Choices,
        lead=st.sampled_from(Lead),
        services_per_code=st.integers(1, MOST_SERVICES),
        code_moment=st.sampled_from(CodeMoment),
        validity_months=st.integers(1, LONGEST_MONTHS),
        message_box=st.booleans(),
        survivors=st.booleans(),
        supplier=st.booleans(),
    ),
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)


@pytest.fixture(autouse=True)
def _november_2026(clock_at: Callable[[datetime], None]) -> None:
    clock_at(datetime(2026, 11, 23, 12, tzinfo=UTC))


def words(client: Client, path: str) -> str:
    """The page without markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", client.get(path).text)))


@given(ANSWERS)
def test_answers_survive_their_way_through_an_address(answers: Answers) -> None:
    form = form_with(QueryDict(answers.query()))
    assert form.is_valid(), form.errors
    assert form.answers == answers


def test_the_questions_begin_with_what_nearly_everybody_chooses(client: Client) -> None:
    page = client.get("/aansluiten/plan/").text
    filled = dict(re.findall(r'name="(\w+)" value="([^"]*)"', re.sub(r"<input[^>]*radio[^>]*>", "", page)))
    assert filled == {
        "diensten": "1",
        "maanden": "12",
        "start_day": "24",
        "start_month": "11",
        "start_year": "2026",
        "maak": "plan",
    }
    assert "checked" not in page
    assert "Fout" not in page


def test_the_questions_can_be_asked_again_with_the_answers_filled_in(client: Client) -> None:
    page = client.get(address("", EVERYTHING)).text
    assert page.count("checked") == 5
    assert 'name="diensten" value="3"' in page
    assert "Er is iets niet goed ingevuld" not in page


def test_the_answers_are_shown_with_a_way_to_change_each(client: Client) -> None:
    page = client.get(address("resultaat/", EVERYTHING)).text
    changes = [unescape(link) for link in re.findall(r'href="(/aansluiten/plan/\?[^"]+)"', page)]
    assert len(changes) == 8
    assert {key: value[0] for key, value in parse_qs(urlsplit(changes[0]).query).items()} == EVERYTHING
    questions = client.get(changes[0]).text
    assert all(f'id="{urlsplit(link).fragment}"' in questions for link in changes)


def test_the_result_shows_the_plan_from_its_first_to_its_last_day(client: Client) -> None:
    assert "Uw plan loopt van 23 november 2026 tot en met" in words(client, address("resultaat/"))
    assert "Your plan runs from 23 November 2026 to" in words(client, "/en" + address("resultaat/"))


def test_a_start_on_a_day_off_becomes_the_next_workday(client: Client) -> None:
    page = words(client, address("resultaat/", start_day="25", start_month="12"))
    assert "Uw plan loopt van 28 december 2026" in page


def test_all_six_steps_are_in_the_plan(client: Client) -> None:
    page = client.get(address("resultaat/")).text
    assert re.findall(r'<h3 id="plan-stap-(\d)">', page) == list("123456")


@pytest.mark.parametrize(
    ("change", "appears"),
    [
        ({"verantwoordelijk": "team"}, "Stel het team samen"),
        ({"diensten": "4"}, "Beschrijf de dienstenset"),
        ({"diensten": "4"}, "Eén code opent 4 diensten."),
        ({"moment": "vooraf"}, "De gemachtigde logt vooraf in bij Volmacht."),
        ({"moment": "na-inloggen"}, "Uw organisatie vraagt in het formulier voor wie de aanvraag is."),
        ({"maanden": "1"}, "De machtiging geldt ten hoogste 1 maand."),
        ({"berichtenbox": "ja"}, "De Berichtenbox toont de post van uw organisatie ook aan de gemachtigde."),
        ({"nabestaanden": "ja"}, "Uw organisatie machtigt één nabestaande, of alle erfgenamen samen."),
        ({"nabestaanden": "ja"}, "Maak een werkwijze voor nabestaanden"),
        ({"leverancier": "ja"}, "Geef de leverancier toestemming"),
        ({"leverancier": "ja"}, "procent van het werk."),
    ],
)
def test_each_answer_changes_what_follows(client: Client, change: dict[str, str], appears: str) -> None:
    assert appears not in words(client, address("resultaat/"))
    assert appears in words(client, address("resultaat/", **change))


def test_the_text_beside_the_drawing_has_the_same_numbers(client: Client) -> None:
    page = client.get(address("resultaat/", EVERYTHING)).text
    drawing = page.partition("<svg")[2].partition("</figure>")[0]
    in_drawing = {int(number) for number in re.findall(r'font-weight="bold"[^>]*>(\d+)</text>', drawing)}
    in_words = {int(number) for number in re.findall(r'<li id="proces-(\d+)">', page)}
    assert in_drawing == in_words
    assert len(in_words) == 22


def test_a_question_in_the_process_names_where_each_answer_leads(client: Client) -> None:
    assert "Ja: verder met stap 2. Nee: verder met stap 3." in words(client, address("resultaat/"))
    assert "Hier eindigt het proces." in words(client, address("resultaat/"))


def test_the_drawing_has_a_name_and_a_description(client: Client) -> None:
    page = client.get(address("resultaat/")).text
    assert 'role="img" aria-labelledby="process-title process-description"' in page
    assert '<title id="process-title">Machtigingsproces</title>' in page


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("other", [{}, {"berichtenbox": "ja"}, {"nabestaanden": "ja"}, {"diensten": "3"}])
def test_each_step_that_is_not_built_is_named_with_its_number(
    client: Client, moment: str, other: dict[str, str]
) -> None:
    page = client.get(address("resultaat/", moment=moment, **other)).text
    later = re.findall(r'<li id="proces-(\d+)">[^<]*<span[^>]*>Dit komt later\.', page)
    assert f"De stappen {', '.join(later[:-1])} en {later[-1]} komen later." in page
    form = form_with(QueryDict(urlencode(GOOD | {"moment": moment} | other)))
    assert form.is_valid()
    steps = mandate_process(form.answers.choices)
    assert [number for number, step in enumerate(steps, start=1) if step.key in LATER] == list(
        map(int, later)
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "De gemachtigde kan nog geen machtiging aanvragen, en Volmacht stuurt nog geen brieven."),
        ({"moment": "na-inloggen"}, "gaat de gemachtigde nog niet vanzelf terug naar uw dienst."),
        ({"berichtenbox": "ja"}, "De Berichtenbox laat uw post nog niet zien aan de gemachtigde."),
        ({"nabestaanden": "ja"}, "U kunt nog geen nabestaanden machtigen."),
    ],
)
def test_what_does_not_work_yet_follows_from_the_answers(
    client: Client, change: dict[str, str], said: str
) -> None:
    assert said in words(client, address("resultaat/", **change))
    assert not change or said not in words(client, address("resultaat/"))


def test_a_code_inside_the_log_in_is_not_called_something_for_later(client: Client) -> None:
    """A service asks for it with `code_at_login`."""
    for page in (address("resultaat/"), "/aansluiten/documentatie/handleiding/"):
        text = words(client, page)
        assert "vult de gemachtigde de code altijd" not in text
        assert "andere twee momenten" not in text
    assert "Tijdens het inloggen werkt ook, als u dat voor uw dienst vraagt." in text


def test_the_english_guide_calls_a_moment_what_the_question_calls_it(client: Client) -> None:
    guide = words(client, "/en/aansluiten/documentatie/handleiding/")
    assert "choose beforehand when in doubt" in guide
    assert "While logging in works too" in guide
    assert "After logging in does not work completely yet" in guide
    assert "in advance" not in guide


def test_a_new_plan_does_not_begin_in_the_past(client: Client) -> None:
    answer = client.get(address("resultaat/", start_day="22", maak="plan"))
    assert answer.status_code == 400
    assert "Deze dag is geweest. Vul een datum in vanaf 23 november 2026." in unescape(answer.text)


def test_a_new_plan_gets_the_address_that_people_keep(client: Client) -> None:
    answer = client.get(address("resultaat/", maak="plan"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address("resultaat/"))


def test_a_plan_that_was_kept_can_be_looked_up_when_it_is_over(client: Client) -> None:
    """The address is the plan (ADR 0022): it does not stop working because days went by."""
    assert "Dit plan is voorbij." in words(client, address("resultaat/", start_year="2020"))
    assert "Dit plan is voorbij." not in words(client, address("resultaat/", start_month="10"))


def test_without_answers_the_questions_come_first(client: Client) -> None:
    answer = client.get("/aansluiten/plan/resultaat/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/aansluiten/plan/")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"verantwoordelijk": ""}, "Kies een antwoord."),
        ({"verantwoordelijk": "niemand"}, "Kies een van de antwoorden die er staan."),
        ({"diensten": "0"}, "Vul een heel getal in van 1 tot en met 50."),
        ({"diensten": "51"}, "Vul een heel getal in van 1 tot en met 50."),
        ({"diensten": "twee"}, "Vul een heel getal in van 1 tot en met 50."),
        ({"maanden": "61"}, "Vul een heel getal in van 1 tot en met 60."),
        ({"maanden": ""}, "Vul een heel getal in van 1 tot en met 60."),
        ({"moment": "<script>alert(1)</script>"}, "Kies een van de antwoorden die er staan."),
        ({"start_day": "31", "start_month": "2"}, "31 februari 2026 bestaat niet."),
        ({"start_day": "", "start_month": "", "start_year": ""}, "Vul een datum in."),
        ({"start_year": "2019"}, "Vul een datum in van 1 januari 2020 tot en met 31 december 2031."),
        ({"start_year": "2032"}, "Vul een datum in van 1 januari 2020 tot en met 31 december 2031."),
    ],
)
def test_a_wrong_answer_is_explained_and_the_others_are_kept(
    client: Client, change: dict[str, str], problem: str
) -> None:
    answer = client.get(address("resultaat/", EVERYTHING, **change))
    assert answer.status_code == 400
    page = unescape(answer.text)
    assert "Er is iets niet goed ingevuld" in page
    assert problem in page
    assert "<script>alert" not in answer.text
    kept = [name for name in ("berichtenbox", "nabestaanden", "leverancier") if name not in change]
    assert all(re.search(rf'name="{name}" value="ja"[^>]*checked', answer.text) for name in kept)


def test_the_other_language_keeps_the_answers(client: Client) -> None:
    page = unescape(client.get(address("resultaat/")).text)
    link = next(link for link in re.findall(r'href="([^"]+)" lang="en"', page))
    assert link.startswith("/en/aansluiten/plan/resultaat/?")
    assert {key: value[0] for key, value in parse_qs(urlsplit(link).query).items()} == GOOD


@pytest.mark.parametrize("page", ["", "resultaat/", "uitvoeringsplan.pdf", "uitvoeringsplan.ics"])
def test_the_planner_keeps_nothing(client: Client, page: str) -> None:
    answer = client.get(address(page))
    assert answer.status_code == 200
    assert answer.cookies == {}
