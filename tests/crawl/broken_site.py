"""A small site on which everything is wrong that a walk should notice. The addresses of `test_walking`."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from volmacht.audience import Audience, audience


def _page(body: str, title: str = "Titel") -> HttpResponse:
    return HttpResponse(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


@audience(Audience.PUBLIC)
def home(_request: HttpRequest) -> HttpResponse:
    """Links to every fault, and elsewhere."""
    links = (
        "weg/",
        "stuk/",
        "kop/",
        "titel/",
        "dubbel/",
        "#nergens",
        "later/",
        "stappen/",
        "https://elders.example/",
    )
    return _page("<h1>Begin</h1>" + "".join(f'<a href="{link}">x</a>' for link in links))


@audience(Audience.PUBLIC)
def broken(_request: HttpRequest) -> HttpResponse:
    """Falls over."""
    raise RuntimeError("broken on purpose")


@audience(Audience.PUBLIC)
def without_heading(_request: HttpRequest) -> HttpResponse:
    """No main heading."""
    return _page("<p>x</p>")


@audience(Audience.PUBLIC)
def without_title(_request: HttpRequest) -> HttpResponse:
    """No title."""
    return _page("<h1>x</h1>", " – Volmacht")


@audience(Audience.PUBLIC)
def doubled(_request: HttpRequest) -> HttpResponse:
    """One id twice."""
    return _page('<h1 id="a">x</h1><p id="a">y</p>')


@audience(Audience.PUBLIC)
def later(_request: HttpRequest) -> HttpResponse:
    """A dead end."""
    return _page("<h1>x</h1><p>Nog niet beschikbaar</p>")


@audience(Audience.PUBLIC)
def steps(request: HttpRequest) -> HttpResponse:
    """A form that leads on only with the second choice, to a form that falls over."""
    if request.method == "POST":
        return HttpResponseRedirect("/verder/" if request.POST.get("keus") == "twee" else "/stappen/")
    form = '<input type="radio" name="keus" value="een"><input type="radio" name="keus" value="twee"><button>x</button>'
    return _page(f'<h1>x</h1><form method="post">{form}</form>')


@audience(Audience.PUBLIC)
def further(request: HttpRequest) -> HttpResponse:
    """The second step."""
    if request.method == "POST":
        raise RuntimeError("broken on purpose")
    return _page('<h1>x</h1><form method="post"><button name="b" value="1">x</button></form>')


urlpatterns = [
    path("", home, name="home"),
    path("stuk/", broken, name="broken"),
    path("kop/", without_heading, name="without-heading"),
    path("titel/", without_title, name="without-title"),
    path("dubbel/", doubled, name="doubled"),
    path("later/", later, name="later"),
    path("stappen/", steps, name="steps"),
    path("verder/", further, name="further"),
]
