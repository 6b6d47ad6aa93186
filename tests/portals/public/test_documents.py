"""Finding and reading the documents about connecting: lists, pages, PDFs, versions, the kit (CN-17, CN-22, CN-24)."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO
from urllib.parse import parse_qs
from zipfile import ZipFile

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.portals.public.answers_given import GOOD as ANSWERS
from tests.portals.public.test_pages import text_of
from volmacht.checks import CHECKS
from volmacht.limits.operations import LIMITS, Limit, Limited
from volmacht.onboarding.documents import DocumentKey, current
from volmacht.onboarding.documents.structure import lines, plain
from volmacht.portals.public.document_words import ABOUT, SLUGS, SUBJECTS
from volmacht.portals.public.interface_documents import INTERFACES
from volmacht.portals.public.kit import PICTURES, SHOWN

pytestmark = pytest.mark.django_db
LIST = "/aansluiten/documentatie/"
PLAN = "/aansluiten/plan/resultaat/"


def pdf_text(content: bytes) -> str:
    """What stands in a PDF, without line ends."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("key", DocumentKey)
def test_every_document_is_listed_with_version_page_and_pdf_in_both_languages(
    client: Client, key: DocumentKey, prefix: str
) -> None:
    page = client.get(prefix + LIST).text
    for other in ("", "/en"):
        assert f'href="{other}{LIST}{SLUGS[key]}/"' in page
        assert f'href="{other}{LIST}{SLUGS[key]}/versie-{current(key, "nl").version}.pdf"' in page
    assert current(key, "en" if prefix else "nl").title in unescape(page)
    assert ("in force from 1 January 2026" if prefix else "geldig vanaf 1 januari 2026") in page


def test_every_document_is_of_one_subject_and_says_what_it_is_for() -> None:
    listed = [DocumentKey.GUIDE, *(key for subject in SUBJECTS for key in subject.keys)]
    assert sorted(listed) == sorted(DocumentKey)
    assert ABOUT.keys() == SLUGS.keys() == set(DocumentKey)


@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/en", "en")])
@pytest.mark.parametrize("key", DocumentKey)
def test_a_page_says_everything_that_the_document_says(
    client: Client, key: DocumentKey, prefix: str, language: str
) -> None:
    found = current(key, language)
    words = text_of(client, f"{prefix}{LIST}{SLUGS[key]}/")
    said = re.sub(r"\s+", "", words)
    for line in lines(found.text):
        assert re.sub(r"\s+", "", plain(line)) in said
    assert found.sha256 in words


@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/en", "en")])
@pytest.mark.parametrize("key", [DocumentKey.GUIDE, DocumentKey.CHECKLIST, DocumentKey.CHANGE_FORM])
def test_the_pdf_says_what_the_page_says(
    client: Client, key: DocumentKey, prefix: str, language: str
) -> None:
    answer = client.get(f"{prefix}{LIST}{SLUGS[key]}/versie-1.pdf")
    assert answer["Content-Type"] == "application/pdf"
    said = re.sub(r"\W", "", pdf_text(answer.content))
    found = current(key, language)
    missing = [plain(line) for line in lines(found.text) if re.sub(r"\W", "", plain(line)) not in said]
    # A line over two pages has the foot of one and the head of the other in it.
    assert len(missing) <= len(PdfReader(BytesIO(answer.content)).pages)
    reader = PdfReader(BytesIO(answer.content))
    assert "/MarkInfo" in reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == found.title


def test_the_checklist_page_names_every_check(client: Client) -> None:
    words = text_of(client, f"{LIST}checklist/")
    assert [check.id for check in CHECKS if check.title_nl not in words or check.mend_nl not in words] == []


@pytest.mark.parametrize(
    "path",
    [
        "geheim/",
        "checklist/versie-99/",
        "checklist/versie-99.pdf",
        "checklist/versie-0/",
        "koppelvlak/geheim/",
        "koppelvlak/architecture/",
        "..%2f..%2fpyproject/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(LIST + path).status_code == 404


def test_the_page_that_explained_the_choices_leads_to_the_guide(client: Client) -> None:
    answer = client.get(f"{LIST}keuzes/")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}handleiding/")


def test_who_asks_for_many_pdfs_must_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, Limited.PLAN_PER_ADDRESS, Limit(1, LIMITS[Limited.PLAN_PER_ADDRESS].window))
    assert client.get(f"{LIST}checklist/versie-1.pdf").status_code == 200
    assert client.get(f"{LIST}checklist/versie-1.pdf").status_code == 429
    assert client.get("/aansluiten/kosten/tarieven.pdf").status_code == 429


