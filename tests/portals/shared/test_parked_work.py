"""What someone was doing is kept when the log-in ends, and comes back to that person only."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.portals.shared.example_site import ANNA, BORIS

Age = Callable[..., None]
TOO_LONG = timedelta(minutes=15)
TYPED = {"bsn": "999990019", "wish": "Iets met é en & erin"}


@pytest.fixture
def idle_anna(anna: Client, let_pass: Age) -> Client:
    """Anna's browser with a draft, after her log-in ended."""
    anna.get("/concept/?onderwerp=belasting")
    let_pass(idle=TOO_LONG)
    return anna


def test_a_draft_comes_back_after_logging_in_as_the_same_person(idle_anna: Client) -> None:
    assert idle_anna.get("/concept/").status_code == 302

    idle_anna.get(f"/inloggen/?als={ANNA.int}")

    assert idle_anna.get("/concept/").text == "belasting"


def test_a_draft_does_not_come_back_to_another_person(idle_anna: Client) -> None:
    idle_anna.get("/concept/")
    idle_anna.get(f"/inloggen/?als={BORIS.int}")
    assert idle_anna.get("/concept/").text == "leeg"

    idle_anna.get(f"/inloggen/?als={ANNA.int}")
    assert idle_anna.get("/concept/").text == "leeg"


def test_a_form_sent_too_late_is_not_carried_out(idle_anna: Client) -> None:
    response = idle_anna.post("/formulier/", TYPED)

    assert response["Location"] == "/inloggen/?verder=%2Fformulier%2F"
    idle_anna.get(f"/inloggen/?als={ANNA.int}")
    assert "sent" not in idle_anna.session


def test_a_form_sent_too_late_is_shown_again_filled_in(idle_anna: Client) -> None:
    idle_anna.post("/formulier/", TYPED)

    response = idle_anna.get(f"/inloggen/?als={ANNA.int}", follow=True)

    assert response.redirect_chain == [("/formulier/", 302)]
    assert 'value="999990019"' in response.text
    assert "Iets met é en &amp; erin" in response.text


def test_a_kept_form_is_given_back_once(idle_anna: Client) -> None:
    idle_anna.post("/formulier/", TYPED)
    idle_anna.get(f"/inloggen/?als={ANNA.int}", follow=True)

    assert "999990019" not in idle_anna.get("/formulier/").text


def test_a_kept_form_is_given_to_its_own_page_only(idle_anna: Client) -> None:
    idle_anna.post("/concept/", TYPED)
    idle_anna.get(f"/inloggen/?als={ANNA.int}")

    assert "999990019" not in idle_anna.get("/formulier/").text


def test_another_person_does_not_get_the_form(idle_anna: Client) -> None:
    idle_anna.post("/formulier/", TYPED)

    assert "999990019" not in idle_anna.get(f"/inloggen/?als={BORIS.int}", follow=True).text
    assert "999990019" not in idle_anna.get(f"/inloggen/?als={ANNA.int}", follow=True).text


def test_nothing_is_kept_of_somebody_who_was_never_logged_in(client: Client, db: None) -> None:
    client.post("/formulier/", TYPED)

    assert "999990019" not in client.get(f"/inloggen/?als={ANNA.int}", follow=True).text


def test_a_form_that_is_far_too_long_is_not_kept(idle_anna: Client) -> None:
    idle_anna.post("/formulier/", {**TYPED, "wish": "x" * 40_000})

    assert "999990019" not in idle_anna.get(f"/inloggen/?als={ANNA.int}", follow=True).text


def test_the_csrf_token_is_not_kept_with_the_form(idle_anna: Client) -> None:
    idle_anna.post("/formulier/", {**TYPED, "csrfmiddlewaretoken": "geheim"})

    assert "geheim" not in str(idle_anna.session["parked"])


def test_a_form_that_only_asks_to_be_kept_is_never_carried_out(anna: Client) -> None:
    response = anna.post("/formulier/", {**TYPED, "alleen-bewaren": "1"})

    assert response["Location"] == "/formulier/"
    assert "sent" not in anna.session
    assert 'value="999990019"' in anna.get("/formulier/").text


def test_a_form_for_everybody_that_only_asks_to_be_kept_is_not_carried_out_either(
    client: Client, db: None
) -> None:
    response = client.post("/post/", {**TYPED, "alleen-bewaren": "1"})

    assert response["Location"] == "/inloggen/?verder=%2Fpost%2F"
