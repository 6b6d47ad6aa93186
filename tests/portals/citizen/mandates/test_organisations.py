"""The pages as an employee of an organisation sees them, and the organisation as who mandated it sees it (DM-02)."""

import json
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from tests.mandates import scene
from tests.mandates.scene import LEVEL, ONLY_ORGANISATIONS, VEHICLE, Someone
from tests.portals.citizen.mandates.browsing import enter, logged_in_browser, text_of
from volmacht.mandates.queries import MandateFilter, list_mandates
from volmacht.notifications.kinds import Side
from volmacht.parties.operations import know_organisation
from volmacht.portals.shared.login_session import log_in
from volmacht.portals.shared.sealed_sessions import SessionStore
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.kinds import PartyKind
from volmacht.rules.validity import Phase

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

NAME = "KvK 99990012"
SHOWN = "De organisatie met KvK-nummer 99990012"


@pytest.fixture
def office(at_noon: None) -> UUID:
    """A firm of bookkeepers."""
    return know_organisation(KvkNumber("99990012"))


def browser_of_employee(office: UUID, employee: str = "P1", level: LevelOfAssurance = LEVEL) -> Client:
    """A browser in which an employee is logged in."""
    request = HttpRequest()
    request.session = SessionStore()
    log_in(
        request,
        party_id=office,
        level=level,
        name=NAME,
        kind=PartyKind.ORGANISATION,
        employee=employee,
    )
    request.session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client


@pytest.fixture
def employees(office: UUID) -> Client:
    """The browser of an employee."""
    return browser_of_employee(office)


def accepted(client: Client, mother: Someone) -> "Response":
    """Enter a code of the mother's and accept; the page that says it is done."""
    made = scene.request(mother, ONLY_ORGANISATIONS)
    page = enter(client, made.code.display, mother.bsn.value)
    assert "Klopt dit?" in text_of(page)
    return client.post("/code/controleren/", follow=True)


def mandate_of(office: UUID) -> UUID:
    """The only mandate that the office has."""
    (entry,) = list_mandates(
        office, MandateFilter(Side.REPRESENTATIVE, Phase.ACTIVE), environment=Environment.PRODUCTION
    ).entries
    return entry.id


def test_an_employee_enters_a_code_and_accepts_for_the_organisation(
    employees: Client, office: UUID, mother: Someone
) -> None:
    made = scene.request(mother, ONLY_ORGANISATIONS)
    assert "De machtiging is daarna voor uw organisatie" in text_of(employees.get("/code/"))
    shown = text_of(enter(employees, made.code.display, mother.bsn.value))
    assert "De machtiging is voor uw organisatie" in shown
    assert "DigiD" not in shown
    done = text_of(employees.post("/code/controleren/", follow=True))
    assert "U bent gemachtigd" in done
    assert "met de eigen software" in done
    assert "DigiD" not in done
    assert mandate_of(office)


def test_an_organisation_sees_what_it_received_and_nothing_to_give(
    employees: Client, mother: Someone
) -> None:
    accepted(employees, mother)
    for address in ("/mijn/machtigingen/", "/mijn/machtigingen/?kant=gegeven"):
        page = employees.get(address)
        assert f"U regelt dit voor {mother.name}" in text_of(page)
        assert "Wie mij helpt" not in text_of(page)
        assert "Iemand machtigen" not in page.content.decode()


def test_an_organisation_without_mandates_is_told_how_to_get_one(employees: Client) -> None:
    page = employees.get("/mijn/machtigingen/")
    assert "Uw organisatie heeft nog geen machtigingen" in text_of(page)
    assert "Iemand machtigen" not in page.content.decode()
    assert "Een code invoeren" in text_of(page)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_organisation_gives_no_mandates_and_the_page_says_so(employees: Client, prefix: str) -> None:
    page = employees.get(f"{prefix}/machtigen/dienst/", follow=True)
    assert page.status_code == 200
    words = "Een organisatie kan hier niemand machtigen" if not prefix else "An organisation cannot mandate"
    assert words in text_of(page)


def test_no_step_of_giving_a_mandate_opens_for_an_organisation(employees: Client) -> None:
    service = f"/machtigen/dienst/{scene.service(VEHICLE).id}/"
    assert "Een organisatie kan hier niemand machtigen" in text_of(employees.get(service))
    assert employees.post(service).status_code == 303
    for step in ("gemachtigde", "periode", "e-mail", "controleren"):
        assert "Een organisatie kan hier niemand" in text_of(
            employees.get(f"/machtigen/{step}/", follow=True)
        )


