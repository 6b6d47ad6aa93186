"""A form that is sent at the moment a membership or a role ends: nothing is done, and nothing typed is lost (CN-14)."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts import Somebody, join, log_in, make_account
from tests.onboarding.filled_in import handed_in
from tests.portals.staff.desk import a_town, an_employee
from volmacht import clock
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Case, CaseMessage
from volmacht.parties.models import Membership, StaffMember
from volmacht.rules.roles import MemberRole, StaffRole

pytestmark = pytest.mark.usefixtures("db")
TYPED = "Een lang verhaal over parkeren."
KEPT = "Wat u hebt ingevuld, is bewaard"
Town = tuple[str, Client, Somebody]


@pytest.fixture
def town() -> Town:
    """The address of a message about a case, and a colleague who writes it."""
    body, signatory, somebody = a_town()
    colleague = make_account("teun@dorp.example", "Teun Techniek")
    join(colleague, body, MemberRole.TECHNICAL, by=somebody)
    client = Client()
    log_in(client, colleague)
    address = f"/organisatie/dossiers/{Case.objects.get(id=handed_in(body, signatory)).number}/bericht/"
    assert client.get(address).status_code == 200
    return address, client, colleague


def membership(somebody: Somebody, **other: object) -> None:
    Membership.objects.filter(account_id=somebody.id).update(**other)


def give_roles(employee: CaseActor, *roles: StaffRole) -> None:
    assert employee.id
    StaffMember.objects.filter(id=employee.id).update(roles=list(roles))


def choose(client: Client, address: str, name: str) -> str:
    """Choose again for whom one acts, and go on where one was; what the page says."""
    page = client.get(f"/account/kiezen/?verder={address}").text
    key = page.partition(f">{name}<")[0].rpartition('value="')[2].partition('"')[0]
    return client.post(f"/account/kiezen/?verder={address}", {"als": key}, follow=True).text


def test_who_is_no_member_any_more_finds_what_they_typed_when_they_are_again(town: Town) -> None:
    address, client, colleague = town
    membership(colleague, ended_at=clock.now())
    answer = client.post(address, {"text": TYPED})
    assert answer["Location"].startswith("/account/kiezen/?verder=")
    assert not CaseMessage.objects.exists()
    assert TYPED not in client.get(address, follow=True).text
    membership(colleague, ended_at=None)
    assert TYPED in choose(client, address, "Gemeente Dorp")
    assert not CaseMessage.objects.exists(), "it is theirs to send"


def test_what_was_typed_for_one_organisation_is_not_shown_to_another(town: Town) -> None:
    _address, client, colleague = town
    other, _actor, signatory = a_town("Gemeente Elders", "00000001777700000000", "teken@elders.example")
    question = "/organisatie/vraag/"
    client.get(question)
    membership(colleague, ended_at=clock.now())
    join(colleague, other, MemberRole.TECHNICAL, by=signatory)
    client.post(question, {"subject": "Parkeren", "text": TYPED})
    page = choose(client, question, "Gemeente Elders")
    assert "<h1" in page
    assert TYPED not in page


@pytest.mark.parametrize(("chosen", "comes_back"), [("Gemeente Dorp", True), ("Gemeente Elders", False)])
def test_what_was_typed_when_the_log_in_had_ended_comes_back_for_the_same_organisation_only(
    town: Town, monkeypatch: pytest.MonkeyPatch, chosen: str, comes_back: bool
) -> None:
    _address, client, colleague = town
    other, _actor, signatory = a_town("Gemeente Elders", "00000001777700000000", "teken@elders.example")
    join(colleague, other, MemberRole.TECHNICAL, by=signatory)
    later = clock.wall_clock() + timedelta(minutes=16)
    question = "/organisatie/vraag/"
    assert client.get(question).status_code == 200
    monkeypatch.setattr(clock, "wall_clock", lambda: later)
    answer = client.post(question, {"subject": "Parkeren", "text": TYPED})
    assert answer["Location"].startswith("/account/inloggen/")
    log_in(client, colleague, question)
    assert (TYPED in choose(client, question, chosen)) is comes_back


def test_who_has_another_role_now_is_told_that_it_is_kept(town: Town) -> None:
    address, client, colleague = town
    membership(colleague, roles=[MemberRole.READER])
    answer = client.post(address, {"text": TYPED})
    assert answer.status_code == 404
    assert KEPT in answer.text
    membership(colleague, roles=[MemberRole.TECHNICAL])
    assert TYPED in client.get(address).text
    assert TYPED not in client.get(address).text, "once"


@pytest.fixture
def judged() -> tuple[str, Client, CaseActor]:
    """The address at which an assessor refuses a case."""
    client, actor = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town()
    number = Case.objects.get(id=handed_in(body, signatory)).number
    return f"/bureau/dossier/{number}/afwijzen/", client, actor


@pytest.mark.parametrize("roles", [[StaffRole.AUDITOR], []], ids=["another", "none"])
def test_an_employee_whose_role_ended_finds_what_they_typed_when_it_is_back(
    judged: tuple[str, Client, CaseActor], roles: list[StaffRole]
) -> None:
    address, client, actor = judged
    give_roles(actor, *roles)
    answer = client.post(address, {"tekst": TYPED})
    if roles:
        assert answer.status_code == 403
        assert KEPT in answer.text
    assert not Case.objects.filter(state="refused").exists()
    give_roles(actor, StaffRole.ASSESSOR)
    page = client.get(address).text if roles else choose(client, address, "De beheerder van deze site")
    assert TYPED in page


def test_a_page_that_is_refused_keeps_nothing_of_who_only_looked(
    judged: tuple[str, Client, CaseActor],
) -> None:
    address, client, actor = judged
    give_roles(actor, StaffRole.AUDITOR)
    assert KEPT not in client.get(address).text
