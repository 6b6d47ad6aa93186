"""A service, a set or a provider changed with a form: checked first, decided by a colleague, nothing undone unseen."""

import re
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.mandates.scene import MUNICIPAL_TAXES
from tests.portals.staff.desk import an_employee
from volmacht import clock
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, NotJudged, Objection
from volmacht.catalogue.models import Connection, Proposal, Provider, Service
from volmacht.catalogue.operations import InvalidContent, approve, propose, propose_edit
from volmacht.portals.staff.entry_form import EntryForm
from volmacht.rules.environment import Environment
from volmacht.rules.periods import start_of
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("demo_catalogue")
HERE = "/bureau/catalogus/"
OTHER = "Gemeentelijke heffingen"
EXPLANATION = "Hij mag:\r\n\r\nkijken en betalen."


@pytest.fixture
def lieke() -> Client:
    """Who changes."""
    return an_employee(StaffRole.CATALOGUE_MANAGER, name="Lieke Proef")[0]


@pytest.fixture
def bram() -> Client:
    """Who judges, or changes the same."""
    return an_employee(StaffRole.CATALOGUE_MANAGER, name="Bram Proef")[0]


@pytest.fixture
def taxes() -> Service:
    return Service.objects.get(name=MUNICIPAL_TAXES, environment=Environment.PRODUCTION)


def form_of(entry_id: UUID) -> str:
    return f"{HERE}{entry_id}/wijzigen/"


def filled_in(entry_id: UUID) -> dict[str, str]:
    """What the form sends when nobody types anything."""
    entry = queries.standing_entry(entry_id)
    assert entry is not None
    form = EntryForm(entry=entry)
    data: dict[str, str] = {}
    for name in form.fields:
        value = form[name].value()
        if name == "active_until":
            parts = (value.day, value.month, value.year) if value else ("", "", "")
            data |= {
                f"{name}_{part}": str(one) for part, one in zip(("day", "month", "year"), parts, strict=True)
            }
        else:
            data[name] = str(value)
    return data


def check(client: Client, entry_id: UUID, **typed: str) -> Any:
    """The page after the form."""
    return client.post(form_of(entry_id), filled_in(entry_id) | typed, follow=True)


