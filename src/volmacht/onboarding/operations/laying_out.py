"""Test mandates for the services of an organisation in pre-production: laid out once they run, and reset (CN-2).

The population register is asked about the test people first, outside the transaction, as everywhere.
"""

import json
from datetime import datetime
from enum import StrEnum, auto
from typing import Final
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.operations import Cast, LaidOut, lay_out_test_mandates
from volmacht.onboarding.actors import THE_SYSTEM, CaseActor, acting, audit_actor
from volmacht.onboarding.casting import NoTestPeople, cast
from volmacht.onboarding.kinds import ConfigurationState
from volmacht.onboarding.models import Case, Configuration, TestMandates
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Objection, Side
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.roles import Right
from volmacht.sealing import Purpose, seal

_TABLES: Final = ("service", "set")
LOG: Final = "volmacht.onboarding"


class NotLaidOut(StrEnum):
    """Why there are no test mandates, though somebody may have them."""

    NO_TEST_PEOPLE = auto()  # this installation names none
    NO_REGISTER = auto()  # this installation asks none
    UNKNOWN_PEOPLE = auto()  # the register does not know one of them
    REGISTER_UNAVAILABLE = auto()  # later again
    NOTHING_RUNS = auto()  # no service in pre-production yet


def reset_test_mandates(*, case_id: UUID, actor: CaseActor) -> Objection | NotLaidOut | None:
    """Put all test mandates of the organisation of this case back to the start; None when that is done.

    Objections: UNKNOWN, NO_RIGHT.
    """
    case = Case.objects.filter(id=case_id).first()
    may = acting(case, actor) if case else None
    if case is None or case.organisation_id is None or may is None:
        return Objection.UNKNOWN
    if may.side is not Side.SYSTEM and Right.UPLOAD not in may.rights:
        return Objection.NO_RIGHT
    services = running_services(case.organisation_id)
    if not services:
        return NotLaidOut.NOTHING_RUNS
    return _lay_out_for(case.organisation_id, services, actor)


def lay_out_what_is_missing(case_id: UUID) -> NotLaidOut | None:
    """For services of a case that have none yet; what others are testing with stays. Harmless to repeat."""
    case = Case.objects.filter(id=case_id).first()
    if case is None or case.organisation_id is None:
        return None
    running = running_services(case.organisation_id)
    known = _laid_out_before({service.service_uuid for service in running})
    missing = [service for service in running if service.service_uuid not in known]
    return _lay_out_for(case.organisation_id, missing, THE_SYSTEM) if missing else None


def lay_out_all_missing() -> int:
    """The worker's job, for where the register did not answer at once; in how many cases it did now."""
    versions = Configuration.objects.filter(
        environment=Environment.PREPRODUCTION, state=ConfigurationState.PUBLISHED
    )
    named = {version.case_id: set(_named(version)) for version in versions}
    known = _laid_out_before(set().union(*named.values()))
    missing = [case_id for case_id, services in named.items() if services - known]
    return sum(lay_out_what_is_missing(case_id) is None for case_id in missing)


def _laid_out_before(services: set[UUID]) -> set[UUID]:
    found = TestMandates.objects.filter(service_uuid__in=services)
    return set(found.values_list("service_uuid", flat=True))


def _named(version: Configuration) -> list[UUID]:
    """The services and sets that a configuration switches on."""
    return [
        UUID(table["uuid"])
        for name in _TABLES
        for table in version.content.get(name, [])
        if table.get("active", True)
    ]


def _lay_out_for(organisation_id: UUID, services: list[ServiceEntry], actor: CaseActor) -> NotLaidOut | None:
    try:
        people = cast()
    except NoTestPeople as problem:
        structlog.get_logger(LOG).error("no test mandates can be laid out", problem=str(problem))
        return NotLaidOut.NO_TEST_PEOPLE
    if isinstance(people, Refused):
        return _why_not(people)
    with transaction.atomic():
        for service in services:
            _lay_out(organisation_id, service, people, actor, clock.now())
    return None


def _why_not(refused: Refused) -> NotLaidOut:
    if not settings.VOLMACHT.population_register_url:
        return NotLaidOut.NO_REGISTER
    unavailable = refused.refusal is Refusal.REGISTER_UNAVAILABLE
    return NotLaidOut.REGISTER_UNAVAILABLE if unavailable else NotLaidOut.UNKNOWN_PEOPLE


def running_services(organisation_id: UUID) -> list[ServiceEntry]:
    """The services and sets of an organisation that run in pre-production, as its configuration names them."""
    versions = Configuration.objects.filter(
        case__organisation_id=organisation_id,
        environment=Environment.PREPRODUCTION,
        state=ConfigurationState.PUBLISHED,
    )
    uuids = [service for version in versions.order_by("published_at") for service in _named(version)]
    entries = [catalogue.service_by_uuid(Environment.PREPRODUCTION, one) for one in dict.fromkeys(uuids)]
    return [entry for entry in entries if entry is not None]


def _lay_out(
    organisation_id: UUID, service: ServiceEntry, people: Cast, actor: CaseActor, moment: datetime
) -> None:
    laid_out = lay_out_test_mandates(service_id=service.id, cast=people, by=audit_actor(actor))
    TestMandates.objects.filter(service_uuid=service.service_uuid).delete()
    row_id = uuid4()
    TestMandates.objects.create(
        id=row_id,
        organisation_id=organisation_id,
        service_uuid=service.service_uuid,
        content_sealed=seal(
            Purpose.TEST_CODES, row_id, json.dumps([_kept(one) for one in laid_out]).encode()
        ),
        laid_out_at=moment,
    )


def _kept(one: LaidOut) -> dict[str, str]:
    return {"state": one.state.value, "code": one.code.symbols if one.code else ""}
