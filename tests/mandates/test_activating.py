"""A code and a BSN become a mandate, once (DM-16a, DM-24, DM-30, DM-35, DM-36), or a refusal that says why."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.population_register import PopulationRegisterControl
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.catalogue.kinds import ChangeKind
from volmacht.mandates.operations import (
    ActivationDone,
    Recognised,
    end_mandate,
    replace_code,
    restrict_mandate,
    withdraw_request,
)
from volmacht.mandates.queries import MandateEntry, mandate_for
from volmacht.notifications.kinds import MessageKind
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.routes import Route
from volmacht.rules.validity import Phase


def activated(representative: Someone, represented: Someone, request: scene.OpenRequest) -> MandateEntry:
    """The mandate that a code became."""
    done = scene.activate(representative, represented, request.code)
    assert isinstance(done, ActivationDone), done
    entry = mandate_for(done.mandate_id, representative.id, environment=Environment.PRODUCTION)
    assert entry
    return entry


def test_a_mandate_holds_everything_that_was_agreed(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother, last_day=date(2027, 6, 30))
    done = scene.activate(daughter, mother, made.code, LevelOfAssurance.HIGH)
    assert isinstance(done, ActivationDone)
    assert not done.replaced
    entry = mandate_for(done.mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert (entry.represented_id, entry.representative_id) == (mother.id, daughter.id)
    assert (entry.first_day, entry.last_day) == (date(2026, 11, 23), date(2027, 6, 30))
    assert (entry.level_granted, entry.level_activated) == (scene.LEVEL, LevelOfAssurance.HIGH)
    assert entry.route is Route.ONLINE_REPRESENTED
    assert entry.phase is Phase.ACTIVE
    assert entry.registered_at == NOON
    assert entry.request_id == made.id


def test_both_parties_are_told_and_the_chain_keeps_what_happened(mother: Someone, daughter: Someone) -> None:
    with_email(mother, daughter)
    entry = activated(daughter, mother, scene.request(mother))
    assert kinds_to(mother).count(MessageKind.MANDATE_ACTIVATED) == 1
    assert kinds_to(daughter) == [MessageKind.MANDATE_ACTIVATED]
    (event,) = history_of(entry.id)
    assert (event.kind, event.actor.id, event.subject_id) == (
        EventKind.MANDATE_ACTIVATED,
        daughter.id,
        mother.id,
    )


def test_trying_shows_what_would_be_accepted_and_changes_nothing(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother, scene.LOCAL_TAXES)
    assert scene.try_code(daughter, mother.bsn, made.code) == Recognised(
        request_id=made.id,
        represented=mother.id,
        represented_name=mother.name,
        service_id=scene.service(scene.LOCAL_TAXES).id,
        first_day=date(2026, 11, 23),
        last_day=date(2029, 11, 22),
        replaced_last_day=None,
    )
    assert history_of(made.id)[-1].kind is EventKind.REQUEST_MADE


def test_a_late_activation_begins_on_the_day_itself(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    made = scene.request(mother)
    clock_at(NOON + timedelta(days=10))
    recognised = scene.try_code(daughter, mother.bsn, made.code)
    assert isinstance(recognised, Recognised)
    entry = activated(daughter, mother, made)
    assert entry.first_day == recognised.first_day == date(2026, 12, 3)
    assert entry.last_day == date(2029, 11, 22)


def test_the_same_person_activating_twice_gets_the_same_mandate(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    first, second = (scene.activate(daughter, mother, made.code) for _ in range(2))
    assert first == second


def test_a_code_works_for_the_first_person_only(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    activated(daughter, mother, made)
    assert scene.activate(neighbour, mother, made.code) == Refused(Refusal.CODE_USED)
    assert scene.try_code(daughter, mother.bsn, made.code) == Refused(Refusal.CODE_USED)


def test_a_code_that_is_withdrawn_replaced_expired_or_over_says_so(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    withdrawn, replaced, expired = (scene.request(mother) for _ in range(3))
    over = scene.request(mother, last_day=date(2026, 11, 30))
    withdraw_request(request_id=withdrawn.id, represented=mother.id, environment=Environment.PRODUCTION)
    replace_code(request_id=replaced.id, represented=mother.id, environment=Environment.PRODUCTION)
    clock_at(NOON + timedelta(days=8))
    for made, refusal in (
        (withdrawn, Refusal.CODE_WITHDRAWN),
        (replaced, Refusal.CODE_REPLACED),
        (over, Refusal.PERIOD_OVER),
    ):
        assert scene.activate(daughter, mother, made.code) == Refused(refusal)
    clock_at(NOON + timedelta(days=91))
    assert scene.activate(daughter, mother, expired.code) == Refused(Refusal.CODE_EXPIRED)


def test_both_people_are_looked_up_at_the_moment_of_activation(
    mother: Someone, daughter: Someone, population_register: PopulationRegisterControl
) -> None:
    made = scene.request(mother)
    population_register.place_under_guardianship(mother.bsn.value)
    assert scene.activate(daughter, mother, made.code) == Refused(Refusal.UNDER_GUARDIANSHIP)
    population_register.place_under_guardianship(mother.bsn.value, on=False)
    population_register.die(daughter.bsn.value)
    assert scene.activate(daughter, mother, made.code) == Refused(Refusal.REPRESENTATIVE_DECEASED)
    population_register.reset()
    population_register.die(mother.bsn.value)
    assert scene.activate(daughter, mother, made.code) == Refused(Refusal.REPRESENTED_DECEASED)


def test_a_representative_of_fifteen_is_too_young(
    mother: Someone, population_register: PopulationRegisterControl
) -> None:
    made = scene.request(mother)
    young = scene.someone(population_register.with_case("turns_16_on_24_november_2026").bsn)
    old_enough = scene.someone(population_register.with_case("turns_16_on_23_november_2026").bsn)
    assert scene.activate(young, mother, made.code) == Refused(Refusal.REPRESENTATIVE_TOO_YOUNG)
    assert isinstance(scene.activate(old_enough, mother, made.code), ActivationDone)


def test_a_log_in_below_the_level_of_the_service_is_refused(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    refused = scene.activate(daughter, mother, made.code, LevelOfAssurance.BASIC)
    assert refused == Refused(Refusal.LEVEL_TOO_LOW, level=LevelOfAssurance.MIDDLE)
    assert isinstance(scene.activate(daughter, mother, made.code, LevelOfAssurance.MIDDLE), ActivationDone)


def test_a_person_cannot_take_what_is_for_organisations(
    mother: Someone, daughter: Someone, settings: Settings
) -> None:
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset(PartyKind)
    made = scene.request(mother, scene.ONLY_ORGANISATIONS)
    refused = scene.try_code(daughter, mother.bsn, made.code)
    assert refused == Refused(Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED)


def test_a_service_that_closed_since_the_request_is_refused(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    scene.change_catalogue(
        ChangeKind.SWITCH_SERVICE, id=scene.service(scene.MUNICIPAL_TAXES).id, active=False
    )
    assert scene.activate(daughter, mother, made.code) == Refused(Refusal.SERVICE_INACTIVE)


def test_one_code_opens_every_service_of_a_set(mother: Someone, daughter: Someone) -> None:
    entry = activated(daughter, mother, scene.request(mother, scene.LOCAL_TAXES))
    names = (scene.MUNICIPAL_TAXES, scene.WATER_TAX)
    assert set(entry.covered) == {scene.service(name).id for name in names}
    for name in names:
        assert scene.allowed(scene.asked(mother, daughter, name)) == entry.id


def test_a_service_that_joins_the_set_later_is_not_covered_and_one_that_leaves_no_longer(
    mother: Someone, daughter: Someone
) -> None:
    entry = activated(daughter, mother, scene.request(mother, scene.LOCAL_TAXES))
    set_id, pension, water = (
        scene.service(n).id for n in (scene.LOCAL_TAXES, scene.PENSION, scene.WATER_TAX)
    )
    scene.change_catalogue(ChangeKind.ADD_RELATION, kind="service_set", source=set_id, target=pension)
    assert scene.refused(scene.asked(mother, daughter, scene.PENSION)) is Refusal.SERVICE_NOT_COVERED
    scene.end_relation(set_id, water)
    assert scene.refused(scene.asked(mother, daughter, scene.WATER_TAX)) is Refusal.SERVICE_NOT_COVERED
    assert scene.allowed(scene.asked(mother, daughter)) == entry.id


def test_granting_again_replaces_and_the_old_one_ends(mother: Someone, daughter: Someone) -> None:
    old = activated(daughter, mother, scene.request(mother, last_day=date(2027, 1, 1)))
    made = scene.request(mother)
    recognised = scene.try_code(daughter, mother.bsn, made.code)
    assert isinstance(recognised, Recognised)
    assert recognised.replaced_last_day == date(2027, 1, 1)
    done = scene.activate(daughter, mother, made.code)
    assert isinstance(done, ActivationDone)
    assert done.replaced
    before, after = (
        mandate_for(old.id, mother.id, environment=Environment.PRODUCTION),
        mandate_for(done.mandate_id, mother.id, environment=Environment.PRODUCTION),
    )
    assert before
    assert after
    assert (before.phase, before.end_reason) == (Phase.ENDED, EndReason.REPLACED)
    assert after.previous_id == old.id
    assert scene.allowed(scene.asked(mother, daughter)) == after.id


def test_a_mandate_to_come_is_replaced_too(mother: Someone, daughter: Someone) -> None:
    later = activated(daughter, mother, scene.request(mother, first_day=date(2027, 5, 1)))
    activated(daughter, mother, scene.request(mother, first_day=date(2027, 3, 1)))
    before = mandate_for(later.id, mother.id, environment=Environment.PRODUCTION)
    assert before
    assert before.end_reason is EndReason.REPLACED


def test_while_one_counts_another_cannot_begin_later(mother: Someone, daughter: Someone) -> None:
    activated(daughter, mother, scene.request(mother, last_day=date(2027, 1, 1)))
    made = scene.request(mother, first_day=date(2027, 1, 2))
    exists = Refused(Refusal.MANDATE_EXISTS, date(2027, 1, 1))
    assert scene.try_code(daughter, mother.bsn, made.code) == exists
    assert scene.activate(daughter, mother, made.code) == exists


@pytest.mark.parametrize("ending", ["ended", "over"])
def test_an_ended_mandate_is_not_replaced_and_keeps_its_reason(
    clock_at: Clock, mother: Someone, daughter: Someone, ending: str
) -> None:
    old = activated(daughter, mother, scene.request(mother, last_day=date(2026, 11, 30)))
    if ending == "ended":
        end_mandate(mandate_id=old.id, by=daughter.id, environment=Environment.PRODUCTION)
    clock_at(NOON + timedelta(days=8))
    done = scene.activate(daughter, mother, scene.request(mother).code)
    assert isinstance(done, ActivationDone)
    assert not done.replaced
    before = mandate_for(old.id, mother.id, environment=Environment.PRODUCTION)
    assert before
    assert before.end_reason is (EndReason.GIVEN_UP if ending == "ended" else EndReason.EXPIRED)


def test_a_restricted_set_stays_restricted_and_granting_anew_opens_all_again(
    mother: Someone, daughter: Someone
) -> None:
    entry = activated(daughter, mother, scene.request(mother, scene.LOCAL_TAXES))
    tax = scene.service(scene.MUNICIPAL_TAXES).id
    assert (
        restrict_mandate(mandate_id=entry.id, by=mother.id, keep=[tax], environment=Environment.PRODUCTION)
        is None
    )
    assert scene.refused(scene.asked(mother, daughter, scene.WATER_TAX)) is Refusal.SERVICE_NOT_COVERED
    again = activated(daughter, mother, scene.request(mother, scene.LOCAL_TAXES))
    assert scene.allowed(scene.asked(mother, daughter, scene.WATER_TAX)) == again.id


def test_many_people_can_help_one_person_and_one_person_can_help_many(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    for represented, representative in ((mother, daughter), (mother, neighbour), (neighbour, daughter)):
        scene.mandate(represented, representative)
    for represented, representative in ((mother, daughter), (mother, neighbour), (neighbour, daughter)):
        assert scene.allowed(scene.asked(represented, representative))
