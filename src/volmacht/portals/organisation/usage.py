"""Usage of one's own services by month, as page, CSV and PDF (CN-22): for members, and for a supplier of its client."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding.queries import usage_of_organisation
from volmacht.parties import queries as parties
from volmacht.portals.organisation.acting import acting_as
from volmacht.portals.shared.account_session import acting_for
from volmacht.portals.shared.usage import Usage, UsageForm, asked_of, usage_csv, usage_of, usage_pdf
from volmacht.rules.onboarding.cases import Side


def _usage(request: HttpRequest, organisation_id: UUID, form: UsageForm) -> Usage:
    """What was counted. Raises Http404 for who may not see this organisation."""
    asked = asked_of(form)
    for side in (Side.PROVIDER, Side.SUPPLIER):
        found = usage_of_organisation(
            organisation_id, acting_as(request, side), asked.environment, asked.year
        )
        if found is not None:
            return usage_of(asked, found, with_provider=False)
    raise Http404


def _name(organisation_id: UUID) -> str:
    found = parties.connecting_organisation(organisation_id)
    return found.name if found else ""


@audience(Audience.MEMBER)
@require_safe
def usage(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The table."""
    form = UsageForm(request.GET)
    context = {
        "usage": _usage(request, organisation_id, form),
        "form": form,
        "query": request.GET.urlencode(),
        "organisation_id": organisation_id,
        "client": "" if organisation_id == acting_for(request) else _name(organisation_id),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "organisation/usage.html", context, status=status)


@audience(Audience.MEMBER)
@require_safe
def usage_csv_file(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """For a spreadsheet."""
    return usage_csv(_usage(request, organisation_id, UsageForm(request.GET)))


@audience(Audience.MEMBER)
@require_safe
def usage_pdf_file(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """On paper."""
    return usage_pdf(_usage(request, organisation_id, UsageForm(request.GET)), _name(organisation_id))
