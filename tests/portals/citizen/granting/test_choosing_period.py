"""Choosing the period (DM-10, DM-31): today for so long, or dates of one's own; each refusal explained at its field."""

from datetime import date

import pytest
from django.test import Client

from tests.portals.citizen.granting.example_catalogue import SHORT, TAX
from tests.portals.citizen.granting.journey import TODAY, Journey, day_fields, path_of, period_fields

PAGE = "/machtigen/periode/"
CHECK = "/machtigen/controleren/"
EMAIL = "/machtigen/e-mail/"


@pytest.fixture
def here(journey: Journey) -> Journey:
    """The mother at the period page."""
    journey.service()
    journey.representative()
    return journey


def test_today_is_filled_in_already(here: Journey) -> None:
    page = here.client.get(PAGE)

    for part, value in (("day", 23), ("month", 11), ("year", 2026)):
        assert f'id="id_begin_{part}"' in page.text
        assert f'value="{value}"' in page.text


def test_the_latest_start_is_told_before_somebody_errs_and_a_date_that_may_be_needed_is_not_called_optional(
    here: Journey,
) -> None:
    page = here.client.get(PAGE).text

    assert "Wilt u een latere dag? Dat kan tot en met 23 november 2027." in page
    assert "Vul dit in als u hierboven zelf een laatste dag kiest." in page
    assert "(niet verplicht)" not in page


def test_every_choice_says_what_it_means_in_dates(here: Journey) -> None:
    page = here.client.get(PAGE)

    for text in (
        "1 maand, tot en met 22 december 2026",
        "1 jaar, tot en met 22 november 2027",
        "Zo lang als mag: 2 jaar, tot en met 22 november 2028",
        "Ik kies zelf een laatste dag",
    ):
        assert text in page.text


def test_a_choice_longer_than_the_service_allows_is_not_offered(journey: Journey) -> None:
    journey.service(SHORT)
    journey.representative()
    page = journey.client.get(PAGE)

    assert "Zo lang als mag: 1 maand, tot en met 22 december 2026" in page.text
    assert "1 jaar, tot en met" not in page.text
    assert 'value="month"' not in page.text


@pytest.mark.parametrize("end", ["month", "year", "maximum"])
def test_a_choice_goes_on_to_the_next_page(here: Journey, end: str) -> None:
    assert path_of(here.period(end)) == EMAIL


def test_dates_of_one_s_own_go_on_to_the_next_page(here: Journey) -> None:
    response = here.period("own", start=date(2027, 1, 1), own=date(2027, 1, 1))

    assert path_of(response) == EMAIL
    here.no_email()
    assert "1 januari 2027" in here.client.get(CHECK).text


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        (period_fields(start=date(2026, 11, 22)), "begin", "De begindatum is al voorbij"),
        (
            period_fields(start=date(2027, 11, 24)),
            "begin",
            "De begindatum ligt te ver weg. U kunt kiezen tot en met 23 november 2027.",
        ),
        (period_fields(start=date(9999, 12, 31)), "begin", "De begindatum ligt te ver weg"),
        (
            period_fields("own", start=date(2026, 12, 2), own=date(2026, 12, 1)),
            "einddatum",
            "De laatste dag ligt voor de begindatum",
        ),
        (
            period_fields("own", own=date(2028, 11, 23)),
            "einddatum",
            "De machtiging duurt te lang. U kunt kiezen tot en met 22 november 2028.",
        ),
        (period_fields("own"), "einddatum", "Vul in tot en met welke dag de machtiging duurt."),
        (period_fields("year", own=date(2027, 1, 1)), "einddatum", "U koos hierboven al hoe lang."),
        (period_fields(""), "einde", "Kies hoe lang de machtiging duurt."),
        (period_fields("eeuwig"), "einde", "Kies een van de mogelijkheden."),
        ({**period_fields(), **day_fields("begin", None)}, "begin", "Vul in wanneer de machtiging begint."),
        (
            {**period_fields(), "begin_day": "31", "begin_month": "2"},
            "begin",
            "31 februari 2026 bestaat niet.",
        ),
        ({**period_fields(), "begin_day": "💥"}, "begin", "Gebruik alleen cijfers"),
        ({}, "einde", "Kies hoe lang de machtiging duurt."),
    ],
)
def test_what_cannot_be_is_explained_at_its_field(
    here: Journey, fields: dict[str, str], field: str, says: str
) -> None:
    page = here.answers(PAGE, fields)

    assert page.status_code == 400
    assert page.text.count(says) == 2
    assert f'id="id_{field}_error"' in page.text
    assert "<title>Fout: " in page.text


def test_nothing_typed_is_lost_when_it_is_refused(here: Journey) -> None:
    page = here.answers(PAGE, period_fields("own", start=date(2026, 11, 30), own=date(2026, 11, 24)))

    for value in ("30", "24"):
        assert f'value="{value}"' in page.text
    assert 'value="own"' in page.text
    assert page.text.count("checked") == 1


def test_the_ends_on_offer_follow_a_later_start(here: Journey) -> None:
    page = here.answers(PAGE, period_fields("", start=date(2026, 12, 1)))

    assert "1 maand, tot en met 31 december 2026" in page.text


def test_what_was_chosen_is_there_when_somebody_comes_back(here: Journey) -> None:
    here.period("own", start=date(2026, 12, 24), own=date(2027, 1, 6))
    page = here.client.get(PAGE)

    for value in ("24", "12", "6", "2027"):
        assert f'value="{value}"' in page.text
    assert page.text.count("checked") == 1


def test_another_choice_than_one_s_own_date_is_not_hindered_by_that_date(here: Journey) -> None:
    here.period("own", own=date(2027, 1, 6))

    response = here.client.post(PAGE, period_fields("month", own=date(2027, 1, 6)))

    assert path_of(response) == EMAIL


def test_another_service_fits_a_preset_end_to_what_it_allows(here: Journey) -> None:
    here.period("year")
    here.no_email()
    here.service_instead(SHORT)

    page = here.client.get(CHECK)

    assert "22 december 2026" in page.text
    assert "22 november 2027" not in page.text


def test_a_draft_of_yesterday_begins_today_at_the_earliest(here: Journey) -> None:
    session = here.client.session
    [(window, draft)] = session["granting"].items()
    yesterday = {**draft, "first_day": "2026-11-20", "last_day": "2026-12-20", "preset": "month"}
    session["granting"] = {window: yesterday}
    session.save()

    page = here.client.get(PAGE)

    assert 'value="23"' in page.text
    assert 'value="20"' not in page.text


def test_without_earlier_answers_the_first_page_without_one_comes(mothers: Client, journey: Journey) -> None:
    assert mothers.get(PAGE)["Location"] == "/machtigen/dienst/"
    journey.service(TAX)
    assert path_of(mothers.get(PAGE)) == "/machtigen/gemachtigde/"
    assert path_of(mothers.post(PAGE, period_fields(start=TODAY))) == "/machtigen/gemachtigde/"