@pytest.mark.parametrize("interface", INTERFACES, ids=lambda each: each.slug)
def test_an_interface_is_shown_from_the_file_of_the_project(client: Client, interface: object) -> None:
    slug = interface.slug  # type: ignore[attr-defined] # an Interface
    page = client.get(f"{LIST}koppelvlak/{slug}/")
    assert page.status_code == 200
    assert 'lang="en"' in page.text
    assert not re.findall(r'href="[^"]*\.md', page.text)
    assert f"{LIST}koppelvlak/{slug}/" in client.get(LIST).text


def test_tables_of_a_document_can_be_scrolled_with_the_keyboard(client: Client) -> None:
    page = client.get(f"{LIST}koppelvlak/saml/").text
    assert page.count('role="region" tabindex="0"') == page.count("<table")
    names = re.findall(r'role="region" tabindex="0" aria-label="([^"]+)"', page)
    assert len(set(names)) == len(names)


def test_the_kit_has_a_text_for_each_purpose_and_our_own_pictures(client: Client) -> None:
    answer = client.get(f"{LIST}communicatieset.zip")
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as file:
        names = set(file.namelist())
        assert file.testzip() is None
        for language in ("nl", "en"):
            for purpose in ("button", "rules", "website", "letter", "poster", "social"):
                assert f"{language}/{purpose}.txt" in names
        for picture in SHOWN:
            assert b"<title" in file.read(f"beelden/{picture.file}")
        assert "Inloggen voor iemand anders" in file.read("nl/button.txt").decode()


def test_the_kit_is_the_same_whenever_it_is_made(client: Client) -> None:
    first, second = (client.get(f"{LIST}communicatieset.zip").content for _ in range(2))
    assert first == second


def test_every_picture_of_the_kit_stands_on_its_page_and_has_no_script() -> None:
    assert {picture.file for picture in SHOWN} == {path.name for path in PICTURES.iterdir()}
    for path in PICTURES.iterdir():
        assert not re.search(r"<script|href=|\son\w+=|style=", path.read_text())


def test_tariffs_come_as_csv_with_one_line_for_each_year(client: Client) -> None:
    answer = client.get("/aansluiten/kosten/tarieven.csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["year", "unit", "euros_excluding_vat", "centrally_funded"]
    assert ["2021", "used mandate", "0.66", "no"] in rows
    assert ["2022", "used mandate", "0.88", "no"] in rows
    assert ["2023", "used mandate", "", "yes"] in rows


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "De rijksoverheid betaalt, u krijgt geen rekening"), ("/en", "The central government pays")],
)
def test_tariffs_come_as_pdf_in_words(client: Client, prefix: str, words: str) -> None:
    said = pdf_text(client.get(f"{prefix}/aansluiten/kosten/tarieven.pdf").content)
    assert words in said
    assert "2021" in said


def test_from_2023_on_the_page_says_that_costs_are_centrally_funded(client: Client) -> None:
    assert "Vanaf 2023 betaalt de rijksoverheid de kosten." in text_of(client, "/aansluiten/kosten/")


def test_the_three_entrances_lead_to_the_portal_of_organisations(client: Client) -> None:
    page = client.get("/aansluiten/").text
    for address, name in (
        ("aanvraag", "Start uw aanvraag"),
        ("nieuwe-dienst", "Vraag een nieuwe dienst aan"),
        ("wijziging", "Geef een wijziging door"),
    ):
        assert f'<a href="/organisatie/{address}/">{name}</a>' in page
        assert "/account/inloggen/" in client.get(f"/organisatie/{address}/")["Location"]


def test_the_answers_of_a_plan_go_along_into_an_application(client: Client) -> None:
    page = client.get(PLAN, ANSWERS).text
    found = re.search(r'href="([^"]+)" id="naar-aanvraag"', page)
    assert found is not None
    address, _, query = unescape(found[1]).partition("?")
    assert address == "/organisatie/aanvraag/"
    assert parse_qs(query)["diensten"] == [str(ANSWERS["diensten"])]
