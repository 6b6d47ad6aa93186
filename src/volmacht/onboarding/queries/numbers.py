"""The numbers of cases by id: for the desk, where something names a case by its id. Reads only."""

from collections.abc import Collection
from uuid import UUID

from volmacht.onboarding.models import Case


def ids_of_cases(organisations: Collection[UUID]) -> list[UUID]:
    """Every case of these organisations."""
    return list(Case.objects.filter(organisation_id__in=organisations).values_list("id", flat=True))


def numbers_of(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """Of those of these ids that are cases."""
    return dict(Case.objects.filter(id__in=case_ids).values_list("id", "number"))
