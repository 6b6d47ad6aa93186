"""The one decision: may R act for P at service S, now, with this level? (docs/rules/README.md)

Every door asks `decide` and nothing else: portal, REST, SAML, command line. It is pure and takes
microseconds, for it is called at every log-in. The caller brings all facts; `mandates` are those between R
and P in one environment that the asker may know of (DM-43).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.kinds import PartyKind, RepresentativeKind, allows
from volmacht.rules.periods import Period, day_of
from volmacht.rules.refusals import Refusal
from volmacht.rules.routes import Route
from volmacht.rules.services import LookUpStatus, refusal_for
from volmacht.rules.validity import Phase, phase_on


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What is known of a party. Who died on an unknown day gets the day on which the death became known."""

    kind: PartyKind
    died_on: date | None
    under_guardianship: bool
    blocked: bool


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """One mandate between the two; `covered` says whether it covers the service asked about (DM-35)."""

    mandate_id: UUID
    first_day: date
    last_day: date
    ended_at: datetime | None
    end_reason: EndReason | None
    covered: bool
    route: Route

    def __post_init__(self) -> None:
        if (self.ended_at is None) is not (self.end_reason is None):
            raise ValueError("an end moment and an end reason go together")


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """What the catalogue says of the service; `own_service` whether it belongs to whoever asks (DM-43)."""

    status: LookUpStatus
    own_service: bool
    kind: RepresentativeKind
    minimum_level: LevelOfAssurance


