"""Dates as the population register holds them: whole, or only year and month, or only a year, or unknown."""

import re
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RegisterDate:
    """A date of which the day, the month and the year may be unknown, in that order."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "RegisterDate":
        """Read `1948-03-14`, `1948-03`, `1948` or `unknown`. Raises ValueError."""
        if text == UNKNOWN:
            return cls()
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"'{text}' is no date")
        year, month, day = (int(part) if part else None for part in match.groups())
        read = cls(year, month, day)
        date(read.year or 1, read.month or 1, read.day or 1)  # a month 13 or a 31 February raises here
        return read

    @property
    def whole(self) -> date | None:
        """The calendar day, where it is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def answer(self) -> dict[str, object]:
        """The date as the API gives it: one of four types, with a text in Dutch."""
        if self.year is None:
            return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
        if self.month is None:
            return {"type": "JaarDatum", "jaar": self.year, "langFormaat": str(self.year)}
        month_text = f"{_MONTHS[self.month - 1]} {self.year}"
        if self.day is None:
            return {
                "type": "JaarMaandDatum",
                "jaar": self.year,
                "maand": self.month,
                "langFormaat": month_text,
            }
        whole = date(self.year, self.month, self.day)
        return {"type": "Datum", "datum": whole.isoformat(), "langFormaat": f"{self.day} {month_text}"}

    def age_on(self, day: date) -> int | None:
        """Whole years on a day; None where the register cannot know them.

        Without a day of birth the age is known in every month but that of birth.
        """
        if self.year is None or self.month is None or (self.day is None and self.month == day.month):
            return None
        had_birthday = (day.month, day.day) >= (self.month, self.day or 1)
        return day.year - self.year - (0 if had_birthday else 1)
