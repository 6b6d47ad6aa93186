"""Links: making an account, a forgotten password, an invitation. Used twice, too late, or by another person."""

import re
from uuid import UUID

import pytest
from django.test import Client

from tests.accounts import PASSWORD, Somebody, code_of, log_in, make_account, make_organisation
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.models import Message
from volmacht.parties import operations, queries
from volmacht.portals.shared.parked_work import ACCOUNT
from volmacht.rules.accounts import LinkPurpose
from volmacht.rules.roles import MemberRole, StaffRole

pytestmark = pytest.mark.usefixtures("db")
NEW = {"name": "Nieuwe Nora", "language": "nl", "wachtwoord": PASSWORD}


def set_app_up(client: Client) -> None:
    """Copy the key of the page to an app, and type its code."""
    page = client.get("/account/tweede-stap/").text
    found = re.search(r'id="sleutel">([A-Z2-7 ]+)<', page)
    assert found, page
    answer = client.post("/account/tweede-stap/", {"inlogcode": code_of(found[1].replace(" ", ""))})
    assert answer["Location"] == "/account/herstelcodes/", answer["Location"]


def test_a_link_leads_to_a_password_an_app_and_recovery_codes_that_are_shown_once(client: Client) -> None:
    secret = operations.make_link(LinkPurpose.NEW_ACCOUNT, email="nora@gemeente.example")
    page = client.get(f"/account/link/{secret}/")
    assert "nora@gemeente.example" in page.text
    assert client.post(f"/account/link/{secret}/", NEW)["Location"] == "/account/tweede-stap/"
    assert client.get("/account/").status_code == 302, "no second step yet"
    set_app_up(client)
    codes = client.get("/account/herstelcodes/")
    assert len(re.findall(r"<li><code>", codes.text)) == 10
    assert client.get("/account/herstelcodes/")["Location"] == "/account/"
    assert "Nieuwe Nora" in client.get("/account/").text


def test_a_link_that_was_used_or_never_sent_is_told_in_words(client: Client) -> None:
    secret = operations.make_link(LinkPurpose.NEW_ACCOUNT, email="nora@gemeente.example")
    client.post(f"/account/link/{secret}/", NEW)
    for other, words in ((secret, "al gebruikt"), ("geraden", "werkt niet")):
        page = Client().get(f"/account/link/{other}/")
        assert page.status_code == 410
        assert words in page.text


def test_a_bad_password_is_told_and_the_name_is_kept(client: Client) -> None:
    secret = operations.make_link(LinkPurpose.NEW_ACCOUNT, email="nora@gemeente.example")
    answer = client.post(f"/account/link/{secret}/", {**NEW, "wachtwoord": "kort"})
    page = client.get(answer["Location"])
    assert page.status_code == 409
    assert "te kort" in page.text
    assert "Nieuwe Nora" in page.text
    assert 'value="kort"' not in page.text


def test_a_wrong_name_alone_is_told_alone_and_the_password_is_asked_once_more(client: Client) -> None:
    secret = operations.make_link(LinkPurpose.NEW_ACCOUNT, email="nora@gemeente.example")
    answer = client.post(f"/account/link/{secret}/", {**NEW, "name": ""})
    page = client.get(answer["Location"]).text
    assert "Vul uw naam in." in page
    assert "Vul een wachtwoord in." not in page
    assert "Vul dit nog een keer in. Wij bewaren het niet." in page
    neither = client.post(f"/account/link/{secret}/", {**NEW, "name": "", "wachtwoord": ""})
    assert "Vul een wachtwoord in." in client.get(neither["Location"]).text


def test_the_name_of_an_employee_is_filled_in(client: Client) -> None:
    operations.create_staff_member("Nadia Haddad", "nadia@volmacht.example", [StaffRole.ASSESSOR])
    secret = operations.link_for_employee("nadia@volmacht.example")
    assert 'value="Nadia Haddad"' in client.get(f"/account/link/{secret}/").text


@pytest.mark.parametrize("email", ["petra@gemeente.example", "niemand@gemeente.example"])
def test_asking_for_a_link_gets_one_answer_whether_there_is_an_account_or_not(
    client: Client, email: str
) -> None:
    make_account()
    answer = client.post("/account/wachtwoord-vergeten/", {"email": email})
    assert answer["Location"] == "/account/gemaild/"
    expected = 1 if email.startswith("petra") else 0
    assert Message.objects.filter(kind=MessageKind.PASSWORD_LINK).count() == expected


