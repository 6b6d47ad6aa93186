"""A small site with one page of every kind, so that the frame is tested apart from the portals built on it."""

from uuid import UUID

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, include, path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_POST

from volmacht.portals.shared.audience import Audience, audience, local_path
from volmacht.portals.shared.login_session import background, log_in, logged_in
from volmacht.portals.shared.parked_work import continue_at, parked_form
from volmacht.portals.shared.urls import machine_urlpatterns
from volmacht.rules.assurance import LevelOfAssurance

ANNA = UUID(int=1)
BORIS = UUID(int=2)


class Wish(forms.Form):
    """The form that the tests fill in."""

    bsn = forms.CharField(label="Burgerservicenummer (BSN)", help_text="Negen cijfers.")
    wish = forms.CharField(label="Wens", required=False)


@audience(Audience.PUBLIC)
def enter(request: HttpRequest) -> HttpResponse:
    """Log in as who the address says."""
    if "als" not in request.GET:
        return render(request, "shared/logged_out.html")
    party = UUID(int=int(request.GET["als"]))
    log_in(request, party_id=party, level=LevelOfAssurance.MIDDLE, name="A. de Vries-Jansen")
    return redirect(continue_at(request) or local_path(request.GET.get("verder")) or "/formulier/")


@audience(Audience.CITIZEN)
def form_page(request: HttpRequest) -> HttpResponse:
    """Shows the form, and what was kept of it; counts how often it was really sent."""
    form = Wish(request.POST if request.method == "POST" else parked_form(request, request.path))
    if request.method == "POST":
        request.session["sent"] = request.session.get("sent", 0) + 1
    return render(request, "form_page.html", {"form": form})


@audience(Audience.CITIZEN)
def done_but_not_stored(request: HttpRequest) -> HttpResponse:
    """Does its work; then the database goes away, by what the test gave along, before the session is stored."""
    request.session["draft"] = "nieuw"
    request.META["take_away"]()
    return HttpResponse("gedaan")


@audience(Audience.CITIZEN)
def interrupted(request: HttpRequest) -> HttpResponse:
    """While this page is made, the same person logs out in another tab."""
    request.session["draft"] = "nieuw"
    Session.objects.filter(session_key=request.session.session_key).delete()
    return HttpResponse("klaar")


@audience(Audience.CITIZEN)
def draft(request: HttpRequest) -> HttpResponse:
    """Keeps a draft in the session, as journeys do."""
    if "onderwerp" in request.GET:
        request.session["draft"] = request.GET["onderwerp"]
    return HttpResponse(request.session.get("draft", "leeg"))


@audience(Audience.PUBLIC)
@background
def poll(request: HttpRequest) -> HttpResponse:
    """Asked by a page, not by a person."""
    return HttpResponse("in" if logged_in(request) else "uit")


@audience(Audience.PUBLIC)
def who(request: HttpRequest) -> HttpResponse:
    """Tells who is logged in."""
    login = logged_in(request)
    return HttpResponse(str(login.party_id) if login else "niemand")


def undeclared(_request: HttpRequest) -> HttpResponse:
    """Forgot to say for whom it is."""
    return HttpResponse("geheim")


@audience(Audience.DEMO)
def demo_only(_request: HttpRequest) -> HttpResponse:
    """For trying out."""
    return HttpResponse("demo")


@method_decorator(audience(Audience.PUBLIC), name="dispatch")
class ClassPage(View):
    """A view written as a class."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Open to everybody."""
        return HttpResponse("klasse")


@audience(Audience.PUBLIC)
def locked(_request: HttpRequest) -> HttpResponse:
    """The database cannot be had."""
    raise OperationalError("database is locked")


@audience(Audience.PUBLIC)
def broken(_request: HttpRequest) -> HttpResponse:
    """A mistake of ours, with a BSN in its text."""
    raise RuntimeError("kan 999990019 niet lezen")


@audience(Audience.PUBLIC)
def refused(_request: HttpRequest) -> HttpResponse:
    """Not for you."""
    raise PermissionDenied


@audience(Audience.PUBLIC)
@require_POST
def only_post(_request: HttpRequest) -> HttpResponse:
    """Takes a form only."""
    return HttpResponse("gedaan")


pages: list[URLPattern | URLResolver]
entering = ([path("inloggen/", enter, name="log-in")], "entering")
pages = [
    path("", include(entering)),
    path("formulier/", form_page, name="form"),
    path("concept/", draft, name="draft"),
    path("net-te-laat/", done_but_not_stored, name="too-late"),
    path("onderbroken/", interrupted, name="interrupted"),
    path("peiling/", poll, name="poll"),
    path("wie/", who, name="who"),
    path("vergeten/", undeclared, name="undeclared"),
    path("proef/", demo_only, name="demo"),
    path("klasse/", ClassPage.as_view(), name="class"),
    path("slot/", locked, name="locked"),
    path("stuk/", broken, name="broken"),
    path("dicht/", refused, name="refused"),
    path("post/", only_post, name="only-post"),
    path("", include("volmacht.portals.shared.urls")),
]
urlpatterns = [*machine_urlpatterns, *i18n_patterns(*pages, prefix_default_language=False)]

handler400 = "volmacht.portals.shared.refusing.bad_request"
handler403 = "volmacht.portals.shared.refusing.forbidden"
handler404 = "volmacht.portals.shared.refusing.not_found"
handler500 = "volmacht.portals.shared.refusing.server_error"
