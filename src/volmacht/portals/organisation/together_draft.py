"""What a supplier is about to do for many clients at once: kept in the sealed session, until it is done and told.

Only numbers of cases that were theirs when they chose them, and what they typed. Rights are asked again at each act.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from django.http import Http404, HttpRequest

from volmacht.portals.shared.account_session import acting_for
from volmacht.rules.onboarding.cases import Objection

KEY: Final = "samen"
MOST: Final = 5  # of several windows


class Task(StrEnum):
    """What can be done for many at once, as forms name it."""

    MESSAGE = "bericht"
    CHANGE = "wijziging"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it for one: the case by which it was chosen, and which case was opened, or why nothing was done."""

    number: str
    opened: str = ""
    objection: Objection | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """One such plan. `said` is empty until it was typed what is to be done, `outcomes` until it was done."""

    id: UUID
    task: Task
    numbers: tuple[str, ...]
    said: dict[str, str] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of what is to be done: what somebody confirms must be what they read."""
        whole = json.dumps([self.task, self.said], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()[:32]

    @property
    def once(self) -> UUID:
        """What makes that exactly this is done once for each."""
        return uuid5(self.id, self.fingerprint)


def begin(request: HttpRequest, task: Task, numbers: list[str]) -> UUID:
    """A new plan for these cases; its id."""
    made = Together(uuid4(), task, tuple(numbers))
    keep(request, made)
    return made.id


def keep(request: HttpRequest, plan: Together) -> None:
    """Write it down as it is now."""
    kept: dict[str, Any] = request.session.get(KEY, {})
    kept.pop(str(plan.id), None)
    kept[str(plan.id)] = {**asdict(plan), "id": str(plan.id), "organisation": str(acting_for(request))}
    request.session[KEY] = dict(list(kept.items())[-MOST:])


def found(request: HttpRequest, plan_id: UUID) -> Together:
    """The plan with this id, of this browser and for the organisation it acts for. Raises Http404."""
    kept = request.session.get(KEY, {}).get(str(plan_id))
    if kept is None or kept["organisation"] != str(acting_for(request)):
        raise Http404
    outcomes = (
        Outcome(one["number"], one["opened"], Objection(one["objection"]) if one["objection"] else None)
        for one in kept["outcomes"]
    )
    return Together(plan_id, Task(kept["task"]), tuple(kept["numbers"]), kept["said"], tuple(outcomes))
