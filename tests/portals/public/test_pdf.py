"""The frame of every PDF: accessible, in the right language, and deaf to what looks like markup."""

from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from volmacht.portals.shared.pdf import JSON, UnknownTemplate, render_pdf

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
VALUES: dict[str, JSON] = {
    "answers": [],
    "not_in_process": ["De stappen 3 en 5 komen later."],
    "not_in_plan": "Formulieren zijn er nog niet.",
    "pictures": [SQUARE],
    "description": "Een vierkant",
    "process": [],
    "first_day": "23 november 2026",
    "last_day": "19 maart 2027",
    "workdays": 83,
    "supplier_share": "",
    "shares": [],
    "steps": [],
    "made_on": "23 november 2026",
}


def sheet(language: str = "nl", **values: JSON) -> PdfReader:
    """The plan as PDF, with some values changed; opened."""
    return PdfReader(BytesIO(render_pdf("plan.typ", VALUES | values, language)))


def inside(found: Any, *names: str) -> Any:
    """A value deep inside a PDF, by the names that lead to it."""
    for name in names:
        found = found[name].get_object()
    return found


def test_a_pdf_is_tagged_names_its_language_and_has_a_title() -> None:
    made = sheet()
    catalogue = made.root_object
    assert inside(catalogue, "/MarkInfo", "/Marked") == True  # noqa: E712 - pypdf has a boolean of its own
    assert str(catalogue["/Lang"]).startswith("nl")
    assert made.metadata is not None
    assert made.metadata.title == "Uw proces en uw plan"


def test_a_pdf_says_that_it_is_accessible_and_lasting() -> None:
    metadata = inside(sheet().root_object, "/Metadata").get_data().decode()
    assert "pdfuaid:part" in metadata
    assert "pdfaid:part" in metadata


@pytest.mark.parametrize(("language", "footer"), [("nl", "Pagina 1 van 2"), ("en", "Page 1 of 2")])
def test_pages_are_numbered_in_the_language(language: str, footer: str) -> None:
    made = sheet(language)
    assert footer in made.pages[0].extract_text()


def test_a_page_is_a4() -> None:
    box = sheet().pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_letters_are_our_own() -> None:
    page = sheet().pages[0]
    fonts = {
        str(inside(font.get_object(), "/BaseFont")) for font in inside(page, "/Resources", "/Font").values()
    }
    assert fonts
    assert all("AtkinsonHyperlegible" in font for font in fonts)


@pytest.mark.parametrize(
    "text",
    ['#panic("x")', "$x$ @ref <label> *b* _i_ // c", '"); #read("/etc/passwd")', "\\u{41}", "{{ 7*7 }}"],
)
def test_what_looks_like_markup_is_printed_as_it_stands(text: str) -> None:
    made = sheet(supplier_share=text)
    assert "".join(text.split()) in "".join(made.pages[0].extract_text().split())


def test_a_name_no_font_can_draw_still_gets_a_sheet() -> None:
    made = sheet(supplier_share="Mevrouw \U00013000 de Vries")
    assert "de Vries" in made.pages[0].extract_text()
    assert inside(made.root_object, "/MarkInfo", "/Marked") == True  # noqa: E712 - pypdf has a boolean of its own


def test_a_mistake_in_a_template_is_not_hidden() -> None:
    with pytest.raises(typst.TypstError, match="does not contain key"):
        render_pdf("plan.typ", {}, "nl")


@pytest.mark.parametrize("name", ["unknown.typ", "../pdf.py", "/etc/passwd", "base", "", "sub/base.typ"])
def test_only_templates_of_the_folder_can_be_drawn(name: str) -> None:
    with pytest.raises(UnknownTemplate):
        render_pdf(name, {}, "nl")


@pytest.mark.parametrize("before", range(6, 30, 2))
def test_a_task_of_the_plan_stands_on_one_page(before: int) -> None:
    what = " ".join(["Alles wat hiervoor nodig is, zetten wij op papier."] * 4)
    tasks = [
        {"name": f"Taak{number}", "what": f"{what} Einde{number}", "role": "Wij", "period": "Nu"}
        for number in range(8)
    ]
    lines = [["Vraag", "Antwoord"]] * before
    made = sheet(shares=lines, steps=[{"name": "Samen", "tasks": tasks}])
    pages = [page.extract_text() for page in made.pages]
    for number in range(8):
        assert [f"Taak{number}" in text for text in pages] == [f"Einde{number}" in text for text in pages]
