"""Task: change the catalogue with a CSV file: tried first, then proposed, then approved by another (DM-63, DM-64)."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.audience import needs
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import NotJudged, ProposalState
from volmacht.catalogue.operations import (
    Imported,
    approve_import,
    propose_import,
    reject_import,
    upload_import,
)
from volmacht.catalogue.queries import CellFault, DryRun, ImportKind, RowOutcome, RowVerdict
from volmacht.paging import Page, page_number
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import employee, names_of_employees
from volmacht.portals.staff.catalogue import in_words
from volmacht.portals.staff.catalogue_words import FAULTS, LAYOUTS, NOTES, OBJECTIONS, OUTCOMES, STATES
from volmacht.portals.staff.showing import show
from volmacht.rules.environment import Environment
from volmacht.rules.roles import Permission

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from volmacht.catalogue.operations import TriedImport

ROWS = 50


class ImportForm(forms.Form):
    """A file, and what it is."""

    use_required_attribute = False
    soort = forms.ChoiceField(
        label=_("Wat staat erin?"),
        choices=[(kind.value, LAYOUTS[kind]) for kind in ImportKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat erin staat.")},
    )
    omgeving = forms.ChoiceField(
        label=_("Voor welke omgeving?"),
        choices=[(one.value, ENVIRONMENTS[one]) for one in Environment],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een omgeving.")},
    )
    bestand = forms.FileField(
        label=_("Bestand"),
        help_text=_("CSV in UTF-8, ten hoogste 10 MB. Er verandert nog niets."),
        allow_empty_file=True,  # told in words of its own
        error_messages={"required": _("Kies een bestand.")},
    )


@needs(Permission.CHANGE_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Give a file; every row is judged, and nothing changes. A file cannot be kept, so this page answers at once."""
    form, run = ImportForm(), None
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            tried = _tried(form, employee(request).id)
            if tried.id:
                return redirect("staff:import", tried.id)
            run = tried.run
    context = {"form": form, "faults": [_fault(one) for one in run.faults] if run else []}
    return show(request, "import_new.html", context, status=400 if request.method == "POST" else 200)


def _tried(form: ImportForm, by: UUID) -> "TriedImport":
    said = form.cleaned_data
    file: UploadedFile[bytes] = said["bestand"]
    return upload_import(
        file.read(), kind=ImportKind(said["soort"]), environment=Environment(said["omgeving"]), by=by
    )


@needs(Permission.SEE_CATALOGUE)
@require_safe
def one(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What the file does, row by row, and who may decide now."""
    found = queries.stored_import(import_id)
    if found is None:
        raise Http404
    me, names, run, number = employee(request), names_of_employees(), found.run, page_number(request)
    rows = _most_telling_first(run)
    page = Page(number, len(rows), ROWS)
    mine, may = found.proposed_by == me.id, Permission.CHANGE_CATALOGUE in me.permissions
    context = {
        "import": found,
        "layout": LAYOUTS[run.kind],
        "environment": ENVIRONMENTS[run.environment],
        "state": STATES[found.state],
        "who": names.get(found.proposed_by, ""),
        "judge": names.get(found.judged_by, "") if found.judged_by else "",
        "counts": [(OUTCOMES[outcome], run.count(outcome)) for outcome in RowOutcome],
        "rows": [_row(row) for row in rows[page.start : page.start + ROWS]],
        "page": page,
        "may_propose": may and mine and found.state is ProposalState.TRIED and _is_worth_it(run),
        "may_judge": may and not mine and found.state is ProposalState.OPEN,
        "waits_for_another": mine and found.state is ProposalState.OPEN,
        "fault": take(request, _fault_of(import_id)),
        "done": take(request, _page(import_id)),
    }
    return show(request, "import.html", context)


@needs(Permission.CHANGE_CATALOGUE)
@require_POST
def propose(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Ask a second employee."""
    return _answer(request, import_id, propose_import, gettext("Het bestand is voorgesteld."))


@needs(Permission.CHANGE_CATALOGUE)
@require_POST
def reject(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Close it."""
    return _answer(request, import_id, reject_import, gettext("Het bestand is afgewezen."))


@needs(Permission.CHANGE_CATALOGUE)
@require_POST
def approve(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Carry all of it out, or nothing."""
    done = approve_import(import_id, by=employee(request).id)
    if isinstance(done, Imported):
        text = ngettext("%(n)s wijziging is uitgevoerd.", "%(n)s wijzigingen zijn uitgevoerd.", done.changes)
        note(request, _page(import_id), text % {"n": done.changes})
    else:
        note(request, _fault_of(import_id), _said(done))
    return redirect("staff:import", import_id)


def _answer(
    request: HttpRequest, import_id: UUID, carry_out: Callable[..., NotJudged | None], done: str
) -> HttpResponse:
    objection = carry_out(import_id, by=employee(request).id)
    if objection:
        note(request, _fault_of(import_id), _said(objection))
    else:
        note(request, _page(import_id), done)
    return redirect("staff:import", import_id)


def _said(objection: NotJudged) -> str:
    text = str(OBJECTIONS[objection.objection])
    return f"{text} ({objection.detail})" if objection.detail else text


def _page(import_id: UUID) -> str:
    return f"import {import_id}"


def _fault_of(import_id: UUID) -> str:
    return f"fout import {import_id}"


def _is_worth_it(run: DryRun) -> bool:
    return run.possible and run.changes_something


def _most_telling_first(run: DryRun) -> list[RowVerdict]:
    """Faults, then what is new, then what changes; of what stays the same the count says enough."""
    order = [RowOutcome.FAULTY, RowOutcome.NEW, RowOutcome.CHANGED]
    told = [row for row in run.rows if row.outcome in order]
    return sorted(told, key=lambda row: (order.index(row.outcome), row.line))


def _row(row: RowVerdict) -> dict[str, object]:
    return {
        "line": row.line,
        "name": row.name or row.key,
        "outcome": OUTCOMES[row.outcome],
        "faults": [_fault(one) for one in row.faults],
        "notes": [NOTES[one] for one in row.notes],
        "changes": in_words(row.changes),
    }


def _fault(one: CellFault) -> tuple[int | None, int | None, Text, str]:
    """Line, column, what is wrong, and which limit or value."""
    return one.line, one.column, FAULTS[one.fault], one.detail
