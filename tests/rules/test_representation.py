"""The one decision: the whole decision table, and what holds for every mandate whatever the facts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.strategies import days, mandates, moments_near, parties
from tests.rules.tables import DecisionCase, decision_cases
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.kinds import PartyKind, RepresentativeKind
from volmacht.rules.periods import Period, day_of
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import (
    ENDED_BY,
    Allowed,
    Decision,
    Denied,
    MandateFacts,
    PartyFacts,
    Question,
    ServiceRules,
    decide,
    unusable_because,
)
from volmacht.rules.routes import Route
from volmacht.rules.services import LookUpStatus
from volmacht.rules.validity import Phase, phase

CASES = decision_cases()
LIVING = PartyFacts(PartyKind.PERSON, died_on=None, under_guardianship=False, blocked=False)
SERVICE = ServiceRules(
    LookUpStatus.STATUS_OK,
    own_service=True,
    kind=RepresentativeKind.BOTH,
    minimum_level=LevelOfAssurance.BASIC,
)
REASONS_OF_A_DECISION = {
    Refusal.NO_MANDATE,
    Refusal.NOT_YET_VALID,
    Refusal.MANDATE_ENDED,
    Refusal.SERVICE_NOT_MANDATABLE,
    Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED,
    Refusal.LEVEL_TOO_LOW,
    Refusal.REPRESENTED_DECEASED,
    Refusal.REPRESENTATIVE_DECEASED,
    Refusal.UNDER_GUARDIANSHIP,
    Refusal.CONNECTION_INACTIVE,
    Refusal.ORGANISATION_INACTIVE,
    Refusal.SERVICE_INACTIVE,
    Refusal.BLOCKED,
    Refusal.SERVICE_NOT_COVERED,
    Refusal.NOT_OWN_SERVICE,
}


def decide_about(moment: datetime, *found: MandateFacts) -> Decision:
    return decide(Question.at(moment, LevelOfAssurance.HIGH), SERVICE, LIVING, LIVING, found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_decision_is_the_one_in_the_table(case: DecisionCase) -> None:
    answer = decide(case.question, case.service, case.representative, case.represented, case.mandates)
    assert answer == case.answer


def test_the_table_has_a_row_for_every_refusal_end_reason_route_and_service_status() -> None:
    refused = [case.answer for case in CASES if isinstance(case.answer, Denied)]
    allowed = [case.answer for case in CASES if isinstance(case.answer, Allowed)]
    assert {answer.refusal for answer in refused} == REASONS_OF_A_DECISION
    assert {answer.end_reason for answer in refused} == {None, *EndReason}
    assert {answer.route for answer in allowed} == set(Route)
    assert {case.service.status for case in CASES} == set(LookUpStatus)


def test_no_two_rows_of_the_table_have_the_same_name() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_order_in_which_mandates_are_found_does_not_matter(case: DecisionCase) -> None:
    found = case.mandates[::-1]
    assert decide(case.question, case.service, case.representative, case.represented, found) == case.answer


@given(st.data(), days)
def test_a_decision_agrees_with_validity_in_every_phase(data: st.DataObject, day: date) -> None:
    mandate = replace(data.draw(mandates(day)), covered=True, route=Route.COUNTER)
    moment = data.draw(moments_near(day))
    period = Period(mandate.first_day, mandate.last_day)
    answer, found = decide_about(moment, mandate), phase(period, mandate.ended_at, moment)
    assert isinstance(answer, Allowed) == (found is Phase.ACTIVE)
    if isinstance(answer, Denied):
        assert answer.refusal == {
            Phase.TO_COME: Refusal.NOT_YET_VALID,
            Phase.ENDED: Refusal.MANDATE_ENDED,
        }.get(found)


@given(st.data(), days, st.booleans())
def test_who_is_allowed_has_a_valid_covering_mandate_of_the_right_kind(
    data: st.DataObject, day: date, has_died: bool
) -> None:
    found = data.draw(st.lists(mandates(day), max_size=6))
    moment = data.draw(moments_near(day))
    represented = replace(LIVING, died_on=day if has_died else None)
    usable = {
        mandate.mandate_id: mandate
        for mandate in found
        if mandate.covered
        and (mandate.route is Route.SURVIVOR) == has_died
        and phase(Period(mandate.first_day, mandate.last_day), mandate.ended_at, moment) is Phase.ACTIVE
    }
    answer = decide(Question.at(moment, LevelOfAssurance.HIGH), SERVICE, LIVING, represented, found)
    if usable:
        assert isinstance(answer, Allowed)
        assert usable[answer.mandate_id].last_day == max(mandate.last_day for mandate in usable.values())
    else:
        assert isinstance(answer, Denied)


@given(st.data(), days)
def test_a_fact_about_people_refuses_every_mandate_and_no_answer_but_a_refusal_changes(
    data: st.DataObject, day: date
) -> None:
    """DM-04, DM-37: as long as such a fact stands nobody is allowed, told or not (decision 0028)."""
    found = data.draw(st.lists(mandates(day), max_size=6))
    moment = data.draw(moments_near(day))
    representative, represented = data.draw(parties(day)), data.draw(parties(day))
    has_died = represented.died_on is not None
    counts = any(
        mandate.covered
        and (mandate.route is Route.SURVIVOR) == has_died
        and phase(Period(mandate.first_day, mandate.last_day), mandate.ended_at, moment) is Phase.ACTIVE
        for mandate in found
    )
    nobody_may_act = (
        representative.died_on is not None
        or representative.blocked
        or represented.blocked
        or (represented.under_guardianship and not has_died)
    )
    answer = decide(Question.at(moment, LevelOfAssurance.HIGH), SERVICE, representative, represented, found)
    assert isinstance(answer, Allowed) == (counts and not nobody_may_act)


@given(st.data(), days)
def test_where_no_mandate_for_the_service_stands_or_ended_by_it_a_fact_changes_nothing(
    data: st.DataObject, day: date
) -> None:
    """DM-04, DM-37: a former representative gets the answer that they would get without the fact."""
    moment = data.draw(moments_near(day))
    ordinary = st.lists(mandates(day).filter(lambda one: one.route is not Route.SURVIVOR), max_size=6)
    found = [
        mandate
        for mandate in data.draw(ordinary)
        if mandate.end_reason not in ENDED_BY.values()
        and not (
            mandate.covered
            and phase(Period(mandate.first_day, mandate.last_day), mandate.ended_at, moment)
            is not Phase.ENDED
        )
    ]
    question = Question.at(moment, LevelOfAssurance.HIGH)
    known = decide(question, SERVICE, data.draw(parties(day)), data.draw(parties(day)), found)
    assert known == decide(question, SERVICE, LIVING, LIVING, found)


@given(st.data(), days)
def test_the_answer_to_the_same_facts_in_another_order_is_the_same(data: st.DataObject, day: date) -> None:
    found = data.draw(st.lists(mandates(day), max_size=5, unique_by=lambda mandate: mandate.mandate_id))
    moment = data.draw(moments_near(day))
    shuffled = data.draw(st.permutations(found))
    assert decide_about(moment, *found) == decide_about(moment, *shuffled)


@given(st.data(), days)
def test_the_reason_of_an_end_and_the_first_day_stand_only_beside_their_own_refusal(
    data: st.DataObject, day: date
) -> None:
    answer = decide_about(data.draw(moments_near(day)), *data.draw(st.lists(mandates(day), max_size=4)))
    if isinstance(answer, Denied):
        assert (answer.end_reason is not None) == (answer.refusal is Refusal.MANDATE_ENDED)
        assert (answer.valid_from is not None) == (answer.refusal is Refusal.NOT_YET_VALID)


def test_the_day_of_a_question_is_the_day_in_amsterdam() -> None:
    moment = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    question = Question.at(moment, LevelOfAssurance.BASIC)
    assert question.today == day_of(moment) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("ended_at", "reason"),
    [(datetime(2026, 11, 1, tzinfo=UTC), None), (None, EndReason.REVOKED)],
    ids=["a moment without a reason", "a reason without a moment"],
)
def test_an_end_has_a_moment_and_a_reason_or_neither(
    ended_at: datetime | None, reason: EndReason | None
) -> None:
    with pytest.raises(ValueError, match="go together"):
        MandateFacts(
            UUID(int=1),
            date(2026, 1, 1),
            date(2026, 12, 31),
            ended_at,
            reason,
            covered=True,
            route=Route.DIRECT,
        )


@given(st.data(), days)
def test_what_a_list_says_of_a_mandate_that_goes_on_is_what_is_decided(
    data: st.DataObject, day: date
) -> None:
    """DM-04, decision 0028: no page says *valid* where a log-in is refused, nor the other way round."""
    mandate = replace(data.draw(mandates(day)), covered=True)
    moment = data.draw(moments_near(day))
    representative, represented = data.draw(parties(day)), data.draw(parties(day))
    period = Period(mandate.first_day, mandate.last_day)
    assume(phase(period, mandate.ended_at, moment) is Phase.ACTIVE)
    assume(mandate.route is not Route.SURVIVOR or represented.died_on is not None)
    answer = decide(
        Question.at(moment, LevelOfAssurance.HIGH), SERVICE, representative, represented, [mandate]
    )
    why = unusable_because(representative, represented, mandate.route)
    assert answer == (Denied(why) if why else Allowed(mandate.mandate_id, mandate.route))
