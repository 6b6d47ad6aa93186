"""The mandate that somebody is about to give, page after page: kept in the sealed session until it is given.

Each window has a draft of its own: its key stands in the address of every page, so that two windows never go on with
each other's service. Every draft has a `once`: however often it is sent, it makes one request or mandate. What became
of it is remembered under that id, so that going back in the browser leads to the result and not to a second mandate.
"""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.portals.shared import just_done
from volmacht.portals.shared.kept_forms import accepted
from volmacht.portals.shared.who_logs_in import somebody_can_log_in
from volmacht.rules.periods import PeriodPreset, preset_period

KEY = "granting"
MADE = "granted"
MOST_MADE = 10
MOST_DRAFTS = 5
CHANGING = "wijzig"
WINDOW = "aanvraag"
GONE = "granting-gone"  # what the first page tells of a draft (`just_done`)
NEW = "nieuw"
_WINDOW_KEY = re.compile(r"[0-9a-f]{8}")


class Step(StrEnum):
    """The pages of the journey, by URL name."""

    SERVICE = "services"
    REPRESENTATIVE = "representative"
    PERIOD = "period"
    EMAIL = "email"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen so far. `representative` is a party id, or NEW for who gets a code.

    `asks_email`: the journey has an e-mail page, because no address was confirmed when it began. That stays so until
    the end, or the number of steps would change on the way. `window` is its key in addresses.
    """

    window: str
    once: UUID
    service_id: UUID
    asks_email: bool
    representative: str = ""
    first_day: date | None = None
    last_day: date | None = None
    preset: PeriodPreset | None = None
    email_answered: bool = False

    @property
    def known_representative(self) -> UUID | None:
        """Whom to mandate without a code; None when it goes with a code, or is not chosen yet."""
        return UUID(self.representative) if self.representative not in {"", NEW} else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages of this journey, in order."""
        return tuple(step for step in Step if step is not Step.EMAIL or self.asks_email)

    @property
    def missing(self) -> Step:
        """The first page that has no answer yet; CHECK when everything is there."""
        if not self.representative:
            return Step.REPRESENTATIVE
        if self.first_day is None or self.last_day is None:
            return Step.PERIOD
        return Step.EMAIL if self.asks_email and not self.email_answered else Step.CHECK

    @property
    def fingerprint(self) -> str:
        """Stands for exactly this content, so that nobody agrees to something else than they saw."""
        chosen = [str(self.service_id), self.representative, str(self.first_day), str(self.last_day)]
        return hashlib.sha256(json.dumps(chosen).encode()).hexdigest()[:32]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def window_of(request: HttpRequest) -> str:
    """The key in the address of this page; empty when it has none."""
    key = request.GET.get(WINDOW, "")
    return key if _WINDOW_KEY.fullmatch(key) else ""


def new_window() -> str:
    """A key that no other window has."""
    return uuid4().hex[:8]


def read(request: HttpRequest) -> Draft | None:
    """The draft of this window; for an address without key the one that was changed last."""
    drafts: dict[str, dict[str, Any]] = request.session.get(KEY, {})
    window = window_of(request) or next(reversed(drafts), "")
    stored = drafts.get(window)
    if stored is None:
        return None
    return Draft(
        window=window,
        once=UUID(stored["once"]),
        service_id=UUID(stored["service"]),
        asks_email=stored["asks_email"],
        representative=stored["representative"],
        first_day=_day(stored["first_day"]),
        last_day=_day(stored["last_day"]),
        preset=PeriodPreset(stored["preset"]) if stored["preset"] else None,
        email_answered=stored["email_answered"],
    )


def write(request: HttpRequest, draft: Draft) -> None:
    """Keep a draft in place of what its window had; of many windows the last few."""
    drafts: dict[str, dict[str, Any]] = request.session.get(KEY, {})
    drafts.pop(draft.window, None)
    drafts[draft.window] = {
        "once": str(draft.once),
        "service": str(draft.service_id),
        "asks_email": draft.asks_email,
        "representative": draft.representative,
        "first_day": draft.first_day.isoformat() if draft.first_day else None,
        "last_day": draft.last_day.isoformat() if draft.last_day else None,
        "preset": draft.preset,
        "email_answered": draft.email_answered,
    }
    request.session[KEY] = dict(list(drafts.items())[-MOST_DRAFTS:])


def with_service(draft: Draft, service: ServiceEntry) -> Draft:
    """The draft for this service instead, its period fitted to what the service allows."""
    last_day = draft.last_day
    if draft.first_day and draft.preset and draft.preset is not PeriodPreset.OWN:
        last_day = preset_period(draft.preset, draft.first_day, service.longest_months).last_day
    return replace(draft, service_id=service.id, last_day=last_day)


def is_changing(request: HttpRequest) -> bool:
    """Whether somebody came from the overview to change one answer, and goes back there."""
    return CHANGING in request.GET


def address(step: Step, window: str, *, changing: bool = False) -> str:
    """Where a page of the journey is, in this window."""
    query = {WINDOW: window} | ({CHANGING: "1"} if changing else {})
    return f"{reverse(f'granting:{step}')}?{urlencode(query)}"


def service_address(draft: Draft) -> str:
    """Where the chosen service explains itself, in this window."""
    page = reverse("granting:service", args=[draft.service_id])
    return f"{page}?{urlencode({WINDOW: draft.window})}"


def restart(request: HttpRequest) -> HttpResponseRedirect:
    """To the first page of the journey; it says so where the draft of this window is gone, as after logging out."""
    if window_of(request) and read(request) is None:
        just_done.note(request, GONE, GONE)
    return redirect(f"granting:{Step.SERVICE}")


def go_on(request: HttpRequest, draft: Draft, step: Step) -> HttpResponseRedirect:
    """Keep what was answered on a page, and go to the next one (or back to the overview)."""
    write(request, draft)
    accepted(request)
    after = draft.steps[draft.steps.index(step) + 1]
    return redirect(address(draft.missing if is_changing(request) else after, draft.window))


def too_early(request: HttpRequest, draft: Draft | None, step: Step) -> HttpResponseRedirect | None:
    """Where to go when an earlier page has no answer yet; None when this page may be shown.

    A service whose representatives cannot log in here is never asked further about: its own page says why.
    """
    if draft is None:
        return restart(request)
    service = catalogue.service(draft.service_id)
    if service is None:
        return restart(request)
    if not somebody_can_log_in(service.representative_kind):
        return redirect(service_address(draft))
    order = list(Step)
    early = order.index(draft.missing) < order.index(step)
    return redirect(address(draft.missing, draft.window)) if early else None


def finish(request: HttpRequest, draft: Draft, url_name: str, made: UUID) -> HttpResponseRedirect:
    """The draft became something: forget it, remember what it became, and go and show that."""
    drafts = request.session.get(KEY, {})
    drafts.pop(draft.window, None)
    request.session[KEY] = drafts
    accepted(request)
    made_before = request.session.get(MADE, {})
    made_before.pop(str(draft.once), None)
    earlier = dict(list(made_before.items())[-MOST_MADE:])
    request.session[MADE] = {**earlier, str(draft.once): [url_name, str(made), draft.window]}
    return redirect(url_name, made)


def already_made(request: HttpRequest, once: str = "") -> HttpResponseRedirect | None:
    """The page of what a draft became: the one with this `once`, else the last of this window.

    None when nothing was made.
    """
    made: dict[str, list[str]] = request.session.get(MADE, {})
    window = window_of(request)
    found = [value for key, value in made.items() if (key == once if once else window in {"", value[2]})]
    return redirect(*found[-1][:2]) if found else None
