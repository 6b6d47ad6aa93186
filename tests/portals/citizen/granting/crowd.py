"""Many mandates at once, for measuring: rows only, without the history that real ones have."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.apps import apps

from tests.portals.citizen.granting.journey import LEVEL, TODAY, YEAR_LATER
from volmacht import clock
from volmacht.audit.kinds import ActorKind
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind
from volmacht.rules.routes import Route


def mandated(represented: UUID, service_id: UUID, number: int) -> list[UUID]:
    """So many people whom somebody mandated, named `Helper 001` and on; their ids."""
    people, mandates = apps.get_model("parties.Party"), apps.get_model("mandates.Mandate")
    ids = [uuid4() for _ in range(number)]
    people.objects.bulk_create(
        people(
            id=id_,
            kind=PartyKind.PERSON,
            name=f"Helper {index:03}",
            search_name=f"helper {index:03}",
            created_at=clock.now(),
        )
        for index, id_ in enumerate(ids, 1)
    )
    mandates.objects.bulk_create(
        mandates(
            environment=Environment.PRODUCTION,
            represented_id=represented,
            representative_id=id_,
            service_id=service_id,
            first_day=TODAY,
            last_day=YEAR_LATER,
            route=Route.DIRECT,
            level_granted=LEVEL,
            level_activated=LEVEL,
            registered_by_kind=ActorKind.PERSON,
            registered_by=represented,
            registered_at=clock.now() - timedelta(days=1),
        )
        for id_ in ids
    )
    return ids
