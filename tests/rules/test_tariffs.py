"""Tariffs: what a year costs (CN-22)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.rules.tariffs import Tariff, cost_of, tariff_for

IN_2021 = Tariff(year=2021, cents_per_use=66, centrally_funded=False)
IN_2022 = Tariff(year=2022, cents_per_use=88, centrally_funded=False)
IN_2023 = Tariff(year=2023, cents_per_use=None, centrally_funded=True)


@pytest.mark.parametrize(
    ("tariff", "uses", "cents"),
    [
        (IN_2021, 1, 66),
        (IN_2021, 10_000, 660_000),
        (IN_2022, 1_000, 88_000),
        (IN_2022, 0, 0),
        (IN_2023, 10_000, 0),
    ],
)
def test_a_year_costs_its_amount_per_use_and_nothing_when_centrally_funded(
    tariff: Tariff, uses: int, cents: int
) -> None:
    assert cost_of(tariff, uses) == cents


@given(st.integers(0, 10**6), st.integers(0, 10**9), st.integers(0, 10**9))
def test_cost_is_exact_and_adds_up(cents: int, first: int, second: int) -> None:
    tariff = Tariff(2030, cents, centrally_funded=False)
    assert cost_of(tariff, first) + cost_of(tariff, second) == cost_of(tariff, first + second)


def test_uses_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="from zero"):
        cost_of(IN_2021, -1)


@pytest.mark.parametrize(("cents", "funded"), [(None, False), (66, True), (0, True)])
def test_a_tariff_has_an_amount_or_is_centrally_funded(cents: int | None, funded: bool) -> None:
    with pytest.raises(ValueError, match="one of the two"):
        Tariff(2021, cents, funded)


def test_an_amount_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        Tariff(2021, -1, centrally_funded=False)


def test_the_tariff_of_a_year_is_found_and_an_unknown_year_has_none() -> None:
    known = [IN_2021, IN_2022, IN_2023]
    assert tariff_for(known, 2022) is IN_2022
    assert tariff_for(known, 2020) is None
