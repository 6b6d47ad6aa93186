"""What others may read about connecting providers. Reads only; gives frozen values, never models."""

from volmacht.onboarding import models
from volmacht.rules.tariffs import Tariff


def tariffs() -> tuple[Tariff, ...]:
    """The tariff of every year that has one, the oldest first (CN-22)."""
    rows = models.Tariff.objects.values_list("year", "cents_per_use", "centrally_funded")
    return tuple(Tariff(*row) for row in rows)
