"""Test mandates for the services of an organisation in pre-production: laid out once they run, and reset (CN-2).

The population register is asked about the test people first, outside the transaction, as everywhere.
"""

import json
from datetime import datetime
from enum import StrEnum, auto
from typing import Final
from uuid import UUID, uuid4

import structlog
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
from volmacht.rules.refusals import Refused
from volmacht.rules.roles import Right
from volmacht.sealing import Purpose, seal

_TABLES: Final = ("service", "set")
LOG: Final = "volmacht.onboarding"


class NotLaidOut(StrEnum):
    """Why there are no test mandates, though somebody may have them."""

    NO_TEST_PEOPLE = auto()  # this installation names none
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
    try:
        people = cast()
    except NoTestPeople as problem:
        structlog.get_logger(LOG).error("no test mandates can be laid out", problem=str(problem))
        return NotLaidOut.NO_TEST_PEOPLE
    if isinstance(people, Refused):
        return NotLaidOut.REGISTER_UNAVAILABLE
    with transaction.atomic():
        for service in services:
            _lay_out(case.organisation_id, service, people, actor, clock.now())
    return None


def lay_out_what_is_missing(case_id: UUID) -> NotLaidOut | None:
    """The same for services of a case that have none yet; nothing when all have. Harmless to repeat."""
    case = Case.objects.filter(id=case_id).first()
    if case is None or case.organisation_id is None:
        return None
    wanted = {service.service_uuid for service in running_services(case.organisation_id)}
    known = set(TestMandates.objects.filter(service_uuid__in=wanted).values_list("service_uuid", flat=True))
    if wanted <= known:
        return None
    outcome = reset_test_mandates(case_id=case_id, actor=THE_SYSTEM)
    return outcome if isinstance(outcome, NotLaidOut) else None


def lay_out_all_missing() -> int:
    """The worker's job: where the register did not answer when a connection came to be; how many were tried."""
    found = Configuration.objects.filter(
        environment=Environment.PREPRODUCTION, state=ConfigurationState.PUBLISHED
    )
    cases = list(found.values_list("case_id", flat=True))
    return sum(lay_out_what_is_missing(case_id) is None for case_id in cases)


def running_services(organisation_id: UUID) -> list[ServiceEntry]:
    """The services and sets of an organisation that run in pre-production, as its configuration names them."""
    versions = Configuration.objects.filter(
        case__organisation_id=organisation_id,
        environment=Environment.PREPRODUCTION,
        state=ConfigurationState.PUBLISHED,
    )
    uuids = [
        UUID(table["uuid"])
        for version in versions.order_by("published_at")
        for name in _TABLES
        for table in version.content.get(name, [])
        if table.get("active", True)
    ]
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
