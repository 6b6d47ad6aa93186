"""What goes no further is taken out of pre-production: its services, its connection and its test mandates (CN-11)."""

from uuid import UUID

import structlog

from volmacht.catalogue import queries as catalogue
from volmacht.mandates.operations import remove_test_mandates
from volmacht.onboarding.actors import CaseActor, audit_actor
from volmacht.onboarding.configuring import pend, publish, running, switch
from volmacht.onboarding.forms import pages_of
from volmacht.onboarding.kinds import ConfigurationState
from volmacht.onboarding.models import Case, Configuration, TestMandates
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import ROW
from volmacht.rules.onboarding.cases import CaseKind
from volmacht.rules.onboarding.configuration import Configuration as Value
from volmacht.rules.onboarding.configuration import service_uuid, set_uuid
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.reconfiguring import Tables, restored, without
from volmacht.rules.onboarding.reconfiguring import runs as is_on

HERE = Environment.PREPRODUCTION
LOG = "volmacht.onboarding"


def take_out_of_preproduction(case: Case, actor: CaseActor) -> None:
    """Of a case that just ended without being connected; harmless when nothing of it runs."""
    runs = running(case.organisation_id, HERE)
    if runs is None:
        return
    if case.kind == CaseKind.APPLICATION:
        failed = switch(case, HERE, actor, active=False)
    else:
        content = _what_is_left(case, runs)
        value = Value(runs.connection, HERE, content, runs.kept)
        failed = None
        if content != runs.content:
            failed = publish(pend(case, HERE, proposed_by=None, approved_by=None, value=value), actor)
    if failed is not None:
        structlog.get_logger(LOG).error(
            "not taken out of pre-production", case=case.number, reason=failed.reason
        )
        return
    _remove_test_mandates(case, actor)


def _what_is_left(case: Case, runs: Configuration) -> Tables:
    """Without the services that a case brought; of a change that was tested there, what ran before it."""
    if case.kind == CaseKind.NEW_SERVICE:
        return without(runs.content, _uuids(case))
    same = Configuration.objects.filter(connection=runs.connection, environment=HERE).order_by("number")
    first = same.filter(case=case).exclude(state=ConfigurationState.FAILED).first()
    if case.kind != CaseKind.CHANGE or first is None or runs.case_id != case.id:
        return dict(runs.content)
    ran = same.filter(state=ConfigurationState.ARCHIVED, number__lt=first.number).last()
    return restored(ran.content, runs.content) if ran else dict(runs.content)


def put_back_in_preproduction(case: Case, actor: CaseActor) -> None:
    """Of a connection that was stopped, and is activated again: it is tested there too."""
    runs = running(case.organisation_id, HERE)
    if runs is not None and not is_on(runs.content):
        switch(case, HERE, actor, active=True)


def _remove_test_mandates(case: Case, actor: CaseActor) -> None:
    """Of every service that does not run there any more."""
    runs = running(case.organisation_id, HERE)
    for uuid in _off(runs) if runs else ():
        service = catalogue.service_by_uuid(HERE, uuid)
        if service is not None:
            remove_test_mandates(service_id=service.id, by=audit_actor(actor))
        TestMandates.objects.filter(service_uuid=uuid).delete()


def _off(version: Configuration) -> list[UUID]:
    tables = (*version.content.get("service", []), *version.content.get("set", []))
    return [UUID(table["uuid"]) for table in tables if not table.get("active", True)]


def _uuids(case: Case) -> set[str]:
    """The services that this case brought, and their set."""
    rows = pages_of(case, (FormKey.NEW_SERVICE,))[FormKey.NEW_SERVICE].get(PageKey.SERVICES, [])
    found = {str(service_uuid(case.id, row[ROW])) for row in rows if isinstance(row, dict) and ROW in row}
    return found | {str(set_uuid(case.id))}
