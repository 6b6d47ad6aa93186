"""My mandates: lists per side and phase, searched and paged, and one mandate as its two parties see it.

A constant number of queries, however many mandates there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.filters import in_phase, with_parties
from volmacht.mandates.models import Mandate
from volmacht.notifications.kinds import Side
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import PartyFacts, unusable_because
from volmacht.rules.routes import Route
from volmacht.rules.searching import folded, words
from volmacht.rules.validity import Phase, phase

PAGE_SIZE = 20
# The worker fills in the end of a mandate whose last day has passed; until then, seconds at most, it has none.
LAST_ENDED_FIRST = (F("ended_at").desc(nulls_first=True), "-last_day", "-id")


@dataclass(frozen=True, slots=True)
class MandateEntry:
    """One mandate as one of its parties sees it; `other_*` is the party on the other side.

    `unusable`: why the one decision refuses it although it has not ended: what is known of the two people (DM-04).
    """

    id: UUID
    side: Side
    phase: Phase
    service: ServiceEntry
    covered: tuple[UUID, ...]
    removed: tuple[UUID, ...]
    other_id: UUID
    other_name: str
    other_kind: PartyKind
    represented_id: UUID
    representative_id: UUID
    first_day: date
    last_day: date
    route: Route
    level_granted: LevelOfAssurance
    level_activated: LevelOfAssurance
    registered_at: datetime
    ended_at: datetime | None
    end_reason: EndReason | None
    unusable: Refusal | None
    request_id: UUID | None
    previous_id: UUID | None


@dataclass(frozen=True, slots=True)
class MandateFilter:
    """What to list: `words` match the other party's name or the service's name, each word somewhere."""

    side: Side
    phase: Phase
    words: str = ""
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class MandateList:
    """One page of mandates, and how many there are in all."""

    entries: tuple[MandateEntry, ...]
    total: int
    page: int
    pages: int


def _end(mandate: Mandate, moment: datetime) -> tuple[datetime | None, EndReason | None]:
    """When and why it ended, derived for one whose last day has passed (DM-33)."""
    expires_at = Period(mandate.first_day, mandate.last_day).ends_at
    if mandate.ended_at is not None and mandate.ended_at < expires_at:
        return mandate.ended_at, EndReason(mandate.end_reason)
    return (expires_at, EndReason.EXPIRED) if expires_at <= moment else (None, None)


def _phase(mandate: Mandate, moment: datetime) -> Phase:
    return phase(Period(mandate.first_day, mandate.last_day), mandate.ended_at, moment)


def unusable_now(mandate: Mandate, moment: datetime) -> Refusal | None:
    """Why the one decision refuses a mandate that has not ended; of a row with its parties, so without a query."""
    if _phase(mandate, moment) is Phase.ENDED:
        return None
    representative, represented = (
        PartyFacts(PartyKind(one.kind), one.died_on, one.under_guardianship, one.blocked)
        for one in (mandate.representative, mandate.represented)
    )
    return unusable_because(representative, represented, Route(mandate.route))


def as_entry(mandate: Mandate, party: UUID, moment: datetime) -> MandateEntry | None:
    """A row of `with_parties` as this party sees it at this moment."""
    service = catalogue.service(mandate.service_id)
    if service is None:
        return None
    side = Side.REPRESENTED if party == mandate.represented_id else Side.REPRESENTATIVE
    other = mandate.representative if side is Side.REPRESENTED else mandate.represented
    ended_at, end_reason = _end(mandate, moment)
    coverage = list(mandate.coverage.all())
    return MandateEntry(
        id=mandate.id,
        side=side,
        phase=_phase(mandate, moment),
        service=service,
        covered=tuple(row.service_id for row in coverage if row.removed_at is None),
        removed=tuple(row.service_id for row in coverage if row.removed_at is not None),
        other_id=other.id,
        other_name=other.name,
        other_kind=PartyKind(other.kind),
        represented_id=mandate.represented_id,
        representative_id=mandate.representative_id,
        first_day=mandate.first_day,
        last_day=mandate.last_day,
        route=Route(mandate.route),
        level_granted=LevelOfAssurance(mandate.level_granted),
        level_activated=LevelOfAssurance(mandate.level_activated),
        registered_at=mandate.registered_at,
        ended_at=ended_at,
        end_reason=end_reason,
        unusable=unusable_now(mandate, moment),
        request_id=mandate.request_id,
        previous_id=mandate.previous_id,
    )


def matching(text: str, other: str, environment: Environment) -> Q:
    """Every word stands in the other party's name or in the name of the service (in either language)."""
    condition = Q()
    for word in words(text):
        services = [
            entry.id
            for entry in catalogue.all_services(environment)
            if word in folded(f"{entry.name} {entry.name_in('en')} {' '.join(entry.provider_names)}")
        ]
        condition &= Q(**{f"{other}__search_name__contains": word}) | Q(service_id__in=services)
    return condition


