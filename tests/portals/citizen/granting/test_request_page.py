"""One request afterwards: a new code (DM-16a), withdrawing, saying that it is not right (DM-39a), the term (DM-23)."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.portals.citizen.granting import people
from tests.portals.citizen.granting.example_catalogue import Services
from tests.portals.citizen.granting.journey import LEVEL, code_in, hidden, make_request
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.limits.operations import Limited, allow
from volmacht.mandates.operations import activate, try_code, withdraw_request
from volmacht.mandates.operations.activating import Recognised
from volmacht.mandates.queries import request_for
from volmacht.rules.activating import RequestState
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.refusals import Refused

ACTIONS = ("nieuwe-code", "intrekken", "klopt-niet")


class Asked:
    """A request of the mother, its first code and its page."""

    def __init__(self, client: Client, mother: UUID, services: Services) -> None:
        self.client = client
        self.mother = mother
        self.id, self.code = make_request(mother, services)
        self.page = f"/mijn/aanvragen/{self.id}/"

    def is_in(self, state: RequestState) -> bool:
        """Whether the register says this now."""
        entry = request_for(self.id, self.mother, environment=Environment.PRODUCTION)
        return entry is not None and entry.state is state

    def works(self, code: AuthorisationCode, representative: UUID) -> bool:
        """Whether a code is accepted."""
        found = try_code(
            representative=representative,
            level=LEVEL,
            code=code,
            bsn=Bsn.parse(people.MOTHER),
            environment=Environment.PRODUCTION,
        )
        return isinstance(found, Recognised)

    def lock(self, representative: UUID) -> None:
        """Five tries with the wrong BSN."""
        for _ in range(5):
            found = try_code(
                representative=representative,
                level=LEVEL,
                code=self.code,
                bsn=Bsn.parse(people.NEIGHBOUR),
                environment=Environment.PRODUCTION,
            )
            assert isinstance(found, Refused)

    def used_by(self, representative: UUID) -> None:
        """The code is activated."""
        activate(
            representative=representative,
            level=LEVEL,
            code=self.code,
            bsn=Bsn.parse(people.MOTHER),
            environment=Environment.PRODUCTION,
        )

    def new_code(self) -> str:
        """Press the button; where it leads."""
        form = {"vervangt": hidden(self.client.get(self.page).text, "vervangt")}
        return self.client.post(f"{self.page}nieuwe-code/", form)["Location"]


@pytest.fixture
def asked(mothers: Client, mother: UUID, services: Services) -> Asked:
    """An open request."""
    return Asked(mothers, mother, services)


def test_an_open_request_says_what_it_waits_for(asked: Asked) -> None:
    page = asked.client.get(asked.page)

    for text in (
        "Wacht op de code",
        "Dat kan tot en met 21 februari 2027.",
        "Van 23 november 2026 tot en met 22 november 2027",
        "Belastingaangifte",
    ):
        assert text in page.text
    for action in ACTIONS:
        assert f"{asked.page}{action}/" in page.text
    assert code_in(page.text) is None


def test_a_new_code_is_shown_and_the_old_one_is_dead(asked: Asked, daughter: UUID) -> None:
    shown = code_in(asked.client.get(asked.new_code()).text)

    assert shown
    assert asked.works(AuthorisationCode.parse(shown), daughter)
    assert not asked.works(asked.code, daughter)


def test_clicking_twice_for_a_new_code_makes_one(asked: Asked, clock_at: Callable[[datetime], None]) -> None:
    form = {"vervangt": hidden(asked.client.get(asked.page).text, "vervangt")}
    clock_at(datetime(2026, 11, 23, 11, 1, tzinfo=UTC))

    first = asked.client.post(f"{asked.page}nieuwe-code/", form)["Location"]
    shown = code_in(asked.client.get(first).text)
    second = asked.client.post(f"{asked.page}nieuwe-code/", form)["Location"]

    assert second == first
    assert code_in(asked.client.get(second).text) == shown


def test_a_locked_code_is_explained_and_can_be_replaced(asked: Asked, daughter: UUID) -> None:
    asked.lock(daughter)
    page = asked.client.get(asked.page)
    assert "Code op slot" in page.text
    assert "Iemand vulde een paar keer verkeerde gegevens in." in page.text
    assert "De code werkt tot" not in page.text
    assert "Een nieuwe code kan tot" in page.text

    shown = code_in(asked.client.get(asked.new_code()).text)

    assert asked.is_in(RequestState.OPEN)
    assert shown
    assert asked.works(AuthorisationCode.parse(shown), daughter)


def test_a_locked_code_is_not_replaced_while_too_many_requests_are_open(
    asked: Asked, daughter: UUID, services: Services, mother: UUID
) -> None:
    asked.lock(daughter)
    for _ in range(20):
        make_request(mother, services)

    where = asked.new_code()

    assert where == asked.page
    page = asked.client.get(where).text
    assert "Er staan te veel aanvragen open" in page
    assert "Daarom kan een nieuwe code nu niet. Deze code blijft op slot." in page
    assert "De aanvraag was intussen al veranderd" not in page
    assert asked.is_in(RequestState.LOCKED)


def test_the_page_of_a_new_code_says_to_throw_the_old_one_away(
    asked: Asked, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(datetime(2026, 11, 23, 11, 1, tzinfo=UTC))

    page = asked.client.get(asked.new_code()).text

    assert "De oude code werkt niet meer. Gooi die weg, ook op papier." in page


def test_withdrawing_takes_two_clicks(asked: Asked, daughter: UUID) -> None:
    confirm = asked.client.get(f"{asked.page}intrekken/")
    assert "Wilt u de aanvraag intrekken?" in confirm.text
    assert asked.is_in(RequestState.OPEN)

    response = asked.client.post(f"{asked.page}intrekken/")

    assert asked.is_in(RequestState.WITHDRAWN)
    page = asked.client.get(response["Location"])
    assert "De aanvraag is ingetrokken" in page.text
    assert 'id="nieuwe-code"' not in page.text
    assert not asked.works(asked.code, daughter)


def test_saying_it_is_not_right_takes_one_click(asked: Asked) -> None:
    response = asked.client.post(f"{asked.page}klopt-niet/")

    assert asked.is_in(RequestState.WITHDRAWN)
    page = asked.client.get(response["Location"]).text
    for said in (
        "Wij hebben de aanvraag gestopt",
        "Misschien kent iemand anders uw DigiD.",
        "088 123 65 55",
        "Wij kunnen nagaan wat er is gebeurd.",
        'id="contactgegevens"',
        "Op werkdagen van 08.00 tot 17.00 uur.",
    ):
        assert said in page
    assert EventKind.REQUEST_DISPUTED in [event.kind for event in history_about(asked.mother)]


@pytest.mark.parametrize("action", ["intrekken", "klopt-niet"])
def test_clicking_twice_to_stop_says_the_same(asked: Asked, action: str) -> None:
    first = asked.client.post(f"{asked.page}{action}/")["Location"]
    second = asked.client.post(f"{asked.page}{action}/")["Location"]

    assert first == second


def test_a_used_code_leads_to_the_mandate(asked: Asked, daughter: UUID) -> None:
    asked.used_by(daughter)
    page = asked.client.get(asked.page)

    assert "Geactiveerd" in page.text
    assert "Annelies de Vries vulde de code in." in page.text
    assert 'id="machtiging"' in page.text
    assert 'id="nieuwe-code"' not in page.text


def test_an_expired_request_offers_to_begin_again(asked: Asked, clock_at: Callable[[datetime], None]) -> None:
    clock_at(datetime(2027, 2, 21, 23, 0, tzinfo=UTC))
    page = asked.client.get(asked.page)

    assert "Verlopen" in page.text
    assert "Niemand vulde hem op tijd in." in page.text
    assert 'id="opnieuw"' in page.text


@pytest.mark.parametrize("action", ACTIONS)
def test_what_comes_too_late_is_explained(asked: Asked, daughter: UUID, action: str) -> None:
    form = {"vervangt": hidden(asked.client.get(asked.page).text, "vervangt")}
    asked.used_by(daughter)

    response = asked.client.post(f"{asked.page}{action}/", form)

    assert response["Location"] == asked.page
    page = asked.client.get(asked.page).text
    assert "Dat kon niet meer" in page
    assert "Iemand had de code al gebruikt." in page
    assert "Dat kon niet meer" not in asked.client.get(asked.page).text


@pytest.mark.parametrize("what", ["te-laat", "ingetrokken", "klopt-niet", "te-veel"])
def test_an_address_cannot_say_that_something_was_just_done(asked: Asked, what: str) -> None:
    withdraw_request(request_id=asked.id, represented=asked.mother, environment=Environment.PRODUCTION)

    page = asked.client.get(f"{asked.page}?gedaan={what}").text

    for said in ("Dat kon niet meer", "De aanvraag is ingetrokken", "Wij hebben de aanvraag gestopt"):
        assert said not in page


def test_withdrawing_what_is_withdrawn_shows_the_request(asked: Asked) -> None:
    withdraw_request(request_id=asked.id, represented=asked.mother, environment=Environment.PRODUCTION)

    assert asked.client.get(f"{asked.page}intrekken/")["Location"] == asked.page


@pytest.mark.parametrize("told", ["ingetrokken", "klopt-niet", "te-veel", "<b>", "💥"])
def test_a_made_up_address_tells_nothing_that_did_not_happen(asked: Asked, told: str) -> None:
    page = asked.client.get(asked.page, {"gedaan": told})

    assert "De aanvraag is ingetrokken" not in page.text
    assert "Wij hebben de aanvraag gestopt" not in page.text
    assert "Er staan te veel aanvragen open" not in page.text
    assert "<b>" not in page.text.split("<main")[1].split("<form")[0]


@pytest.mark.parametrize("action", ["", *(f"{action}/" for action in ACTIONS)])
def test_somebody_else_s_request_is_as_unknown_as_no_request(
    mothers: Client, services: Services, action: str
) -> None:
    neighbour = people.known(people.NEIGHBOUR)
    theirs, _ = make_request(neighbour, services)

    for id_ in (theirs, uuid4()):
        assert mothers.get(f"/mijn/aanvragen/{id_}/{action}").status_code == 404
        if action:
            assert mothers.post(f"/mijn/aanvragen/{id_}/{action}").status_code == 404
    entry = request_for(theirs, neighbour, environment=Environment.PRODUCTION)
    assert entry
    assert entry.state is RequestState.OPEN


@pytest.mark.parametrize("action", ["nieuwe-code", "klopt-niet"])
def test_opening_a_button_s_address_changes_nothing(asked: Asked, action: str) -> None:
    assert asked.client.get(f"{asked.page}{action}/")["Location"] == asked.page
    assert asked.is_in(RequestState.OPEN)


@pytest.mark.parametrize("action", ACTIONS)
def test_another_site_cannot_press_a_button(asked: Asked, action: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = asked.client.cookies

    assert strict.post(f"{asked.page}{action}/").status_code == 403
    assert asked.is_in(RequestState.OPEN)


def test_too_many_new_codes_are_refused_for_a_while(asked: Asked) -> None:
    form = {"vervangt": hidden(asked.client.get(asked.page).text, "vervangt")}
    while allow(Limited.REQUEST_PER_PERSON, str(asked.mother)):
        pass

    assert asked.client.post(f"{asked.page}nieuwe-code/", form).status_code == 429


def test_the_page_is_there_in_english(asked: Asked) -> None:
    page = asked.client.get(f"/en{asked.page}")

    assert "Waiting for the code" in page.text
    assert "This is not right" in page.text
