"""Pages that belong to every portal: help, privacy, accessibility, cookies, and the end of a log-in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.logins.operations import begin_own_logout
from volmacht.logins.states import NOT_CONFIRMED, not_confirmed
from volmacht.portals.shared.account_session import account_login, log_out_account, stay_logged_in_account
from volmacht.portals.shared.audience import Audience, audience, local_path, log_in_address
from volmacht.portals.shared.context import home_address
from volmacht.portals.shared.environments import environment_of, in_preproduction, own_name
from volmacht.portals.shared.login_session import background, log_out, logged_in, stay_logged_in
from volmacht.portals.shared.reaching_us import reaching_us
from volmacht.posting import self_posting


@audience(Audience.PUBLIC)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What a mandate is, and where to turn."""
    return render(request, "shared/help.html", reaching_us())


@audience(Audience.PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why and how long."""
    terms = [
        (gettext("Uw BSN, naam en geboortedatum, en of u leeft of onder curatele staat"), NOT_REMOVED),
        (gettext("Uw e-mailadres en de taal van uw e-mails"), gettext("Tot u het weghaalt of verandert")),
        (gettext("Aanvragen, nadat ze zijn afgelopen"), _term(settings.RETENTION["requests"])),
        (gettext("Vragen om te verlengen, nadat ze zijn afgelopen"), _term(settings.RETENTION["requests"])),
        (gettext("Machtigingen, nadat ze zijn gestopt"), _term(settings.RETENTION["mandates"])),
        (gettext("Gebruik van een machtiging"), _term(settings.RETENTION["uses"])),
        (gettext("E-mails die wij u stuurden"), _term(settings.RETENTION["outbox"])),
        (gettext("Foute pogingen met een code, om te tellen"), _term(settings.RETENTION["tries"])),
        (gettext("Het spoor van alles wat er is gebeurd, ook elke keer dat u inlogt"), FOR_EVER),
        (gettext("Berichten over aansluiten, met de naam en het e-mailadres die u invult"), WITH_CASE),
        (
            gettext("Hebt u een account voor uw werk: uw naam, e-mailadres, rollen en hoe u inlogt"),
            NOT_REMOVED,
        ),
        (gettext("Wat u tijdens een bezoek invult"), gettext("Tot u uitlogt, hoogstens 8 uur")),
    ]
    return render(request, "shared/privacy.html", {"terms": terms})


NOT_REMOVED = gettext_lazy("Wij halen dit niet vanzelf weg")
WITH_CASE = gettext_lazy("Zolang de zaak wordt bewaard waar het bericht bij hoort")
FOR_EVER = gettext_lazy("Voor altijd")


def _term(days: int) -> str:
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(number)s jaar", "%(number)s jaar", years) % {"number": years}
    return ngettext("%(number)s dag", "%(number)s dagen", days) % {"number": days}


@audience(Audience.PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, and what to do when something does not work."""
    return render(request, "shared/accessibility.html", reaching_us())


@audience(Audience.PUBLIC)
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The cookies that are set, by name."""
    session, csrf = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
    if in_preproduction(request):
        session, csrf = own_name(session), own_name(csrf)
    names = {"session_cookie": session, "csrf_cookie": csrf}
    return render(request, "shared/cookies.html", names)


def _seconds_left(request: HttpRequest) -> int:
    login = logged_in(request) or account_login(request)
    return login.seconds_left if login else 0


@audience(Audience.PUBLIC)
@background
@require_safe
def session_state(request: HttpRequest) -> HttpResponse:
    """How many seconds the log-in still lasts: asked by the page itself, so it does not extend."""
    return JsonResponse({"seconds": _seconds_left(request)})


@audience(Audience.PUBLIC)
@background
@require_POST
def extend_session(request: HttpRequest) -> HttpResponse:
    """Stay logged in. The page's script asks for JSON; a form is sent back to where it stood."""
    login = stay_logged_in(request) or stay_logged_in_account(request)
    if request.accepts("text/html"):
        back = local_path(request.POST.get("verder")) or home_address()
        return HttpResponseRedirect(back if login else log_in_address(back))
    return JsonResponse({"seconds": _seconds_left(request)})


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def log_out_page(request: HttpRequest) -> HttpResponseBase:
    """Log out, here first, then at the authentication service (LO-16); who comes by a link gets the button."""
    if request.method != "POST":
        return render(request, "shared/log_out.html")
    login, page = logged_in(request), reverse("shared:logged-out")
    log_out(request)
    log_out_account(request)
    if login is None or login.upstream is None:
        return redirect(page)
    onward = begin_own_logout(login.upstream, environment=environment_of(request), page=page)
    if onward is None:
        return redirect(not_confirmed(page))
    return self_posting(request, onward.location, onward.fields)


@audience(Audience.PUBLIC)
@require_safe
def logged_out(request: HttpRequest) -> HttpResponse:
    """The log-in has ended here; perhaps not at the authentication service."""
    context = {"not_confirmed": request.META["QUERY_STRING"] == NOT_CONFIRMED}
    return render(request, "shared/logged_out.html", context)
