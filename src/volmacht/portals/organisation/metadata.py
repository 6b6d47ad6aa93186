"""Task: give metadata, by file or by address, and see at once what is wrong with it: line, reason and mending (CN-2).

The document that was given last is kept, good or not, and judged anew each time the page is opened: certificates end.
"""

import json
from datetime import datetime
from typing import Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.audience import Audience, audience
from volmacht.catalogue.kinds import FetchFault
from volmacht.catalogue.queries import JudgedMetadata, judge_metadata, judge_metadata_at
from volmacht.limits.operations import Limited, allow
from volmacht.onboarding.operations import FileKind, GivenInTest, add_file, give_metadata_in_test
from volmacht.onboarding.queries import (
    change_waits_for_the_desk,
    connections_that_run,
    documents_in_force,
    file_content,
)
from volmacht.parties import queries as parties
from volmacht.portals.organisation.acting import CaseHere, case_here
from volmacht.portals.organisation.metadata_asked import (
    Asked,
    asked_of,
    may_be_given,
    newest_file,
    running_as,
    service_rows,
    why_returned,
)
from volmacht.portals.shared.account_session import acting_for
from volmacht.portals.shared.certificate_timeline import CertificateRow, certificate_rows
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.finding_words import FETCHING
from volmacht.portals.shared.findings import FindingRow, finding_rows
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.limiting import too_many
from volmacht.portals.shared.objecting import go_because, objected
from volmacht.portals.shared.parts import Text
from volmacht.rules.onboarding.answers import ROW
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.onboarding.configuration import service_uuid
from volmacht.rules.onboarding.form_fields import LEVELS
from volmacht.rules.onboarding.forms import FormKey
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
            if asked.in_test and not _may_give_more(request):  # each one makes every process look again
                return too_many(request)
            document = form.cleaned_data["document"]
            return _keep(request, here, asked, (document.name, document.read()))
    found = judged(here, asked)
    fault = take(request, f"ophalen {number}")
    context = {
        "case": here.page.case,
        "asked": asked,
        "environment": ENVIRONMENTS[asked.environment],
        "connections": _connections(here, asked),
        "form": form,
        "file": newest_file(here),
        "judged": found,
        "why_returned": why_returned(here),
        "is_judged": here.page.to_fill_in is None and not asked.in_test,
        "leaves_out_a_key": asked.form is FormKey.CHANGE
        and change_waits_for_the_desk(here.page.case.id, here.actor),
        "in_force": _in_force(here, asked),
        "goes_on": found is not None and found.is_good and here.page.to_fill_in is not None,
        "findings": rows_of(found),
        "certificates": certificates_of(found),
        "oin": _oin(request, here),
        "folder": "mine" if asked.form is FormKey.PREPRODUCTION else "mine-production",
        "fault": FETCHING[FetchFault(fault)] if fault else "",
        "may_upload": here.may(Right.UPLOAD) and may_be_given(here, asked),
        "may_write": here.may(Right.WRITE),
        "words": objected(request),
        "done": take(request, request.path),
    }
    status = 400 if form.is_bound else 200
    return render(request, "organisation/metadata.html", context, status=status)


def _may_give_more(request: HttpRequest) -> bool:
    return allow(Limited.FETCH_PER_ORGANISATION, str(acting_for(request)))


def _connections(here: CaseHere, asked: Asked) -> list[tuple[Text, str]]:
    """What runs, each in its environment: where no document says yet which of several is meant."""
    if asked.form is not FormKey.CHANGE or newest_file(here):
        return []
    found = connections_that_run(here.page.case.id, here.actor)
    return [(ENVIRONMENTS[one], entity_id) for one, entity_id in found.items()] if len(found) > 1 else []


def _in_force(here: CaseHere, asked: Asked) -> tuple[str, datetime] | None:
    """The name of the document that counts now, empty for one that this case did not bring, and since when."""
    found = documents_in_force(here.page.case.id, here.actor)
    document = next((one for one in found if one.environment is asked.environment), None)
    if document is None:
        return None
    name = next((one.name for one in reversed(here.page.files) if one.sha256 == document.sha256), "")
    return name, document.since


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


def _keep(request: HttpRequest, here: CaseHere, asked: Asked, document: tuple[str, bytes]) -> HttpResponse:
    """With the case; while it tests itself a good document counts at once. Comes out at what was found in it."""
    name, content = document[0][:200], document[1]
    case_id, address = here.page.case.id, reverse("organisation:metadata", args=[here.page.case.number])
    if asked.in_test:
        given = give_metadata_in_test(case_id=case_id, name=name, content=content, actor=here.actor)
    else:
        kept = add_file(case_id=case_id, kind=FileKind.METADATA, name=name, content=content, actor=here.actor)
        given = kept if isinstance(kept, Objection) else GivenInTest(kept, counts=False)
    if isinstance(given, Objection):
        return go_because(request, given, address)
    note(request, address, _told(asked, counts=given.counts))
    return redirect(address)


def _told(asked: Asked, *, counts: bool) -> str:
    if not asked.in_test:
        return gettext("Wij hebben uw document nagekeken.")
    if counts:
        return gettext("Dit document geldt nu in preproductie.")
    return gettext("Dit document geldt niet. Wat in preproductie gold, blijft gelden.")


@audience(Audience.MEMBER)
@require_safe
def sample_settings(request: HttpRequest, number: str) -> HttpResponse:
    """`service.toml` for the sample service of who wants to try the connection before their own is built."""
    here = case_here(request, number)
    asked = asked_of(here) or running_as(here) if settings.VOLMACHT.demo else None
    if asked is None or not asked.entity_id or asked.form is FormKey.CHANGE:
        raise Http404  # localhost counts in the demo only; a change names no services: its application has the file
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


@audience(Audience.MEMBER)
@require_POST
def fetch(request: HttpRequest, number: str) -> HttpResponse:
    """Fetch the document from the address that the form names, within the guards of MD-27."""
    here = case_here(request, number)
    asked = asked_of(here)
    if asked is None or not asked.address or not asked.entity_id or not here.may(Right.UPLOAD):
        raise Http404
    if not may_be_given(here, asked):
        return go_because(request, Objection.NOT_NOW, reverse("organisation:metadata", args=[number]))
    if not _may_give_more(request):
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
    return _keep(request, here, asked, (FETCHED, found.data))
