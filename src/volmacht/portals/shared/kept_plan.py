"""The answers of a plan on their way to an application: kept in the session through sign-up and log-in (CN-17).

Only good answers are kept, written anew; nothing in them is about a person.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse

from volmacht.portals.shared.answers import form_with

KEY = "plan"
START = "organisation:start"


def answers_in(query: QueryDict) -> str:
    """The answers in an address, as they are written there; empty when there are none, or when they are wrong."""
    form = form_with(query)
    return form.answers.query() if form.is_valid() else ""


def keep_plan(request: HttpRequest, query: QueryDict) -> None:
    """Keep the answers in an address; what was kept before stays when there are none."""
    if answers := answers_in(query):
        request.session[KEY] = answers


def keep_plan_of(request: HttpRequest, address: str) -> None:
    """The same, for who is on the way to the start of an application."""
    parts = urlsplit(address)
    if parts.query and _is_start(parts.path):
        keep_plan(request, QueryDict(parts.query))


def kept_plan(request: HttpRequest) -> str:
    """The answers as the end of an address; empty when none are kept."""
    return str(request.session.get(KEY, ""))


def start_with_plan(request: HttpRequest) -> str:
    """Where an application starts with them; empty when none are kept."""
    plan = kept_plan(request)
    return f"{reverse(START)}?{plan}" if plan else ""


def forget_plan(request: HttpRequest) -> None:
    """An application has them now."""
    request.session.pop(KEY, None)


def _is_start(path: str) -> bool:
    try:
        return resolve(path).view_name == START
    except Resolver404:
        return False