def kept_in(page: str) -> dict[str, str]:
    """What the page of the check sends on."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def propose_it(client: Client, entry_id: UUID, **typed: str) -> Any:
    page = check(client, entry_id, **typed)
    assert 'id="stel-voor"' in page.text
    return client.post(page.wsgi_request.get_full_path(), {**kept_in(page.text), "bevestig": "ja"})


def staff(client: Client) -> UUID:
    return UUID(client.session["account"]["staff"])


def change_meanwhile(one: Client, other: Client, entry_id: UUID, **fields: object) -> None:
    """By another way than the form."""
    proposal = propose(ChangeKind.CHANGE_SERVICE, {"id": entry_id, **fields}, by=staff(one))
    assert approve(proposal, by=staff(other)) is None


def test_a_service_is_changed_with_a_form_checked_and_approved_by_a_colleague(
    lieke: Client, bram: Client, taxes: Service
) -> None:
    assert form_of(taxes.id) in lieke.get(f"{HERE}{taxes.id}/").text
    page = lieke.get(form_of(taxes.id)).text
    assert f'value="{MUNICIPAL_TAXES}"' in page
    assert f"{HERE}{taxes.id}/niveau/" in page
    assert 'name="minimum_level"' not in page, "a level changes on a day that is told beforehand"
    typed = {"name": OTHER, "explanation": EXPLANATION, "counter_allowed": "nee", "longest_months": "24"}
    page = check(lieke, taxes.id, **typed).text
    assert f"<del>{MUNICIPAL_TAXES}</del> → {OTHER}" in page
    assert "Machtigen aan de balie kan" in page
    assert "Zoekwoorden" not in page, "only what changes is told"
    assert not Proposal.objects.filter(state="open").exists(), "looking proposes nothing"

    proposal = propose_it(lieke, taxes.id, **typed)["Location"]
    page = lieke.get(proposal).text
    assert "De wijziging is voorgesteld." in page
    assert 'id="goedkeuren"' not in page
    lieke.post(f"{proposal}goed/")
    assert "U hebt dit zelf voorgesteld" in lieke.get(proposal).text
    taxes.refresh_from_db()
    assert taxes.name == MUNICIPAL_TAXES

    bram.post(f"{proposal}goed/")
    taxes.refresh_from_db()
    assert (taxes.name, taxes.longest_months, taxes.counter_allowed) == (OTHER, 24, False)
    assert taxes.explanation == "Hij mag:\n\nkijken en betalen."
    assert Proposal.objects.latest("proposed_at").content.keys() == {"id", *typed}


def test_what_stands_already_changes_nothing(lieke: Client, taxes: Service) -> None:
    page = check(lieke, taxes.id, name=f" {MUNICIPAL_TAXES} ").text
    assert "Er verandert niets." in page
    assert 'id="stel-voor"' not in page
    forced = {**filled_in(taxes.id), "bevestig": "ja"}
    assert lieke.post(form_of(taxes.id), forced, follow=True).status_code == 409
    assert not Proposal.objects.filter(state="open").exists()


@pytest.mark.parametrize(
    ("typed", "dutch", "english"),
    [
        ({"name": " "}, "Vul een naam in.", "Enter a name."),
        ({"name": "x" * 256}, "ten hoogste 255 tekens", "at most 255 characters"),
        ({"description": "x" * 301}, "ten hoogste 300 tekens", "at most 300 characters"),
        ({"name_en": "a\tb"}, "teken in dat niet kan", "a character that cannot be shown"),
        ({"website": "javascript:alert(1)"}, "een heel webadres", "a full web address"),
        ({"website": "https://["}, "een heel webadres", "a full web address"),
        ({"longest_months": "61"}, "van 1 tot en met 60", "from 1 to 60"),
        ({"longest_months": "veel"}, "van 1 tot en met 60", "from 1 to 60"),
        ({"request_days": "0"}, "van 1 tot en met 365", "from 1 to 365"),
        ({"minimum_age": "121"}, "van 0 tot en met 120", "from 0 to 120"),
        ({"representative_kind": "iedereen"}, "Kies wie gemachtigde mag zijn.", "Choose who may"),
        ({"counter_allowed": ""}, "Kies ja of nee.", "Choose yes or no."),
        (
            {"active_until_day": "31", "active_until_month": "2", "active_until_year": "2090"},
            "31 februari 2090 bestaat niet.",
            "31 February 2090 does not exist.",
        ),
        (
            {"active_until_day": "1", "active_until_month": "2", "active_until_year": "2001"},
            "Kies vandaag of een latere dag.",
            "Choose today or a later day.",
        ),
    ],
    ids=lambda one: "-".join(one) if isinstance(one, dict) else "",
)
def test_what_is_wrong_is_told_at_the_field_and_nothing_typed_is_lost(
    lieke: Client, taxes: Service, typed: dict[str, str], dutch: str, english: str
) -> None:
    data = filled_in(taxes.id) | {"keywords": "ozb, hondenbelasting en meer"} | typed
    for before, words in (("", dutch), ("/en", english)):
        answer = lieke.post(f"{before}{form_of(taxes.id)}", data, follow=True)
        assert answer.status_code == 400
        assert words in answer.text
        assert "ozb, hondenbelasting en meer" in answer.text
        assert 'aria-invalid="true"' in answer.text
    assert not Proposal.objects.filter(state="open").exists()


def test_the_end_is_a_day_and_may_be_taken_away(lieke: Client, bram: Client, taxes: Service) -> None:
    year = clock.today().year + 1
    parts = {"active_until_day": "1", "active_until_month": "7", "active_until_year": str(year)}
    page = check(lieke, taxes.id, **parts).text
    assert f"1 juli {year} om 00.00 uur" in page
    proposal = propose_it(lieke, taxes.id, **parts)["Location"]
    bram.post(f"{proposal}goed/")
    taxes.refresh_from_db()
    assert taxes.active_until == start_of(clock.today().replace(year=year, month=7, day=1))

    proposal = propose_it(lieke, taxes.id, **dict.fromkeys(parts, ""))["Location"]
    bram.post(f"{proposal}goed/")
    taxes.refresh_from_db()
    assert taxes.active_until is None


def test_an_end_before_the_beginning_is_told(lieke: Client, bram: Client, taxes: Service) -> None:
    later = clock.today().replace(year=clock.today().year + 2, month=1, day=1)
    change_meanwhile(lieke, bram, taxes.id, active_from=start_of(later))
    parts = {"active_until_day": "1", "active_until_month": "1", "active_until_year": str(later.year - 1)}
    assert "Kies een dag na het begin" in check(lieke, taxes.id, **parts).text


def test_somebody_goes_back_from_the_check_to_what_they_typed(lieke: Client, taxes: Service) -> None:
    page = check(lieke, taxes.id, name=OTHER, active_until_day="1")
    assert page.status_code == 400
    page = check(lieke, taxes.id, name=OTHER)
    back = unescape(page.text.split('class="where"')[1].split('href="')[1].split('"')[0])
    page = lieke.get(back)
    assert f'value="{OTHER}"' in page.text
    action = unescape(page.text.split(f'action="{form_of(taxes.id)}')[1].split('"')[0])
    assert "aanpassen" not in action
    data = filled_in(taxes.id) | {"name": "Nog anders"}
    assert "Nog anders</dd>" in lieke.post(form_of(taxes.id) + action, data, follow=True).text


def test_what_a_colleague_changed_meanwhile_is_told_and_not_undone(
    lieke: Client, bram: Client, taxes: Service
) -> None:
    shown = filled_in(taxes.id)
    change_meanwhile(lieke, bram, taxes.id, name=OTHER, keywords="nieuw woord")
    answer = lieke.post(form_of(taxes.id), shown | {"keywords": "eigen woord"}, follow=True)
    assert answer.status_code == 409
    assert "Dit is intussen veranderd." in answer.text
    assert f"<del>{MUNICIPAL_TAXES}</del> → {OTHER}" in answer.text
    assert f'value="{OTHER}"' in answer.text, "what nobody typed is what stands now"
    assert "eigen woord</textarea>" in answer.text, "what was typed stays"
    forced = lieke.post(form_of(taxes.id), shown | {"keywords": "eigen woord", "bevestig": "ja"}, follow=True)
    assert forced.status_code == 409
    assert not Proposal.objects.filter(state="open").exists()
    page = check(lieke, taxes.id, keywords="eigen woord").text
    assert "eigen woord</dd>" in page, "who saw it goes on"


def test_a_proposal_that_others_overtook_can_only_be_rejected(
    lieke: Client, bram: Client, taxes: Service
) -> None:
    proposal = propose_it(lieke, taxes.id, name=OTHER)["Location"]
    change_meanwhile(lieke, bram, taxes.id, keywords="nieuw woord")
    assert 'id="goedkeuren"' in bram.get(proposal).text, "another field is not in the way"
    change_meanwhile(lieke, bram, taxes.id, name="Weer anders")
    page = bram.get(proposal).text
    assert "Intussen veranderd" in page
    assert 'id="goedkeuren"' not in page
    bram.post(f"{proposal}goed/")
    assert "De catalogus is intussen veranderd." in bram.get(proposal).text
    taxes.refresh_from_db()
    assert taxes.name == "Weer anders"
    bram.post(f"{proposal}niet/")
    assert Proposal.objects.latest("proposed_at").state == "approved"


def test_who_proposes_the_same_a_second_time_is_told(lieke: Client, bram: Client, taxes: Service) -> None:
    first = propose_it(lieke, taxes.id, name=OTHER)["Location"]
    for address in (form_of(taxes.id), f"{HERE}{taxes.id}/", f"{HERE}{taxes.id}/niveau/"):
        page = bram.get(address).text
        assert "Hierover ligt al een voorstel" in page
        assert first in page
    answer = check(bram, taxes.id, name="Weer anders")
    assert answer.status_code == 409
    assert "Laat een collega daar eerst over besluiten" in answer.text
    assert 'value="Weer anders"' in answer.text
    proposed = propose_it(bram, taxes.id, keywords="iets anders dan de naam")
    assert proposed.status_code == 302, "about another field it may"


def test_a_set_and_a_provider_have_the_form_too(lieke: Client, bram: Client) -> None:
    a_set = Service.objects.filter(is_set=True, environment=Environment.PRODUCTION).first()
    provider = Provider.objects.filter(environment=Environment.PRODUCTION).first()
    assert a_set
    assert provider
    page = lieke.get(form_of(a_set.id)).text
    assert "Wijzig deze dienstenset" in page
    assert f'name="longest_months" value="{a_set.longest_months}"' in page, "its own, not that of its members"
    assert "/niveau/" not in page
    page = lieke.get(form_of(provider.id)).text
    assert "Wijzig deze aanbieder" in page
    assert "longest_months" not in page
    proposal = propose_it(lieke, provider.id, name="Gemeente Anders")["Location"]
    bram.post(f"{proposal}goed/")
    provider.refresh_from_db()
    assert provider.name == "Gemeente Anders"


def test_who_may_not_change_the_catalogue_has_no_form(lieke: Client, taxes: Service) -> None:
    auditor = an_employee(StaffRole.AUDITOR, name="Yara Proef")[0]
    assert form_of(taxes.id) not in auditor.get(f"{HERE}{taxes.id}/").text
    assert auditor.get(form_of(taxes.id)).status_code == 403
    forced = {**filled_in(taxes.id), "name": OTHER, "bevestig": "ja"}
    assert auditor.post(form_of(taxes.id), forced).status_code == 403
    assert not Proposal.objects.filter(state="open").exists()


def test_what_has_no_such_form_is_not_there(lieke: Client) -> None:
    connection = Connection.objects.first()
    assert connection
    for entry_id in (uuid4(), connection.id):
        assert lieke.get(form_of(entry_id)).status_code == 404
        assert lieke.post(form_of(entry_id), {"name": "x", "bevestig": "ja"}).status_code == 404
        assert propose_edit(entry_id, {"name": "x"}, seen=0, by=staff(lieke)) is None


def test_the_form_changes_no_level_whatever_is_sent(lieke: Client, taxes: Service) -> None:
    page = check(lieke, taxes.id, minimum_level="10", mandatable="nee", name=OTHER).text
    assert "Niveau van inloggen</dt>" not in page
    with pytest.raises(InvalidContent, match="minimum_level"):
        propose_edit(taxes.id, {"minimum_level": 10}, seen=99, by=staff(lieke))


def test_a_window_that_was_left_open_cannot_propose_over_a_newer_version(
    lieke: Client, bram: Client, taxes: Service
) -> None:
    entry = queries.standing_entry(taxes.id)
    assert entry is not None
    change_meanwhile(lieke, bram, taxes.id, keywords="nieuw woord")
    stale = propose_edit(taxes.id, {"name": OTHER}, seen=entry.version, by=staff(lieke))
    assert stale is Objection.ENTRY_CHANGED
    proposal = propose_edit(taxes.id, {"name": OTHER}, seen=entry.version + 1, by=staff(lieke))
    assert isinstance(proposal, UUID)
    again = propose_edit(taxes.id, {"name": "Weer anders"}, seen=entry.version + 1, by=staff(bram))
    assert again is Objection.PROPOSED_ALREADY
    assert approve(proposal, by=staff(lieke)) == NotJudged(Objection.OWN_PROPOSAL)
