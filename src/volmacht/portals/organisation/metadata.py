"""Task: give metadata, by file or by address, and see at once what is wrong with it: line, reason and mending (CN-2).

The document that was given last is kept, good or not, and judged anew each time the page is opened: certificates end.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.audience import Audience, audience
from volmacht.catalogue.kinds import FetchFault
from volmacht.catalogue.queries import JudgedMetadata, judge_metadata, judge_metadata_at
from volmacht.limits.operations import Limited, allow
from volmacht.onboarding.operations import FileKind, add_file
from volmacht.onboarding.queries import (
    KnownFile,
    connection_data,
    connection_of_change,
    file_content,
    form_pages,
)
from volmacht.parties import queries as parties
from volmacht.portals.organisation.acting import CaseHere, case_here
from volmacht.portals.shared.account_session import acting_for
from volmacht.portals.shared.certificate_timeline import CertificateRow, certificate_rows
from volmacht.portals.shared.finding_words import FETCHING
from volmacht.portals.shared.findings import FindingRow, finding_rows
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.limiting import too_many
from volmacht.portals.shared.objecting import go_because, objected
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import ROW
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.configuration import service_uuid
from volmacht.rules.onboarding.form_fields import LEVELS
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import Right

FETCHED: Final = "metadata.xml"


class MetadataForm(forms.Form):
    """A document; the address of one is asked with the connection."""

    use_required_attribute = False
    document = forms.FileField(
        label=gettext_lazy("Uw metadata als bestand"),
        help_text=gettext_lazy("Een XML-bestand van ten hoogste 10 MB. Wij kijken het meteen na."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "empty": gettext_lazy("Dit bestand is leeg."),
        },
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose metadata is awaited, as the form says now."""

    form: FormKey
    environment: Environment
    entity_id: str
    address: str
    services: frozenset[UUID] | None
    cluster: str = ""  # over whose connection: that has the metadata, and this organisation gives none


def asked_of(here: CaseHere) -> Asked | None:
    """From the form of this step; None when no form asks for a connection now."""
    if here.page.case.change in {ChangeOf.CERTIFICATE, ChangeOf.METADATA}:
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


def _asked_by_change(here: CaseHere) -> Asked | None:
    """A change is about a connection that runs; which of both environments, its newest document says."""
    if here.page.to_fill_in is not FormKey.CHANGE:
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
    """The document that was given last."""
    found = [one for one in here.page.files if one.kind is FileKind.METADATA]
    return found[-1] if found else None


def judged(here: CaseHere, asked: Asked) -> JudgedMetadata | None:
    """What is wrong with the document that was given last, today; None without one, or without an entity id."""
    file = newest_file(here)
    kept = file_content(file.id, here.actor) if file else None
    if kept is None or not asked.entity_id:
        return None
    return judge_metadata(
        environment=asked.environment, entity_id=asked.entity_id, data=kept[1], services=asked.services
    )


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def metadata(request: HttpRequest, number: str) -> HttpResponse:
    """The document that was given last with all findings, and the way to give another."""
    here = case_here(request, number)
    asked = asked_of(here)
    if asked is None:
        raise Http404
    form = MetadataForm()
    if request.method == "POST":
        form = MetadataForm(request.POST, request.FILES)
        if form.is_valid():
            return _keep(
                request, here, form.cleaned_data["document"].name, form.cleaned_data["document"].read()
            )
    found = judged(here, asked)
    fault = take(request, f"ophalen {number}")
    context = {
        "case": here.page.case,
        "asked": asked,
        "form": form,
        "file": newest_file(here),
        "judged": found,
        "findings": rows_of(found),
        "certificates": certificates_of(found),
        "oin": _oin(request, here),
        "folder": "mine" if asked.form is FormKey.PREPRODUCTION else "mine-production",
        "fault": FETCHING[FetchFault(fault)] if fault else "",
        "may_upload": here.may(Right.UPLOAD) and here.page.to_fill_in is not None,
        "words": objected(request),
        "done": take(request, request.path),
    }
    status = 400 if form.is_bound else 200
    return render(request, "organisation/metadata.html", context, status=status)


