"""The pages that belong to no log-in: what this is, the language, style and script, and for what is not there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from volmacht.audience import Audience, audience
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.standins.authentication_service import settings
from volmacht.standins.authentication_service.forms import refused_page


@audience(Audience.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is."""
    return render(request, "authentication_service/home.html")


@audience(Audience.PUBLIC)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Dutch or English, remembered in a cookie; back to the page where it was chosen."""
    back = request.POST.get("naar", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if is_ours else "home")
    language = request.POST.get("taal")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, secure=True, httponly=True, samesite="Lax"
        )
    return response


@audience(Audience.PUBLIC)
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The one stylesheet."""
    return render(request, "authentication_service/style.css", content_type="text/css; charset=utf-8")


@audience(Audience.PUBLIC)
@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The one script: it sends the form of a page that goes on by itself."""
    return render(request, "authentication_service/posting.js", content_type="text/javascript; charset=utf-8")


@audience(Audience.PUBLIC)
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Says that the process runs."""
    return HttpResponse("ok", content_type="text/plain")


@audience(Audience.PUBLIC)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """An address that is not ours."""
    return render(request, "authentication_service/not_found.html", status=404)


@audience(Audience.PUBLIC)
def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """A form that no page of ours in this browser sent, or whose session is over (CSRF)."""
    return refused_page(request, PageRefusal.NOT_THIS_BROWSER)
