"""What using mandates costs, and the calculator (CN-22)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.translation import override

from volmacht.portals.shared.money import written_euros, written_number

pytestmark = pytest.mark.django_db
COSTS = "/aansluiten/kosten/"


def outcome_of(client: Client, query: str, prefix: str = "") -> str:
    """The sentence the calculator answers with; empty without an answer."""
    page = client.get(f"{prefix}{COSTS}?{query}").text
    found = re.search(r'(?s)id="uitkomst">(.*?)</div></div>', page)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", found[1]))).strip() if found else ""


def test_the_table_names_the_tariff_of_every_known_year(client: Client) -> None:
    page = unescape(client.get(COSTS).text)
    rows = re.findall(r'<th scope="row">(\d+)</th><td>(.*?)</td>', page)
    assert rows == [
        *(
            (str(year), "De rijksoverheid betaalt, u krijgt geen rekening")
            for year in (2026, 2025, 2024, 2023)
        ),
        ("2022", "€\N{NO-BREAK SPACE}0,88"),
        ("2021", "€\N{NO-BREAK SPACE}0,66"),
    ]
    assert "zonder btw" in page


def test_the_ministry_sets_the_tariff(client: Client) -> None:
    page = client.get(COSTS).text
    assert (
        "Het ministerie van Binnenlandse Zaken en Koninkrijksrelaties stelt elk jaar het tarief vast." in page
    )


def test_from_2023_there_is_no_invoice(client: Client, clock_at: Callable[[datetime], None]) -> None:
    clock_at(datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert "In 2026 betaalt de rijksoverheid de kosten. U krijgt geen rekening." in client.get(COSTS).text


def test_a_year_without_a_tariff_is_said_plainly(
    client: Client, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(datetime(2031, 1, 5, tzinfo=UTC))
    assert "Voor 2031 is geen tarief bekend." in client.get(COSTS).text


def test_a_paid_year_gets_no_word_about_invoices(
    client: Client, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(datetime(2022, 5, 5, tzinfo=UTC))
    page = client.get(COSTS).text
    assert "In 2022 betaalt de rijksoverheid" not in page
    assert "is geen tarief bekend" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "jaar=2022&gebruik=12500",
            "In 2022 kost 12.500 keer gebruik € 11.000,00 zonder btw. Dat is € 0,88 per keer.",
        ),
        ("jaar=2021&gebruik=1", "In 2021 kost 1 keer gebruik € 0,66 zonder btw. Dat is € 0,66 per keer."),
        ("jaar=2024&gebruik=12500", "In 2024 kost 12.500 keer gebruik u niets. De rijksoverheid betaalt."),
    ],
)
def test_the_calculator_works_it_out(client: Client, query: str, sentence: str) -> None:
    assert outcome_of(client, query).replace("\N{NO-BREAK SPACE}", " ") == sentence


@pytest.mark.parametrize("typed", ["12.500", "12,500", "12 500", "12\N{NO-BREAK SPACE}500", " 12500 "])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_calculator_takes_a_number_as_people_write_it(client: Client, typed: str, prefix: str) -> None:
    query = urlencode({"jaar": "2022", "gebruik": typed})
    assert outcome_of(client, query, prefix) == outcome_of(client, "jaar=2022&gebruik=12500", prefix) != ""


def test_the_calculator_writes_english_numbers_on_an_english_page(client: Client) -> None:
    words = outcome_of(client, "jaar=2022&gebruik=12500", "/en")
    assert (
        words
        == "In 2022 using mandates 12,500 times costs €11,000.00 excluding VAT. That is €0.88 each time."
    )


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("jaar=1999&gebruik=5", "Kies een jaar waarvan het tarief bekend is."),
        ("jaar=&gebruik=5", "Kies een jaar."),
        ("jaar=2022&gebruik=-1", "Vul 0 of een hoger getal in."),
        ("jaar=2022&gebruik=veel", "Vul een heel getal in, bijvoorbeeld 12500 of 12.500."),
        (
            "jaar=2022&gebruik=99999999999999999999",
            "Dit getal is te groot. Vul ten hoogste 1.000.000.000 in.",
        ),
        (
            "jaar=2022&gebruik=1.000.000.001",
            "Dit getal is te groot. Vul ten hoogste 1.000.000.000 in.",
        ),
        ("jaar=2022&gebruik=12.5", "Vul een heel getal in, bijvoorbeeld 12500 of 12.500."),
        ("jaar=2022&gebruik=1.250,000", "Vul een heel getal in, bijvoorbeeld 12500 of 12.500."),
        ("jaar=2022&gebruik=12500.000", "Vul een heel getal in, bijvoorbeeld 12500 of 12.500."),
        ("jaar=2022", "Vul een heel getal in, bijvoorbeeld 12500 of 12.500."),
    ],
)
def test_the_calculator_says_what_is_wrong(client: Client, query: str, problem: str) -> None:
    answer = client.get(f"{COSTS}?{query}")
    assert answer.status_code == 400
    assert problem in unescape(answer.text)
    assert outcome_of(client, query) == ""


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (0, "€\xa00,00", "€0.00"),
        (66, "€\xa00,66", "€0.66"),
        (123_456_789, "€\xa01.234.567,89", "€1,234,567.89"),
    ],
)
def test_amounts_are_written_as_people_do(cents: int, dutch: str, english: str) -> None:
    with override("nl"):
        assert written_euros(cents) == dutch
    with override("en"):
        assert written_euros(cents) == english
        assert written_number(1234) == "1,234"
