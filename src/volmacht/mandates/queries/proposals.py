"""Proposals of renewal: which mandates a representative may ask about, and what waits for somebody's answer (DM-34).

A constant number of queries, however many mandates there are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.filters import in_phase, waiting_proposals, with_parties
from volmacht.mandates.models import Mandate, RenewalProposal
from volmacht.mandates.queries.overview import MandateEntry, as_entry, matching
from volmacht.rules.environment import Environment
from volmacht.rules.living import PROPOSAL_TERM, PROPOSAL_WITHIN, ProposalOutcome
from volmacht.rules.validity import Phase

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """The last proposal about a mandate that still counts: it waits for an answer, or the answer was no."""

    made_at: datetime
    declined: bool


@dataclass(frozen=True, slots=True)
class EndingMandate:
    """A mandate that ends soon, and the proposal about it that counts now."""

    entry: MandateEntry
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class EndingList:
    """One page of mandates that end soon, and how many there are in all."""

    entries: tuple[EndingMandate, ...]
    total: int
    page: int


def _counting(moment: datetime, last_day: Any) -> Q:
    """Waits for an answer as long as the mandate goes on; a no counts until the mandate is made longer."""
    return Q(closed_at=None, made_at__gt=moment - PROPOSAL_TERM) | Q(
        outcome=ProposalOutcome.DECLINED, last_day__gte=last_day
    )


def _with_proposals(mandates: QuerySet[Mandate], moment: datetime) -> QuerySet[Mandate]:
    counting = RenewalProposal.objects.filter(_counting(moment, date.min)).order_by("-made_at", "-id")
    return with_parties(mandates).prefetch_related(Prefetch("proposals", counting, to_attr="counting"))


def _proposal(mandate: Mandate) -> Proposal | None:
    found: list[RenewalProposal] = mandate.counting  # type: ignore[attr-defined] # prefetched above
    for row in found:
        if row.closed_at is None or row.last_day >= mandate.last_day:
            return Proposal(row.made_at, row.closed_at is not None)
    return None


def _ending(rows: QuerySet[Mandate], party: UUID, moment: datetime) -> tuple[EndingMandate, ...]:
    return tuple(
        EndingMandate(entry, _proposal(row)) for row in rows if (entry := as_entry(row, party, moment))
    )


def ending_soon(
    representative: UUID,
    *,
    environment: Environment,
    text: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> EndingList:
    """Mandates that this representative may ask about; those without a question or a no come first."""
    moment = clock.now()
    asked = RenewalProposal.objects.filter(_counting(moment, OuterRef("last_day")), mandate_id=OuterRef("id"))
    found = Mandate.objects.filter(
        in_phase(Phase.ACTIVE, moment),
        matching(text, "represented", environment),
        representative_id=representative,
        environment=environment,
        last_day__lte=clock.today() + PROPOSAL_WITHIN,
    )
    total = found.count()
    page = min(max(1, page), max(1, -(-total // size)))
    rows = _with_proposals(found, moment).annotate(asked=Exists(asked)).order_by("asked", "last_day", "id")
    return EndingList(_ending(rows[(page - 1) * size : page * size], representative, moment), total, page)


def received(
    representative: UUID, mandate_ids: Collection[UUID], *, environment: Environment
) -> tuple[MandateEntry, ...]:
    """Those of these mandates that this representative holds or held; the first to end comes first."""
    rows = with_parties(
        Mandate.objects.filter(representative_id=representative, id__in=mandate_ids, environment=environment)
    ).order_by("last_day", "id")
    moment = clock.now()
    return tuple(entry for row in rows if (entry := as_entry(row, representative, moment)))


def proposals_to_answer(
    represented: UUID, *, environment: Environment, size: int = 10
) -> tuple[tuple[EndingMandate, ...], int]:
    """What waits for this person's answer, the first to end first; the first so many, and how many in all."""
    moment = clock.now()
    waiting = RenewalProposal.objects.filter(
        waiting_proposals(moment), mandate__represented_id=represented, mandate__environment=environment
    ).values("mandate_id")
    found = Mandate.objects.filter(id__in=waiting)
    entries = _ending(_with_proposals(found, moment).order_by("last_day", "id")[:size], represented, moment)
    return entries, len(entries) if len(entries) < size else found.count()


def proposal_about(entry: MandateEntry) -> Proposal | None:
    """The proposal about a mandate that counts now; nothing once it has ended."""
    if entry.phase is Phase.ENDED:
        return None
    row = (
        RenewalProposal.objects.filter(_counting(clock.now(), entry.last_day), mandate_id=entry.id)
        .order_by("-made_at", "-id")
        .first()
    )
    return Proposal(row.made_at, row.closed_at is not None) if row else None


def proposals_of(party: UUID, language: str, *, environment: Environment) -> list[dict[str, Any]]:
    """For *download my data*: everything that was proposed to or by a person, as plain values (DM-44)."""
    rows = (
        RenewalProposal.objects.filter(
            Q(mandate__represented_id=party) | Q(mandate__representative_id=party),
            mandate__environment=environment,
        )
        .select_related("mandate")
        .order_by("made_at", "id")
    )
    return [_plain(row, party, language) for row in rows]


def _plain(row: RenewalProposal, party: UUID, language: str) -> dict[str, Any]:
    service = catalogue.service(row.mandate.service_id)
    return {
        "mandate": str(row.mandate_id),
        "service": service.name_in(language) if service else str(row.mandate.service_id),
        "as": "represented person" if row.mandate.represented_id == party else "representative",
        "last_day": f"{row.last_day}",
        "made_at": row.made_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "outcome": row.outcome or None,
    }
