"""Fills a database with 200,000 mandates of 40,000 people, straight into the tables (that is not what is measured).

People and mandates are made up by number; the catalogue is the demo's, through its own operations.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.apps import apps

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.demo.scenario import load_demo_catalogue
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind

MANDATES = 200_000
PEOPLE = 40_000
BATCH = 5_000
MANY, FEW = 1_000, 10


@dataclass(frozen=True, slots=True)
class Population:
    """What the scripts need: services, pairs with a valid mandate, and two people with many and few mandates."""

    service: ServiceEntry
    pairs: list[tuple[UUID, UUID]]
    mandates: list[UUID]
    many: UUID
    few: UUID


def _people(number: int) -> list[UUID]:
    party, person = apps.get_model("parties", "Party"), apps.get_model("parties", "Person")
    now, ids = clock.now(), [uuid4() for _ in range(number)]
    for start in range(0, number, BATCH):
        part = range(start, min(start + BATCH, number))
        party.objects.bulk_create(
            party(
                id=ids[place],
                kind=PartyKind.PERSON,
                name=f"Persoon {place}",
                search_name=f"persoon {place}",
                created_at=now,
            )
            for place in part
        )
        person.objects.bulk_create(
            person(party_id=ids[place], bsn_hash=place.to_bytes(32, "big"), bsn_hash_version=1)
            for place in part
        )
    return ids


def _rows(people: list[UUID]) -> list[tuple[UUID, UUID]]:
    """Pairs (representative, represented): somebody with 1,000, somebody with 10, the rest spread evenly."""
    many, few, others = people[0], people[1], people[2:]
    pairs = [(others[place], many) for place in range(MANY)]
    pairs += [(others[place], few) for place in range(FEW)]
    size = len(others)
    for place in range(MANDATES - MANY - FEW):
        pairs.append((others[place % size], others[(place * 7 + 1 + place // size) % size]))
    return pairs


def fill() -> Population:
    """Make everything; about a minute."""
    load_demo_catalogue()
    offered = catalogue.offered(Environment.PRODUCTION)
    single = [entry for entry in offered if not entry.is_set]
    people = _people(PEOPLE)
    mandate, coverage = apps.get_model("mandates", "Mandate"), apps.get_model("mandates", "Coverage")
    today, now = clock.today(), clock.now()
    pairs = _rows(people)
    ids = [uuid4() for _ in pairs]
    for start in range(0, len(pairs), BATCH):
        part = range(start, min(start + BATCH, len(pairs)))
        service_of = {place: single[(place // (PEOPLE - 2)) % len(single)] for place in part}
        mandate.objects.bulk_create(
            mandate(
                id=ids[place],
                environment=Environment.PRODUCTION,
                representative_id=pairs[place][0],
                represented_id=pairs[place][1],
                service_id=service_of[place].id,
                first_day=today - timedelta(days=30),
                last_day=today + timedelta(days=200 + place % 100),
                route="online_represented",
                level_granted=25,
                level_activated=25,
                registered_by_kind="person",
                registered_at=now,
            )
            for place in part
            if pairs[place][0] != pairs[place][1]
        )
        coverage.objects.bulk_create(
            coverage(mandate_id=ids[place], service_id=service_of[place].id)
            for place in part
            if pairs[place][0] != pairs[place][1]
        )
    first = range(MANY + FEW, min(MANY + FEW + 20_000, len(pairs)))
    usable = [place for place in first if pairs[place][0] != pairs[place][1]]
    return Population(
        service=single[0],
        pairs=[pairs[place] for place in usable],
        mandates=[ids[place] for place in usable],
        many=people[0],
        few=people[1],
    )
