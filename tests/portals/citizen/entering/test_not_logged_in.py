"""Whatever else comes back from an authentication service logs nobody in, and says what now (AD-06 to AD-16)."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from lxml import etree

from tests.crawl.pages import read
from tests.interfaces.saml import parties
from tests.interfaces.saml.authentication_service import Says, changed, named
from tests.population_register import PopulationRegisterControl
from tests.portals.choosing.visit import text_of
from tests.portals.citizen.entering.visiting import (
    DAUGHTER,
    MINE,
    MOTHER,
    Visitor,
    employee,
    person,
    readers,
)
from volmacht.logins.models import Visit
from volmacht.parties.models import Party
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.encryption import Identifier
from volmacht.protocols.saml.messages import Assertion
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.xml.names import ENTITY_CONCERNED_KVK, PSEUDONYM, SAML
from volmacht.rules.identifiers import Bsn
from volmacht.rules.kinds import PartyKind

pytestmark = pytest.mark.database
CONSUMER = "/saml/portal/acs"
TECHNICAL = "niet gelukt door een storing"


@pytest.mark.parametrize(
    ("outcome", "http_status", "words"),
    [
        (Outcome.CANCELLED, 200, "U bent gestopt met inloggen"),
        (Outcome.AUTHENTICATION_FAILED, 403, "kon niet vaststellen wie u bent"),
        (Outcome.LEVEL_TOO_LOW, 403, "niet veilig genoeg"),
        (Outcome.UNSUPPORTED_UPSTREAM, 503, TECHNICAL),
        (Outcome.AUTHENTICATION_SERVICE_ERROR, 503, TECHNICAL),
    ],
)
@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/en", "en")])
def test_a_no_of_the_service_is_explained_with_a_way_out(
    visitor: Visitor, outcome: Outcome, http_status: int, words: str, prefix: str, language: str
) -> None:
    visitor.prefix = prefix
    page = visitor.log_in(Says(status=outcome.status()))
    assert page.status_code == http_status
    assert f'<html lang="{language}"' in page.content.decode()
    assert (words in text_of(page)) is (language == "nl")
    assert f'href="{prefix}/inloggen/"' in page.content.decode()
    assert not visitor.is_logged_in


@pytest.mark.parametrize(("prefix", "path"), [("", "/code/"), ("/en", "/en/machtigen/dienst/?a=b&c=d")])
def test_who_stopped_and_tries_again_comes_where_they_were_going(
    visitor: Visitor, prefix: str, path: str
) -> None:
    visitor.prefix = prefix
    query = f"?{urlencode({'verder': path})}"
    page = visitor.log_in(Says(status=Outcome.CANCELLED.status()), query)
    assert f"{prefix}/inloggen/{query}" in read(page.content.decode().partition("<main")[2]).links
    assert visitor.log_in(person(), query)["Location"] == path


@pytest.mark.parametrize(
    ("prefix", "heading", "name"),
    [
        ("", "U bent al ingelogd", "U bent nog ingelogd als"),
        ("/en", "already logged in", "still logged in as"),
    ],
)
def test_an_address_that_was_used_already_tells_who_is_logged_in_so(
    visitor: Visitor, prefix: str, heading: str, name: str
) -> None:
    back = visitor.service.log_in(visitor.ask(), person())
    visitor.open(back)
    parts = urlsplit(back)
    page = visitor.client.get(
        f"{parts.path}?{parts.query}", headers={"Accept-Language": "en" if prefix else "nl"}
    )
    assert page.status_code == 400
    assert heading in text_of(page)
    assert f"{name} Maria Johanna de Vries-Jansen" in text_of(page)
    assert f'href="{prefix}{MINE}"' in page.content.decode()
    assert "niet ingelogd" not in text_of(page)


def test_who_stops_in_another_tab_is_still_logged_in_and_told_so(visitor: Visitor) -> None:
    second = visitor.ask()
    visitor.log_in(person())
    page = visitor.come_back(second, Says(status=Outcome.CANCELLED.status()))
    assert "U bent gestopt met inloggen" in text_of(page)
    assert "U bent nog ingelogd als" in text_of(page)
    assert visitor.is_logged_in


def test_a_service_that_is_down_is_a_fault_of_ours(visitor: Visitor) -> None:
    question = visitor.ask()
    visitor.service.down = True
    page = visitor.come_back(question, person())
    assert page.status_code == 503
    assert TECHNICAL in text_of(page)


def test_an_answer_logs_in_once(visitor: Visitor) -> None:
    back = visitor.service.log_in(visitor.ask(), person())
    visitor.open(back)
    assert visitor.open(back).status_code == 400
    assert visitor.is_logged_in
    assert Client().get(back.removeprefix("http://localhost:8000")).status_code == 400


def test_an_answer_to_another_browser_logs_nobody_in(visitor: Visitor) -> None:
    """Else an attacker could let somebody work in the attacker's account."""
    attacker = Visitor(visitor.service)
    theirs = visitor.service.log_in(attacker.ask(), person(DAUGHTER))
    visitor.ask()
    page = visitor.open(theirs)
    assert page.status_code == 400
    assert "Het inloggen is niet gelukt" in text_of(page)
    assert not visitor.is_logged_in
    assert attacker.open(theirs)["Location"] == MINE


@pytest.mark.parametrize("artifact", ["", "x", "é", "A" * 60, "a" * 4000])
def test_what_was_not_asked_for_logs_nobody_in(visitor: Visitor, artifact: str) -> None:
    question = visitor.ask()
    for state in (question.relay_state, "x"):
        query = urlencode({"SAMLart": artifact, "RelayState": state})
        assert visitor.client.get(f"{CONSUMER}?{query}").status_code == 400
    assert visitor.client.get(CONSUMER).status_code == 400
    assert not visitor.is_logged_in
    assert not visitor.service.calls


