"""Test mandates of a service in pre-production: every state, back to the start, never of production (CN-2)."""

from uuid import UUID, uuid4

import pytest

from tests.catalogue.building import Building
from tests.mandates.scene import Someone, crowd, main_character
from volmacht.audit.kinds import SYSTEM, EventKind
from volmacht.audit.queries import history_of
from volmacht.audit.verification import verify
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Mandate, Request, Use
from volmacht.mandates.operations import (
    ActivationDone,
    Cast,
    LaidOut,
    NotForTesting,
    StagedState,
    activate,
    answer_provider,
    end_mandate,
    lay_out_test_mandates,
)
from volmacht.mandates.queries import Asked, decide_for
from volmacht.parties.operations import know_organisation
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.representation import Allowed, Denied

LEVEL = LevelOfAssurance.SUBSTANTIAL
SPECIAL = {StagedState.DECEASED: "deceased", StagedState.UNDER_GUARDIANSHIP: "under-guardianship"}


@pytest.fixture
def building(two_staff: tuple[UUID, UUID]) -> Building:
    """Pre-production, empty."""
    return Building(*two_staff, Environment.PREPRODUCTION)


@pytest.fixture
def people(building: Building) -> dict[StagedState, Someone]:
    """Somebody for each state."""
    others = crowd(len(StagedState) + 1)
    return {
        state: main_character(SPECIAL[state]) if state in SPECIAL else others[number]
        for number, state in enumerate(StagedState)
    }


@pytest.fixture
def actor(people: dict[StagedState, Someone]) -> Someone:
    """Who acts for them all."""
    return crowd(len(StagedState) + 1)[-1]


@pytest.fixture
def cast(people: dict[StagedState, Someone], actor: Someone) -> Cast:
    """All of them."""
    organisation = know_organisation(KvkNumber("90000001"))
    return Cast(actor.id, organisation, {state: one.id for state, one in people.items()})


def entry(service_id: UUID) -> ServiceEntry:
    found = catalogue.service(service_id)
    assert found
    return found


def laid_out(service_id: UUID, cast: Cast) -> dict[StagedState, LaidOut]:
    found = lay_out_test_mandates(service_id=service_id, cast=cast, by=SYSTEM)
    return {one.state: one for one in found}


def answer(one: LaidOut, service_id: UUID) -> Refusal | None:
    """What a log-in for this person is told; None when it may be."""
    link = entry(service_id).connection_id
    assert link
    assert one.representative
    decision = decide_for(Asked(one.representative, one.represented, service_id, link, LEVEL))
    assert isinstance(decision, Allowed | Denied)
    return None if isinstance(decision, Allowed) else decision.refusal


EXPECTED = {
    StagedState.VALID: None,
    StagedState.ALSO_VALID: None,
    StagedState.TO_COME: Refusal.NOT_YET_VALID,
    StagedState.EXPIRED: Refusal.MANDATE_ENDED,
    StagedState.REVOKED: Refusal.MANDATE_ENDED,
    StagedState.GIVEN_UP: Refusal.MANDATE_ENDED,
    StagedState.RESTRICTED: None,
    StagedState.DECEASED: Refusal.REPRESENTED_DECEASED,
    StagedState.UNDER_GUARDIANSHIP: Refusal.UNDER_GUARDIANSHIP,
}


@pytest.mark.parametrize("months", [1, 12, 60])
def test_every_state_gets_the_answer_it_is_for(months: int, building: Building, cast: Cast) -> None:
    service_id = building.service(longest_months=months)
    found = laid_out(service_id, cast)
    assert set(found) == set(StagedState)
    answers = {state: answer(found[state], service_id) for state in EXPECTED}
    assert answers == EXPECTED


def test_a_code_that_is_open_can_be_entered_and_a_locked_one_cannot(
    building: Building, cast: Cast, people: dict[StagedState, Someone], actor: Someone
) -> None:
    service_id = building.service()
    found = laid_out(service_id, cast)
    for state, expected in ((StagedState.CODE_OPEN, None), (StagedState.CODE_LOCKED, Refusal.CODE_LOCKED)):
        code = found[state].code
        assert code
        done = activate(
            representative=actor.id,
            level=LEVEL,
            code=code,
            bsn=people[state].bsn,
            environment=Environment.PREPRODUCTION,
        )
        assert isinstance(done, Refused if expected else ActivationDone)
        if isinstance(done, Refused):
            assert done.refusal is expected


def test_of_a_set_one_service_is_taken_away(building: Building, cast: Cast) -> None:
    body = building.provider()
    link = building.connection(body)
    first, second = (building.service(body, link) for _ in range(2))
    found = laid_out(building.service_set(first, second), cast)
    gone, kept = entry(first), entry(second)
    answers = {one.id: answer(found[StagedState.RESTRICTED], one.id) for one in (gone, kept)}
    assert sorted(answers.values(), key=str) == [None, Refusal.SERVICE_NOT_COVERED]
    assert [answer(found[StagedState.VALID], one.id) for one in (gone, kept)] == [None, None]


def test_an_organisation_acts_where_only_organisations_may(building: Building, cast: Cast) -> None:
    found = laid_out(building.service(representative_kind="organisatie"), cast)
    assert found[StagedState.VALID].representative == cast.organisation


def test_where_nobody_may_be_mandated_there_is_nothing(building: Building, cast: Cast) -> None:
    assert laid_out(building.service(representative_kind="niet"), cast) == {}


def test_laying_out_again_undoes_what_was_done_meanwhile(building: Building, cast: Cast) -> None:
    service_id = building.service()
    other = building.service()
    before, elsewhere = laid_out(service_id, cast), laid_out(other, cast)
    valid = before[StagedState.VALID]
    assert valid.representative
    link = entry(service_id).connection_id
    assert link
    answer_provider(Asked(valid.representative, valid.represented, service_id, link, LEVEL))
    mandate = Mandate.objects.get(service_id=service_id, represented_id=valid.represented)
    assert (
        end_mandate(mandate_id=mandate.id, by=valid.represented, environment=Environment.PREPRODUCTION)
        is None
    )
    assert answer(valid, service_id) is Refusal.MANDATE_ENDED
    again = laid_out(service_id, cast)
    assert answer(again[StagedState.VALID], service_id) is None
    assert Mandate.objects.filter(service_id=service_id).count() == len(EXPECTED)
    assert Request.objects.filter(service_id=service_id).count() == len(StagedState) - len(EXPECTED)
    assert not Use.objects.filter(service_id=service_id).exists()
    assert answer(elsewhere[StagedState.VALID], other) is None, "another service is left alone"


def test_it_stands_in_the_chain_which_stays_whole(building: Building, cast: Cast) -> None:
    service_id = building.service()
    laid_out(service_id, cast)
    laid_out(service_id, cast)
    kinds = [one.kind for one in history_of(service_id)]
    assert kinds.count(EventKind.TEST_MANDATES_LAID_OUT) == 2
    revoked = Mandate.objects.get(service_id=service_id, end_reason="revoked")
    assert [one.kind for one in history_of(revoked.id)] == [
        EventKind.MANDATE_ACTIVATED,
        EventKind.MANDATE_ENDED,
    ]
    assert verify() == []


def test_nothing_of_production_is_touched(two_staff: tuple[UUID, UUID], cast: Cast) -> None:
    real = Building(*two_staff).service()
    for service_id in (real, uuid4()):
        with pytest.raises(NotForTesting):
            lay_out_test_mandates(service_id=service_id, cast=cast, by=SYSTEM)
    assert not Mandate.objects.exists()