def test_an_address_is_mailed_three_times_an_hour_at_most(client: Client) -> None:
    for _ in range(5):
        client.post("/account/nieuw/", {"email": "vol@gemeente.example"})
    assert Message.objects.filter(kind=MessageKind.ACCOUNT_LINK).count() == 3


def test_a_new_password_by_a_link_needs_the_second_step_still_and_is_told(client: Client) -> None:
    somebody = make_account()
    made = operations.link_for_address(somebody.email, forgotten=True)
    assert made is not None
    answer = client.post(f"/account/link/{made[1]}/", {"wachtwoord": "zes blauwe bakfietsen"})
    assert answer["Location"] == "/account/inloggen/"
    assert ACCOUNT not in client.session
    assert Message.objects.filter(kind=MessageKind.ACCOUNT_CHANGED).count() == 1


def invited(signatory: Somebody, organisation: UUID, email: str) -> str:
    """The address of an invitation."""
    made = operations.invite_member(
        by=signatory.id, organisation_id=organisation, email=email, roles=[MemberRole.TECHNICAL]
    )
    assert isinstance(made, tuple)
    return f"/account/uitnodiging/{made[1]}/"


def test_who_has_no_account_makes_it_with_the_invitation(client: Client) -> None:
    signatory = make_account("teken@gemeente.example")
    organisation = make_organisation(signatory)
    address = invited(signatory, organisation, "nora@gemeente.example")
    assert "Gemeente Testdam" in client.get(address).text
    assert client.post(address, NEW)["Location"] == "/account/tweede-stap/"
    set_app_up(client)
    codes = client.get("/account/herstelcodes/").text
    assert address in codes, "the way on leads back to the invitation"
    assert client.post(address)["Location"] == "/organisatie/"
    assert client.session[ACCOUNT]["organisation"] == str(organisation)
    assert [one.name for one in queries.members(organisation)][1:] == ["Nieuwe Nora"]


def test_an_invitation_to_another_address_is_refused_in_words(client: Client) -> None:
    signatory, other = make_account("teken@gemeente.example"), make_account("ander@elders.example")
    organisation = make_organisation(signatory)
    address = invited(signatory, organisation, "nora@gemeente.example")
    log_in(client, other)
    page = client.post(address)
    assert page.status_code == 410
    assert "niet voor u" in page.text
    assert "nora@" not in page.text
    assert queries.member(other.id, organisation) is None


def test_who_has_an_account_logs_in_first_and_an_invitation_works_once(client: Client) -> None:
    signatory, petra = make_account("teken@gemeente.example"), make_account()
    address = invited(signatory, make_organisation(signatory), petra.email)
    assert client.get(address)["Location"].startswith("/account/inloggen/?verder=")
    log_in(client, petra, continue_at=address)
    client.post(address)
    page = client.get(address)
    assert page.status_code == 410
    assert "al gebruikt" in page.text


def test_an_employee_s_link_makes_them_log_in_as_an_employee(client: Client) -> None:
    staff_id = operations.create_staff_member("Asha", "asha@beheer.example", [StaffRole.ASSESSOR])
    secret = operations.link_for_employee("asha@beheer.example")
    client.post(f"/account/link/{secret}/", {**NEW, "name": "Asha"})
    set_app_up(client)
    assert client.session[ACCOUNT]["staff"] == str(staff_id)
    known = queries.staff_member_by_id(staff_id)
    assert known is not None
    assert known.account_id is not None


def test_a_new_link_for_an_employee_takes_the_old_second_step_away(client: Client) -> None:
    operations.create_staff_member("Asha", "asha@beheer.example", [StaffRole.ASSESSOR])
    for _ in range(2):
        secret = operations.link_for_employee("asha@beheer.example")
        assert isinstance(secret, str)
        client.post(f"/account/link/{secret}/", {**NEW, "name": "Asha"})
        set_app_up(client)
    account = queries.account_with_email("asha@beheer.example")
    assert account is not None
    assert account.has_totp
