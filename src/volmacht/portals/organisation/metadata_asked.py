"""Whose metadata a case asks for now, in which environment: by its form, by a change, or while it is being tested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from volmacht.onboarding.queries import (
    KnownFile,
    connection_data,
    connection_in_test,
    connection_of_change,
    form_pages,
)
from volmacht.portals.organisation.acting import CaseHere
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import ROW
from volmacht.rules.onboarding.cases import ENDED, IS_TESTED
from volmacht.rules.onboarding.configuration import service_uuid
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import BRING_METADATA, METADATA, page_with_metadata


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose metadata is awaited, as the form says now."""

    form: FormKey
    environment: Environment
    entity_id: str
    address: str
    services: frozenset[UUID] | None
    cluster: str = ""  # over whose connection: that has the metadata, and this organisation gives none
    in_test: bool = False  # it runs: what is good counts at once
    is_tested: bool = False  # by the desk: nothing changes now


def asked_of(here: CaseHere) -> Asked | None:
    """From the form of this step, or what runs while it is tested; None when nothing asks for a connection now."""
    if tested := _asked_in_test(here):
        return tested
    if here.page.case.change in BRING_METADATA:
        return _asked_by_change(here)
    forms_now = [form for form in here.page.forms if form in {FormKey.PREPRODUCTION, FormKey.PRODUCTION}]
    if not forms_now:
        return None
    pages = form_pages(here.page.case.id, forms_now[-1], here.actor) or {}
    connection = pages[PageKey.CONNECTION].answers if PageKey.CONNECTION in pages else {}
    found = connection if isinstance(connection, Mapping) else {}
    return Asked(
        form=forms_now[-1],
        environment=Environment.PREPRODUCTION
        if forms_now[-1] is FormKey.PREPRODUCTION
        else Environment.PRODUCTION,
        entity_id=str(found.get("entity_id") or "").strip(),
        address=str(found.get("metadata_address") or "").strip(),
        services=_services(here),
        cluster=str(found.get("cluster_connection") or "").strip(),
    )


def may_be_given(here: CaseHere, asked: Asked | None) -> bool:
    """Whether a document may be given now: with a form, or while it tests itself with metadata of its own."""
    if asked is not None and asked.in_test:
        return not asked.is_tested and not asked.cluster
    return here.page.to_fill_in is not None


def _asked_in_test(here: CaseHere) -> Asked | None:
    """Of an application that runs in pre-production and is being tested."""
    runs = connection_in_test(here.page.case.id, here.actor)
    if runs is None:
        return None
    return Asked(
        form=FormKey.PREPRODUCTION,
        environment=Environment.PREPRODUCTION,
        entity_id=runs.entity_id,
        address=runs.address,
        services=runs.services,
        cluster=runs.cluster,
        in_test=True,
        is_tested=here.page.case.state in IS_TESTED,
    )


def _asked_by_change(here: CaseHere) -> Asked | None:
    """A change is about a connection that runs; which of both environments, its newest document says."""
    if here.page.case.state in ENDED:
        return None
    pages = form_pages(here.page.case.id, FormKey.CHANGE, here.actor) or {}
    answers = pages[PageKey.CHANGE].answers if PageKey.CHANGE in pages else {}
    found = answers if isinstance(answers, Mapping) else {}
    file = newest_file(here)
    environment, entity_id = connection_of_change(here.page.case.id, file.id if file else None, here.actor)
    return Asked(
        form=FormKey.CHANGE,
        environment=environment,
        entity_id=entity_id,
        address=str(found.get("metadata_address") or "").strip(),
        services=None,
    )


def _services(here: CaseHere) -> frozenset[UUID]:
    return frozenset(service_uuid(here.page.case.id, row[ROW]) for row in service_rows(here))


def service_rows(here: CaseHere) -> list[Mapping[str, object]]:
    """The services of the application as they were filled in."""
    pages = form_pages(here.page.case.id, FormKey.PREPRODUCTION, here.actor) or {}
    rows = pages[PageKey.SERVICES].answers if PageKey.SERVICES in pages else []
    return [row for row in rows if ROW in row] if isinstance(rows, Sequence) else []


def newest_file(here: CaseHere) -> KnownFile | None:
    """The document that was given last for what is asked now."""
    return here.page.metadata


def why_returned(here: CaseHere) -> str:
    """What the desk wrote of the document when it gave the form back; empty once another was given."""
    for form in here.page.forms:
        page = page_with_metadata(form, here.page.case.change)
        pages = (form_pages(here.page.case.id, form, here.actor) or {}) if page else {}
        if page in pages and METADATA in pages[page].reasons:
            return pages[page].reasons[METADATA]
    return ""


def running_as(here: CaseHere) -> Asked | None:
    """The entity that runs in production, once no form asks for it any more; else the one of pre-production."""
    for environment in (Environment.PRODUCTION, Environment.PREPRODUCTION):
        data = connection_data(here.page.case.id, here.actor, environment)
        if data is not None:
            form = FormKey.PRODUCTION if environment is Environment.PRODUCTION else FormKey.PREPRODUCTION
            return Asked(form, environment, data.entity_id, "", _services(here))
    return None