def list_mandates(party: UUID, wanted: MandateFilter, *, environment: Environment) -> MandateList:
    """One page of the mandates a party gave or received, in one phase; the first to end comes first
    (ended ones: the last ended first)."""
    moment = clock.now()
    mine, other = (
        ("represented_id", "representative")
        if wanted.side is Side.REPRESENTED
        else ("representative_id", "represented")
    )
    found = Mandate.objects.filter(
        in_phase(wanted.phase, moment),
        matching(wanted.words, other, environment),
        environment=environment,
        **{mine: party},
    )
    total = found.count()
    pages = max(1, -(-total // wanted.size))
    page = min(max(1, wanted.page), pages)
    order = LAST_ENDED_FIRST if wanted.phase is Phase.ENDED else ("last_day", "id")
    rows = with_parties(found.order_by(*order))[(page - 1) * wanted.size : page * wanted.size]
    entries = (as_entry(row, party, moment) for row in rows)
    return MandateList(tuple(entry for entry in entries if entry), total, page, pages)


def mandate_counts(party: UUID, *, environment: Environment) -> dict[tuple[Side, Phase], int]:
    """How many mandates a party gave and received, per phase; every side and phase has a number."""
    moment = clock.now()
    sides = {Side.REPRESENTED: Q(represented_id=party), Side.REPRESENTATIVE: Q(representative_id=party)}
    wanted = {
        (side, phase): mine & in_phase(phase, moment) for side, mine in sides.items() for phase in Phase
    }
    numbers = Mandate.objects.filter(
        Q(represented_id=party) | Q(representative_id=party), environment=environment
    ).aggregate(**{f"{side}_{phase}": Count("id", filter=those) for (side, phase), those in wanted.items()})
    return {(side, phase): numbers[f"{side}_{phase}"] for side, phase in wanted}


def mandate_for(mandate_id: UUID, party: UUID, *, environment: Environment) -> MandateEntry | None:
    """One mandate for one of its parties; None for anybody else, and in another environment, as if it did not
    exist."""
    row = with_parties(
        Mandate.objects.filter(
            Q(represented_id=party) | Q(representative_id=party), id=mandate_id, environment=environment
        )
    ).first()
    return as_entry(row, party, clock.now()) if row else None


@dataclass(frozen=True, slots=True)
class KnownRepresentative:
    """Somebody this person mandated before (DM-12)."""

    id: UUID
    name: str
    kind: PartyKind


def known_representatives(represented: UUID, *, environment: Environment) -> Sequence[KnownRepresentative]:
    """Everyone this person ever mandated in this environment, by name; the dead and the erased are left out."""
    rows = (
        Mandate.objects.filter(
            represented_id=represented, environment=environment, representative__deceased=False
        )
        .exclude(representative__name="")
        .order_by("representative__search_name", "representative_id")
        .values_list("representative_id", "representative__name", "representative__kind")
        .distinct()
    )
    return [KnownRepresentative(id_, name, PartyKind(kind)) for id_, name, kind in rows]
