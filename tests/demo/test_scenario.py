"""The demo scenario: it is loaded once, and shows every state there is."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.parties.leaking import every_value, leaks_of, leaks_on_disk
from tests.population_register import people
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import checkpoints, history_about, history_of
from volmacht.audit.verification import verify
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.models import PinnedPeer
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.demo import scenario
from volmacht.demo.replaying import ScenarioProblem
from volmacht.installation.queries import scenario_is_loaded
from volmacht.keystore import OwnEntity
from volmacht.logins.entities import entity_id
from volmacht.mandates.queries import (
    MandateEntry,
    MandateFilter,
    ending_soon,
    list_mandates,
    list_requests,
    list_uses,
    mandate_counts,
    representable,
)
from volmacht.notifications.kinds import Side
from volmacht.parties.models import Party
from volmacht.parties.queries import party_with_bsn, party_with_kvk
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.activating import RequestState
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn, KvkNumber
from volmacht.rules.refusals import Refusal
from volmacht.rules.routes import Route
from volmacht.rules.validity import Phase
from volmacht.standins.authentication_service.identities import pseudonym
from volmacht.standins.authentication_service.organisations import employees

BOOKKEEPER = Bsn("999900031")


def everybody() -> list[UUID]:
    """Everyone whom the demo made known."""
    return list(Party.objects.values_list("id", flat=True))


def given(phase: Phase) -> list[MandateEntry]:
    """Every mandate in a phase, as the represented people see theirs."""
    return [
        entry
        for who in everybody()
        for entry in list_mandates(
            who, MandateFilter(Side.REPRESENTED, phase, size=100), environment=Environment.PRODUCTION
        ).entries
    ]


def test_there_are_mandates_in_every_state(loaded_demo: None, db: None) -> None:
    found = {phase: given(phase) for phase in Phase}
    assert sum(map(len, found.values())) >= 60
    assert all(found.values())
    # The others end no mandate in this version: a death or guardianship refuses its use (below).
    reasons = {
        EndReason.REVOKED,
        EndReason.GIVEN_UP,
        EndReason.EXPIRED,
        EndReason.REPLACED,
        EndReason.DISPUTED,
    }
    assert {entry.end_reason for entry in found[Phase.ENDED]} == reasons
    assert {entry.route for entries in found.values() for entry in entries} == {
        Route.ONLINE_REPRESENTED,
        Route.DIRECT,
    }
    assert any(entry.service.is_set for entry in found[Phase.ACTIVE])


def test_there_are_requests_in_every_state(loaded_demo: None, db: None) -> None:
    states = {
        request.state
        for who in everybody()
        for request in list_requests(who, environment=Environment.PRODUCTION)
    }
    assert states == {RequestState.OPEN, RequestState.WITHDRAWN, RequestState.LOCKED, RequestState.EXPIRED}


def test_there_are_uses_that_were_allowed_and_uses_refused_for_every_reason(
    loaded_demo: None, db: None
) -> None:
    answers = Counter(
        use.refusal
        for who in everybody()
        for use in list_uses(who, size=100, environment=Environment.PRODUCTION).entries
    )
    assert answers[None] > 30
    assert {
        Refusal.MANDATE_ENDED,
        Refusal.REPRESENTED_DECEASED,
        Refusal.UNDER_GUARDIANSHIP,
        Refusal.NO_MANDATE,
    } <= set(answers)


def test_somebody_represents_so_many_that_they_must_search(loaded_demo: None, db: None) -> None:
    bookkeeper = party_with_bsn(BOOKKEEPER)
    assert bookkeeper
    counts = [
        representable(bookkeeper, entry.id).in_all for entry in catalogue.all_services(Environment.PRODUCTION)
    ]
    assert max(counts) > 10


def test_the_chain_is_whole_and_tells_of_the_past_at_its_own_moments(loaded_demo: None, db: None) -> None:
    assert verify() == []
    (checkpoint,) = checkpoints()
    assert checkpoint.day < clock.today()
    mother = party_with_bsn(Bsn("999900006"))
    assert mother
    moments = [event.moment for event in history_about(mother)]
    assert moments[0] < clock.now() - timedelta(days=400)
    assert moments[-1] <= clock.now()
    kinds = {event.kind for event in history_about(mother)}
    assert {
        EventKind.REQUEST_MADE,
        EventKind.MANDATE_ACTIVATED,
        EventKind.CODE_LOCKED,
        EventKind.MANDATE_USED,
    } <= kinds


def test_nobody_s_bsn_and_no_code_can_be_read_in_the_database(loaded_demo: None, db: None) -> None:
    known = [person.bsn.value for person in people() if party_with_bsn(person.bsn)]
    assert len(known) > 40
    assert leaks_of(*known) == []
    assert leaks_on_disk(*known) == []


def test_the_search_on_disk_finds_what_stands_there(loaded_demo: None, db: None, tmp_path: Path) -> None:
    from django.db import connection

    names = {str(value) for place, value in every_value() if place == "parties_party.name"}
    assert "Annelies de Vries" in names
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        assert any(b"Annelies de Vries" in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_it_is_loaded_once(loaded_demo: None, db: None) -> None:
    assert scenario_is_loaded()
    with pytest.raises(ScenarioProblem, match="loaded already"):
        scenario.load()
    assert verify() == []


def test_the_sample_provider_has_a_connection_in_the_catalogue(loaded_demo: None, db: None) -> None:
    found = catalogue.connection_by_entity_id(Environment.PRODUCTION, scenario.SAMPLE_ENTITY)
    assert found
    assert found.provider_name == "Gemeente Voorbeeld"


def test_a_demo_of_an_older_version_gets_what_the_file_has_since_then(loaded_demo: None, db: None) -> None:
    PinnedPeer.objects.all().delete()
    CATALOGUE.forget()
    scenario.add_what_is_new()
    for environment in Environment:
        assert len(catalogue.pinned_peers(environment, Role.AD)) == 2
    assert verify() == []


def test_an_office_acts_for_dozens_and_its_pages_have_something_of_everything(
    loaded_demo: None, db: None
) -> None:
    office = party_with_kvk(KvkNumber("99990012"))
    assert office
    counts = mandate_counts(office, environment=Environment.PRODUCTION)
    assert counts[Side.REPRESENTATIVE, Phase.ACTIVE] > 24
    assert counts[Side.REPRESENTATIVE, Phase.TO_COME] == 1
    assert counts[Side.REPRESENTATIVE, Phase.ENDED] == 3
    found = list_mandates(
        office,
        MandateFilter(Side.REPRESENTATIVE, Phase.ACTIVE, words="van den"),
        environment=Environment.PRODUCTION,
    )
    assert 0 < found.total < counts[Side.REPRESENTATIVE, Phase.ACTIVE]
    assert {
        ending.proposal.declined
        for ending in ending_soon(office, size=100, environment=Environment.PRODUCTION).entries
        if ending.proposal
    } == {
        True,
        False,
    }
    ended = list_mandates(
        office, MandateFilter(Side.REPRESENTATIVE, Phase.ENDED), environment=Environment.PRODUCTION
    ).entries
    (given_up,) = [entry for entry in ended if entry.end_reason is EndReason.GIVEN_UP]
    karim = pseudonym(employees().main[0], entity_id(Environment.PRODUCTION, OwnEntity.PORTAL))
    assert history_of(given_up.id)[-1].actor.id == office
    assert {event.data.get("employee") for event in history_of(given_up.id)} >= {karim}


def test_every_employee_with_a_story_has_what_it_tells_of(loaded_demo: None, db: None) -> None:
    for account in employees().main:
        office = party_with_kvk(account.kvk) if account.kvk else None
        if account.highest < LevelOfAssurance.MIDDLE:  # the baker cannot
            assert office is None
        else:
            assert office
            assert (
                mandate_counts(office, environment=Environment.PRODUCTION)[Side.REPRESENTATIVE, Phase.ACTIVE]
                >= 3
            )
