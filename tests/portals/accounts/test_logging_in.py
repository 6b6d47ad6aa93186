"""Logging in with an account: two factors, equal answers, limits, and where one goes."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts import PASSWORD, employ, join, log_in, make_account, make_organisation
from volmacht import clock
from volmacht.parties import operations
from volmacht.parties.models import Account
from volmacht.portals.shared.parked_work import ACCOUNT
from volmacht.rules.roles import MemberRole, StaffRole

pytestmark = pytest.mark.usefixtures("db")
LOG_IN, CODE = "/account/inloggen/", "/account/inloggen/code/"


def follow(client: Client, response: object) -> str:
    """The page of a form that was not accepted."""
    address = response["Location"]  # type: ignore[index]  # a response of the test client
    return client.get(address).text


def test_password_and_code_log_somebody_in(client: Client) -> None:
    somebody = make_account()
    log_in(client, somebody)
    page = client.get("/account/")
    assert page.status_code == 200
    assert somebody.name in page.text
    assert somebody.email in page.text


def test_a_password_alone_opens_nothing(client: Client) -> None:
    somebody = make_account()
    client.post(LOG_IN, {"email": somebody.email, "wachtwoord": PASSWORD})
    assert client.get("/account/")["Location"].startswith(LOG_IN)
    assert client.get("/account/tweede-stap/")["Location"] == LOG_IN, "it sets no other second step up"
    assert ACCOUNT not in client.session


def test_who_has_only_a_password_sets_a_second_step_up_first(client: Client) -> None:
    somebody = make_account()
    Account.objects.filter(id=somebody.id).update(totp_sealed=None)
    answer = client.post(LOG_IN, {"email": somebody.email, "wachtwoord": PASSWORD})
    assert answer["Location"] == "/account/tweede-stap/"
    assert client.get("/account/")["Location"].startswith(LOG_IN)
    assert "<svg" in client.get("/account/tweede-stap/").text


def test_unknown_address_and_wrong_password_look_the_same(client: Client) -> None:
    somebody = make_account()
    pages = []
    for email in (somebody.email, "niemand@gemeente.example"):
        answer = client.post(LOG_IN, {"email": email, "wachtwoord": "niet het goede wachtwoord"})
        page = client.get(answer["Location"])
        assert page.status_code == 403
        pages.append(page.text.replace(email, "…").partition("<main")[2].partition("csrf")[0])
    assert pages[0] == pages[1]
    assert "klopt niet" in pages[0]


@pytest.mark.parametrize("email", ["petra@gemeente.example", "niemand@gemeente.example"])
def test_after_five_wrong_passwords_one_waits_whether_there_is_an_account_or_not(
    client: Client, email: str
) -> None:
    make_account()
    for _ in range(5):
        assert "klopt niet" in follow(
            client, client.post(LOG_IN, {"email": email, "wachtwoord": "fout, fout"})
        )
    page = follow(client, client.post(LOG_IN, {"email": email.upper(), "wachtwoord": PASSWORD}))
    assert "te vaak" in page


def test_after_five_wrong_codes_one_waits(client: Client) -> None:
    somebody = make_account()
    client.post(LOG_IN, {"email": somebody.email, "wachtwoord": PASSWORD})
    for _ in range(5):
        assert "klopt niet" in follow(client, client.post(CODE, {"inlogcode": "000000"}))
    assert "te vaak" in follow(client, client.post(CODE, {"inlogcode": somebody.code()}))


def test_a_code_is_good_for_one_log_in(client: Client) -> None:
    somebody = make_account()
    other = Client()
    code = somebody.code()
    for browser in (client, other):
        browser.post(LOG_IN, {"email": somebody.email, "wachtwoord": PASSWORD})
        answer = browser.post(CODE, {"inlogcode": code})
    assert "klopt niet" in follow(other, answer)
    assert ACCOUNT not in other.session


def test_a_recovery_code_logs_in_once_and_its_owner_is_told(client: Client) -> None:
    from volmacht.notifications.models import Message

    somebody = make_account()
    code = operations.renew_recovery_codes(somebody.id)[0]
    client.post(LOG_IN, {"email": somebody.email, "wachtwoord": PASSWORD})
    assert client.post(CODE, {"inlogcode": code})["Location"] == "/account/"
    assert Message.objects.filter(kind="account_changed").count() == 1


def test_the_session_has_a_new_key_and_typed_passwords_are_not_kept(client: Client) -> None:
    somebody = make_account()
    client.post(LOG_IN, {"email": somebody.email, "wachtwoord": "niet het goede wachtwoord"})
    assert "niet het goede" not in str(dict(client.session))
    before = client.session.session_key
    log_in(client, somebody)
    assert client.session.session_key != before
    assert PASSWORD not in str(dict(client.session))


def test_the_member_of_one_organisation_acts_for_it_and_who_can_do_more_chooses(client: Client) -> None:
    somebody = make_account()
    organisation = make_organisation(somebody)
    log_in(client, somebody)
    assert client.session[ACCOUNT]["organisation"] == str(organisation)
    client.post("/uitloggen/")
    staff = employ(somebody, StaffRole.ASSESSOR)
    log_in(client, somebody)
    assert client.session[ACCOUNT]["organisation"] is None
    assert "Gemeente Testdam" in client.get("/account/kiezen/").text
    client.post("/account/kiezen/", {"als": f"staff-{staff}"})
    assert client.session[ACCOUNT]["staff"] == str(staff)
    client.post("/account/kiezen/", {"als": f"organisation-{staff}"})
    assert client.session[ACCOUNT]["organisation"] is None, "not an organisation of theirs"


def test_a_removed_member_is_out_at_once(client: Client) -> None:
    signatory, member = make_account("teken@gemeente.example"), make_account()
    organisation = make_organisation(signatory)
    join(member, organisation, MemberRole.TECHNICAL, by=signatory)
    log_in(client, member)
    assert client.get("/account/organisatie/bewijs/").status_code == 200
    operations.remove_member(by=signatory.id, organisation_id=organisation, account_id=member.id)
    assert client.get("/account/organisatie/bewijs/")["Location"].startswith("/account/kiezen/")
    assert client.session[ACCOUNT]["organisation"] is None


def test_a_reader_may_not_prove_anything(client: Client) -> None:
    signatory, member = make_account("teken@gemeente.example"), make_account()
    join(member, make_organisation(signatory), MemberRole.READER, by=signatory)
    log_in(client, member)
    assert client.get("/account/organisatie/bewijs/").status_code == 403


def test_an_account_that_is_not_active_or_ended_its_sessions_is_out_at_once(client: Client) -> None:
    somebody = make_account()
    log_in(client, somebody)
    operations.end_sessions(somebody.id)
    assert client.get("/account/")["Location"].startswith(LOG_IN)
    log_in(client, somebody)
    Account.objects.filter(id=somebody.id).update(active=False)
    assert client.get("/account/")["Location"].startswith(LOG_IN)


def test_a_log_in_ends_after_fifteen_idle_minutes_and_what_was_typed_comes_back(client: Client) -> None:
    somebody = make_account()
    log_in(client, somebody)
    session = client.session
    session[ACCOUNT] = {
        **session[ACCOUNT],
        "last_seen": (clock.wall_clock() - timedelta(minutes=16)).isoformat(),
    }
    session.save()
    answer = client.post("/account/naam/", {"name": "Petra Nieuw", "language": "en"})
    assert answer["Location"].startswith(LOG_IN)
    log_in(client, somebody, continue_at="/account/naam/")
    assert "Petra Nieuw" in client.get("/account/naam/").text


def test_ending_sessions_elsewhere_keeps_this_one(client: Client) -> None:
    somebody, other = make_account(), Client()
    log_in(client, somebody)
    log_in(other, somebody)
    client.post("/account/sessies/")
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_the_way_on_never_leads_elsewhere(client: Client) -> None:
    somebody = make_account()
    first = f"{LOG_IN}?verder=https://elders.example/"
    client.post(first, {"email": somebody.email, "wachtwoord": PASSWORD})
    assert client.post(CODE, {"inlogcode": somebody.code()})["Location"] == "/account/"
