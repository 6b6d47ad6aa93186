"""The stand-in for eHerkenning: employees log in at the portal for an organisation, and nowhere else (AD-16)."""

from pathlib import Path

import pytest

from tests.standins.login_service import LoginService
from tests.standins.test_authentication_service_log_in import answered, go, opened, refusal
from tests.standins.volmacht_for_logins import PORTAL_SERVICE, Requester
from tests.standins.web_client import Visitor
from volmacht.protocols.saml.encryption import recipients
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.names import ENTITY_CONCERNED_KVK, PSEUDONYM
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.identities import pseudonym
from volmacht.standins.authentication_service.organisations import OrganisationsFileError, employees

FEWEST = 8


@pytest.fixture(params=list(Environment))
def portal(eherkenning: LoginService, request: pytest.FixtureRequest) -> Requester:
    """The portal, in each environment."""
    return eherkenning.portal(request.param)


def names(portal: Requester, handle: str) -> tuple[tuple[str, str], tuple[str, str], LevelOfAssurance | None]:
    """Who acts, for which organisation, and how surely, when this employee logs in."""
    request, own = portal.request(), portal.volmacht.portal
    with Visitor() as visitor:
        go(visitor, portal, request, persoon=handle)
        answer = answered(portal, request, visitor)
    (acting,), (concerned,) = answer.assertion.acting, answer.assertion.concerned_kvk
    for encrypted in (acting, concerned):
        assert set(recipients(gate.parsed(encrypted))) == {own.entity_id}
    assert answer.assertion.service_uuids == (PORTAL_SERVICE,)
    acts, organisation = (opened(one, own.entity_id, *own.encryption) for one in (acting, concerned))
    return acts, organisation, answer.level


def test_the_portal_reads_the_organisation_and_a_pseudonym_of_the_employee(portal: Requester) -> None:
    acts, organisation, level = names(portal, "bewind-oost-ingrid")
    assert organisation == (ENTITY_CONCERNED_KVK, "99990023")
    assert acts[0] == PSEUDONYM
    assert level is LevelOfAssurance.HIGH
    assert names(portal, "bewind-oost-ingrid")[0] == acts  # the same each time
    colleague, same_organisation, _ = names(portal, "bewind-oost-omar")
    assert colleague != acts
    assert same_organisation == organisation


def test_an_employee_is_chosen_on_a_page_in_both_languages(eherkenning: LoginService) -> None:
    portal = eherkenning.portal()
    with Visitor() as visitor:
        request = portal.request()
        go(visitor, portal, request)
        assert "Inloggen met eHerkenning (nagemaakt)" in visitor.text
        assert "Wie bent u en voor welke organisatie?" in visitor.text
        assert "Bakkerij 't Stoepje (KvK 99990045; EH2)" in visitor.text
        visitor.press("taal", "en")
        assert "Who are you, and for which organisation?" in visitor.text
        address = visitor.address
        visitor.open(f"{address}?zoek=linde")
        assert visitor.text.count("(KvK 99990034") == 3
        assert "Stoepje" not in visitor.text
        visitor.press("annuleren", "1")
        assert refusal(portal, request, visitor).cancelled


def test_requests_of_an_entrance_are_refused(eherkenning: LoginService) -> None:
    entrance = eherkenning.requester()
    with Visitor() as visitor:
        go(visitor, entrance, entrance.request())
        assert visitor.answer.status_code == 400


# --- the organisations ---


def test_there_are_organisations_enough_some_with_several_employees() -> None:
    found = employees().search("", 1, 1000).accounts
    by_number: dict[str, list[str]] = {}
    for account in found:
        by_number.setdefault(account.number, []).append(account.name)
    assert len(by_number) >= FEWEST
    assert sum(len(names) > 1 for names in by_number.values()) >= FEWEST / 2
    assert {level for account in found for level in account.levels} == set(LevelOfAssurance)
    assert all(number.startswith("KvK 9999") for number in by_number)


def test_a_pseudonym_differs_for_each_provider_and_employee() -> None:
    one, other = employees().search("", 1, 2).accounts
    made = {pseudonym(account, provider) for account in (one, other) for provider in ("a", "b")}
    assert len(made) == 4


@pytest.mark.parametrize(
    "text",
    [
        '[[organisation]]\nkvk = "1"\nname = "x"\nemployee = []',
        '[[organisation]]\nkvk = "99990012"\nname = "x"\nemployee = [{ handle = "a" }]',
        '[[organisation]]\nkvk = "99990012"\nname = "x"\nemployee = [{ handle = "a", name = "b", levels = [15] }]',
        "\n".join(['[[organisation]]\nkvk = "99990012"\nname = "x"\nemployee = []'] * 2),
    ],
)
def test_a_file_with_a_mistake_names_the_organisation(tmp_path: Path, text: str) -> None:
    file = tmp_path / "organisations.toml"
    file.write_text(text)
    with pytest.raises(OrganisationsFileError, match=r"organisations\.toml, organisation [12]: "):
        employees(file)
