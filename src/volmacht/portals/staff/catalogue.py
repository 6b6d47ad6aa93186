"""The catalogue at the desk: entries found by words, each with its history; exports; what waits for a second person."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from volmacht.audience import needs
from volmacht.catalogue import queries
from volmacht.catalogue.queries import EntryKind, EntryVersion, FieldChange, ImportKind, ServiceEntry
from volmacht.paging import Page, page_number
from volmacht.portals.shared.dates import written_moment
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.filters import FilterForm
from volmacht.portals.shared.just_done import take
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import names_of_employees
from volmacht.portals.staff.catalogue_field_words import field_words
from volmacht.portals.staff.catalogue_words import CHANGES, ENTRIES, LAYOUTS, REPRESENTATIVES, change_words
from volmacht.portals.staff.showing import show
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import RepresentativeKind
from volmacht.rules.roles import Permission

PAGE = "catalogus"
MOMENTS = frozenset({"active_from", "active_until"})
ROWS = 50


class SearchForm(FilterForm):
    """What to look for, and where; without a choice in production."""

    zoek = forms.CharField(
        label=_("Zoeken"), help_text=_("Naam, OIN, entity-id of ServiceUUID"), required=False, max_length=200
    )
    omgeving = forms.ChoiceField(
        label=_("Omgeving"),
        required=False,
        choices=[
            (one.value, ENVIRONMENTS[one]) for one in (Environment.PRODUCTION, Environment.PREPRODUCTION)
        ],
    )
    soort = forms.ChoiceField(
        label=_("Soort"),
        required=False,
        choices=[("", _("Alle")), *((kind.value, ENTRIES[kind]) for kind in EntryKind)],
    )


@dataclass(frozen=True, slots=True)
class Version:
    """One change of an entry, in words."""

    row: EntryVersion
    change: Text
    who: str
    fields: list[tuple[str, str, str]]


@needs(Permission.SEE_CATALOGUE)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What stands, by name; and what waits."""
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    environment = Environment(wanted.get("omgeving") or Environment.PRODUCTION)
    kind = EntryKind(wanted["soort"]) if wanted.get("soort") else None
    found = queries.search_entries(environment, wanted.get("zoek", ""), page_number(request), kind=kind)
    names = names_of_employees()
    context = {
        "form": form,
        "environment": environment.value,
        "entries": [(entry, ENTRIES[entry.kind]) for entry in found.entries],
        "page": Page(found.page, found.total, ROWS),
        "proposals": [
            (one, CHANGES[one.change], names.get(one.proposed_by, "")) for one in queries.open_proposals()
        ],
        "imports": [
            (one, LAYOUTS[one.run.kind], names.get(one.proposed_by, "")) for one in queries.open_imports()
        ],
        "exports": [(kind.value, LAYOUTS[kind]) for kind in ImportKind],
        "done": take(request, PAGE),
    }
    return show(request, "catalogue.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Everything that was ever changed of an entry, the latest first; nothing is ever overwritten (DM-64)."""
    history = queries.history_of_entry(entry_id)
    if not history:
        raise Http404
    names = names_of_employees()
    service, standing = queries.service(entry_id), queries.standing_entry(entry_id)
    context = {
        "name": name_of(entry_id),
        "service": service,
        "environment": ENVIRONMENTS[service.environment] if service else "",
        "change": change_words(standing) if standing else "",
        "entry_id": entry_id,
        "waiting": queries.open_proposals_about(entry_id),
        "versions": [_version(one, names) for one in reversed(history)],
        "done": take(request, f"{PAGE} {entry_id}"),
    }
    return show(request, "entry.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def export(_request: HttpRequest, kind: str, environment: str) -> HttpResponse:
    """One environment as CSV in DigiD's layout; its cells carry nothing out in a spreadsheet (DM-63)."""
    try:
        content = queries.exported(ImportKind(kind), Environment(environment))
    except ValueError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}-{environment}.csv"'
    return response


def name_of(entry_id: UUID) -> str:
    """What an entry is called now; its id when it has no name."""
    service, provider = queries.service(entry_id), queries.provider(entry_id)
    connection = queries.connection(entry_id)
    if isinstance(service, ServiceEntry):
        return service.name
    if provider:
        return provider.name
    return connection.entity_id if connection else str(entry_id)


def in_words(changes: tuple[FieldChange, ...]) -> list[tuple[str, str, str]]:
    """Fields by what they are called, with what they were and become; nothing is a dash."""
    return [
        (field_words(one.field), _shown(one.field, one.before), _shown(one.field, one.after))
        for one in changes
    ]


def _shown(field: str, value: object) -> str:
    if isinstance(value, str) and field in MOMENTS and (moment := parse_datetime(value)):
        return written_moment(moment)
    if field == "representative_kind" and isinstance(value, str) and value in set(RepresentativeKind):
        return str(REPRESENTATIVES[RepresentativeKind(value)])
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _version(row: EntryVersion, names: dict[UUID, str]) -> Version:
    people = [names.get(one, "") for one in (row.proposed_by, row.approved_by) if one]
    return Version(row, CHANGES[row.change], ", ".join(people), in_words(row.changes))
