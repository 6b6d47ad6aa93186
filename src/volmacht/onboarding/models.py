"""The tables of connecting providers. Imported by this app only: others use `queries`."""

from django.db import models


class Tariff(models.Model):
    """What a used mandate costs in a year, in cents excluding VAT; no amount when centrally funded (CN-22)."""

    year = models.PositiveSmallIntegerField(unique=True)
    cents_per_use = models.PositiveIntegerField(null=True)
    centrally_funded = models.BooleanField(default=False)

    class Meta:
        """The database holds the same rule as `rules.tariffs.Tariff`."""

        ordering = ("year",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(centrally_funded=True, cents_per_use__isnull=True)
                | models.Q(centrally_funded=False, cents_per_use__isnull=False),
                name="tariff_amount_or_funded",
            ),
        )
