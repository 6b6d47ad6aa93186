"""Answers by the key that a return names them with: `field`, or `row.field` on a page with rows. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from volmacht.rules.onboarding.answers import ROW, Answers

LONGEST_NAME: Final = 200


def flat(answers: Answers) -> dict[str, object]:
    """Every answer by its key."""
    if isinstance(answers, Mapping):
        return dict(answers)
    return {f"{row.get(ROW)}.{key}": value for row in answers for key, value in row.items()}


def answer_at(answers: Answers, key: str) -> tuple[object, bool]:
    """What stands at a key, and whether the row that it stood in is gone."""
    row, dot, _ = key.partition(".")
    return flat(answers).get(key), bool(dot) and row not in row_names(answers)


def row_names(answers: Answers) -> dict[str, str]:
    """What each row is called: by its name, or else by its place; none on a page without rows."""
    rows = answers if isinstance(answers, Sequence) else ()
    return {
        str(row.get(ROW)): str(row.get("name") or place)[:LONGEST_NAME]
        for place, row in enumerate(rows, start=1)
    }
