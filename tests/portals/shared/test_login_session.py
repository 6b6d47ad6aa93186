"""Being logged in, and how it ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from django.test import Client

from tests.portals.shared.example_site import ANNA, BORIS
from volmacht import clock
from volmacht.portals.shared.login_session import LoggedIn
from volmacht.rules.assurance import LevelOfAssurance

Age = Callable[..., None]
NEARLY = timedelta(minutes=14, seconds=55)
TOO_LONG = timedelta(minutes=15)


def test_logging_in_gives_a_new_session_key(client: Client, db: None) -> None:
    client.get(f"/inloggen/?als={ANNA.int}")
    before = client.session.session_key
    client.get(f"/inloggen/?als={ANNA.int}")

    assert client.session.session_key != before
    assert client.get("/wie/").text == str(ANNA)


def test_within_fifteen_minutes_the_log_in_lasts(anna: Client, let_pass: Age) -> None:
    let_pass(idle=NEARLY)

    assert anna.get("/wie/").text == str(ANNA)


def test_after_fifteen_idle_minutes_the_log_in_has_ended(anna: Client, let_pass: Age) -> None:
    let_pass(idle=TOO_LONG)

    assert anna.get("/wie/").text == "niemand"


def test_every_page_starts_the_idle_time_anew(anna: Client, let_pass: Age) -> None:
    let_pass(idle=NEARLY)
    anna.get("/wie/")

    seen = datetime.fromisoformat(anna.session["login"]["last_seen"])
    assert clock.wall_clock() - seen < timedelta(seconds=5)


@pytest.mark.parametrize("path", ["/peiling/", "/sessie/", "/health/live", "/bestaat-niet", "/static/x.css"])
def test_what_no_person_asked_for_does_not_extend_the_log_in(anna: Client, let_pass: Age, path: str) -> None:
    let_pass(idle=timedelta(minutes=10))
    before = anna.session["login"]["last_seen"]

    anna.get(path)

    assert anna.session["login"]["last_seen"] == before


def test_after_eight_hours_the_log_in_has_ended_however_busy(anna: Client, let_pass: Age) -> None:
    let_pass(since=timedelta(hours=8))

    assert anna.get("/wie/").text == "niemand"


def test_the_end_is_the_first_of_idle_end_and_absolute_end() -> None:
    start = datetime(2026, 11, 23, 8, tzinfo=UTC)

    def login(seen: timedelta) -> LoggedIn:
        return LoggedIn(ANNA, LevelOfAssurance.MIDDLE, since=start, last_seen=start + seen, name="")

    assert login(timedelta(hours=1)).ends_at == start + timedelta(hours=1, minutes=15)
    assert login(timedelta(hours=7, minutes=50)).ends_at == start + timedelta(hours=8)


def test_what_has_not_ended_never_has_nothing_left() -> None:
    seen = clock.wall_clock() - TOO_LONG + timedelta(milliseconds=900)
    login = LoggedIn(ANNA, LevelOfAssurance.MIDDLE, since=seen, last_seen=seen, name="")

    assert login.seconds_left == 1


def test_the_demo_clock_does_not_end_a_log_in(anna: Client, clock_at: Callable[[datetime], None]) -> None:
    clock_at(clock.wall_clock() + timedelta(days=400))

    assert anna.get("/wie/").text == str(ANNA)


def test_staying_logged_in_works_as_a_plain_form(anna: Client, let_pass: Age) -> None:
    let_pass(idle=NEARLY)

    response = anna.post("/sessie/verlengen/", {"verder": "/concept/"}, headers={"accept": "text/html"})

    assert (response.status_code, response["Location"]) == (302, "/concept/")
    assert anna.get("/sessie/").json()["seconds"] > 890


def test_staying_logged_in_tells_a_script_how_long_it_lasts(anna: Client) -> None:
    response = anna.post("/sessie/verlengen/", headers={"accept": "application/json"})

    assert 890 < response.json()["seconds"] <= 900


def test_who_wants_to_stay_too_late_logs_in_again(anna: Client, let_pass: Age) -> None:
    let_pass(idle=TOO_LONG)

    response = anna.post("/sessie/verlengen/", {"verder": "/concept/"}, headers={"accept": "text/html"})

    assert response["Location"] == "/inloggen/?verder=%2Fconcept%2F"


def test_staying_logged_in_leads_to_this_site_only(anna: Client) -> None:
    response = anna.post(
        "/sessie/verlengen/", {"verder": "https://evil.example/"}, headers={"accept": "text/html"}
    )

    assert response["Location"] == "/"


def test_logging_out_forgets_everything(anna: Client) -> None:
    anna.get("/concept/?onderwerp=belasting")
    key = anna.session.session_key
    assert key

    assert anna.post("/uitloggen/")["Location"] == "/uitgelogd/"

    assert anna.get("/wie/").text == "niemand"
    assert not anna.session.exists(key)
    anna.get(f"/inloggen/?als={ANNA.int}")
    assert anna.get("/concept/").text == "leeg"


def test_who_logs_out_in_another_tab_meanwhile_is_told_so(anna: Client) -> None:
    assert anna.get("/onderbroken/")["Location"] == "/uitgelogd/"
    assert anna.get("/wie/").text == "niemand"


def test_a_page_that_was_asked_for_after_logging_out_elsewhere_does_not_log_in_again(anna: Client) -> None:
    key = anna.session.session_key
    assert key
    other_tab = Client()
    other_tab.cookies = SimpleCookie({"__Host-volmacht": key})
    other_tab.post("/uitloggen/")

    assert anna.get("/wie/").text == "niemand"
    assert not anna.session.exists(key)


def test_a_link_to_log_out_only_shows_the_button(anna: Client) -> None:
    assert "Uitloggen" in anna.get("/uitloggen/").text
    assert anna.get("/wie/").text == str(ANNA)


def test_somebody_else_who_logs_in_finds_nothing_of_the_one_before(anna: Client) -> None:
    anna.get("/concept/?onderwerp=belasting")

    anna.get(f"/inloggen/?als={BORIS.int}")

    assert anna.get("/wie/").text == str(BORIS)
    assert anna.get("/concept/").text == "leeg"
