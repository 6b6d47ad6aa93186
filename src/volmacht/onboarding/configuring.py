"""The versions of a configuration (CN-15): written down at approval, carried out, published; exactly one at a time.

Called by operations, in their transaction.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.carrying_out import Failed, carry_out
from volmacht.onboarding.forms import clusters, is_supplier, own_oin, pages_of
from volmacht.onboarding.kinds import ConfigurationState
from volmacht.onboarding.models import Case, Configuration
from volmacht.onboarding.moving import record_about
from volmacht.onboarding.suppliers import oins_of_suppliers
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding import configuration as rules
from volmacht.rules.onboarding.answers import Answers, Row
from volmacht.rules.onboarding.cases import CaseKind, CaseState
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.reconfiguring import changed, switched, with_new
from volmacht.rules.onboarding.reconfiguring import runs as is_on


def drafted(case: Case, environment: Environment) -> rules.Configuration:
    """What the answers of a case come to, as the whole of what is to run. Raises Incomplete."""
    if case.kind == CaseKind.APPLICATION:
        return _of_application(case, environment)
    runs = running(case.organisation_id, environment)
    if runs is None:
        raise rules.Incomplete("no connection")
    if case.kind == CaseKind.NEW_SERVICE:
        services = pages_of(case, (FormKey.NEW_SERVICE,))[FormKey.NEW_SERVICE].get(PageKey.SERVICES, [])
        content = with_new(runs.content, _of_application(runs.case, environment, case.id, services).content)
    else:
        if not case.change_of:
            raise rules.Incomplete("change")
        content = changed(runs.content, ChangeOf(case.change_of), change_answers(case, environment))
    return rules.Configuration(runs.connection, environment, content, runs.kept)


def change_answers(case: Case, environment: Environment) -> Row:
    """What a change asks, with what follows from it there: the cluster of the supplier that it names."""
    answers = dict(_row(pages_of(case, (FormKey.CHANGE,))[FormKey.CHANGE], PageKey.CHANGE))
    oin, runs = str(answers.get("new_supplier_oin") or "").strip(), running(case.organisation_id, environment)
    if oin and runs:
        found = clusters(case.organisation_id, environment, oin)
        answers |= {
            "entity_id": runs.connection,
            "cluster": found[0] if len(found) == 1 else "",
            "by_itself": oin == own_oin(case),
        }
    return answers


def switch(
    case: Case,
    environment: Environment,
    by: CaseActor,
    *,
    active: bool,
    names: tuple[UUID | None, UUID | None] = (None, None),
) -> Failed | None:
    """Everything of the organisation of a case on or off there; nothing when nothing runs, or it is so already."""
    runs = running(case.organisation_id, environment)
    if runs is None or is_on(runs.content) is active:
        return None
    content = switched(runs.content, active=active)
    value = rules.Configuration(runs.connection, environment, content, runs.kept)
    return publish(pend(case, environment, proposed_by=names[0], approved_by=names[1], value=value), by)


def running(organisation_id: UUID | None, environment: Environment) -> Configuration | None:
    """The configuration of an organisation that was carried out last, with its application as `case`."""
    return (
        Configuration.objects.filter(
            case__organisation_id=organisation_id,
            environment=environment,
            state=ConfigurationState.PUBLISHED,
        )
        .select_related("case")
        .order_by("-published_at")
        .first()
    )


def _of_application(
    case: Case, environment: Environment, namespace: UUID | None = None, services: Answers | None = None
) -> rules.Configuration:
    """From the forms of an application; with other services, those of a new service, under its own numbers."""
    application = case if case.kind == CaseKind.APPLICATION else _application_of(case)
    answers = pages_of(application)
    if is_supplier(application.organisation_id):
        return rules.of_supplier(
            environment=environment,
            organisation=_organisation(application, {}),
            connection=_row(answers[form_of(environment)], PageKey.CONNECTION),
        )
    if services is None:
        services = answers[FormKey.PREPRODUCTION].get(PageKey.SERVICES, [])
    return rules.configuration(
        case=namespace or application.id,
        environment=environment,
        organisation=_organisation(application, _row(answers[FormKey.APPLICATION], PageKey.ORGANISATION)),
        choices=_row(answers[FormKey.APPLICATION], PageKey.CHOICES),
        services=[] if isinstance(services, Mapping) else list(services),
        connection=_row(answers[form_of(environment)], PageKey.CONNECTION),
    )


def form_of(environment: Environment) -> FormKey:
    """The form of an application that asks about the connection there."""
    return FormKey.PRODUCTION if environment is Environment.PRODUCTION else FormKey.PREPRODUCTION


def pend(
    case: Case,
    environment: Environment,
    *,
    proposed_by: UUID | None,
    approved_by: UUID | None,
    value: rules.Configuration | None = None,
) -> Configuration:
    """Write down the version that was approved; without a value, what the answers come to. Raises Incomplete."""
    value = value or drafted(case, environment)
    place = {"connection": value.connection, "environment": environment.value}
    last = Configuration.objects.filter(**place).aggregate(last=Max("number"))["last"] or 0
    return Configuration.objects.create(
        case=case,
        **place,
        number=last + 1,
        state=ConfigurationState.PENDING,
        content=value.content,
        kept=value.kept,
        created_at=clock.now(),
        proposed_by=proposed_by,
        approved_by=approved_by,
    )


def publish(version: Configuration, by: CaseActor) -> Failed | None:
    """Carry out a pending version; what it takes the place of is archived. A failure is kept with the version."""
    with transaction.atomic():
        outcome = carry_out(
            version.content,
            Environment(version.environment),
            proposed_by=version.proposed_by,
            approved_by=version.approved_by,
            suppliers=oins_of_suppliers(version.case.organisation_id),
        )
        if isinstance(outcome, Failed):
            transaction.set_rollback(True)
    if isinstance(outcome, Failed):
        version.state, version.failure = ConfigurationState.FAILED, outcome.reason[:500]
        version.save(update_fields=["state", "failure"])
        return outcome
    same = Configuration.objects.filter(connection=version.connection, environment=version.environment)
    same.filter(state=ConfigurationState.PUBLISHED).update(state=ConfigurationState.ARCHIVED)
    version.state, version.published_at = ConfigurationState.PUBLISHED, clock.now()
    version.save(update_fields=["state", "published_at"])
    record_about(
        EventKind.CONFIGURATION_CARRIED_OUT,
        version.case,
        by,
        {"environment": version.environment, "number": version.number, "changes": outcome.changes},
    )
    return None


def pending(case: Case, environment: Environment) -> Configuration | None:
    """The version that waits to be carried out; after a failure that one, to be tried again."""
    waiting = (ConfigurationState.PENDING, ConfigurationState.FAILED)
    return (
        Configuration.objects.filter(case=case, environment=environment, state__in=waiting)
        .order_by("-created_at", "-number")
        .first()
    )


def _application_of(case: Case) -> Case:
    """The application that connected this organisation. Raises Incomplete."""
    found = Case.objects.filter(
        organisation_id=case.organisation_id, kind=CaseKind.APPLICATION, state=CaseState.ACTIVE
    ).first()
    if found is None:
        raise rules.Incomplete("no connection")
    return found


def _organisation(case: Case, answers: Row) -> rules.Organisation:
    found = parties.connecting_organisation(case.organisation_id) if case.organisation_id else None
    if found is None:
        raise rules.Incomplete("organisation")
    return rules.Organisation(
        oin=found.oin, name=found.name, website=str(answers.get("website") or "").strip()
    )


def _row(pages: dict[PageKey, Answers], page: PageKey) -> Row:
    found = pages.get(page, {})
    return found if isinstance(found, dict) else {}
