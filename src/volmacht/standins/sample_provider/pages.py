"""The pages of Gemeente Voorbeeld that belong to no log-in: the services, the language, our metadata, no such page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from volmacht.audience import Audience, audience
from volmacht.protocols.saml.metadata.writing import MEDIA_TYPE
from volmacht.standins.sample_provider import own_entity, settings
from volmacht.standins.sample_provider.described import described
from volmacht.standins.sample_provider.endings import Ending
from volmacht.standins.sample_provider.log_in_pages import not_logged_in


def whose(_request: HttpRequest) -> dict[str, str]:
    """For every page: whose service this is."""
    return {"provider": described().name}


@audience(Audience.PUBLIC)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The services, each for oneself or for somebody else."""
    return render(request, "sample_provider/home.html", {"services": described().services})


@audience(Audience.PUBLIC)
@require_GET
def metadata(_request: HttpRequest) -> HttpResponse:
    """Who we are, for Volmacht (MD-45)."""
    return HttpResponse(own_entity.metadata(), content_type=MEDIA_TYPE)


@audience(Audience.PUBLIC)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Dutch or English, remembered in a cookie."""
    response = redirect("home")
    language = request.POST.get("taal")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, secure=True, httponly=True, samesite="Lax"
        )
    return response


@audience(Audience.PUBLIC)
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """The one stylesheet."""
    return render(request, "sample_provider/style.css", content_type="text/css; charset=utf-8")


@audience(Audience.PUBLIC)
@require_GET
def script(request: HttpRequest) -> HttpResponse:
    """The one script: it sends the form of a page that goes on by itself."""
    return render(request, "sample_provider/posting.js", content_type="text/javascript; charset=utf-8")


@audience(Audience.PUBLIC)
@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """Says that the process runs."""
    return HttpResponse("ok", content_type="text/plain")


@audience(Audience.PUBLIC)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """An address that is not ours."""
    return render(request, "sample_provider/not_found.html", status=404)


@audience(Audience.PUBLIC)
def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that no page of ours in this browser sent (CSRF)."""
    return not_logged_in(request, Ending.NOT_ASKED, f"a form that is not ours: {reason}")
