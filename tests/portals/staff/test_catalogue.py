"""The catalogue at the desk: found, exported, changed by file or from a day, by two employees; never overwritten."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.mandates.scene import MUNICIPAL_TAXES
from tests.portals.staff.desk import an_employee
from volmacht import clock
from volmacht.catalogue import queries
from volmacht.catalogue.models import Proposal, Service, StoredImport
from volmacht.catalogue.queries import EntryKind, ImportKind
from volmacht.rules.environment import Environment
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("demo_catalogue")
HERE = "/bureau/catalogus/"
OTHER_NAME = "Gemeentelijke heffingen"


@pytest.fixture
def lieke() -> Client:
    """Who gives files and proposes."""
    return an_employee(StaffRole.CATALOGUE_MANAGER, name="Lieke Proef")[0]


@pytest.fixture
def bram() -> Client:
    """Who judges."""
    return an_employee(StaffRole.CATALOGUE_MANAGER, name="Bram Proef")[0]


def taxes() -> Service:
    return Service.objects.get(name__in=[MUNICIPAL_TAXES, OTHER_NAME], environment=Environment.PRODUCTION)


def download(client: Client, kind: str = "services") -> bytes:
    answer = client.get(f"{HERE}{kind}-production.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    return bytes(answer.content)


def give(client: Client, content: bytes, **other: str) -> Any:
    data = {"soort": "services", "omgeving": "production", **other}
    return client.post(f"{HERE}bestand/", {**data, "bestand": SimpleUploadedFile("a.csv", content)})


def renamed(client: Client) -> bytes:
    return download(client).replace(MUNICIPAL_TAXES.encode(), OTHER_NAME.encode())


def test_entries_are_found_by_words_kind_and_environment(lieke: Client) -> None:
    page = lieke.get(HERE, {"zoek": "gemeentelijke belasting"}).text
    first_choice = page.partition('name="omgeving"')[2].partition("<option")[2].partition(">")[0]
    assert "production" in first_choice
    assert "preproduction" not in first_choice, "what is chosen when nothing was is what is shown"
    assert f">{MUNICIPAL_TAXES}</a>" in page
    assert MUNICIPAL_TAXES not in lieke.get(HERE, {"zoek": "waterschap", "soort": "provider"}).text
    total = queries.search_entries(Environment.PRODUCTION, kind=EntryKind.PROVIDER).total
    assert f"{total} gevonden" in lieke.get(HERE, {"soort": "provider"}).text
    assert "Niets in de catalogus past" in lieke.get(HERE, {"zoek": "kwantummechanica"}).text


@pytest.mark.parametrize("kind", ImportKind)
def test_what_was_exported_changes_nothing_when_it_comes_back(lieke: Client, kind: ImportKind) -> None:
    answer = give(lieke, download(lieke, kind.value), soort=kind.value)
    page = lieke.get(answer["Location"]).text
    assert "Alleen nagekeken" in page
    assert "Fout: 0" in page
    assert "Geen regel verandert iets." in page
    assert "Verandert: 0" in page
    assert 'id="voorstellen"' not in page


def test_a_file_is_tried_proposed_and_approved_by_another(lieke: Client, bram: Client) -> None:
    address = give(lieke, renamed(lieke))["Location"]
    page = lieke.get(address).text
    assert "Verandert: 1" in page
    assert OTHER_NAME in page
    assert taxes().name == MUNICIPAL_TAXES, "a dry run changes nothing"

    assert 'id="goedkeuren"' not in bram.get(address).text, "nobody judges what is not proposed"
    bram.post(f"{address}voorstellen/")
    assert "Alleen wie het bestand gaf" in bram.get(address).text
    lieke.post(f"{address}voorstellen/")
    page = lieke.get(address).text
    assert "U hebt dit zelf voorgesteld" in page
    assert 'id="goedkeuren"' not in page
    lieke.post(f"{address}goed/")
    assert "U hebt dit zelf voorgesteld" in lieke.get(address).text
    assert taxes().name == MUNICIPAL_TAXES

    assert address in bram.get(HERE).text
    bram.post(f"{address}goed/")
    assert "1 wijziging is uitgevoerd." in bram.get(address).text
    assert taxes().name == OTHER_NAME
    history = bram.get(f"{HERE}{taxes().id}/").text
    assert "Lieke Proef, Bram Proef" in history
    assert MUNICIPAL_TAXES in history, "what it was stays"
    assert ">ja</dd>" in history
    assert "Naam in het Engels" in history
    assert "name_en" not in history
    for as_programs_write in ("True", "False", "None", "[&#x27;"):
        assert as_programs_write not in history
    bram.post(f"{address}goed/")
    assert "Hierover is al besloten." in bram.get(address).text


def test_a_file_that_another_rejects_changes_nothing(lieke: Client, bram: Client) -> None:
    address = give(lieke, renamed(lieke))["Location"]
    lieke.post(f"{address}voorstellen/")
    bram.post(f"{address}niet/")
    assert "Het bestand is afgewezen." in bram.get(address).text
    assert taxes().name == MUNICIPAL_TAXES


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Het bestand is leeg."),
        ("é;b".encode("latin-1"), "Het bestand is niet in UTF-8 opgeslagen."),
        (b"een;twee;drie\n", "Het aantal kolommen klopt niet."),
    ],
    ids=["empty", "encoding", "columns"],
)
def test_a_file_that_cannot_be_read_gets_a_clear_answer(lieke: Client, content: bytes, words: str) -> None:
    answer = give(lieke, content)
    assert answer.status_code == 400
    assert words in answer.text
    assert not StoredImport.objects.exists()


def test_a_row_with_a_fault_is_shown_and_nothing_can_be_proposed(lieke: Client) -> None:
    uuid = str(taxes().service_uuid)
    lines = download(lieke).decode().splitlines(keepends=True)
    wrong = [
        line.replace(uuid, "geen-uuid", 1) if MUNICIPAL_TAXES in line and uuid in line else line
        for line in lines
    ]
    page = lieke.get(give(lieke, "".join(wrong).encode())["Location"]).text
    assert "Dit is geen UUID." in page
    assert page.count("<h3>") == 1, "what stays the same is counted only"
    assert 'id="voorstellen"' not in page


def test_another_level_counts_from_its_day_when_a_colleague_agrees(lieke: Client, bram: Client) -> None:
    day = clock.today() + timedelta(days=40)
    address = f"{HERE}{taxes().id}/niveau/"
    parts = {"vanaf_day": str(day.day), "vanaf_month": str(day.month), "vanaf_year": str(day.year)}
    proposal = lieke.post(address, {"niveau": "25", **parts})["Location"]
    page = lieke.get(proposal).text
    assert "Aangekondigd niveau" in page
    assert "announced_level" not in page
    assert 'id="goedkeuren"' not in page
    lieke.post(f"{proposal}goed/")
    assert "U hebt dit zelf voorgesteld" in lieke.get(proposal).text
    assert taxes().announced_on is None

    bram.post(f"{proposal}goed/")
    service = queries.service(taxes().id, fresh=True)
    assert service is not None
    assert (service.announced and service.announced.on) == day
    assert service.minimum_level < 25, "not before its day"
    assert "Niveau 25 geldt vanaf" in bram.get(f"{HERE}{taxes().id}/").text


def test_a_level_from_today_or_without_a_day_is_refused(lieke: Client) -> None:
    address, today = f"{HERE}{taxes().id}/niveau/", clock.today()
    parts = {"vanaf_day": str(today.day), "vanaf_month": str(today.month), "vanaf_year": str(today.year)}
    for data, words in (
        ({"niveau": "25", **parts}, "Kies een dag na vandaag."),
        ({"niveau": "25"}, "Vul een dag in."),
        ({**parts}, "Kies een niveau."),
    ):
        assert words in lieke.post(address, data, follow=True).text
    assert not Proposal.objects.filter(state="open").exists()


def test_who_only_looks_gets_no_buttons_and_a_refusal(lieke: Client) -> None:
    auditor = an_employee(StaffRole.AUDITOR, name="Yara Proef")[0]
    address = give(lieke, renamed(lieke))["Location"]
    lieke.post(f"{address}voorstellen/")
    assert 'id="goedkeuren"' not in auditor.get(address).text
    assert "Verander de catalogus" not in auditor.get(HERE).text
    assert auditor.post(f"{address}goed/").status_code == 403
    assert give(auditor, renamed(lieke)).status_code == 403
    assert taxes().name == MUNICIPAL_TAXES
