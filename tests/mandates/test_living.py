"""Restricting, renewing and ending (DM-33, DM-34, DM-39, DM-39a, DM-51)."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.population_register import PopulationRegisterControl
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.catalogue.kinds import ChangeKind
from volmacht.mandates.operations import end_mandate, renew_mandate, restrict_mandate
from volmacht.mandates.queries import MandateEntry, mandate_for
from volmacht.notifications.kinds import MessageKind
from volmacht.parties.models import Party
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.validity import Phase

END = date(2027, 6, 30)


def entry_of(mandate_id: UUID, person: Someone) -> MandateEntry:
    """The mandate as it is now."""
    entry = mandate_for(mandate_id, person.id, environment=Environment.PRODUCTION)
    assert entry
    return entry


def renew(
    mandate_id: UUID, by: Someone, last_day: date, level: LevelOfAssurance = scene.LEVEL
) -> Refused | None:
    """Renew as somebody."""
    return renew_mandate(
        mandate_id=mandate_id,
        represented=by.id,
        level=level,
        last_day=last_day,
        environment=Environment.PRODUCTION,
    )


@pytest.mark.parametrize("side", ["mother", "daughter"])
def test_either_party_makes_it_shorter_and_both_hear_of_it(
    mother: Someone, daughter: Someone, side: str
) -> None:
    with_email(mother, daughter)
    mandate_id = scene.mandate(mother, daughter, last_day=END)
    by = {"mother": mother, "daughter": daughter}[side]
    assert (
        restrict_mandate(
            mandate_id=mandate_id, by=by.id, last_day=date(2027, 1, 1), environment=Environment.PRODUCTION
        )
        is None
    )
    assert entry_of(mandate_id, mother).last_day == date(2027, 1, 1)
    for person in (mother, daughter):
        assert kinds_to(person).count(MessageKind.MANDATE_RESTRICTED) == 1
    event = history_of(mandate_id)[-1]
    assert (event.kind, event.actor.id, event.data["to"]) == (
        EventKind.MANDATE_RESTRICTED,
        by.id,
        "2027-01-01",
    )


def test_today_is_the_earliest_last_day(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    refused = restrict_mandate(
        mandate_id=mandate_id, by=mother.id, last_day=date(2026, 11, 22), environment=Environment.PRODUCTION
    )
    assert refused == Refused(Refusal.NOTHING_LEFT)
    assert (
        restrict_mandate(
            mandate_id=mandate_id,
            by=mother.id,
            last_day=date(2026, 11, 23),
            environment=Environment.PRODUCTION,
        )
        is None
    )
    assert scene.allowed(scene.asked(mother, daughter)) == mandate_id


def test_services_of_a_set_can_go_but_not_all_and_none_can_come(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    tax, water, pension = (
        scene.service(name).id for name in (scene.MUNICIPAL_TAXES, scene.WATER_TAX, scene.PENSION)
    )
    for keep, refusal in (
        ([], Refusal.NOTHING_LEFT),
        ([tax, water], Refusal.NOT_SHORTER),
        ([tax, pension], Refusal.SET_CHANGED),
    ):
        assert restrict_mandate(
            mandate_id=mandate_id, by=mother.id, keep=keep, environment=Environment.PRODUCTION
        ) == Refused(refusal)
    assert (
        restrict_mandate(
            mandate_id=mandate_id, by=daughter.id, keep=[water], environment=Environment.PRODUCTION
        )
        is None
    )
    entry = entry_of(mandate_id, mother)
    assert (entry.covered, entry.removed) == ((water,), (tax,))
    assert scene.refused(scene.asked(mother, daughter)) is Refusal.SERVICE_NOT_COVERED
    refused = restrict_mandate(
        mandate_id=mandate_id, by=mother.id, keep=[tax, water], environment=Environment.PRODUCTION
    )
    assert refused == Refused(Refusal.SET_CHANGED)


def test_longer_is_not_restricting(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=END)
    for day in (END, END + timedelta(days=1)):
        refused = restrict_mandate(
            mandate_id=mandate_id, by=mother.id, last_day=day, environment=Environment.PRODUCTION
        )
        assert refused == Refused(Refusal.NOT_SHORTER)


def test_the_represented_person_renews_in_one_step_and_both_hear_of_it(
    mother: Someone, daughter: Someone
) -> None:
    with_email(mother, daughter)
    mandate_id = scene.mandate(mother, daughter, last_day=END)
    assert renew(mandate_id, mother, date(2029, 11, 22)) is None
    assert entry_of(mandate_id, mother).last_day == date(2029, 11, 22)
    for person in (mother, daughter):
        assert kinds_to(person).count(MessageKind.MANDATE_RENEWED) == 1


def test_renewing_has_its_limits(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=END)
    assert renew(mandate_id, mother, END) == Refused(Refusal.RENEWAL_NOT_LONGER)
    assert renew(mandate_id, mother, date(2029, 11, 23)) == Refused(Refusal.PERIOD_TOO_LONG)
    assert renew(mandate_id, mother, date(2028, 1, 1), LevelOfAssurance.BASIC) == Refused(
        Refusal.LEVEL_TOO_LOW
    )
    assert renew(mandate_id, daughter, date(2028, 1, 1)) == Refused(Refusal.NOT_YOURS)
    assert renew(uuid4(), mother, date(2028, 1, 1)) == Refused(Refusal.NOT_YOURS)
    assert entry_of(mandate_id, mother).last_day == END


def test_renewing_asks_person_and_service_as_they_are_now(
    mother: Someone, daughter: Someone, population_register: PopulationRegisterControl
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=END)
    population_register.place_under_guardianship(mother.bsn.value)
    assert renew(mandate_id, mother, date(2028, 1, 1)) == Refused(Refusal.UNDER_GUARDIANSHIP)
    population_register.reset()
    scene.change_catalogue(
        ChangeKind.SWITCH_SERVICE, id=scene.service(scene.MUNICIPAL_TAXES).id, active=False
    )
    assert renew(mandate_id, mother, date(2028, 1, 1)) == Refused(Refusal.SERVICE_INACTIVE)


def test_renewing_for_a_representative_who_died_is_refused_and_nobody_hears_of_it(
    mother: Someone, daughter: Someone, population_register: PopulationRegisterControl
) -> None:
    with_email(mother, daughter)
    mandate_id = scene.mandate(mother, daughter, last_day=END)
    population_register.die(daughter.bsn.value, date(2026, 11, 22))
    assert renew(mandate_id, mother, date(2028, 1, 1)) == Refused(Refusal.REPRESENTATIVE_DECEASED)
    assert entry_of(mandate_id, mother).last_day == END
    assert MessageKind.MANDATE_RENEWED not in kinds_to(mother)


def test_a_mandate_of_an_organisation_is_renewed_where_the_service_allows_organisations(
    mother: Someone,
) -> None:
    office = Party.objects.create(kind=PartyKind.ORGANISATION, name="Kantoor", created_at=clock.now())
    allowed, not_allowed = (
        scene.bulk([mother.id], [office.id], name)[0] for name in (scene.ONLY_ORGANISATIONS, scene.PENSION)
    )
    until = date(2027, 11, 22)
    assert renew(allowed, mother, until) is None
    refused = renew(not_allowed, mother, until)
    assert refused == Refused(Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED)


def test_a_renewed_mandate_lives_on_past_its_first_end(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2026, 11, 30))
    renew(mandate_id, mother, date(2027, 11, 22))
    clock_at(NOON + timedelta(days=30))
    assert scene.allowed(scene.asked(mother, daughter)) == mandate_id


ENDED = {MessageKind.MANDATE_REVOKED, MessageKind.MANDATE_DISPUTED, MessageKind.MANDATE_GIVEN_UP}


@pytest.mark.parametrize(
    ("side", "disputed", "reason", "kind"),
    [
        ("mother", False, EndReason.REVOKED, MessageKind.MANDATE_REVOKED),
        ("mother", True, EndReason.DISPUTED, MessageKind.MANDATE_DISPUTED),
        ("daughter", False, EndReason.GIVEN_UP, MessageKind.MANDATE_GIVEN_UP),
        ("daughter", True, EndReason.GIVEN_UP, MessageKind.MANDATE_GIVEN_UP),
    ],
)
def test_each_end_has_its_reason_and_counts_from_the_next_question(
    mother: Someone, daughter: Someone, side: str, disputed: bool, reason: EndReason, kind: MessageKind
) -> None:
    with_email(mother, daughter)
    mandate_id = scene.mandate(mother, daughter)
    by = {"mother": mother, "daughter": daughter}[side]
    assert (
        end_mandate(mandate_id=mandate_id, by=by.id, disputed=disputed, environment=Environment.PRODUCTION)
        is None
    )
    entry = entry_of(mandate_id, daughter)
    assert (entry.phase, entry.end_reason, entry.ended_at) == (Phase.ENDED, reason, NOON)
    assert scene.refused(scene.asked(mother, daughter)) is Refusal.MANDATE_ENDED
    # who is feared gets the message of every revocation: not that it was called wrong
    other = MessageKind.MANDATE_REVOKED if kind is MessageKind.MANDATE_DISPUTED else kind
    for person, heard in ((mother, kind), (daughter, other)):
        assert [one for one in kinds_to(person) if one in ENDED] == [heard]
    assert history_of(mandate_id)[-1].data == {"reason": reason}


@pytest.mark.parametrize("over", ["revoked", "expired"])
def test_ending_is_final(clock_at: Clock, mother: Someone, daughter: Someone, over: str) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2026, 11, 30))
    if over == "revoked":
        end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION)
    else:
        clock_at(NOON + timedelta(days=8))
    ended = Refused(Refusal.ALREADY_ENDED)
    assert (
        end_mandate(mandate_id=mandate_id, by=mother.id, disputed=True, environment=Environment.PRODUCTION)
        == ended
    )
    assert (
        restrict_mandate(
            mandate_id=mandate_id,
            by=mother.id,
            last_day=date(2026, 11, 29),
            environment=Environment.PRODUCTION,
        )
        == ended
    )
    assert renew(mandate_id, mother, date(2027, 1, 1)) == ended
    reason = EndReason.REVOKED if over == "revoked" else EndReason.EXPIRED
    assert entry_of(mandate_id, mother).end_reason is reason


def test_a_stranger_gets_the_same_answer_for_a_mandate_that_exists_and_one_that_does_not(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    for mandate_id in (scene.mandate(mother, daughter), uuid4()):
        not_yours = Refused(Refusal.NOT_YOURS)
        assert (
            end_mandate(mandate_id=mandate_id, by=neighbour.id, environment=Environment.PRODUCTION)
            == not_yours
        )
        assert (
            restrict_mandate(
                mandate_id=mandate_id, by=neighbour.id, last_day=END, environment=Environment.PRODUCTION
            )
            == not_yours
        )
        assert renew(mandate_id, neighbour, END) == not_yours
        assert mandate_for(mandate_id, neighbour.id, environment=Environment.PRODUCTION) is None


def test_a_mandate_to_come_can_be_ended_before_it_begins(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, first_day=date(2027, 1, 1))
    assert end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION) is None
    assert entry_of(mandate_id, mother).phase is Phase.ENDED
