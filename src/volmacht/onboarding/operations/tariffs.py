"""What a used mandate costs in a year: added or changed at the desk (CN-22)."""

from django.db import transaction

from volmacht.audit.kinds import INSTALLATION, EventKind
from volmacht.audit.operations import record
from volmacht.onboarding.actors import CaseActor, audit_actor, permissions_of
from volmacht.onboarding.models import Tariff as Row
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.roles import Permission
from volmacht.rules.tariffs import Tariff


@transaction.atomic
def set_tariff(*, tariff: Tariff, actor: CaseActor) -> Objection | None:
    """The tariff of a year, new or instead of the one it had. Objection: NO_RIGHT."""
    if Permission.MANAGE_TARIFFS not in permissions_of(actor):
        return Objection.NO_RIGHT
    before = Row.objects.select_for_update().filter(year=tariff.year).first()
    if before and (before.cents_per_use, before.centrally_funded) == (
        tariff.cents_per_use,
        tariff.centrally_funded,
    ):
        return None
    Row.objects.update_or_create(
        year=tariff.year,
        defaults={"cents_per_use": tariff.cents_per_use, "centrally_funded": tariff.centrally_funded},
    )
    record(
        EventKind.TARIFF_SET,
        actor=audit_actor(actor),
        subject_id=INSTALLATION,
        data={
            "year": tariff.year,
            "cents": tariff.cents_per_use,
            "before": before.cents_per_use if before else None,
        },
    )
    return None
