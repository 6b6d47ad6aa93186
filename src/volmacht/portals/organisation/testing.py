"""Tasks around testing: the connection data, test people with their mandates, test certificates (CN-2, CN-3)."""

from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding.operations import (
    CertifyFault,
    NotLaidOut,
    certify_request,
    reset_test_mandates,
)
from volmacht.onboarding.queries import connection_data
from volmacht.pki import Purpose
from volmacht.portals.organisation.acting import CaseHere, case_here
from volmacht.portals.organisation.metadata_asked import Asked, asked_of, may_be_given, running_as
from volmacht.portals.organisation.refused_words import refused_rows
from volmacht.portals.shared.case_words import OBJECTIONS
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.objecting import go_because, objected
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.test_mandate_words import shown_services
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseKind, Objection
from volmacht.rules.roles import Right

ENVIRONMENTS: Final = {"preproductie": Environment.PREPRODUCTION, "productie": Environment.PRODUCTION}

NOT_LAID_OUT: Final[dict[NotLaidOut, Text]] = {
    NotLaidOut.NO_TEST_PEOPLE: gettext_lazy(
        "Er zijn hier nog geen testpersonen. Stuur ons een bericht: wij zetten ze klaar."
    ),
    NotLaidOut.NO_REGISTER: gettext_lazy(
        "Deze omgeving heeft nog geen bevolkingsregister. Stuur ons een bericht: zonder register kan niemand testen."
    ),
    NotLaidOut.UNKNOWN_PEOPLE: gettext_lazy(
        "Het bevolkingsregister kent een van de testpersonen niet. Stuur ons een bericht: wij kijken het na."
    ),
    NotLaidOut.REGISTER_UNAVAILABLE: gettext_lazy(
        "Het bevolkingsregister antwoordt nu niet. Probeer het over een paar minuten opnieuw."
    ),
    NotLaidOut.NOTHING_RUNS: gettext_lazy("Er is nog geen dienst om mee te testen."),
}
PURPOSES: Final[dict[Purpose, Text]] = {
    Purpose.SIGNING: gettext_lazy("Berichten en metadata ondertekenen"),
    Purpose.ENCRYPTION: gettext_lazy("Nummers van mensen lezen (versleutelen)"),
    Purpose.TLS_CLIENT: gettext_lazy("Artifacts ophalen (TLS-client)"),
}
# As the sample service wants them (`volmacht sample`).
FILES: Final = {Purpose.SIGNING: "signing", Purpose.ENCRYPTION: "encryption", Purpose.TLS_CLIENT: "tls"}
FAULTS: Final[dict[CertifyFault, Text]] = {
    CertifyFault.MALFORMED: gettext_lazy(
        "Dit is geen certificaataanvraag (CSR). Maak er een met openssl req."
    ),
    CertifyFault.SIGNATURE: gettext_lazy(
        "De aanvraag is niet met haar eigen sleutel getekend. Maak haar opnieuw."
    ),
    CertifyFault.KEY: gettext_lazy("De sleutel moet RSA zijn, van 2048 tot en met 8192 bits."),
    CertifyFault.OTHER_OIN: gettext_lazy("In de aanvraag staat het OIN van een andere organisatie."),
    CertifyFault.NO_AUTHORITY: gettext_lazy(
        "In deze omgeving geven wij geen certificaten. Voor productie vraagt u ze aan bij PKIoverheid."
    ),
    CertifyFault.HOST: gettext_lazy("De aanvraag kunnen wij zo niet gebruiken."),
}


class RequestForm(forms.Form):
    """A signing request, and what its key is for."""

    use_required_attribute = False
    purpose = forms.ChoiceField(
        label=gettext_lazy("Waarvoor is deze sleutel?"),
        choices=[(purpose.value, words) for purpose, words in PURPOSES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies waarvoor de sleutel is.")},
    )
    request = forms.FileField(
        label=gettext_lazy("Uw certificaataanvraag (CSR)"),
        help_text=gettext_lazy("Een bestand in PEM. Uw geheime sleutel blijft bij u."),
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "empty": gettext_lazy("Dit bestand is leeg."),
        },
    )


@audience(Audience.MEMBER)
@require_safe
def connection(request: HttpRequest, number: str, environment: str) -> HttpResponse:
    """Everything that is needed to connect in one environment, with the test people of pre-production."""
    here = case_here(request, number)
    where = ENVIRONMENTS.get(environment)
    data = connection_data(here.page.case.id, here.actor, where) if where else None
    if data is None:
        raise Http404
    asked = asked_of(here)
    context = {
        "case": here.page.case,
        "data": data,
        "environment": environment,
        "is_test": data.environment is Environment.PREPRODUCTION,
        "services": shown_services(data),
        "no_people": None if data.people else NOT_LAID_OUT[NotLaidOut.NO_TEST_PEOPLE],
        "may_reset": here.may(Right.UPLOAD),
        "gives_metadata": here.may(Right.UPLOAD) and may_be_given(here, asked),
        "has_sample": _has_sample(here, asked or running_as(here), data.environment),
        "refused": refused_rows(data.refused),
        "done": take(request, f"terugzetten {number}"),
        "words": objected(request),
    }
    return render(request, "organisation/connection.html", context)


def _has_sample(here: CaseHere, asked: Asked | None, environment: Environment) -> bool:
    """Whether the settings of the sample service are about what this page shows."""
    application = here.page.case.kind is CaseKind.APPLICATION
    return application and asked is not None and bool(asked.entity_id) and asked.environment is environment


@audience(Audience.MEMBER)
@require_POST
def reset(request: HttpRequest, number: str) -> HttpResponse:
    """All test mandates back to the start."""
    here = case_here(request, number)
    done = reset_test_mandates(case_id=here.page.case.id, actor=here.actor)
    address = reverse("organisation:connection", args=[number, "preproductie"])
    if isinstance(done, Objection):
        return go_because(request, done, address)
    text = (
        gettext("De testmachtigingen staan weer aan het begin.") if done is None else str(NOT_LAID_OUT[done])
    )
    note(request, f"terugzetten {number}", text)
    return redirect(address)


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, number: str, environment: str) -> HttpResponse:
    """A test certificate for a signing request."""
    here = case_here(request, number)
    where = ENVIRONMENTS.get(environment)
    if where is None or not here.may(Right.UPLOAD):
        raise Http404
    form, wrong = RequestForm(), None
    if request.method == "POST":
        form = RequestForm(request.POST, request.FILES)
        if form.is_valid():
            purpose = Purpose(form.cleaned_data["purpose"])
            made = certify_request(
                case_id=here.page.case.id,
                request=form.cleaned_data["request"].read(),
                purpose=purpose,
                environment=where,
                actor=here.actor,
            )
            if isinstance(made, bytes):
                return _download(made, f"{FILES[purpose]}.crt.pem")
            wrong = FAULTS[made] if isinstance(made, CertifyFault) else OBJECTIONS[made].explanation
            form.add_error("request", str(wrong))
    context = {"case": here.page.case, "form": form, "environment": environment}
    return render(request, "organisation/certificate.html", context, status=400 if form.is_bound else 200)


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/x-pem-file")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
