"""Sessions in the database cannot be read there."""

import base64

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client

from tests.portals.shared.example_site import ANNA
from volmacht.portals.shared.sealed_sessions import SessionStore

pytestmark = pytest.mark.django_db


def stored() -> Session:
    """The one row there is."""
    return Session.objects.get()


def test_the_row_of_a_session_reveals_nothing(client: Client) -> None:
    client.get(f"/inloggen/?als={ANNA.int}")
    client.post("/formulier/", {"bsn": "999990019", "alleen-bewaren": "1"})

    row = base64.b64decode(stored().session_data)

    for secret in (b"999990019", b"Vries", b"login", str(ANNA).encode()):
        assert secret not in row


@pytest.mark.parametrize("damage", ["", "AAAA", "geen base64!", "é", base64.b64encode(b"\x01" * 60).decode()])
def test_a_session_that_cannot_be_opened_is_empty(client: Client, damage: str) -> None:
    client.get(f"/inloggen/?als={ANNA.int}")
    Session.objects.update(session_data=damage)

    assert client.get("/wie/").text == "niemand"


def test_a_changed_session_is_empty(client: Client) -> None:
    client.get(f"/inloggen/?als={ANNA.int}")
    data = bytearray(base64.b64decode(stored().session_data))
    data[-1] ^= 1
    Session.objects.update(session_data=base64.b64encode(data).decode())

    assert client.get("/wie/").text == "niemand"


def test_who_can_write_in_the_database_cannot_put_somebody_elses_log_in_in_their_own_session(
    client: Client,
) -> None:
    client.get(f"/inloggen/?als={ANNA.int}")
    data, strangers = stored().session_data, Client()
    strangers.post("/formulier/", {"bsn": "999990019", "alleen-bewaren": "1"})
    Session.objects.update(session_data=data)

    assert client.get("/wie/").text != "niemand"
    assert strangers.get("/wie/").text == "niemand"


def test_what_is_sealed_comes_back() -> None:
    data = {"draft": {"wie": "王", "dagen": [1, 2]}}

    assert SessionStore().decode(SessionStore().encode(data)) == data


def both(client: Client) -> tuple[SessionStore, SessionStore]:
    """Two requests of one browser that read the session at the same moment."""
    client.get(f"/inloggen/?als={ANNA.int}")
    first = SessionStore(stored().session_key)
    first["drafts"] = {"a": {"wie": "Anna"}}
    first["gone"] = "x"
    first.save()
    one, other = SessionStore(first.session_key), SessionStore(first.session_key)
    assert one["login"] == other["login"]
    return one, other


def test_each_of_two_requests_at_once_stores_what_it_changed_and_keeps_what_the_other_stored(
    client: Client,
) -> None:
    one, other = both(client)
    one["codes"] = {"1": {"code": "BCDF"}}
    one["drafts"]["b"] = {"wie": "Boris"}
    del one["gone"]
    one.save()
    other["codes"] = {"2": {"code": "GHJK"}}
    other["drafts"]["a"] = {"wie": "Iemand anders"}
    other["seen"] = "nu"
    other.save()
    now = SessionStore(one.session_key)
    assert now["codes"] == {"1": {"code": "BCDF"}, "2": {"code": "GHJK"}}
    assert now["drafts"] == {"a": {"wie": "Iemand anders"}, "b": {"wie": "Boris"}}
    assert now["seen"] == "nu"
    assert "gone" not in now
    assert dict(other.items()) == dict(now.items())


def test_of_one_value_no_halves_are_put_together(client: Client) -> None:
    one, other = both(client)
    one["visit"] = {"id": "1", "login": "A"}
    one.save()
    other["visit"] = {"id": "2", "about": None}
    other.save()
    assert SessionStore(one.session_key)["visit"] == {"id": "2", "about": None}


def test_what_is_taken_away_by_one_does_not_come_back_with_the_other(client: Client) -> None:
    one, other = both(client)
    one["drafts"].pop("a")
    one.modified = True
    one.save()
    other["drafts"]["c"] = {"wie": "C"}
    other.save()
    assert SessionStore(one.session_key)["drafts"] == {"c": {"wie": "C"}}


def test_a_session_that_is_emptied_keeps_nothing_of_what_was_stored_meanwhile(client: Client) -> None:
    """A log-in that ended, or another person's: nothing of before may show."""
    one, other = both(client)
    other["codes"] = {"2": {"code": "GHJK"}}
    other.save()
    one.clear()
    one["parked"] = {}
    one.save()
    assert dict(SessionStore(one.session_key).items()) == {"parked": {}}


def test_a_session_that_was_ended_in_another_window_is_not_brought_back(client: Client) -> None:
    one, other = both(client)
    one.flush()
    other["seen"] = "nu"
    with pytest.raises(UpdateError):
        other.save()
    assert not Session.objects.exists()
