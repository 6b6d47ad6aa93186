"""The code on paper, and the sheet for whoever helps."""

from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.portals.citizen.granting import people
from tests.portals.citizen.granting.journey import Journey, code_in
from volmacht.portals.citizen.granting.whereabouts import enter_code_address

LONG_NAME = "Belastingaangifte"


def text_of(content: bytes) -> str:
    """The text of a PDF on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.fixture
def made(journey: Journey) -> str:
    """The page with the code."""
    journey.up_to_check()
    return journey.give()["Location"]


def test_the_sheet_holds_the_code_and_how_to_use_it(mothers: Client, made: str) -> None:
    response = mothers.get(f"{made}code.pdf")
    code = code_in(mothers.get(made).text)
    text = text_of(response.content)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="machtigingscode.pdf"'
    assert code
    for part in (
        code,
        "De code werkt tot en met 21 februari 2027.",
        LONG_NAME,
        "van 23 november 2026 tot en met 22 november 2027",
        "localhost:8000/code",
    ):
        assert part in text


def test_the_sheet_fits_one_page_is_tagged_and_names_nobody(mothers: Client, made: str) -> None:
    content = mothers.get(f"{made}code.pdf").content
    reader = PdfReader(BytesIO(content))

    assert len(reader.pages) == 1
    assert "/StructTreeRoot" in reader.root_object
    assert people.MOTHER not in text_of(content)
    assert "Vries" not in text_of(content)


def test_the_sheet_is_there_in_english(mothers: Client, made: str) -> None:
    response = mothers.get(f"/en{made}code.pdf")

    assert response["Content-Disposition"] == 'attachment; filename="authorisation-code.pdf"'
    assert "The code works up to and including 21 February 2027." in text_of(response.content)


def test_without_a_code_to_show_there_is_no_sheet(mothers: Client, made: str, mother: UUID) -> None:
    people.log_in(mothers, mother)

    assert mothers.get(f"{made}code.pdf")["Location"] == made


def test_the_square_holds_the_address_and_not_the_code(db: None) -> None:
    where = enter_code_address()

    assert where.whole == "http://localhost:8000/code/"
    assert where.short == "localhost:8000/code"
    assert where.qr_code().startswith("<svg")


@pytest.mark.parametrize(
    ("prefix", "words", "seen"),
    [
        ("", "U gaat iemand helpen", "De ander kan zien wanneer u inlogt."),
        ("/en", "You are going to help somebody", "The other person can see when you log in."),
    ],
)
def test_everybody_can_read_and_print_what_a_helper_does(
    client: Client, db: None, prefix: str, words: str, seen: str
) -> None:
    page, sheet = client.get(f"{prefix}/hulpblad/"), client.get(f"{prefix}/hulpblad/hulpblad.pdf")

    assert words in page.text
    assert f'href="{prefix}/hulpblad/hulpblad.pdf"' in page.text
    assert words in text_of(sheet.content)
    assert seen in page.text  # log-ins are recorded, not what somebody does at a service
    assert seen in " ".join(text_of(sheet.content).split())
    assert len(PdfReader(BytesIO(sheet.content)).pages) == 1
