"""Usage by month and service of all providers: as page, CSV and PDF (CN-22). Nobody by name."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from volmacht.audience import needs
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.queries import usage as used
from volmacht.portals.shared.usage import Usage, UsageForm, asked_of, usage_csv, usage_of, usage_pdf
from volmacht.portals.staff.showing import show
from volmacht.rules.environment import Environment
from volmacht.rules.roles import Permission


class UsageOfAllForm(UsageForm):
    """Which provider too."""

    aanbieder = forms.UUIDField(label=_("Aanbieder"), required=False, widget=forms.Select)


def _form(request: HttpRequest) -> UsageOfAllForm:
    form = UsageOfAllForm(request.GET)
    environment = request.GET.get("omgeving", "")
    listed = catalogue.providers(
        Environment(environment) if environment in set(Environment) else Environment.PRODUCTION
    )
    choices = [("", gettext("Alle")), *((str(one.id), one.name) for one in listed)]
    form.fields["aanbieder"].widget = forms.Select(choices=choices)
    return form


def _usage(form: UsageOfAllForm) -> Usage:
    asked = asked_of(form)
    provider = form.cleaned_data.get("aanbieder") if form.is_bound and form.is_valid() else None
    return usage_of(asked, used(asked.environment, provider, asked.year), with_provider=True)


@needs(Permission.SEE_CASES)
@require_safe
def usage(request: HttpRequest) -> HttpResponse:
    """The table."""
    form = _form(request)
    context = {"form": form, "usage": _usage(form), "query": request.GET.urlencode()}
    return show(request, "usage.html", context, status=400 if form.is_bound and form.errors else 200)


@needs(Permission.SEE_CASES)
@require_safe
def usage_csv_file(request: HttpRequest) -> HttpResponse:
    """For a spreadsheet."""
    return usage_csv(_usage(_form(request)))


@needs(Permission.SEE_CASES)
@require_safe
def usage_pdf_file(request: HttpRequest) -> HttpResponse:
    """On paper."""
    return usage_pdf(_usage(_form(request)))
