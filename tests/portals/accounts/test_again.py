"""Who logged in long ago logs in again before changing what they log in with: a session can be stolen."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts import PASSWORD, Somebody, log_in, make_account
from volmacht import clock
from volmacht.parties import queries
from volmacht.parties.models import Account
from volmacht.portals.shared.parked_work import ACCOUNT

pytestmark = pytest.mark.usefixtures("db")
LOG_IN, SECOND_STEP = "/account/inloggen/", "/account/tweede-stap/"


@pytest.fixture
def somebody() -> Somebody:
    made = make_account()
    Account.objects.filter(id=made.id).update(sessions_from=None)  # the password was chosen long ago too
    return made


def logged_in_long_ago(client: Client, somebody: Somebody) -> None:
    """As who finds a browser open, or took its cookie."""
    log_in(client, somebody)
    session = client.session
    session[ACCOUNT] = {
        **session[ACCOUNT],
        "since": (clock.wall_clock() - timedelta(minutes=20)).isoformat(),
    }
    session.save()


@pytest.mark.parametrize(
    "path",
    [
        SECOND_STEP,
        f"{SECOND_STEP}passkey/",
        "/account/herstelcodes/nieuw/",
        "/account/app/weg/",
        "/account/sessies/",  # after it the log-in counts as new
        "/account/passkeys/00000000-0000-4000-8000-000000000000/weg/",
    ],
)
def test_an_old_log_in_changes_nothing_of_how_one_logs_in(
    client: Client, somebody: Somebody, path: str
) -> None:
    logged_in_long_ago(client, somebody)
    before = queries.account(somebody.id), queries.recovery_codes_left(somebody.id)
    answer = client.post(path, {"inlogcode": somebody.code(), "passkey_antwoord": "{}"})
    assert answer["Location"] == f"{LOG_IN}?verder=%2Faccount%2F&weer=1"
    assert (queries.account(somebody.id), queries.recovery_codes_left(somebody.id)) == before
    assert "nog een keer in" in client.get(answer["Location"]).text


def test_after_logging_in_again_one_goes_on_where_one_was(client: Client, somebody: Somebody) -> None:
    logged_in_long_ago(client, somebody)
    asked = client.get(SECOND_STEP)["Location"]
    assert client.get("/account/").status_code == 200, "everything else goes on"
    client.post(asked, {"email": somebody.email, "wachtwoord": PASSWORD})
    entered = client.post(f"{LOG_IN}code/", {"inlogcode": somebody.code()})
    assert entered["Location"] == SECOND_STEP
    assert "<svg" in client.get(SECOND_STEP).text


def test_a_recent_log_in_is_not_asked_again(client: Client, somebody: Somebody) -> None:
    log_in(client, somebody)
    assert client.get(SECOND_STEP).status_code == 200
    assert client.post("/account/herstelcodes/nieuw/")["Location"] == "/account/herstelcodes/"
