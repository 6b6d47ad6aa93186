"""Files of the overview of a supplier: all of it for a spreadsheet, and the days in it for a calendar."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Final
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils.translation import gettext, gettext_lazy
from icalendar import Calendar, Event

from volmacht import clock
from volmacht.onboarding.queries import CaseRow, ClientCase
from volmacht.parties import queries as parties
from volmacht.portals.shared.case_words import KINDS, STATES
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.spreadsheets import text_cell
from volmacht.portals.shared.step_words import STEPS
from volmacht.rules.onboarding.cases import Side
from volmacht.rules.periods import day_of

# Called the same in both languages, because a program may read them; the page says what each is.
COLUMNS: Final[Mapping[str, Text]] = {
    "client": gettext_lazy("Naam van de klant"),
    "oin": gettext_lazy("OIN van de klant"),
    "case": gettext_lazy("Nummer van het dossier"),
    "kind": gettext_lazy("Soort dossier"),
    "state": gettext_lazy("Stand"),
    "step": gettext_lazy("Stap van het aansluiten"),
    "turn": gettext_lazy("Wie aan de beurt is: u met uw klant, of Volmacht"),
    "due_on": gettext_lazy("Wanneer Volmacht uiterlijk antwoordt"),
    "first_certificate_ends_on": gettext_lazy("Wanneer het eerste certificaat van de klant eindigt"),
}
Day = tuple[UUID, str, date, str]


def csv_file(cases: Sequence[ClientCase]) -> HttpResponse:
    """One line for each case. Opens in a spreadsheet, which calculates nothing of it."""
    content = StringIO()
    lines = csv.writer(content)
    lines.writerow(COLUMNS)
    oins = parties.oins_of({one.case.organisation_id for one in cases if one.case.organisation_id})
    for one in cases:
        ends = day_of(one.certificate_ends).isoformat() if one.certificate_ends else ""
        due = one.case.due_on.isoformat() if one.case.due_on else ""
        lines.writerow((*map(text_cell, _words(one.case, oins)), due, ends))
    return _file(content.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


def _words(row: CaseRow, oins: Mapping[UUID, str]) -> tuple[str, ...]:
    turn = {Side.PROVIDER: gettext("U en uw klant"), Side.OPERATOR: gettext("Volmacht")}
    return (
        row.organisation_name,
        oins.get(row.organisation_id, "") if row.organisation_id else "",
        row.number,
        str(KINDS[row.kind]),
        str(STATES[row.state]),
        str(STEPS[row.step]) if row.step else "",
        turn.get(row.turn, "") if row.turn else "",
    )


def has_days(cases: Sequence[ClientCase]) -> bool:
    """Whether a calendar of these would hold anything."""
    return any(one.case.due_on or one.certificate_ends for one in cases)


def calendar_file(cases: Sequence[ClientCase]) -> HttpResponse:
    """Until when something is promised in each case, and when the first certificate of each client ends.

    The same case always gives the same event, so that a second import moves it.
    """
    file = Calendar()
    file.add("prodid", "-//Volmacht//Klanten//NL")
    file.add("version", "2.0")
    file.add("x-wr-calname", gettext("Klanten"))
    for id_, what, day, words in _days(cases):
        event = Event()
        event.add("uid", f"{uuid5(id_, what)}@volmacht")
        event.add("dtstamp", clock.now())
        event.add("dtstart", day)  # without an end it lasts this day, and the last one has no day after it
        event.add("summary", words)
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    return _file(file.to_ical(), "text/calendar; charset=utf-8", "ics")


def _days(cases: Sequence[ClientCase]) -> Iterator[Day]:
    told: set[UUID | None] = set()
    for one in cases:
        row = one.case
        if row.due_on:
            about = gettext("%(client)s: uiterlijk antwoord van Volmacht in %(number)s")
            yield row.id, "due", row.due_on, about % {"client": row.organisation_name, "number": row.number}
        if one.certificate_ends and row.organisation_id and row.organisation_id not in told:
            told.add(row.organisation_id)
            about = gettext("%(client)s: eerste certificaat eindigt")
            ends = day_of(one.certificate_ends)
            yield row.organisation_id, "certificate", ends, about % {"client": row.organisation_name}


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    what = gettext("klanten")
    name = f'attachment; filename="{what}-{clock.today().isoformat()}.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name})
