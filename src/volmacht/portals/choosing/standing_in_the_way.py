"""What stands in the way of acting for anybody at a log-in, told before anything is chosen or entered. Only asked.

Somebody who is registered as deceased cannot act for anybody (DM-04): choosing and entering a code would only come to
that same "no" at their end. On own behalf it is not ours to say: the entrance cannot read who that is (decision 0034).
Whoever has mandates, but none for this service, knows them already: they are told that these are for something else.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from volmacht.logins.queries import LoginInProgress
from volmacht.mandates.queries import MandateEntry, MandateFilter, list_mandates
from volmacht.notifications.kinds import Side
from volmacht.parties import queries as parties
from volmacht.portals.shared.fitting_words import fitting_words
from volmacht.portals.shared.party_words import party_name
from volmacht.portals.shared.service_words import service_name
from volmacht.rules.refusals import Refusal
from volmacht.rules.validity import Phase

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ForSomethingElse:
    """A mandate of this representative that does not open the service asked for: from whom, and for what."""

    name: str
    services: list[str]


def cannot_act(request: HttpRequest, login: LoginInProgress) -> HttpResponse | None:
    """The page for who cannot act for anybody; None for everybody else."""
    known = parties.party(login.person) if login.person else None
    if known is None or not known.deceased:
        return None
    words = fitting_words(Refusal.REPRESENTATIVE_DECEASED, reader=Side.REPRESENTATIVE)
    context = {"login": login, "words": words}
    return render(request, "portal_choosing/cannot_act.html", context, status=HTTPStatus.FORBIDDEN)


def for_something_else(login: LoginInProgress) -> tuple[list[ForSomethingElse], int]:
    """What the representative has now, but not for this service: the first to end, and how many there are in all.

    Asked only where nobody can be chosen. What is known of the other person says nothing here (decision 0028).
    """
    if login.person is None:
        return [], 0
    wanted = MandateFilter(Side.REPRESENTATIVE, Phase.ACTIVE)
    found = list_mandates(login.person, wanted, environment=login.environment)
    others = [entry for entry in found.entries if login.service.id not in {entry.service.id, *entry.covered}]
    total = found.total - len(found.entries) + len(others)
    return [_in_words(entry) for entry in others[:MOST_SHOWN]], total


def _in_words(entry: MandateEntry) -> ForSomethingElse:
    of_part = entry.covered if entry.removed else (entry.service.id,)
    return ForSomethingElse(party_name(entry.other_name), [service_name(id_) for id_ in of_part])
