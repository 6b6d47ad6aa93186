"""Task: take the list of my mandates along: as PDF, or as a table for a spreadsheet. Only one's own list."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.mandates.queries import MandateEntry, MandateFilter, list_mandates
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.mandate_words import (
    PARTS,
    SIDES,
    end_reason,
    other_name,
    period,
    providers,
    state,
)
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date, written_moment
from volmacht.portals.shared.environments import environment_of, test_mark
from volmacht.portals.shared.login_session import LoggedIn, visitor
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.pdf import JSON, render_pdf
from volmacht.portals.shared.service_words import service_name, service_words
from volmacht.portals.shared.spreadsheets import text_cell
from volmacht.portals.shared.wording import ROUTES
from volmacht.rules.environment import Environment
from volmacht.rules.periods import AMSTERDAM
from volmacht.rules.validity import Phase

AT_ONCE = 500
# The sign with which the spreadsheets of that language separate cells.
SEPARATOR = {"nl": ";", "en": ","}


@dataclass(frozen=True, slots=True)
class Group:
    """All mandates of one side and phase; `entries` is empty when there are none."""

    side: Side
    phase: Phase
    entries: tuple[MandateEntry, ...]


def _all(login: LoggedIn, environment: Environment, side: Side, phase: Phase) -> Iterator[MandateEntry]:
    page = pages = 1
    while page <= pages:
        found = list_mandates(
            login.party_id, MandateFilter(side, phase, page=page, size=AT_ONCE), environment=environment
        )
        yield from found.entries
        page, pages = page + 1, found.pages


def groups(login: LoggedIn, environment: Environment) -> list[Group]:
    """The whole list, in the order of the page."""
    return [
        Group(side, phase, tuple(_all(login, environment, side, phase))) for side in SIDES for phase in PARTS
    ]


def _covered(entry: MandateEntry) -> str:
    return ", ".join(service_name(id_) for id_ in entry.covered) if entry.service.is_set else ""


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pdf_values(login: LoggedIn, environment: Environment) -> dict[str, JSON]:
    shown = [group for group in groups(login, environment) if group.entries]
    return {
        "title": gettext("Mijn machtigingen"),
        "of": gettext("Van %(name)s") % {"name": login.name} if login.name else "",
        "made": gettext("Gemaakt op %(moment)s") % {"moment": written_moment(clock.now())},
        "none": "" if shown else gettext("U hebt geen machtigingen."),
        "header": [gettext("Dienst"), gettext("Wie"), gettext("Periode"), gettext("Gegeven")],
        "groups": [
            {
                "title": f"{SIDES[group.side]}: {str(PARTS[group.phase]).lower()} ({len(group.entries)})",
                "rows": [_pdf_row(entry) for entry in group.entries],
            }
            for group in shown
        ],
    }


def _pdf_row(entry: MandateEntry) -> dict[str, JSON]:
    words = service_words(entry.service)
    days = f"{written_date(entry.first_day)} – {written_date(entry.last_day)}"
    ended = [period(entry), str(end_reason(entry))] if entry.phase is Phase.ENDED else []
    unusable = [str(state(entry)[1])] if entry.unusable else []
    return {
        "service": words.name.text,
        "more": [text for text in (providers(entry), _covered(entry)) if text],
        "who": other_name(entry),
        "when": [days, *ended, *unusable],
        "given": written_date(entry.registered_at),
    }


@audience(Audience.CITIZEN)
@require_safe
def mine_pdf(request: HttpRequest) -> HttpResponse:
    """The whole list on paper."""
    content = render_pdf(
        "mandate_overview.typ",
        _pdf_values(visitor(request), environment_of(request)),
        language(),
        test_mark(request),
    )
    return _download(content, "application/pdf", gettext("mijn-machtigingen.pdf"))


def _moment(moment: datetime | None) -> str:
    """As programs read it, in the time of Amsterdam with its distance to UTC; days stand as YYYY-MM-DD."""
    return moment.astimezone(AMSTERDAM).isoformat(timespec="seconds") if moment else ""


def _csv_rows(login: LoggedIn, environment: Environment) -> Iterator[list[str]]:
    yield [
        gettext("Kant"), gettext("Status"), gettext("Dienst"), gettext("Organisatie"), gettext("Geldt voor"),
        gettext("Naam"), gettext("Eerste dag"), gettext("Laatste dag"), gettext("Gestopt op"),
        gettext("Waarom gestopt"), gettext("Hoe gegeven"), gettext("Nummer"),
    ]  # fmt: skip
    for group in groups(login, environment):
        for entry in group.entries:
            words = service_words(entry.service)
            yield [
                str(SIDES[group.side]), str(state(entry)[1]), words.name.text, providers(entry), _covered(entry),
                other_name(entry), entry.first_day.isoformat(), entry.last_day.isoformat(),
                _moment(entry.ended_at), str(end_reason(entry)),
                str(ROUTES[entry.route]), str(entry.id),
            ]  # fmt: skip


@audience(Audience.CITIZEN)
@require_safe
def mine_csv(request: HttpRequest) -> HttpResponse:
    """The whole list as a table; with a mark at the start from which spreadsheets know that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=SEPARATOR[language()], quoting=csv.QUOTE_ALL)
    writer.writerows(
        [text_cell(cell) for cell in row] for row in _csv_rows(visitor(request), environment_of(request))
    )
    content = text.getvalue().encode("utf-8-sig")
    return _download(content, "text/csv; charset=utf-8", gettext("mijn-machtigingen.csv"))
