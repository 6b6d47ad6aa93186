"""Sessions in the database cannot be read there."""

import base64

import pytest
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


def test_what_is_sealed_comes_back() -> None:
    data = {"draft": {"wie": "王", "dagen": [1, 2]}}

    assert SessionStore().decode(SessionStore().encode(data)) == data
