"""Test mandates for a service in pre-production: one in every state, for test people, and back to the start (CN-2).

Nothing of production is ever touched: a service of production is refused before anything is read. The past cannot be
played with people's own operations while the clock stands at now, so this writes what they would have left, with the
same events. What a provider did with them, and every use, goes when they are laid out again; the audit chain stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from volmacht import clock
from volmacht.audit.kinds import INSTALLATION, Actor, EventKind
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Mandate, Request, Use
from volmacht.mandates.operations.placing import Placing, place
from volmacht.mandates.operations.requesting import new_request
from volmacht.rules.activating import RequestState
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind, allows
from volmacht.rules.periods import Period, add_months, longest_last_day
from volmacht.rules.refusals import Refused
from volmacht.rules.routes import Route

LOCKED_AFTER: Final = 5
ACTS_SINCE: Final = timedelta(days=40)


class StagedState(StrEnum):
    """What a test mandate is good for. Values are stored with the connection data: never rename one."""

    VALID = auto()
    ALSO_VALID = auto()  # a second represented person for the same representative
    TO_COME = auto()
    EXPIRED = auto()
    REVOKED = auto()
    GIVEN_UP = auto()
    RESTRICTED = auto()  # a set: its first service taken away; a single service: a shorter period
    DECEASED = auto()
    UNDER_GUARDIANSHIP = auto()
    CODE_OPEN = auto()  # a request, with a code that can still be entered
    CODE_LOCKED = auto()


ENDED: Final = {StagedState.REVOKED: EndReason.REVOKED, StagedState.GIVEN_UP: EndReason.GIVEN_UP}
REQUESTED: Final = {StagedState.CODE_OPEN: RequestState.OPEN, StagedState.CODE_LOCKED: RequestState.LOCKED}


class NotForTesting(ValueError):
    """The service is not one of pre-production, or not there."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: the person and the organisation that act, and for each state somebody who is represented."""

    person: UUID
    organisation: UUID
    represented: Mapping[StagedState, UUID]

    def representative_for(self, service: ServiceEntry) -> UUID:
        """The person where the service allows people, else the organisation."""
        return self.person if allows(service.representative_kind, PartyKind.PERSON) else self.organisation


@dataclass(frozen=True, slots=True)
class LaidOut:
    """One test mandate or request. `code` is given away here only: the register keeps its hash (DM-21)."""

    state: StagedState
    represented: UUID
    representative: UUID | None
    code: AuthorisationCode | None = None


@transaction.atomic
def lay_out_test_mandates(*, service_id: UUID, cast: Cast, by: Actor) -> tuple[LaidOut, ...]:
    """Put everything for this service or set back to the start. Raises NotForTesting.

    In a service that nobody may represent for there is nothing to lay out.
    """
    service = catalogue.service(service_id, fresh=True)
    if service is None or service.environment is not Environment.PREPRODUCTION:
        raise NotForTesting(service_id)
    _clear(service)
    stage = _Stage(service, cast, by, clock.now())
    laid_out = tuple(stage.lay_out(state) for state in StagedState if stage.has(state))
    record(
        EventKind.TEST_MANDATES_LAID_OUT,
        actor=by,
        subject_id=INSTALLATION,
        object_id=service.id,
        data={"mandates": len(laid_out)},
    )
    return laid_out


@transaction.atomic
def remove_test_mandates(*, service_id: UUID, by: Actor) -> None:
    """Nothing is left of what was played for a service of pre-production. Raises NotForTesting."""
    service = catalogue.service(service_id, fresh=True)
    if service is None or service.environment is not Environment.PREPRODUCTION:
        raise NotForTesting(service_id)
    _clear(service)
    record(EventKind.TEST_MANDATES_REMOVED, actor=by, subject_id=INSTALLATION, object_id=service.id, data={})


