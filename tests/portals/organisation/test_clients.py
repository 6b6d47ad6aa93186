"""The overview of a supplier, and what it does from there for several clients at once (CN-21, CN-23)."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.test import Client
from icalendar import Calendar

from tests.accounts import Somebody, join, log_in, make_account, make_organisation
from tests.portals.organisation.walking import shown
from volmacht.onboarding.models import Case, CaseMessage
from volmacht.onboarding.operations import CaseActor, start_application
from volmacht.onboarding.queries import chosen_cases, numbers_of
from volmacht.parties import operations as parties
from volmacht.parties.queries import connecting_organisation
from volmacht.portals.organisation.client_files import calendar_file, csv_file
from volmacht.rules.onboarding.cases import Side
from volmacht.rules.roles import MemberRole

OVERVIEW = "/organisatie/klanten/"
SUPPLIER = "00000003900000090000"
TEXT = "Wij vernieuwen vrijdag het certificaat.\nIs dat goed?"


@pytest.fixture
def secretary(db: None) -> Somebody:
    """Signs for every client."""
    return make_account("teken@regio.example", "Ria Regio")


@pytest.fixture
def technician(db: None) -> Somebody:
    """Works for the supplier."""
    return make_account("tess@leverancier.example", "Tess Techniek")


@pytest.fixture
def supplier(technician: Somebody) -> UUID:
    """Whose clients are listed."""
    return make_organisation(
        technician, oin=SUPPLIER, name="Leverancier BV", kvk="90000009", is_supplier=True
    )


@pytest.fixture
def tess(technician: Somebody, supplier: UUID) -> Client:
    """The technician, logged in."""
    client = Client()
    log_in(client, technician)
    return client


@pytest.fixture
def add_client(secretary: Somebody, supplier: UUID) -> Callable[..., str]:
    """An organisation that lets the supplier act; the number of its application."""

    def add(name: str, *, state: str = "active", consents: bool = True) -> str:
        place = Case.objects.count() + 1
        body = make_organisation(secretary, oin=f"0000000390001{place:07}", name=name, kvk=f"9100{place:04}")
        if consents:
            parties.give_supplier_consent(by=secretary.id, provider_id=body, supplier_oin=SUPPLIER)
        case_id = start_application(
            organisation_id=body, actor=CaseActor(Side.PROVIDER, secretary.id, "", "signatory", body)
        )
        assert isinstance(case_id, UUID)
        Case.objects.filter(id=case_id).update(state=state)
        return numbers_of([case_id])[case_id]

    return add


@pytest.fixture
def three(add_client: Callable[..., str]) -> list[str]:
    """Three that are connected."""
    return [add_client(name) for name in ("Gemeente Aa", "Gemeente Bee", "Gemeente Cee")]


def plan(client: Client, numbers: list[str], task: str = "bericht", query: str = "") -> str:
    """Tick these and go on; where that leads."""
    made = client.post(OVERVIEW + query, {"dossier": numbers, "wat": task})
    assert made.status_code == 302, shown(client, made)
    return str(made["Location"])


def said(client: Client, address: str, **answers: str) -> str:
    """Say what; the page that asks whether it is so."""
    made = client.post(address, answers or {"text": TEXT})
    assert made.status_code == 302, shown(client, made)
    return shown(client, made)


def confirm(client: Client, address: str, numbers: list[str]) -> str:
    """Do it for these; what came of it."""
    seen = client.get(f"{address}nakijken/").context["fingerprint"]
    return shown(client, client.post(f"{address}nakijken/", {"dossier": numbers, "gezien": seen}))


def stop(secretary: Somebody, supplier: UUID, number: str) -> None:
    """This client lets the supplier act no more."""
    body = Case.objects.get(number=number).organisation_id
    assert body is not None
    parties.end_supplier_consent(by=secretary.id, provider_id=body, supplier_id=supplier)


def test_one_message_goes_to_the_desk_in_three_cases(tess: Client, three: list[str]) -> None:
    address = plan(tess, three)
    page = said(tess, address)
    assert "Wij vernieuwen vrijdag het certificaat.<br>Is dat goed?" in page
    assert all(f'value="{number}"' in page for number in three)
    assert not CaseMessage.objects.exists(), "nothing is sent before it is confirmed"
    seen = tess.get(f"{address}nakijken/").context["fingerprint"]
    for _ in range(2):
        told = shown(tess, tess.post(f"{address}nakijken/", {"dossier": three, "gezien": seen}))
        assert "3 berichten verstuurd" in told
        assert all(f"/organisatie/dossiers/{number}/#berichten" in told for number in three)
    assert [one.text for one in CaseMessage.objects.all()] == [TEXT] * 3
    assert "3 berichten verstuurd" in shown(tess, tess.get(address)), "told again, not asked again"


def test_a_change_begins_for_each_client_once_though_it_has_two_cases(
    tess: Client, three: list[str], add_client: Callable[..., str]
) -> None:
    unready = add_client("Gemeente Dee", state="testing")
    first = plan(tess, [three[0]], "wijziging")
    said(tess, first, change_of="metadata", reason="Nieuwe adressen.")
    confirm(tess, first, [three[0]])
    running = Case.objects.get(kind="change").number
    address = plan(tess, [*three, unready, running], "wijziging")
    page = said(tess, address, change_of="metadata", reason="Nieuwe adressen.")
    assert f"er loopt al zo’n wijziging, {running}" in page
    assert "Deze klant is niet aangesloten." in page.partition("Hiervoor gebeurt niets")[2]
    assert f'value="{unready}"' not in page
    told = confirm(tess, address, [three[1], three[2], unready])
    assert "2 wijzigingen begonnen" in told
    assert "Deze klant is niet aangesloten." in told
    changes = Case.objects.filter(kind="change").order_by("number")
    assert [one.organisation_name for one in changes] == ["Gemeente Aa", "Gemeente Bee", "Gemeente Cee"]
    for one in changes[1:]:
        form = tess.get(f"/organisatie/dossiers/{one.number}/formulier/change/change/").content.decode()
        assert "Nieuwe adressen." in form


def test_a_consent_that_ends_before_it_is_confirmed_refuses_that_client_only(
    tess: Client, three: list[str], secretary: Somebody, supplier: UUID
) -> None:
    address = plan(tess, three)
    said(tess, address)
    stop(secretary, supplier, three[1])
    told = confirm(tess, address, three)
    assert "2 berichten verstuurd" in told
    refused = told.partition('id="niet-gedaan"')[2]
    assert three[1] in refused
    assert "Misschien laat de klant u niet meer toe." in refused
    assert "Gemeente Bee" not in told
    assert f"/dossiers/{three[1]}/" not in told
    assert {one.case.number for one in CaseMessage.objects.select_related("case")} == {three[0], three[2]}


def test_what_may_not_be_seen_any_more_is_told_before_it_is_confirmed(
    tess: Client, three: list[str], secretary: Somebody, supplier: UUID
) -> None:
    address = plan(tess, three[:1])
    stop(secretary, supplier, three[0])
    page = said(tess, address)
    assert "Dit kan nu voor geen van deze klanten" in page
    assert 'id="doen"' not in page
    assert "Gemeente Aa" not in page


def test_a_case_of_another_that_is_posted_by_hand_is_not_there(
    tess: Client, three: list[str], add_client: Callable[..., str]
) -> None:
    strange = add_client("Gemeente Elders", consents=False)
    for task in ("bericht", "wijziging", "agenda"):
        alone = shown(tess, tess.post(OVERVIEW, {"dossier": [strange, "A-2020-9999"], "wat": task}))
        assert "Vink ten minste één dossier aan." in alone
        assert "Elders" not in alone
    address = plan(tess, [three[0], strange])
    assert strange not in said(tess, address)
    told = confirm(tess, address, [three[0], strange, three[1]])
    assert "1 bericht verstuurd" in told
    assert strange not in told
    assert {one.case.number for one in CaseMessage.objects.select_related("case")} == {three[0]}
    assert "Elders" not in tess.get(f"{OVERVIEW}?zoek=elders").content.decode()
    assert "Elders" not in tess.get(f"{OVERVIEW}overzicht.csv?zoek=elders").content.decode()


def test_a_plan_is_of_one_browser_and_one_organisation(
    tess: Client, three: list[str], technician: Somebody, supplier: UUID
) -> None:
    address = plan(tess, three)
    said(tess, address)
    colleague = make_account("sam@leverancier.example", "Sam Sleutel")
    join(colleague, supplier, MemberRole.TECHNICAL, by=technician)
    sam = Client()
    log_in(sam, colleague)
    for path in (address, f"{address}nakijken/", f"{address}klaar/"):
        assert sam.get(path).status_code == 404
    assert sam.post(f"{address}nakijken/", {"dossier": three}).status_code == 404
    other = make_organisation(
        technician, oin="00000003900000080000", name="Andere BV", kvk="90000008", is_supplier=True
    )
    chosen = tess.post("/account/kiezen/", {"als": f"organisation-{other}"})
    assert chosen.status_code == 302
    assert tess.get(f"{address}nakijken/").status_code == 404
    assert not CaseMessage.objects.exists()


def test_what_was_changed_in_another_window_is_not_sent_unread(tess: Client, three: list[str]) -> None:
    address = plan(tess, three)
    said(tess, address)
    seen = tess.get(f"{address}nakijken/").context["fingerprint"]
    said(tess, address, text="Iets anders.")
    told = shown(tess, tess.post(f"{address}nakijken/", {"dossier": three, "gezien": seen}))
    assert "U veranderde dit in een ander venster." in told
    assert not CaseMessage.objects.exists()


def test_what_was_typed_or_ticked_wrong_stands_there_still(tess: Client, three: list[str]) -> None:
    page = shown(tess, tess.post(OVERVIEW, {"dossier": three[:2]}))
    assert "Kies wat u wilt doen." in page
    assert page.count(" checked") == 2
    address = plan(tess, three)
    long = "x" * 4001
    assert long in shown(tess, tess.post(address, {"text": long}))
    said(tess, address)
    assert TEXT.partition("\n")[0] in tess.get(address).content.decode(), "to be changed once more"
    page = confirm(tess, address, [])
    assert "Vink ten minste één dossier aan." in page
    assert "checked" not in page


def test_everything_on_a_page_or_everything_that_was_searched_is_chosen(
    tess: Client, add_client: Callable[..., str]
) -> None:
    numbers = [add_client(f"Gemeente {letter}", state="testing") for letter in "abcdefghijklmnopqrstuvwxyz"]
    page = tess.get(f"{OVERVIEW}?vink=alles").content.decode()
    assert page.count(" checked") == 25
    assert "Pagina 1 van 2" in page
    assert "Dit zijn de eerste 25 van 26 dossiers." in tess.get("/organisatie/").content.decode()
    made = tess.post(OVERVIEW, {"alles": "on", "wat": "bericht"})
    assert "U koos 26 dossiers." in shown(tess, made)
    some = tess.post(f"{OVERVIEW}?zoek={numbers[25]}", {"dossier": [numbers[25]], "wat": "bericht"})
    assert "U koos 1 dossier." in shown(tess, some)


def test_the_overview_comes_as_a_file_in_which_nothing_is_calculated(
    tess: Client, add_client: Callable[..., str]
) -> None:
    number = add_client("=1+1 BV", state="acceptance")
    Case.objects.filter(number=number).update(turn="operator", due_on="2026-12-01")
    answer = tess.get(f"{OVERVIEW}overzicht.csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="klanten-')
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    client = Case.objects.get(number=number).organisation_id
    assert client is not None
    known = connecting_organisation(client)
    assert known is not None
    oin = known.oin
    assert len(oin) == 20
    assert row == {
        "client": "'=1+1 BV",
        "oin": oin,
        "case": number,
        "kind": "Aanvraag",
        "state": "Wij testen",
        "step": "Laten testen op preproductie",
        "turn": "Volmacht",
        "due_on": "2026-12-01",
        "first_certificate_ends_on": "",
    }


def test_the_days_of_what_was_chosen_come_as_one_calendar(
    tess: Client, three: list[str], add_client: Callable[..., str]
) -> None:
    Case.objects.filter(number__in=three[:2]).update(due_on="2026-12-01")

    def days(numbers: list[str]) -> list[tuple[str, date, str]]:
        answer = tess.post(OVERVIEW, {"dossier": numbers, "wat": "agenda"})
        assert answer["Content-Type"].startswith("text/calendar")
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        return [(str(one["uid"]), one.decoded("dtstart"), str(one["summary"])) for one in events]

    found = days(three)
    assert [(day, words) for _, day, words in found] == [
        (date(2026, 12, 1), f"Gemeente Aa: uiterlijk antwoord van Volmacht in {three[0]}"),
        (date(2026, 12, 1), f"Gemeente Bee: uiterlijk antwoord van Volmacht in {three[1]}"),
    ]
    assert found == days(three), "a second import changes nothing"
    nothing = shown(tess, tess.post(OVERVIEW, {"dossier": three[2:], "wat": "agenda"}))
    assert "Bij wat u koos hoort geen dag." in nothing


def test_a_certificate_that_never_ends_ends_on_the_last_day_of_the_calendar(
    three: list[str], technician: Somebody, supplier: UUID
) -> None:
    actor = CaseActor(Side.SUPPLIER, technician.id, "", "", supplier)
    never = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    cases = [replace(one, certificate_ends=never) for one in chosen_cases(actor, three[:1])]
    (event,) = Calendar.from_ical(calendar_file(cases).content).walk("VEVENT")
    assert event.decoded("dtstart") == date.max
    assert "9999-12-31" in csv_file(cases).content.decode()


def test_who_only_reads_sees_the_overview_and_sends_nothing(
    three: list[str], technician: Somebody, supplier: UUID
) -> None:
    reader = make_account("lea@leverancier.example", "Lea Leest")
    join(reader, supplier, MemberRole.READER, by=technician)
    client = Client()
    log_in(client, reader)
    page = client.get(OVERVIEW).content.decode()
    assert "Gemeente Aa" in page
    assert 'value="bericht"' not in page
    for task in ("bericht", "wijziging"):
        refused = client.post(OVERVIEW, {"dossier": three, "wat": task})
        assert "opnieuw=" in refused["Location"]
    assert not CaseMessage.objects.exists()


def test_an_organisation_that_supplies_nobody_has_no_such_page(member: Client) -> None:
    for path in (OVERVIEW, f"{OVERVIEW}overzicht.csv", f"{OVERVIEW}samen/{uuid4()}/"):
        assert member.get(path).status_code == 404
        assert member.post(path, {"wat": "bericht"}).status_code in {404, 405}


def test_everything_is_told_in_english_too(tess: Client, three: list[str]) -> None:
    page = tess.get(f"/en{OVERVIEW}").content.decode()
    assert "Tick everything on this page" in page
    made = tess.post(f"/en{OVERVIEW}", {"dossier": three, "wat": "wijziging"})
    assert "You chose 3 cases." in shown(tess, made)


def test_the_page_says_what_each_column_of_the_file_holds(
    tess: Client, add_client: Callable[..., str]
) -> None:
    add_client("Gemeente Dorp", state="testing")
    page = tess.get(OVERVIEW).text
    answer = tess.get(f"{OVERVIEW}overzicht.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(answer))
    for name in row:
        assert f'<dt><code lang="en">{name}</code></dt>' in page
    assert "De kolommen hebben in het bestand een Engelse naam." in page
    assert "OIN van de klant" in page
    assert row["turn"] == "U en uw klant"
    assert "OIN of the client" in tess.get(f"/en{OVERVIEW}").text
