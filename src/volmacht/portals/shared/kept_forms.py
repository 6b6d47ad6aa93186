"""A form that could not be accepted: what was typed is kept, and the page of the form shows it again.

The answer to such a form is a redirect to its own page, with the number under which it was kept in the address. So
back, forward and reload ask for a page and never send a form, and every window finds what was typed in it. Kept in
the sealed session: the last few, until the form is accepted, is too old, or the log-in ends.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect, QueryDict

from volmacht import clock
from volmacht.portals.shared.parked_work import LONGEST_FORM, NOT_TYPED, parked_form
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.refusals import Refusal, Refused

KEY = "kept-forms"
NUMBER = "opnieuw"
MOST = 5
LONGEST_VALUE = 1000  # more than any field of ours takes: what was too long still is
SEE_OTHER = 303
_NUMBER = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed, with which status it is shown, and the refusal or objection that is not about one field."""

    fields: QueryDict
    status: int
    refused: Refused | None
    objection: AccountObjection | None = None
    secrets: tuple[str, ...] = ()  # fields in which something was typed that is never kept


def show_again(
    request: HttpRequest,
    *,
    refused: Refused | None = None,
    objection: AccountObjection | None = None,
    status: int = 400,
) -> HttpResponseRedirect:
    """Keep the posted form and go to its page, which shows it with this status and says what is wrong."""
    number = _number(request)
    kept = _kept(request)
    kept.pop(number, None)
    kept[number] = {
        "page": _page(request),
        "fields": _fields(request),
        "secrets": [name for name in NOT_TYPED if request.POST.get(name)],
        "status": status,
        "refusal": refused.refusal.value if refused else None,
        "objection": objection.value if objection else None,
        "day": refused.day.isoformat() if refused and refused.day else None,
        "at": clock.wall_clock().isoformat(),
    }
    request.session[KEY] = dict(list(kept.items())[-MOST:])
    query = request.GET.copy()
    query[NUMBER] = number
    response = HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
    response.status_code = SEE_OTHER
    return response


def shown_again(request: HttpRequest) -> KeptForm | None:
    """What was kept of the form on this page, in this window; None when there is nothing wrong (any more)."""
    kept = _kept(request).get(request.GET.get(NUMBER, ""))
    if request.method == "POST" or kept is None or kept["page"] != _page(request):
        return None
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    refused = Refused(Refusal(kept["refusal"]), day) if kept["refusal"] else None
    objection = AccountObjection(kept["objection"]) if kept.get("objection") else None
    secrets = tuple(kept.get("secrets", ()))
    return KeptForm(QueryDict(kept["fields"]), kept["status"], refused, objection, secrets)


def accepted(request: HttpRequest) -> None:
    """The form was accepted: what was typed before in this window is not needed any more."""
    kept = _kept(request)
    if kept.pop(request.GET.get(NUMBER, ""), None) is not None:
        request.session[KEY] = kept


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, was kept when the log-in had just ended, or is shown again."""
    if request.method == "POST":
        return request.POST
    parked = parked_form(request, request.path)
    kept = shown_again(request) if parked is None else None
    return kept.fields if kept else parked


def _number(request: HttpRequest) -> str:
    """The one this window has already, or a new one."""
    given = request.GET.get(NUMBER, "")
    return given if _NUMBER.fullmatch(given) else uuid4().hex[:12]


def _page(request: HttpRequest) -> list[object]:
    """Which page it is, whatever the language."""
    match = request.resolver_match
    return [match.view_name, {name: str(value) for name, value in match.kwargs.items()}] if match else []


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What is kept and is not too old."""
    oldest = (clock.wall_clock() - settings.SESSION_IDLE_END).isoformat()
    kept: dict[str, Any] = request.session.get(KEY, {})
    return {number: form for number, form in kept.items() if form["at"] > oldest}


def _fields(request: HttpRequest) -> str:
    """Whole, unless it is longer than any form of ours: then the beginning of each value, and else nothing."""
    for longest in (LONGEST_FORM, LONGEST_VALUE):
        fields = QueryDict(mutable=True)
        for name, values in request.POST.lists():
            if name not in NOT_TYPED:
                fields.setlist(name, [str(value)[:longest] for value in values])
        text = fields.urlencode()
        if len(text) <= LONGEST_FORM:
            return text
    return ""
