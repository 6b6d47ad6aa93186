"""Logging in for an organisation at eHerkenning (AD-16, DM-02)."""

import pytest
from pytest_django import Settings

from tests.portals.choosing.visit import text_of
from tests.portals.citizen.entering.visiting import MINE, OFFICE, Visitor, employee
from volmacht.audit.kinds import ActorKind, EventKind
from volmacht.audit.queries import history_about
from volmacht.parties.models import Party
from volmacht.parties.queries import kvk_of, party, party_with_kvk
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.kinds import PartyKind

pytestmark = pytest.mark.database


def test_both_services_are_offered(colleague: Visitor) -> None:
    page = colleague.client.get("/inloggen/")
    assert "Inloggen met DigiD" in text_of(page)
    assert "Inloggen met eHerkenning" in text_of(page)
    english = colleague.client.get("/en/inloggen/")
    assert "Do you work for an organisation?" in text_of(english)


def test_eherkenning_is_not_offered_where_the_operator_leaves_it_out(
    colleague: Visitor, settings: Settings
) -> None:
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset({PartyKind.PERSON})
    assert "eHerkenning" not in text_of(colleague.client.get("/inloggen/"))
    assert colleague.leave().status_code == 302


def test_an_employee_logs_in_for_the_organisation(colleague: Visitor) -> None:
    assert colleague.log_in(employee())["Location"] == MINE
    office = party_with_kvk(OFFICE)
    assert office
    known = party(office)
    assert known
    assert (known.kind, known.name, kvk_of(office)) == (PartyKind.ORGANISATION, "KvK 99990012", OFFICE)
    login = colleague.client.session["login"]
    assert (login["party"], login["kind"], login["employee"]) == (str(office), "organisation", "P1")
    page = colleague.client.get(MINE).content.decode()
    assert "KvK 99990012" in page
    assert "P1" not in page


def test_organisation_and_employee_are_written_down(colleague: Visitor) -> None:
    colleague.log_in(employee("P2"))
    office = party_with_kvk(OFFICE)
    assert office
    registered, logged_in = history_about(office)
    assert registered.kind is EventKind.ORGANISATION_REGISTERED
    assert (logged_in.kind, logged_in.actor.kind) == (EventKind.LOGGED_IN, ActorKind.ORGANISATION)
    assert logged_in.data == {"level": 25, "employee": "P2"}


def test_colleagues_are_one_organisation_and_other_organisations_another(colleague: Visitor) -> None:
    for says in (employee("P1"), employee("P2"), employee("P1", KvkNumber("99990023"))):
        Visitor(colleague.service).log_in(says)
    assert Party.objects.filter(kind=PartyKind.ORGANISATION).count() == 2


def test_a_colleague_does_not_get_what_another_was_doing(colleague: Visitor) -> None:
    """On a computer that they share."""
    colleague.log_in(employee("P1"))
    session = colleague.client.session
    session["draft"] = "of P1"
    session.save()
    waiting = Visitor(colleague.service)
    waiting.client = colleague.client
    session["login"] = {**session["login"], "last_seen": "2020-01-01T00:00:00+00:00"}
    session.save()
    waiting.log_in(employee("P2"))
    assert "draft" not in colleague.client.session