@dataclass(frozen=True, slots=True)
class Question:
    """The level of the log-in and the moment; `today` is the day of that moment in Amsterdam."""

    level: LevelOfAssurance
    moment: datetime
    today: date

    @classmethod
    def at(cls, moment: datetime, level: LevelOfAssurance) -> Self:
        """The question at this moment, with the day that belongs to it."""
        return cls(level, moment, day_of(moment))


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes: by this mandate, established in this way."""

    mandate_id: UUID
    route: Route


@dataclass(frozen=True, slots=True)
class Denied:
    """No, and why. `end_reason` goes with MANDATE_ENDED, `valid_from` with NOT_YET_VALID."""

    refusal: Refusal
    end_reason: EndReason | None = None
    valid_from: date | None = None


Decision = Allowed | Denied

ENDED_BY = {
    Refusal.REPRESENTATIVE_DECEASED: EndReason.REPRESENTATIVE_DIED,
    Refusal.REPRESENTED_DECEASED: EndReason.REPRESENTED_DIED,
    Refusal.UNDER_GUARDIANSHIP: EndReason.UNDER_GUARDIANSHIP,
}


def decide(
    question: Question,
    service: ServiceRules,
    representative: PartyFacts,
    represented: PartyFacts,
    mandates: Sequence[MandateFacts],
) -> Decision:
    """Decide. The first obstacle in this order is the answer.

    1. the service: unknown or somebody else's (the same answer, and first, so that nothing about it shows),
       then the rest in the order of DM-62;
    2. the kind of representative (DM-02);
    3. the level;
    4. what is known of the two: death and guardianship (DM-04, DM-37), then a block on either. It is told only to
       whom it concerns: where a mandate for this service would count otherwise, now or later, or where that very
       fact was the last end of one. Anybody else hears what they would hear without it (decision 0028);
    5. the mandates: none was ever given, not yet valid, ended, or none that covers this service. After death
       only survivor mandates count, during life they never do.
    """
    obstacle = _service_obstacle(question, service, representative)
    if obstacle is not None:
        return Denied(obstacle)
    survivors = [mandate for mandate in mandates if mandate.route is Route.SURVIVOR]
    survivor = represented.died_on is not None and bool(survivors)
    counted = survivors if survivor else [one for one in mandates if one.route is not Route.SURVIVOR]
    facts = _party_facts(representative, represented, survivor=survivor)
    best: MandateFacts | None = None
    for mandate in counted:
        if not mandate.covered or _phase(mandate, question) is not Phase.ACTIVE:
            continue
        if best is None or _last(mandate) > _last(best):
            best = mandate
    if best is not None:
        return Denied(facts[0]) if facts else Allowed(best.mandate_id, best.route)
    answer = _explain(question, counted)
    told = facts if answer.refusal is Refusal.NOT_YET_VALID else [one for one in facts if _ended(one, answer)]
    return Denied(told[0]) if told else answer


def _service_obstacle(
    question: Question, service: ServiceRules, representative: PartyFacts
) -> Refusal | None:
    if not service.own_service or service.status is LookUpStatus.SERVICE_NOT_FOUND:
        return Refusal.NOT_OWN_SERVICE
    if service.status is not LookUpStatus.STATUS_OK:
        return refusal_for(service.status)
    if not allows(service.kind, representative.kind):
        return Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED
    if question.level < service.minimum_level:
        return Refusal.LEVEL_TOO_LOW
    return None


def _party_facts(representative: PartyFacts, represented: PartyFacts, *, survivor: bool) -> Sequence[Refusal]:
    """Why nobody may act here, whatever the mandates say; the first is the one to tell.

    Guardianship ends with death; only that of the represented person counts (DM-04).
    """
    found = (
        (representative.died_on is not None, Refusal.REPRESENTATIVE_DECEASED),
        (represented.died_on is not None and not survivor, Refusal.REPRESENTED_DECEASED),
        (represented.under_guardianship and not survivor, Refusal.UNDER_GUARDIANSHIP),
        (representative.blocked or represented.blocked, Refusal.BLOCKED),
    )
    return [refusal for holds, refusal in found if holds]


def unusable_because(representative: PartyFacts, represented: PartyFacts, route: Route) -> Refusal | None:
    """Why a mandate of these two that goes on gives no permission, as `decide` would say; None when nothing is known.

    Who holds or gave it may know: the decision tells it at a log-in with that mandate (decision 0028).
    """
    survivor = route is Route.SURVIVOR and represented.died_on is not None
    return next(iter(_party_facts(representative, represented, survivor=survivor)), None)


def _ended(fact: Refusal, answer: Denied) -> bool:
    """Whether this fact was the last end: then the mandate itself already says it. A block ends nothing."""
    return answer.end_reason is not None and ENDED_BY.get(fact) is answer.end_reason


def _phase(mandate: MandateFacts, question: Question) -> Phase:
    """No time zone is computed: the question has its day."""
    return phase_on(question.today, mandate.first_day, mandate.last_day, mandate.ended_at, question.moment)


def _last(mandate: MandateFacts) -> tuple[date, UUID]:
    """Among several valid mandates the one that ends last is used; the id decides between equals."""
    return mandate.last_day, mandate.mandate_id


def _explain(question: Question, mandates: Sequence[MandateFacts]) -> Denied:
    """The most useful reason: one to come, the last that ended, one for another service, or none."""
    covering = [mandate for mandate in mandates if mandate.covered]
    to_come = [mandate.first_day for mandate in covering if _phase(mandate, question) is Phase.TO_COME]
    if to_come:
        return Denied(Refusal.NOT_YET_VALID, valid_from=min(to_come))
    if covering:
        return Denied(Refusal.MANDATE_ENDED, end_reason=max(map(_end, covering))[2])
    if any(_phase(mandate, question) is Phase.ACTIVE for mandate in mandates):
        return Denied(Refusal.SERVICE_NOT_COVERED)
    return Denied(Refusal.NO_MANDATE)


def _end(mandate: MandateFacts) -> tuple[datetime, UUID, EndReason]:
    """When and why a mandate that is over ended; an end moment after its last day changes nothing."""
    expires_at = Period(mandate.first_day, mandate.last_day).ends_at
    if mandate.ended_at is None or mandate.end_reason is None or expires_at <= mandate.ended_at:
        return expires_at, mandate.mandate_id, EndReason.EXPIRED
    return mandate.ended_at, mandate.mandate_id, mandate.end_reason
