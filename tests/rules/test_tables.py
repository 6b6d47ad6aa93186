"""The reader of the decision table refuses what it does not know: a slip of the pen is no silent row."""

from typing import Any

import pytest

from tests.rules.tables import _case

DEFAULTS: dict[str, Any] = {"mandate": {}, "service": {}, "representative": {}, "represented": {}}


@pytest.mark.parametrize(
    "row",
    [
        {"name": "x", "momment": 1},
        {"name": "x", "mandates": [{"frist_day": 1}]},
    ],
    ids=["in a row", "in a mandate"],
)
def test_a_misspelt_key_in_the_table_is_an_error(row: dict[str, Any]) -> None:
    with pytest.raises(KeyError, match="unknown in the table"):
        _case(row, DEFAULTS)
