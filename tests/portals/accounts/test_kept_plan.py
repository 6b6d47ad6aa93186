"""The answers of a plan come along through account, second step and sign-up, into the application (CN-17)."""

import html
import json
import re

import pytest
from django.test import Client

from tests.accounts import log_in, make_account
from tests.portals.accounts.test_links import NEW, set_app_up
from tests.portals.accounts.test_signing_up import GOOD
from volmacht import clock
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.models import Message
from volmacht.onboarding.models import Case
from volmacht.parties.models import ConnectingOrganisation, Membership
from volmacht.sealing import Purpose, unseal

pytestmark = pytest.mark.usefixtures("db")
START = "/organisatie/aanvraag/"
ANSWERS = (
    "verantwoordelijk=team&diensten=3&moment=na-inloggen&maanden=36&berichtenbox=ja&nabestaanden=nee"
    "&leverancier=nee&start_day=2&start_month=3&start_year=2027"
)


def take_along(client: Client) -> None:
    """Press the button under the plan, as somebody without an account, and choose to sign up."""
    plan = client.get(f"/aansluiten/plan/resultaat/?{ANSWERS}").text
    button = re.search(r'href="([^"]+)" id="naar-aanvraag"', plan)
    assert button
    assert client.get(html.unescape(button[1]), follow=True).status_code == 200


def ask_for_account(client: Client) -> str:
    """The address in the mail."""
    client.post("/account/nieuw/", {"email": "nora@elzendam.example"})
    mailed = Message.objects.get(kind=MessageKind.ACCOUNT_LINK)
    opened = unseal(Purpose.OUTBOX, mailed.id, bytes(mailed.values_sealed or b""))
    return str(json.loads(opened)["path"])


@pytest.mark.parametrize("elsewhere", [False, True], ids=["the same browser", "another browser"])
def test_answers_of_a_plan_reach_the_application_of_who_signs_up_first(
    client: Client, *, elsewhere: bool
) -> None:
    take_along(client)
    link = ask_for_account(client)
    there = Client() if elsewhere else client
    there.get(link)
    there.post(link, NEW)
    set_app_up(there)
    onward = re.search(r'href="(/organisatie/aanvraag[^"]+)"', there.get("/account/herstelcodes/").text)
    assert onward
    assert there.get(html.unescape(onward[1]), follow=True).redirect_chain[-1][0] == "/account/organisatie/"
    there.post("/account/organisatie/", GOOD)
    ConnectingOrganisation.objects.update(proven_at=clock.now())
    Membership.objects.update(proven_at=clock.now())
    assert f'href="{START}" id="naar-aanvraag"' in there.get("/account/organisatie/bewijs/").text
    page = there.get(START, follow=True)
    assert "Deze antwoorden gaan mee" in page.text
    assert "Maak eerst een plan" not in page.text
    there.post(page.redirect_chain[-1][0])
    kept = Case.objects.get().answers.get().answers
    assert kept["validity_months"] == 36, kept
    assert "plan" not in there.session, "taken along once"


def test_answers_of_a_plan_survive_logging_in(client: Client) -> None:
    take_along(client)
    log_in(client, make_account("teken@elzendam.example", "Tess Tekent"))
    client.post("/account/organisatie/", GOOD)
    assert "Deze antwoorden gaan mee" in client.get(START, follow=True).text


@pytest.mark.parametrize("answers", ["moment=na-inloggen", ANSWERS.replace("=3&", "=<b>&"), "moment=x" * 900])
def test_what_is_no_plan_is_not_kept_nor_mailed(client: Client, answers: str) -> None:
    client.get(f"{START}?{answers}", follow=True)
    assert "?" not in ask_for_account(client)
