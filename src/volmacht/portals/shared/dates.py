"""Dates and moments as people write them, in the language of the page and the time of Amsterdam."""

from datetime import date, datetime

from babel.dates import format_date

from volmacht.portals.shared.page_language import language
from volmacht.rules.periods import AMSTERDAM, day_of


def month_name(month: int) -> str:
    """The name of a month, 1 to 12."""
    return format_date(date(2000, month, 1), "MMMM", locale=language())


def written_date(day: date) -> str:
    """23 november 2026, or in English 23 November 2026. A datetime counts as its day in Amsterdam."""
    if isinstance(day, datetime):
        day = day_of(day)
    return format_date(day, "d MMMM y", locale=language())


def written_time(moment: datetime) -> str:
    """14.32 uur, or in English 14:32."""
    local = moment.astimezone(AMSTERDAM)
    return f"{local:%H.%M} uur" if language() == "nl" else f"{local:%H:%M}"


def written_moment(moment: datetime) -> str:
    """23 november 2026 om 14.32 uur, or in English 23 November 2026 at 14:32."""
    joint = "om" if language() == "nl" else "at"
    return f"{written_date(moment)} {joint} {written_time(moment)}"
