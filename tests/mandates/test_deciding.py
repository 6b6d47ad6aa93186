"""The decision table of the rules, asked at the door of the register (DM-02, DM-04, DM-30, DM-36, DM-37, DM-43, DM-62).

Each row is set up in catalogue and register as it would really be, and gets the same answer as from the rule.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.catalogue.building import Building
from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.rules.tables import DecisionCase, decision_cases
from volmacht import clock
from volmacht.catalogue.kinds import ChangeKind
from volmacht.mandates.models import Coverage, Mandate
from volmacht.mandates.operations import answer_provider, end_mandate
from volmacht.mandates.queries import Asked, decide_for, list_uses, representable, unusable
from volmacht.parties.models import Party
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import RepresentativeKind
from volmacht.rules.periods import start_of
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import Allowed, Denied, MandateFacts, PartyFacts, ServiceRules
from volmacht.rules.services import LookUpStatus


def can_be_set_up(case: DecisionCase) -> bool:
    """Two rows cannot be: over a connection that nobody has no service is one's own, and a service that allows
    nobody is one for which nobody can be mandated. What the register says then is tested below."""
    return not (
        case.service.status is LookUpStatus.CONNECTION_NOT_FOUND
        or (case.service.status is LookUpStatus.STATUS_OK and case.service.kind is RepresentativeKind.NONE)
    )


CASES = [case for case in decision_cases() if can_be_set_up(case)]


@pytest.fixture
def building(two_staff: tuple[UUID, UUID]) -> Building:
    """A catalogue of this test alone."""
    return Building(*two_staff)


def party(facts: PartyFacts) -> UUID:
    """A party of whom these facts are known."""
    return Party.objects.create(
        kind=facts.kind,
        name="Iemand",
        deceased=facts.died_on is not None,
        died_on=facts.died_on,
        under_guardianship=facts.under_guardianship,
        blocked=facts.blocked,
        created_at=clock.now(),
    ).id


def offered(building: Building, rules: ServiceRules) -> tuple[UUID, UUID]:
    """A service with these rules, and the connection over which it is asked for."""
    provider = building.provider(role_active=rules.status is not LookUpStatus.ORGANIZATION_ROLE_INACTIVE)
    connection = building.connection(provider)
    service = building.service(
        provider,
        connection,
        representative_kind=rules.kind,
        minimum_level=rules.minimum_level,
        active=rules.status is not LookUpStatus.SERVICE_INACTIVE,
        mandatable=rules.status is not LookUpStatus.SERVICE_NOT_MANDATABLE,
    )
    if rules.status is LookUpStatus.CONNECTION_INACTIVE:
        building.change(ChangeKind.SWITCH_CONNECTION, id=connection, active=False)
    if rules.status is LookUpStatus.ORGANIZATION_INACTIVE:
        building.change(ChangeKind.SWITCH_PROVIDER, id=provider, active=False)
    if rules.status is LookUpStatus.SERVICE_NOT_FOUND:
        return uuid4(), connection
    return service, connection if rules.own_service else building.connection(building.provider())


def give(facts: MandateFacts, represented: UUID, representative: UUID, service: UUID, other: UUID) -> None:
    """A mandate of which these facts hold; one that does not cover the service is for another."""
    about = service if facts.covered else other
    row = Mandate.objects.create(
        id=facts.mandate_id,
        environment=Environment.PRODUCTION,
        represented_id=represented,
        representative_id=representative,
        service_id=about,
        first_day=facts.first_day,
        last_day=facts.last_day,
        route=facts.route,
        level_granted=20,
        level_activated=20,
        registered_by_kind="person",
        registered_at=clock.now(),
        ended_at=facts.ended_at,
        end_reason=facts.end_reason or "",
        holds_place=False,
    )
    Coverage.objects.create(mandate=row, service_id=about)


def set_up(case: DecisionCase, building: Building) -> Asked:
    """Everything that a row says, and its question."""
    service, connection = offered(building, case.service)
    represented, representative = party(case.represented), party(case.representative)
    other = building.service()
    for facts in case.mandates:
        give(facts, represented, representative, service, other)
    return Asked(representative, represented, service, connection, case.question.level)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_register_answers_as_the_table_says(building: Building, case: DecisionCase) -> None:
    with clock.stopped_at(case.question.moment):
        asked = set_up(case, building)
        assert decide_for(asked) == case.answer
        assert decide_for(asked, case.question.moment) == case.answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_answer_to_a_provider_is_recorded_as_it_was_given(
    building: Building, case: DecisionCase
) -> None:
    with clock.stopped_at(case.question.moment):
        asked = set_up(case, building)
        assert answer_provider(asked) == case.answer
        uses = list_uses(asked.representative, environment=Environment.PRODUCTION).entries
        if case.service.status is LookUpStatus.SERVICE_NOT_FOUND:  # there is no service to record it under
            assert uses == ()
            return
        (use,) = uses
        allowed = case.answer if isinstance(case.answer, Allowed) else None
        assert use.mandate_id == (allowed.mandate_id if allowed else None)
        assert use.refusal == (case.answer.refusal if isinstance(case.answer, Denied) else None)
        assert (use.moment, use.level) == (case.question.moment, case.question.level)


def test_a_service_that_allows_nobody_is_one_for_which_nobody_can_be_mandated(building: Building) -> None:
    case = next(case for case in CASES if case.name == "a valid mandate is enough")
    with clock.stopped_at(case.question.moment):
        rules = replace(case.service, kind=RepresentativeKind.NONE)
        asked = set_up(replace(case, service=rules), building)
        assert decide_for(asked) == Denied(Refusal.SERVICE_NOT_MANDATABLE)


def test_a_set_that_is_switched_off_opens_nothing_until_it_is_switched_on(
    mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    question, set_id = scene.asked(mother, daughter), scene.service(scene.LOCAL_TAXES).id
    assert scene.allowed(question) == mandate_id
    scene.change_catalogue(ChangeKind.SWITCH_SERVICE, id=set_id, active=False)
    assert scene.refused(question) is Refusal.SERVICE_NOT_COVERED
    assert representable(daughter.id, question.service_id).total == 0
    assert others(question) == []
    scene.change_catalogue(ChangeKind.SWITCH_SERVICE, id=set_id, active=True)
    assert scene.allowed(question) == mandate_id


def others(question: Asked) -> list[tuple[UUID, Denied]]:
    """For whom the representative cannot act at this service, and why."""
    found = unusable(question.representative, question.service_id, question.connection_id, question.level)
    return [(other.represented, other.denied) for other in found]


def test_of_who_mandated_for_this_service_the_refusal_is_told(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    question = scene.asked(mother, daughter)
    assert others(question) == []
    end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION)
    assert others(question) == [(mother.id, Denied(Refusal.MANDATE_ENDED, EndReason.REVOKED))]
    elsewhere = scene.asked(mother, daughter, scene.INCOME_TAX)
    assert decide_for(elsewhere) == Denied(Refusal.NO_MANDATE)
    assert others(elsewhere) == []


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_what_ended_more_than_a_year_ago_is_no_longer_told_at_a_log_in(
    mother: Someone, daughter: Someone, how: str
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    if how == "revoked":
        end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION)
        ended = clock.now()
    else:
        ended = start_of(Mandate.objects.get(id=mandate_id).last_day) + timedelta(hours=12)
    question = scene.asked(mother, daughter)
    for days, told in [(364, True), (368, False)]:
        with clock.stopped_at(ended + timedelta(days=days)):
            assert scene.refused(question) is Refusal.MANDATE_ENDED
            assert bool(others(question)) is told


@pytest.mark.parametrize("fact", ["death", "guardianship"])
def test_who_used_to_help_learns_no_more_than_that_the_mandate_ended(
    mother: Someone, daughter: Someone, fact: str
) -> None:
    """DM-04, DM-37, decision 0028; who still helped does learn it."""
    son = scene.crowd(1)[0]
    end_mandate(mandate_id=scene.mandate(mother, daughter), by=mother.id, environment=Environment.PRODUCTION)
    scene.mandate(mother, son)
    facts = {"deceased": True, "died_on": clock.today()} if fact == "death" else {"under_guardianship": True}
    Party.objects.filter(id=mother.id).update(**facts)
    told = Refusal.REPRESENTED_DECEASED if fact == "death" else Refusal.UNDER_GUARDIANSHIP
    assert others(scene.asked(mother, daughter)) == [
        (mother.id, Denied(Refusal.MANDATE_ENDED, EndReason.REVOKED))
    ]
    assert others(scene.asked(mother, son)) == [(mother.id, Denied(told))]


def test_over_an_unknown_connection_no_service_is_ones_own(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    question = scene.asked(mother, daughter)
    unknown = Asked(
        question.representative, question.represented, question.service_id, uuid4(), question.level
    )
    assert decide_for(unknown) == answer_provider(unknown) == Denied(Refusal.NOT_OWN_SERVICE)
    assert list_uses(daughter.id, environment=Environment.PRODUCTION).total == 0


def test_somebody_unknown_is_answered_like_somebody_without_a_mandate(
    mother: Someone, daughter: Someone
) -> None:
    question = scene.asked(mother, daughter)
    strangers = [
        Asked(uuid4(), mother.id, question.service_id, question.connection_id, question.level),
        Asked(daughter.id, uuid4(), question.service_id, question.connection_id, question.level),
    ]
    for stranger in strangers:
        assert decide_for(stranger) == decide_for(question) == Denied(Refusal.NO_MANDATE)


def test_a_question_about_somebody_unknown_is_recorded_without_a_represented_person(
    daughter: Someone, mother: Someone
) -> None:
    question = scene.asked(mother, daughter)
    answer_provider(Asked(daughter.id, uuid4(), question.service_id, question.connection_id, question.level))
    (use,) = list_uses(daughter.id, environment=Environment.PRODUCTION).entries
    assert (use.represented_id, use.refusal) == (None, Refusal.NO_MANDATE)


def test_nothing_crosses_between_environments(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    entry = scene.service(scene.MUNICIPAL_TAXES, Environment.PREPRODUCTION)
    assert entry.connection_id
    question = Asked(daughter.id, mother.id, entry.id, entry.connection_id, LevelOfAssurance.HIGH)
    assert decide_for(question) == Denied(Refusal.NO_MANDATE)


def test_an_organisation_is_recorded_with_its_employee(building: Building) -> None:
    case = next(case for case in CASES if "organisation may act" in case.name)
    assert case.service.kind is RepresentativeKind.ORGANISATION
    with clock.stopped_at(case.question.moment):
        asked = set_up(case, building)
        answer_provider(asked, employee="pseudoniem-7")
        (use,) = list_uses(asked.represented, environment=Environment.PRODUCTION).entries
    assert (use.employee, use.representative_name) == ("pseudoniem-7", "Iemand")
