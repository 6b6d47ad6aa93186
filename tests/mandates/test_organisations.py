"""An organisation as representative: it activates with code and BSN; employees are told apart (DM-02, DM-22, DM-25)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from tests.mandates import scene
from tests.mandates.scene import LEVEL, MUNICIPAL_TAXES, ONLY_ORGANISATIONS, Someone
from volmacht import clock
from volmacht.audit.kinds import ActorKind, EventKind
from volmacht.audit.queries import history_of
from volmacht.mandates import operations
from volmacht.mandates.models import EmployeeBlock
from volmacht.mandates.operations import ActivationDone, Recognised
from volmacht.mandates.queries import blocked_until
from volmacht.parties.operations import know_organisation
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn, KvkNumber
from volmacht.rules.refusals import Refusal, Refused

WRONG = Refused(Refusal.CODE_NOT_RECOGNISED)


@pytest.fixture
def office(at_noon: None) -> UUID:
    """A firm of bookkeepers."""
    return know_organisation(KvkNumber("99990012"))


def activate(
    office: UUID, code: AuthorisationCode, bsn: Bsn, employee: str = "P1"
) -> ActivationDone | Refused:
    """An employee accepts."""
    return operations.activate(
        representative=office,
        level=LEVEL,
        code=code,
        bsn=bsn,
        employee=employee,
        environment=Environment.PRODUCTION,
    )


def try_code(office: UUID, code: AuthorisationCode, bsn: Bsn, employee: str = "P1") -> Recognised | Refused:
    """An employee enters a code."""
    return operations.try_code(
        representative=office,
        level=LEVEL,
        code=code,
        bsn=bsn,
        employee=employee,
        environment=Environment.PRODUCTION,
    )


def mandate(mother: Someone, office: UUID) -> UUID:
    """The mother mandated the office."""
    made = scene.request(mother, ONLY_ORGANISATIONS)
    done = activate(office, made.code, mother.bsn)
    assert isinstance(done, ActivationDone), done
    return done.mandate_id


def test_an_employee_activates_for_the_organisation_and_both_are_written_down(
    mother: Someone, office: UUID
) -> None:
    activated = next(
        event for event in history_of(mandate(mother, office)) if event.kind is EventKind.MANDATE_ACTIVATED
    )
    assert (activated.actor.kind, activated.actor.id) == (ActorKind.ORGANISATION, office)
    assert activated.data["employee"] == "P1"


def test_whatever_an_employee_does_names_both(mother: Someone, office: UUID) -> None:
    made = mandate(mother, office)
    last_day = clock.today() + timedelta(days=20)
    assert not operations.restrict_mandate(
        mandate_id=made, by=office, last_day=last_day, employee="P2", environment=Environment.PRODUCTION
    )
    assert (
        operations.propose_renewal(
            mandate_ids=[made], by=office, employee="P3", environment=Environment.PRODUCTION
        )[0].refused
        is None
    )
    assert not operations.end_mandate(
        mandate_id=made, by=office, employee="P4", environment=Environment.PRODUCTION
    )
    told = {event.kind: event.data["employee"] for event in history_of(made) if event.actor.id == office}
    assert told[EventKind.MANDATE_RESTRICTED] == "P2"
    assert told[EventKind.RENEWAL_PROPOSED] == "P3"
    assert told[EventKind.MANDATE_ENDED] == "P4"


def test_what_a_person_does_names_no_employee(mother: Someone, daughter: Someone) -> None:
    for event in history_of(scene.mandate(mother, daughter)):
        assert event.actor.kind is ActorKind.PERSON
        assert "employee" not in event.data


def test_a_service_for_people_is_not_for_an_organisation(mother: Someone, office: UUID) -> None:
    made = scene.request(mother, scene.PENSION)
    kind = scene.service(scene.PENSION).representative_kind
    refused = try_code(office, made.code, mother.bsn)
    assert kind == "burger"
    assert refused == Refused(Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED)


def test_the_mother_renews_what_an_organisation_has(mother: Someone, office: UUID) -> None:
    made = mandate(mother, office)
    last_day = clock.today() + timedelta(days=20)
    operations.restrict_mandate(
        mandate_id=made, by=office, last_day=last_day, environment=Environment.PRODUCTION
    )
    assert not operations.renew_mandate(
        mandate_id=made,
        represented=mother.id,
        level=LEVEL,
        last_day=last_day + timedelta(days=5),
        environment=Environment.PRODUCTION,
    )


def test_an_organisation_gives_no_mandates(office: UUID, mother: Someone) -> None:
    refused = operations.request_mandate(
        represented=office,
        level=LEVEL,
        service_id=scene.service(MUNICIPAL_TAXES).id,
        first_day=clock.today(),
        last_day=clock.today(),
        once=uuid4(),
        environment=Environment.PRODUCTION,
    )
    assert refused == Refused(Refusal.PERSON_UNKNOWN)


def test_wrong_tries_block_one_employee_and_not_the_colleagues(
    mother: Someone, neighbour: Someone, office: UUID
) -> None:
    limit = settings.ACTIVATION_LIMITS.representative_tries
    for _ in range(limit):
        assert try_code(office, scene.wrong_code(), neighbour.bsn, "P1") == WRONG
    assert blocked_until(office, employee="P1", environment=Environment.PRODUCTION)
    assert blocked_until(office, employee="P2", environment=Environment.PRODUCTION) is None
    assert blocked_until(office, environment=Environment.PRODUCTION) is None
    made = scene.request(mother, ONLY_ORGANISATIONS)
    refused = try_code(office, made.code, mother.bsn, "P1")
    assert isinstance(refused, Refused)
    assert refused.refusal is Refusal.ACTIVATION_BLOCKED
    assert isinstance(activate(office, made.code, mother.bsn, "P2"), ActivationDone)


def test_colleagues_do_not_share_their_wrong_tries(neighbour: Someone, office: UUID) -> None:
    for number in range(settings.ACTIVATION_LIMITS.representative_tries + 3):
        assert try_code(office, scene.wrong_code(), neighbour.bsn, f"P{number % 2}") == WRONG
    assert not EmployeeBlock.objects.exists()


def test_wrong_bsns_of_many_employees_still_lock_the_code(
    mother: Someone, neighbour: Someone, office: UUID
) -> None:
    made = scene.request(mother, ONLY_ORGANISATIONS)
    for number in range(settings.ACTIVATION_LIMITS.code_tries):
        assert try_code(office, made.code, neighbour.bsn, f"P{number}") == WRONG
    assert try_code(office, made.code, mother.bsn, "P9") == Refused(Refusal.CODE_LOCKED)
