"""What a used mandate costs a provider in a year (CN-22). Pure arithmetic in whole cents, excluding VAT.

The years themselves are data, kept by the app `onboarding`; nothing here knows an amount.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tariff:
    """The tariff of one year: an amount per used mandate, or centrally funded and then no invoice at all."""

    year: int
    cents_per_use: int | None
    centrally_funded: bool

    def __post_init__(self) -> None:
        """Refuse a tariff that says both or neither, and a negative amount."""
        if self.centrally_funded != (self.cents_per_use is None):
            raise ValueError("a tariff has an amount, or is centrally funded: one of the two")
        if self.cents_per_use is not None and self.cents_per_use < 0:
            raise ValueError("an amount is not negative")


def cost_of(tariff: Tariff, uses: int) -> int:
    """What so many used mandates cost in that year: cents, excluding VAT; 0 when centrally funded."""
    if uses < 0:
        raise ValueError("uses are counted from zero")
    return 0 if tariff.cents_per_use is None else tariff.cents_per_use * uses


def tariff_for(tariffs: Iterable[Tariff], year: int) -> Tariff | None:
    """The tariff of that year, or None when none has been set for it."""
    return next((tariff for tariff in tariffs if tariff.year == year), None)
