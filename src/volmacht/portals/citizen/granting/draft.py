"""The mandate that somebody is about to give, page after page: kept in the sealed session until it is given.

Every draft has a `once`: however often it is sent, it makes one request or mandate. What became of it is remembered
under that id, so that going back in the browser leads to the result and not to a second mandate.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from volmacht.catalogue.queries import ServiceEntry
from volmacht.rules.periods import PeriodPreset, preset_period

KEY = "granting"
MADE = "granted"
MOST_MADE = 10
CHANGING = "wijzig"
NEW = "nieuw"


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

    `asks_email`: the journey has an e-mail page, because no address was confirmed when the service was chosen.
    """

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


def read(request: HttpRequest) -> Draft | None:
    """The draft of this log-in, if one was begun."""
    stored: dict[str, Any] | None = request.session.get(KEY)
    if stored is None:
        return None
    return Draft(
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
    """Keep a draft in place of the one before."""
    request.session[KEY] = {
        "once": str(draft.once),
        "service": str(draft.service_id),
        "asks_email": draft.asks_email,
        "representative": draft.representative,
        "first_day": draft.first_day.isoformat() if draft.first_day else None,
        "last_day": draft.last_day.isoformat() if draft.last_day else None,
        "preset": draft.preset,
        "email_answered": draft.email_answered,
    }


def with_service(draft: Draft | None, service: ServiceEntry, *, asks_email: bool) -> Draft:
    """A draft for this service: a new one, or the one there was, its period fitted to what the service allows."""
    if draft is None:
        return Draft(once=uuid4(), service_id=service.id, asks_email=asks_email)
    last_day = draft.last_day
    if draft.first_day and draft.preset and draft.preset is not PeriodPreset.OWN:
        last_day = preset_period(draft.preset, draft.first_day, service.longest_months).last_day
    return replace(draft, service_id=service.id, asks_email=asks_email, last_day=last_day)


def is_changing(request: HttpRequest) -> bool:
    """Whether somebody came from the overview to change one answer, and goes back there."""
    return CHANGING in request.GET


def address(step: Step, *, changing: bool = False) -> str:
    """Where a page of the journey is."""
    return reverse(f"granting:{step}") + (f"?{CHANGING}=1" if changing else "")


def restart() -> HttpResponseRedirect:
    """To the first page of the journey."""
    return redirect(address(Step.SERVICE))


def go_on(request: HttpRequest, draft: Draft, step: Step) -> HttpResponseRedirect:
    """Keep what was answered on a page, and go to the next one (or back to the overview)."""
    write(request, draft)
    after = draft.steps[draft.steps.index(step) + 1]
    return redirect(address(draft.missing if is_changing(request) else after))


def too_early(draft: Draft | None, step: Step) -> HttpResponseRedirect | None:
    """Where to go when an earlier page has no answer yet; None when this page may be shown."""
    if draft is None:
        return restart()
    order = list(Step)
    return redirect(address(draft.missing)) if order.index(draft.missing) < order.index(step) else None


def finish(request: HttpRequest, draft: Draft, url_name: str, made: UUID) -> HttpResponseRedirect:
    """The draft became something: forget it, remember what it became, and go and show that."""
    request.session.pop(KEY, None)
    earlier = list(request.session.get(MADE, {}).items())[-MOST_MADE:]
    request.session[MADE] = {**dict(earlier), str(draft.once): [url_name, str(made)]}
    return redirect(url_name, made)


def already_made(request: HttpRequest, once: str = "") -> HttpResponseRedirect | None:
    """The page of what a draft became (the last one, unless `once` names another); None when nothing was made."""
    made: dict[str, list[str]] = request.session.get(MADE, {})
    found = made.get(once) if once else next(reversed(made.values()), None)
    return redirect(*found) if found else None