def _oin(request: HttpRequest, here: CaseHere) -> str:
    """That of the organisation of the case."""
    found = parties.connecting_organisation(here.page.case.organisation_id or acting_for(request))
    return found.oin if found else ""


def rows_of(found: JudgedMetadata | None) -> list[FindingRow]:
    """Its findings, in words."""
    return finding_rows(found.findings) if found else []


def certificates_of(found: JudgedMetadata | None) -> list[CertificateRow]:
    """Its certificates in time."""
    return certificate_rows(found.certificates) if found else []


def _keep(request: HttpRequest, here: CaseHere, name: str, data: bytes) -> HttpResponse:
    kept = add_file(
        case_id=here.page.case.id, kind=FileKind.METADATA, name=name[:200], content=data, actor=here.actor
    )
    if isinstance(kept, Objection):
        return go_because(request, kept, request.path)
    note(request, request.path, gettext("Wij hebben uw document nagekeken."))
    return redirect(request.path)


@audience(Audience.MEMBER)
@require_safe
def sample_settings(request: HttpRequest, number: str) -> HttpResponse:
    """`service.toml` for the sample service of who wants to try the connection before their own is built."""
    here = case_here(request, number)
    asked = asked_of(here) or running_as(here)
    if asked is None or not asked.entity_id or asked.form is FormKey.CHANGE:
        raise Http404  # a change names no services: its application has the file
    lines = [
        f"name = {json.dumps(here.page.case.organisation_name, ensure_ascii=False)}",
        f"entity_id = {json.dumps(asked.entity_id)}",
        f"environment = {json.dumps(asked.environment.value)}",
        f"volmacht = {json.dumps(settings.VOLMACHT.base_url)}",
    ]
    for row in service_rows(here):
        name, level = str(row.get("name", "")), str(row.get("minimum_level"))
        lines += [
            "",
            "[[service]]",
            f"uuid = {json.dumps(str(service_uuid(here.page.case.id, row[ROW])))}",
            f"name = {json.dumps(name, ensure_ascii=False)}",
            f"name_en = {json.dumps(str(row.get('name_en') or name), ensure_ascii=False)}",
            f"level = {level if level in LEVELS else 20}",  # what is wrong is kept as it was typed
        ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="service.toml"'
    return response


def running_as(here: CaseHere) -> Asked | None:
    """The entity that runs in production, once no form asks for it any more; else the one of pre-production."""
    for environment in (Environment.PRODUCTION, Environment.PREPRODUCTION):
        data = connection_data(here.page.case.id, here.actor, environment)
        if data is not None:
            form = FormKey.PRODUCTION if environment is Environment.PRODUCTION else FormKey.PREPRODUCTION
            return Asked(form, environment, data.entity_id, "", _services(here))
    return None


@audience(Audience.MEMBER)
@require_POST
def fetch(request: HttpRequest, number: str) -> HttpResponse:
    """Fetch the document from the address that the form names, within the guards of MD-27."""
    here = case_here(request, number)
    asked = asked_of(here)
    if asked is None or not asked.address or not asked.entity_id or not here.may(Right.UPLOAD):
        raise Http404
    if not allow(Limited.FETCH_PER_ORGANISATION, str(acting_for(request))):
        return too_many(request)
    found = judge_metadata_at(
        environment=asked.environment,
        entity_id=asked.entity_id,
        address=asked.address,
        services=asked.services,
    )
    if not found.data:
        note(request, f"ophalen {number}", found.findings[0].code)
        return redirect("organisation:metadata", number)
    kept = add_file(
        case_id=here.page.case.id, kind=FileKind.METADATA, name=FETCHED, content=found.data, actor=here.actor
    )
    if isinstance(kept, Objection):
        return go_because(request, kept, request.path.replace("ophalen/", ""))
    return redirect("organisation:metadata", number)