def test_the_page_of_a_mandate_names_the_employee_to_both(
    employees: Client, office: UUID, mother: Someone
) -> None:
    accepted(employees, mother)
    address = f"/mijn/machtigingen/{mandate_of(office)}/"
    own = text_of(employees.get(address))
    assert f"U regelt dit voor {mother.name}" in own
    assert "uw medewerker met schuilnaam P1" in own
    assert "eHerkenning niveau 3" in own
    hers = text_of(logged_in_browser(mother).get(address))
    assert f"{SHOWN} regelt dit voor u" in hers
    assert f"{SHOWN}, medewerker met schuilnaam P1" in hers
    assert "Ingelogd bij het aannemen eHerkenning niveau 3" in hers
    assert "Ingelogd bij het geven DigiD-app met ID-check" in hers


def test_an_employee_restricts_and_gives_up_for_the_organisation(
    employees: Client, office: UUID, mother: Someone
) -> None:
    accepted(employees, mother)
    address = f"/mijn/machtigingen/{mandate_of(office)}/"
    assert employees.get(f"{address}beperken/").status_code == 200
    answer = browser_of_employee(office, "P2").post(f"{address}stoppen/", follow=True)
    assert "door u gestopt" in text_of(answer)
    assert f"{SHOWN}, medewerker met schuilnaam P2" in text_of(logged_in_browser(mother).get(address))


def test_other_organisations_see_nothing_of_it(employees: Client, office: UUID, mother: Someone) -> None:
    accepted(employees, mother)
    other = browser_of_employee(know_organisation(KvkNumber("99990023")), "P1")
    assert other.get(f"/mijn/machtigingen/{mandate_of(office)}/").status_code == 404


def test_uses_and_lists_to_take_along_open(employees: Client, mother: Someone) -> None:
    accepted(employees, mother)
    assert employees.get("/mijn/gebruik/").status_code == 200
    for name in ("pdf", "csv"):
        assert employees.get(f"/mijn/machtigingen/overzicht.{name}").status_code == 200


def test_my_data_are_those_of_the_organisation(employees: Client, mother: Someone) -> None:
    accepted(employees, mother)
    page = employees.get("/mijn/gegevens/")
    assert "KvK-nummer 99990012" in text_of(page)
    for word in ("BSN", "BRP", "Geboren", "In welke taal"):
        assert word not in text_of(page)


def test_everything_can_be_taken_along(employees: Client, mother: Someone) -> None:
    accepted(employees, mother)
    told = json.loads(employees.get("/mijn/gegevens/alles.json").content)
    assert told["person"]["kvk_number"] == "99990012"
    assert "bsn" not in told["person"]
    assert [event["employee"] for event in told["events"] if "employee" in event][-1] == "P1"
    readable = text_of(employees.get("/mijn/gegevens/alles/"))
    assert "zet u dit op papier" in readable
    assert "BSN" not in readable.partition("Alles downloaden")[0]
    assert "eHerkenning niveau 3" in readable
    assert "een organisatie" in readable


def test_who_mandated_an_organisation_reads_so_in_her_own_data(employees: Client, mother: Someone) -> None:
    accepted(employees, mother)
    readable = text_of(logged_in_browser(mother).get("/mijn/gegevens/alles/"))
    assert "Uw hele BSN staat erop: berg het veilig op." in readable
    assert "eHerkenning niveau 3" in readable


def test_a_service_for_people_explains_itself_to_an_organisation(employees: Client, mother: Someone) -> None:
    made = scene.request(mother, scene.PENSION)
    page = text_of(enter(employees, made.code.display, mother.bsn.value))
    assert "Voor deze dienst mag een organisatie niet helpen" in page


def test_too_low_a_level_is_explained_in_terms_of_eherkenning(office: UUID, mother: Someone) -> None:
    made = scene.request(mother, ONLY_ORGANISATIONS)
    low = browser_of_employee(office, level=LevelOfAssurance.BASIC)
    page = text_of(enter(low, made.code.display, mother.bsn.value))
    assert "hoger niveau van eHerkenning" in page
    assert "DigiD-app" not in page


def test_another_employee_does_not_wait_for_a_colleague_who_guessed(
    employees: Client, office: UUID, mother: Someone, neighbour: Someone
) -> None:
    for _ in range(settings.ACTIVATION_LIMITS.representative_tries):
        enter(employees, scene.wrong_code().display, neighbour.bsn.value)
    assert "U kunt nu geen code invoeren" in text_of(employees.get("/code/"))
    assert "U bent gemachtigd" in text_of(accepted(browser_of_employee(office, "P2"), mother))


def test_an_organisation_gets_mail_at_the_address_it_gives(employees: Client) -> None:
    page = employees.post("/mijn/gegevens/e-mail/", {"email": "post@kantoor.example"}, follow=True)
    assert "post@kantoor.example" in text_of(page)
