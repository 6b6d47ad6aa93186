"""The registers of organisations: who is not in them, and an address at which no register is (CN-2)."""

import socket
from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.conf import settings

from tests.organisation_register import serving
from volmacht.parties.adapters.organisation_registers import CorOinRegister, HttpAlbRegister
from volmacht.parties.organisation_registers import OrganisationRegisterUnavailable
from volmacht.rules.identifiers import Oin
from volmacht.standins.organisation_register.app import OrganisationRegisterStandIn

pytestmark = pytest.mark.usefixtures("organisation_register")
KNOWN, UNKNOWN = Oin("00000009000100001000"), Oin("00000009999999999000")
NAME = "Gemeente Elzendam"


class WebServer(OrganisationRegisterStandIn):
    """Something else at that address: it has one page, which says that there is none."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        del environ
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"<h1>Not found</h1>"]


@pytest.fixture
def web_server() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with serving(WebServer([]), listening):
            yield address


def test_who_is_in_the_register_is_found_and_who_is_not_is_not_there() -> None:
    register = CorOinRegister(settings.VOLMACHT.oin_register_url)
    found = register.look_up(KNOWN)
    assert found
    assert found.name == NAME
    assert register.look_up(UNKNOWN) is None


@pytest.mark.parametrize("oin", [KNOWN, UNKNOWN])
def test_where_the_register_is_at_another_address_nothing_is_known_of_an_organisation(oin: Oin) -> None:
    for wrong in ("/elders", "/organisaties"):
        with pytest.raises(OrganisationRegisterUnavailable):
            CorOinRegister(settings.VOLMACHT.oin_register_url + wrong).look_up(oin)


def test_a_page_that_is_not_there_says_nothing_of_an_organisation(web_server: str) -> None:
    with pytest.raises(OrganisationRegisterUnavailable):
        CorOinRegister(web_server).look_up(UNKNOWN)
    with pytest.raises(OrganisationRegisterUnavailable):
        HttpAlbRegister(web_server).look_up(NAME)


def test_where_the_list_of_who_may_use_the_bsn_is_at_another_address_nobody_is_called_unknown() -> None:
    assert HttpAlbRegister(settings.VOLMACHT.alb_register_url).look_up("Niemand") is None
    with pytest.raises(OrganisationRegisterUnavailable):
        HttpAlbRegister(settings.VOLMACHT.alb_register_url + "/elders").look_up("Niemand")
