"""Taking my list along: only mine, complete, safe in a spreadsheet, accessible on paper."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import logged_in_browser
from volmacht.mandates.operations import end_mandate, restrict_mandate
from volmacht.parties.models import Party
from volmacht.portals.shared.spreadsheets import text_cell
from volmacht.rules.environment import Environment


def table(browser: Client, *, english: bool = False) -> list[list[str]]:
    """The rows of the table, read as a spreadsheet does."""
    response = browser.get(("/en" if english else "") + "/mijn/machtigingen/overzicht.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter="," if english else ";"))


def paper(browser: Client, address: str = "/mijn/machtigingen/overzicht.pdf") -> PdfReader:
    """The PDF."""
    response = browser.get(address)
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def words_of(document: PdfReader) -> str:
    """All its text, spaces single."""
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_the_organisation_of_a_service_that_was_taken_away_is_not_named(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    left = scene.service(scene.MUNICIPAL_TAXES).id
    assert (
        restrict_mandate(
            mandate_id=mandate_id, by=mother.id, keep=frozenset({left}), environment=Environment.PRODUCTION
        )
        is None
    )
    header, row = table(mothers)
    assert dict(zip(header, row, strict=True))["Organisatie"] == "Gemeente Voorbeeld"
    assert "Waterschap" not in words_of(paper(mothers)).replace(scene.LOCAL_TAXES, "")


def test_the_table_holds_every_mandate_of_both_sides_and_nobody_elses(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    scene.mandate(mother, daughter, scene.PENSION, first_day=date(2027, 1, 1))
    end_mandate(mandate_id=scene.mandate(mother, neighbour), by=mother.id, environment=Environment.PRODUCTION)
    scene.mandate(neighbour, mother, scene.VEHICLE)
    scene.mandate(neighbour, daughter)
    header, *rows = table(mothers)
    by_service = {row[2]: dict(zip(header, row, strict=True)) for row in rows}
    assert len(rows) == 4
    assert by_service[scene.LOCAL_TAXES] | {"Nummer": ""} == {
        "Kant": "Wie mij helpt",
        "Status": "Geldig",
        "Dienst": scene.LOCAL_TAXES,
        "Organisatie": "Gemeente Voorbeeld, Waterschap Voorbeeldstroom",
        "Geldt voor": f"{scene.MUNICIPAL_TAXES}, {scene.WATER_TAX}",
        "Naam": daughter.name,
        "Eerste dag": "2026-11-23",
        "Laatste dag": "2029-11-22",
        "Gestopt op": "",
        "Waarom gestopt": "",
        "Hoe gegeven": "online gegeven, met een code",
        "Nummer": "",
    }
    assert by_service[scene.PENSION]["Status"] == "Begint later"
    assert by_service[scene.MUNICIPAL_TAXES]["Gestopt op"] == "2026-11-23T12:00:00+01:00"
    assert by_service[scene.VEHICLE]["Kant"] == "Wie ik help"


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=cmd|"/c calc"!A1']
)
def test_no_cell_of_the_table_is_a_formula(
    mothers: Client, mother: Someone, daughter: Someone, name: str
) -> None:
    scene.mandate(mother, daughter)
    Party.objects.filter(id=daughter.id).update(name=name)
    cells = [cell for row in table(mothers) for cell in row]
    assert f"'{name}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))] == []


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert text_cell("Annelies de Vries-Jansen") == "Annelies de Vries-Jansen"


def test_a_name_with_quotes_and_separators_stays_one_cell(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    Party.objects.filter(id=daughter.id).update(name='Anna "de"; Vries,\nJansen')
    header, row = table(mothers)
    assert row[header.index("Naam")] == 'Anna "de"; Vries,\nJansen'


def test_the_table_in_english_has_commas_as_english_spreadsheets_expect(
    mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    header, row = table(logged_in_browser(mother), english=True)
    assert header[0] == "Side"
    assert row[2] == "Municipal taxes"


def test_a_long_list_is_complete_in_the_table(daughters: Client, daughter: Someone) -> None:
    helped = scene.crowd(50)
    scene.bulk([person.id for person in helped] * 11, [daughter.id] * 550)
    assert len(table(daughters)) == 551


def test_the_paper_holds_every_mandate(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    end_mandate(mandate_id=scene.mandate(mother, neighbour), by=mother.id, environment=Environment.PRODUCTION)
    scene.mandate(neighbour, mother, scene.VEHICLE)
    document = paper(mothers)
    text = words_of(document)
    for part in (
        "Mijn machtigingen",
        f"Van {mother.name}",
        "Gemaakt op 23 november 2026 om 12.00 uur",
        "Wie mij helpt: nu (1)",
        "Wie mij helpt: gestopt (1)",
        "Wie ik help: nu (1)",
        "door u ingetrokken",
        daughter.name,
        neighbour.name,
        scene.WATER_TAX,
    ):
        assert part in text
    assert mother.bsn.value not in text
    assert document.metadata
    assert document.metadata.title == "Mijn machtigingen"
    assert document.trailer["/Root"]["/Lang"] == "nl-NL"  # type: ignore[index] # pypdf's objects


def test_the_paper_of_an_empty_list_says_so(mothers: Client) -> None:
    assert "U hebt geen machtigingen." in words_of(paper(mothers))


def test_what_somebody_is_called_is_never_markup_on_paper(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    Party.objects.filter(id=daughter.id).update(name='#read("/etc/passwd") $x$ *vet* \\ <b>')
    assert '#read("/etc/passwd") $x$ *vet* \\ <b>' in words_of(paper(mothers))


def test_the_paper_is_there_in_english(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    text = words_of(paper(logged_in_browser(mother), "/en" + reverse("mandates:mine-pdf")))
    assert "Who helps me: now (1)" in text
