"""Addresses with good answers, for the tests of the planner."""

from urllib.parse import urlencode

GOOD = {
    "verantwoordelijk": "persoon",
    "diensten": "1",
    "moment": "tijdens-inloggen",
    "maanden": "12",
    "berichtenbox": "nee",
    "nabestaanden": "nee",
    "leverancier": "nee",
    "start_day": "23",
    "start_month": "11",
    "start_year": "2026",
}
EVERYTHING = GOOD | {
    "verantwoordelijk": "team",
    "diensten": "3",
    "moment": "na-inloggen",
    "berichtenbox": "ja",
    "nabestaanden": "ja",
    "leverancier": "ja",
}


def address(page: str, answers: dict[str, str] | None = None, /, **changes: str) -> str:
    """The address of a page of the planner with answers, some of them changed."""
    return f"/aansluiten/plan/{page}?{urlencode((GOOD if answers is None else answers) | changes)}"