def test_an_artifact_of_another_service_is_not_even_asked_about(visitor: Visitor) -> None:
    question = visitor.ask()
    foreign = visitor.service.address(new_artifact(parties.AD_TEST), question)
    assert visitor.open(foreign).status_code == 400
    assert not visitor.service.calls
    assert visitor.come_back(question, person())["Location"] == MINE


def test_an_answer_of_another_visit_of_this_browser_does_not_count(visitor: Visitor) -> None:
    first, second = visitor.ask(), visitor.ask()
    swapped = replace(first, relay_state=second.relay_state)
    assert visitor.come_back(swapped, person()).status_code == 503
    assert not visitor.is_logged_in


# --- who is named ---


def test_who_is_not_in_the_register_is_told_so(visitor: Visitor) -> None:
    page = visitor.log_in(person(Bsn("999993653")))
    assert page.status_code == 403
    assert "U staat niet in de Basisregistratie Personen" in text_of(page)
    assert not visitor.is_logged_in


def test_nobody_logs_in_as_somebody_who_has_died(
    visitor: Visitor, population_register: PopulationRegisterControl
) -> None:
    page = visitor.log_in(person(population_register.with_case("deceased_with_digid").bsn))
    assert page.status_code == 403
    assert "als overleden" in text_of(page)
    assert not visitor.is_logged_in


def test_while_the_register_is_away_only_who_is_known_logs_in(
    visitor: Visitor, population_register: PopulationRegisterControl
) -> None:
    visitor.log_in(person())
    population_register.fail()
    stranger = Visitor(visitor.service)
    page = stranger.log_in(person(Bsn("999922749")))
    assert page.status_code == 503
    assert "geeft geen antwoord" in text_of(page)
    assert not stranger.is_logged_in
    again = Visitor(visitor.service)
    assert again.log_in(person())["Location"] == MINE


def acting(*identifiers: Identifier) -> Callable[[Assertion], Assertion]:
    """The assertion says that these act."""
    return lambda honest: replace(honest, acting=tuple(named(one, list(readers())) for one in identifiers))


def concerned(*values: str) -> Callable[[Assertion], Assertion]:
    """The assertion says that it is for these organisations."""
    kvk = [named(Identifier(ENTITY_CONCERNED_KVK, value), list(readers())) for value in values]
    return lambda honest: replace(honest, concerned_kvk=tuple(kvk))


def test_the_same_person_named_twice_is_one(visitor: Visitor) -> None:
    mother = Identifier.of_bsn(MOTHER)
    assert visitor.log_in(person(change_assertion=acting(mother, mother)))["Location"] == MINE


AT_DIGID: dict[str, Callable[[], Says]] = {
    "two people": lambda: person(
        change_assertion=acting(Identifier.of_bsn(MOTHER), Identifier.of_bsn(DAUGHTER))
    ),
    "a pseudonym": lambda: person(change_assertion=acting(Identifier(PSEUDONYM, "P1"))),
    "a person for an organisation": lambda: person(change_assertion=concerned("99990012")),
    "an employee": employee,
    "nobody": lambda: person(change_assertion=lambda honest: replace(honest, acting=())),
    "for somebody": lambda: person(change_assertion=lambda honest: replace(honest, legal=honest.acting)),
    "for another": lambda: person(change_assertion=lambda honest: replace(honest, audiences=("urn:x",))),
    "another service": lambda: person(
        change_assertion=lambda honest: replace(honest, service_uuids=(parties.TAXES,))
    ),
    "signed by another": lambda: person(key=parties.key(parties.TOWN_OIN)),
    "changed": lambda: person(change_signed=changed(_other_name)),
}


def _other_name(root: etree._Element) -> None:
    name = root.find(f".//{SAML}NameID")
    assert name is not None
    name.text = "another"


@pytest.mark.parametrize("what", AT_DIGID)
def test_an_answer_of_digid_that_is_not_in_order_logs_nobody_in(visitor: Visitor, what: str) -> None:
    page = visitor.log_in(AT_DIGID[what]())
    assert page.status_code == 503
    assert TECHNICAL in text_of(page)
    assert not visitor.is_logged_in
    assert not Party.objects.filter(kind=PartyKind.ORGANISATION).exists()


AT_EHERKENNING: dict[str, Callable[[], Says]] = {
    "a person": person,
    "an employee of nothing": lambda: employee(
        change_assertion=lambda honest: replace(honest, concerned_kvk=())
    ),
    "two organisations": lambda: employee(change_assertion=concerned("99990012", "99990023")),
    "no such number": lambda: employee(change_assertion=concerned("9999001")),
    "two employees": lambda: employee(
        change_assertion=acting(Identifier(PSEUDONYM, "P1"), Identifier(PSEUDONYM, "P2"))
    ),
    "a person for an organisation": lambda: employee(change_assertion=acting(Identifier.of_bsn(MOTHER))),
    "too long a pseudonym": lambda: employee("P" * 101),
    "a pseudonym with spaces": lambda: employee("P 1"),
}


@pytest.mark.parametrize("what", AT_EHERKENNING)
def test_an_answer_of_eherkenning_that_is_not_in_order_logs_nobody_in(colleague: Visitor, what: str) -> None:
    page = colleague.log_in(AT_EHERKENNING[what]())
    assert page.status_code == 503
    assert TECHNICAL in text_of(page)
    assert not colleague.is_logged_in
    assert not Party.objects.filter(kind=PartyKind.ORGANISATION).exists()


def test_no_number_or_message_stays_behind(visitor: Visitor) -> None:
    visitor.log_in(Says(status=Outcome.CANCELLED.status()))
    assert not Visit.objects.exists()
    assert visitor.client.session["visits_for_portal"] == {}
