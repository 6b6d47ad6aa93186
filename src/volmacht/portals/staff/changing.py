"""Task: change a service, set or provider with a form: fill in, check, propose; a colleague decides (DM-60, DM-64)."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from volmacht.audience import needs
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, Objection
from volmacht.catalogue.operations import propose_edit
from volmacht.catalogue.queries import StandingEntry
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.just_done import note
from volmacht.portals.shared.kept_forms import NUMBER, accepted, show_again, shown_again, typed
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import employee
from volmacht.portals.staff.catalogue import in_words
from volmacht.portals.staff.catalogue_words import OBJECTIONS, change_words
from volmacht.portals.staff.entry_form import END, EntryForm
from volmacht.portals.staff.showing import NOT_GOOD, show
from volmacht.rules.environment import Environment
from volmacht.rules.roles import Permission

CONFIRM, GO_BACK = "bevestig", "aanpassen"
CONFLICT, TO_CHECK = 409, 200
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        _("Hoe het heet en wat het is"),
        ("name", "name_en", "description", "description_en", "website", "keywords"),
    ),
    (
        _("Wat wie machtigt te lezen krijgt"),
        ("explanation", "explanation_en", "permission_question", "permission_question_en"),
    ),
    (
        _("Wie mag wat, en hoe lang"),
        (
            "representative_kind",
            "longest_months",
            "request_days",
            "minimum_age",
            "survivors_allowed",
            "counter_allowed",
        ),
    ),
    (_("Tot wanneer"), (END,)),
)


@needs(Permission.CHANGE_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Fill in what must be otherwise; see what it comes to; propose it."""
    entry = queries.standing_entry(entry_id)
    if entry is None:
        raise Http404
    if request.method == "POST":
        return _judge(request, EntryForm(request.POST, entry=entry))
    data, again = typed(request), shown_again(request)
    if data is None:
        return _filling_in(request, entry, EntryForm(entry=entry))
    form = EntryForm(data, entry=entry)
    if again is None or again.status == NOT_GOOD or not form.is_valid():
        return _filling_in(request, entry, form)
    if again.status != TO_CHECK or GO_BACK in request.GET or _conflicts(form):
        return _filling_in(request, entry, form.not_judged(), form)
    return _check(request, entry, form, data)


def _judge(request: HttpRequest, form: EntryForm) -> HttpResponse:
    if not form.is_valid():
        return show_again(request)
    if _conflicts(form):
        return show_again(request, status=CONFLICT)
    if CONFIRM not in request.POST:
        return show_again(request, status=TO_CHECK)
    proposed = propose_edit(form.entry.id, form.content(), seen=form.seen(), by=employee(request).id)
    if not isinstance(proposed, UUID):
        return show_again(request, status=CONFLICT)
    accepted(request)
    note(request, f"voorstel {proposed}", gettext("De wijziging is voorgesteld."))
    return redirect("staff:proposal", proposed)


def _conflicts(form: EntryForm) -> bool:
    """Whether somebody changed this since it was shown, or proposed to change the same."""
    return bool(form.changed_meanwhile()) or queries.is_proposed(form.entry, form.content())


def _filling_in(
    request: HttpRequest, entry: StandingEntry, form: EntryForm, judged: EntryForm | None = None
) -> HttpResponse:
    meanwhile = in_words(judged.changed_meanwhile()) if judged else []
    same = judged is not None and queries.is_proposed(entry, judged.content())
    fault = OBJECTIONS[Objection.ENTRY_CHANGED] if meanwhile else OBJECTIONS[Objection.PROPOSED_ALREADY]
    groups = [(heading, [form[name] for name in names if name in form.fields]) for heading, names in GROUPS]
    context = {
        **_about(entry),
        "form": form,
        "groups": [(heading, fields) for heading, fields in groups if fields],
        "meanwhile": meanwhile,
        "fault": fault if meanwhile or same else "",
        "action": _action(request),
    }
    return show(request, "entry_change.html", context)


def _check(request: HttpRequest, entry: StandingEntry, form: EntryForm, data: QueryDict) -> HttpResponse:
    changes = queries.would_change(entry, form.content())
    context = {
        **_about(entry),
        "fields": in_words(changes),
        "kept": [(name, value) for name, values in data.lists() if name != CONFIRM for value in values],
        "action": _action(request),
        "back": f"{_action(request)}&{GO_BACK}=ja",
    }
    return show(request, "entry_check.html", context)


def _about(entry: StandingEntry) -> Mapping[str, object]:
    return {
        "entry": entry,
        "name": entry.fields["name"],
        "title": change_words(entry),
        "environment": ENVIRONMENTS[Environment(entry.environment)],
        "waiting": queries.open_proposals_about(entry.id),
        "has_level": entry.change is ChangeKind.CHANGE_SERVICE and not entry.is_set,
    }


def _action(request: HttpRequest) -> str:
    """Where the form goes: under the number by which this window keeps it."""
    query = QueryDict(mutable=True)
    if NUMBER in request.GET:
        query[NUMBER] = request.GET[NUMBER]
    return f"{request.path}?{query.urlencode()}"
