"""Download my data: everything the register keeps about one person (DM-44). Read by that person only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from volmacht import clock
from volmacht.audit import queries as audit
from volmacht.audit.kinds import EventKind, told_in
from volmacht.audit.queries import Happening
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.models import Block, EmployeeBlock, Mandate, PreproductionBlock, Request, Try, Use
from volmacht.mandates.queries.overview import unusable_now
from volmacht.mandates.queries.proposals import proposals_of
from volmacht.rules.environment import Environment

Record = dict[str, Any]
TRIES = frozenset({EventKind.CODE_TRY_FAILED, EventKind.CODE_LOCKED})


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whose download it is, in which language they read the names of services, and when."""

    party: UUID
    language: str
    moment: datetime

    def service(self, service_id: UUID) -> str:
        """The name of a service; Dutch where it has no other."""
        service = catalogue.service(service_id)
        return service.name_in(self.language) if service else str(service_id)


def _mandate(row: Mandate, reader: _Reader) -> Record:
    other = row.representative if row.represented_id == reader.party else row.represented
    return {
        "id": str(row.id),
        "given_or_received": "given" if row.represented_id == reader.party else "received",
        "other_party": other.name,
        "representative_is": row.representative.kind,
        "service": reader.service(row.service_id),
        "covers": [reader.service(part.service_id) for part in row.coverage.all() if part.removed_at is None],
        "no_longer_covers": [
            reader.service(part.service_id) for part in row.coverage.all() if part.removed_at
        ],
        "first_day": f"{row.first_day}",
        "last_day": f"{row.last_day}",
        "route": row.route,
        "level_at_granting": row.level_granted,
        "level_at_activation": row.level_activated,
        "registered_at": row.registered_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "end_reason": row.end_reason or None,
        "not_usable": unusable_now(row, reader.moment),
    }


def _request(row: Request, reader: _Reader) -> Record:
    return {
        "id": str(row.id),
        "service": reader.service(row.service_id),
        "first_day": f"{row.first_day}",
        "last_day": f"{row.last_day}",
        "state": row.state,
        "wrong_tries": row.wrong_tries,
        "made_at": row.made_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }


def _use(row: Use, reader: _Reader) -> Record:
    provider = catalogue.provider(row.provider_id)
    return {
        "id": str(row.id),
        "moment": row.moment.isoformat(),
        "provider": provider.name if provider else str(row.provider_id),
        "service": reader.service(row.service_id),
        "as": "represented person" if row.represented_id == reader.party else "representative",
        "mandate": str(row.mandate_id) if row.mandate_id else None,
        "answer": row.refusal or "allowed",
        "level": row.level,
        **({"employee": row.employee} if row.employee else {}),
    }


def _event(event: Happening, party: UUID) -> Record:
    """One event. Who tried a code must not learn here whether it exists: neither which request it was about, nor
    that the try locked it (DM-17)."""
    tried_it = event.kind in TRIES and event.subject_id != party
    return {
        "moment": event.moment.isoformat(),
        "kind": EventKind.CODE_TRY_FAILED if tried_it else event.kind,
        "about": "" if tried_it else str(event.object_id or ""),
        **event.data,
    }


def _blocks(party: UUID, environment: Environment) -> list[Record]:
    if environment is Environment.PREPRODUCTION:
        tested = PreproductionBlock.objects.filter(representative_id=party).order_by("until")
        return [{"until": row.until.isoformat(), "employee": row.employee} for row in tested]
    person = Block.objects.filter(representative_id=party)
    employees = EmployeeBlock.objects.filter(organisation_id=party).order_by("until")
    return [
        *({"until": row.until.isoformat()} for row in person),
        *({"until": row.until.isoformat(), "employee": row.employee} for row in employees),
    ]


def everything_about(
    party: UUID, language: str = "nl", *, environment: Environment
) -> dict[str, list[Record]]:
    """Of one environment: all mandates, requests, uses, wrong tries and events that concern a party, as plain values.

    Services are named in this language, where they have a name in it.
    """
    reader = _Reader(party, language, clock.now())
    mandates = (
        Mandate.objects.filter(Q(represented_id=party) | Q(representative_id=party), environment=environment)
        .select_related("represented", "representative")
        .prefetch_related("coverage")
        .order_by("registered_at")
    )
    uses = Use.objects.filter(
        Q(represented_id=party) | Q(representative_id=party), environment=environment
    ).order_by("moment")
    return {
        "mandates": [_mandate(row, reader) for row in mandates],
        "requests": [
            _request(row, reader)
            for row in Request.objects.filter(represented_id=party, environment=environment).order_by(
                "made_at"
            )
        ],
        "renewal_proposals": proposals_of(party, language, environment=environment),
        "uses": [_use(row, reader) for row in uses],
        "wrong_tries": [
            {
                "moment": row.moment.isoformat(),
                **({"employee": row.employee} if row.employee else {}),
            }
            for row in Try.objects.filter(representative_id=party, environment=environment).order_by("moment")
        ],
        "block": _blocks(party, environment),
        "events": [
            _event(event, party) for event in audit.history_about(party) if told_in(event.data) is environment
        ],
    }