def _clear(service: ServiceEntry) -> None:
    """Uses first: they hold on to their mandates."""
    here = Environment.PREPRODUCTION
    Use.objects.filter(
        Q(service_id=service.id) | Q(mandate__service_id=service.id), environment=here
    ).delete()
    Mandate.objects.filter(service_id=service.id, environment=here).delete()
    Request.objects.filter(service_id=service.id, environment=here).delete()


@dataclass(frozen=True, slots=True)
class _Stage:
    """One service on which all is played at one moment."""

    service: ServiceEntry
    cast: Cast
    by: Actor
    moment: datetime

    def has(self, state: StagedState) -> bool:
        """Whether somebody can play it."""
        somebody = any(allows(self.service.representative_kind, kind) for kind in PartyKind)
        return somebody and state in self.cast.represented

    def lay_out(self, state: StagedState) -> LaidOut:
        """One mandate or request in this state."""
        represented = self.cast.represented[state]
        if state in REQUESTED:
            return LaidOut(state, represented, None, self._request(state, represented))
        representative = self.cast.representative_for(self.service)
        mandate = self._mandate(state, represented, representative)
        self._happen(state, mandate)
        return LaidOut(state, represented, representative)

    def _request(self, state: StagedState, represented: UUID) -> AuthorisationCode:
        period = Period(clock.today(), longest_last_day(clock.today(), self.service.longest_months))
        request, code = new_request(represented, self.service, period, self._level(), self.moment, by=self.by)
        request.state = REQUESTED[state]
        request.wrong_tries = LOCKED_AFTER if request.state == RequestState.LOCKED else 0
        request.save()
        return code

    def _mandate(self, state: StagedState, represented: UUID, representative: UUID) -> Mandate:
        placed = place(
            Placing(
                represented=represented,
                representative=representative,
                service=self.service,
                period=self._period(state),
                route=Route.ONLINE_REPRESENTED,
                level_granted=self._level(),
                level_activated=self._level(),
                actor=self.by,
                moment=self.moment - ACTS_SINCE,
            )
        )
        if isinstance(placed, Refused):  # the place was cleared a moment ago
            raise NotForTesting(placed.refusal)
        mandate, _replaced = placed
        self._note(EventKind.MANDATE_ACTIVATED, mandate, {"to": f"{mandate.last_day}"})
        return mandate

    def _happen(self, state: StagedState, mandate: Mandate) -> None:
        """What came after it was activated."""
        if state in ENDED:
            mandate.ended_at, mandate.end_reason = self.moment, ENDED[state]
            mandate.holds_place, mandate.end_announced = False, True
            mandate.save()
            self._note(EventKind.MANDATE_ENDED, mandate, {"reason": ENDED[state]})
        if state is StagedState.RESTRICTED and len(self.service.members) > 1:
            gone = self.service.members[0]
            mandate.coverage.filter(service_id=gone).update(removed_at=self.moment)
            self._note(
                EventKind.MANDATE_RESTRICTED, mandate, {"to": f"{mandate.last_day}", "removed": gone.hex}
            )

    def _period(self, state: StagedState) -> Period:
        today, months = clock.today(), self.service.longest_months
        first: dict[StagedState, date] = {
            StagedState.TO_COME: add_months(today, 1),
            StagedState.EXPIRED: add_months(today, -months),
        }
        begins = first.get(state, (self.moment - ACTS_SINCE).date() if months > 1 else today)
        last = longest_last_day(begins, months)
        if state is StagedState.RESTRICTED and not self.service.is_set:
            last = min(last, today + timedelta(days=7))
        return Period(begins, last)

    def _level(self) -> LevelOfAssurance:
        return max(self.service.minimum_level, LevelOfAssurance.MIDDLE)

    def _note(self, kind: EventKind, mandate: Mandate, data: Mapping[str, str]) -> None:
        record(
            kind,
            actor=self.by,
            subject_id=mandate.represented_id,
            object_id=mandate.id,
            data={"service": self.service.id.hex, **data},
            moment=self.moment,
        )
