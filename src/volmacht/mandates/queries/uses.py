"""The record of every use, for the two people it concerns (DM-40, DM-41), and what is used most (DM-10)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from volmacht import clock
from volmacht.audit.queries import disputed_among
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.models import Mandate, Use
from volmacht.mandates.queries.standing import Standing, standing
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class UseEntry:
    """One answer to a provider; `refusal` is None when it was allowed.

    Told to the represented person only: `stands`, by which mandate the same representative can log in for this service
    now or later, the one that was used if it still goes on; and `disputed`, whether they said that it is not right.
    """

    id: UUID
    moment: datetime
    provider_name: str
    service_name: str
    service_name_en: str
    represented_id: UUID | None
    represented_name: str
    representative_id: UUID
    representative_name: str
    employee: str
    level: LevelOfAssurance
    mandate_id: UUID | None
    refusal: Refusal | None
    stands: UUID | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class UseList:
    """One page of uses, newest first."""

    entries: tuple[UseEntry, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a page of uses needs besides their own rows, read for all at once."""

    known: set[UUID]
    standing: list[Standing]
    disputed: set[UUID]

    def stands(self, use: Use) -> UUID | None:
        """The mandate that was used, while it goes on; else another of the two for this service."""
        found = [
            one.id
            for one in self.standing
            if one.opens(use.representative_id, use.service_id, use.environment)
        ]
        return use.mandate_id if use.mandate_id in found else next(iter(found), None)


def _entry(use: Use, party: UUID, beside: _Beside) -> UseEntry:
    provider = catalogue.provider(use.provider_id)
    service = catalogue.service(use.service_id)
    represented_name = use.represented.name if use.represented else ""
    # Somebody who tried to act without ever being mandated does not learn, or give away, a name.
    return UseEntry(
        id=use.id,
        moment=use.moment,
        provider_name=provider.name if provider else "",
        service_name=service.name if service else "",
        service_name_en=service.name_in("en") if service else "",
        represented_id=use.represented_id,
        represented_name=represented_name
        if party == use.represented_id or use.represented_id in beside.known
        else "",
        representative_id=use.representative_id,
        representative_name=use.representative.name
        if party == use.representative_id or use.representative_id in beside.known
        else "",
        employee=use.employee,
        level=LevelOfAssurance(use.level),
        mandate_id=use.mandate_id,
        refusal=Refusal(use.refusal) if use.refusal else None,
        stands=beside.stands(use),
        disputed=party == use.represented_id and bool({use.id, use.mandate_id} & beside.disputed),
    )


def _beside(party: UUID, uses: Collection[Use], environment: Environment) -> _Beside:
    """A constant number of queries, however many uses there are."""
    others = {use.representative_id for use in uses} | {
        use.represented_id for use in uses if use.represented_id
    }
    mine = [use for use in uses if use.represented_id == party]
    mandates = {use.mandate_id for use in mine if use.mandate_id}
    ended_so = Mandate.objects.filter(id__in=mandates, end_reason=EndReason.DISPUTED).values_list(
        "id", flat=True
    )
    return _Beside(
        known=_acquainted(party, others - {party}, environment),
        standing=standing(party, {use.representative_id for use in mine}, {use.service_id for use in mine}),
        disputed={*disputed_among({use.id for use in mine} | mandates), *ended_so},
    )


def _acquainted(party: UUID, others: set[UUID], environment: Environment) -> set[UUID]:
    """With whom of these the party ever shared a mandate here: a name is not learned in the other environment."""
    pairs = Mandate.objects.filter(
        Q(represented_id=party, representative_id__in=others)
        | Q(representative_id=party, represented_id__in=others),
        environment=environment,
    ).values_list("represented_id", "representative_id")
    return {person for pair in pairs for person in pair}


def list_uses(
    party: UUID,
    *,
    environment: Environment,
    mandate_id: UUID | None = None,
    allowed: bool | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> UseList:
    """Every use of the mandates this person gave, and every use they made themselves (DM-41).

    `mandate_id`: of one mandate only. `allowed`: only those that were allowed (True) or refused (False).
    """
    found = Use.objects.filter(Q(represented_id=party) | Q(representative_id=party), environment=environment)
    if mandate_id is not None:
        found = found.filter(mandate_id=mandate_id)
    if allowed is not None:
        found = found.filter(refusal="") if allowed else found.exclude(refusal="")
    total = found.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    rows = list(
        found.select_related("represented", "representative").order_by("-moment", "-id")[
            (page - 1) * size : page * size
        ]
    )
    beside = _beside(party, rows, environment)
    return UseList(tuple(_entry(row, party, beside) for row in rows), total, page, pages)


def use_for(use_id: UUID, represented: UUID, *, environment: Environment) -> UseEntry | None:
    """One use, for whom it was about; None for anybody else, who tried it included, and in another environment."""
    use = (
        Use.objects.select_related("represented", "representative")
        .filter(id=use_id, represented_id=represented, environment=environment)
        .first()
    )
    return _entry(use, represented, _beside(represented, [use], environment)) if use else None


def popularity(*, environment: Environment) -> dict[UUID, int]:
    """How many mandates each service or set got in the last year: most used first (DM-10)."""
    since = clock.now() - timedelta(days=365)
    counts = (
        Mandate.objects.filter(environment=environment, registered_at__gt=since)
        .values("service_id")
        .annotate(number=Count("id"))
    )
    return {row["service_id"]: row["number"] for row in counts}
