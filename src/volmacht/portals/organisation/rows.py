"""Task: fill in a page that asks the same of several things, such as services: a list, and a page each (CN-16)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding.operations import Conflict
from volmacht.portals.organisation.filling import (
    Sheet,
    answers_in,
    frame_of,
    name_of,
    save,
    sheet,
    shown_form,
)
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again
from volmacht.portals.shared.objecting import again_because, go_because, objected
from volmacht.portals.shared.page_form import form_for
from volmacht.rules.onboarding.answers import ROW, Row
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.onboarding.configuration import service_uuid

NEW = 0  # the number of a row that is not there yet


def rows_of(here: Sheet) -> list[dict[str, Any]]:
    """What stands on the page."""
    kept = here.known.answers
    return [dict(row) for row in kept] if isinstance(kept, Sequence) else []


def _row(here: Sheet, number: int) -> dict[str, Any]:
    """One of them. Raises Http404."""
    for row in rows_of(here):
        if row.get(ROW) == number:
            return row
    raise Http404


def list_sheet(request: HttpRequest, number: str, form: str, page: str) -> Sheet:
    """A page with a list. Raises Http404."""
    here = sheet(request, number, form, page)
    if not here.page.is_list:
        raise Http404
    return here


@audience(Audience.MEMBER)
@require_safe
def rows(request: HttpRequest, number: str, form: str, page: str) -> HttpResponse:
    """All of them, with what is missing of each."""
    here = list_sheet(request, number, form, page)
    wrong = {found.row for found in here.known.problems}
    context = {
        **frame_of(here),
        "rows": [
            {
                "number": row[ROW],
                "name": row.get("name") or gettext("Dienst zonder naam"),
                "uuid": service_uuid(here.here.page.case.id, row[ROW]),
                "is_good": place not in wrong,
            }
            for place, row in enumerate(rows_of(here))
        ],
        "version": here.known.version,
        "has_room": len(rows_of(here)) < here.page.most,
        "done": take(request, request.path),
        "words": objected(request),
    }
    return render(request, "organisation/rows.html", context)


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, number: str, form: str, page: str, row_number: int) -> HttpResponse:
    """One of them; number 0 adds one."""
    here = list_sheet(request, number, form, page)
    kept: Row = {} if row_number == NEW else _row(here, row_number)
    place = next((at for at, one in enumerate(rows_of(here)) if one.get(ROW) == row_number), None)
    if request.method == "POST":
        return _save(request, here, row_number)
    made = (
        form_for(here.page)(initial=_defaults())
        if row_number == NEW and not _is_back(request)
        else (shown_form(request, here, kept, place))
    )
    again = shown_again(request)
    context = {
        **frame_of(here),
        "form": made,
        "version": here.known.version,
        "is_new": row_number == NEW,
        "row_number": row_number,
        "uuid": service_uuid(here.here.page.case.id, row_number) if row_number != NEW else None,
        "words": objected(request),
    }
    return render(request, "organisation/row.html", context, status=again.status if again else 200)


def _is_back(request: HttpRequest) -> bool:
    return shown_again(request) is not None


def _defaults() -> dict[str, object]:
    """What nearly everybody chooses (DM-23, DM-04)."""
    return {"request_days": 90, "minimum_age": 16, "representative_kind": "burger", "minimum_level": "20"}


def _save(request: HttpRequest, here: Sheet, row_number: int) -> HttpResponse:
    """Save the whole list with this row as it was typed."""
    form = form_for(here.page)(request.POST)
    typed_row = answers_in(form)
    every = rows_of(here)
    if row_number == NEW:
        every.append(typed_row)
    else:
        every = [{**typed_row, ROW: row_number} if one.get(ROW) == row_number else one for one in every]
    saved = save(request, here, every)
    if isinstance(saved, Objection):
        return again_because(request, saved)
    if isinstance(saved, Conflict):
        return _changed_meanwhile(request, here, form, saved, row_number)
    address = ("organisation:rows", here.here.page.case.number, here.form, here.page.key)
    if not form.is_valid():
        note(request, _path(request), gettext("Opgeslagen, maar nog niet alles is goed ingevuld."))
        return show_again(request) if row_number != NEW else redirect(*address)
    accepted(request)
    note(request, _path(request), gettext("Opgeslagen."))
    return redirect(*address)


def _path(request: HttpRequest) -> str:
    """The address of the list that this row is in."""
    return request.path.rstrip("/").rpartition("/")[0] + "/"


def _changed_meanwhile(
    request: HttpRequest, here: Sheet, form: Any, conflict: Conflict, row_number: int
) -> HttpResponse:
    """A colleague saved the list since: nothing is overwritten, what was typed stays in the form."""
    theirs = conflict.answers if isinstance(conflict.answers, Sequence) else []
    context = {
        **frame_of(here),
        "form": form,
        "version": conflict.version,
        "is_new": row_number == NEW,
        "row_number": row_number,
        "who": name_of(conflict),
        "at": conflict.at,
        "others": [str(one.get("name", "")) for one in theirs if isinstance(one, Mapping)],
    }
    return render(request, "organisation/row.html", context, status=409)


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, number: str, form: str, page: str, row_number: int) -> HttpResponse:
    """Take one away, after asking."""
    here = list_sheet(request, number, form, page)
    gone = _row(here, row_number)
    if request.method == "POST":
        saved = save(request, here, [one for one in rows_of(here) if one.get(ROW) != row_number])
        address = request.path.rstrip("/").rpartition("/")[0].rpartition("/")[0] + "/"
        if isinstance(saved, Objection):
            return go_because(request, saved, address)
        text = gettext("Een collega heeft de lijst net veranderd. Kijk of u dit nog wilt.")
        note(request, address, text if isinstance(saved, Conflict) else gettext("De dienst is weggehaald."))
        return redirect("organisation:rows", number, form, page)
    context = {**frame_of(here), "row_name": gone.get("name", ""), "version": here.known.version}
    return render(request, "organisation/row_remove.html", context)
