"""Amounts as people write them, in the language of the page."""

from volmacht.portals.shared.page_language import language


def written_euros(cents: int) -> str:
    """€ 1.234,56, or in English €1,234.56; the sign and the amount are never parted."""
    euros = f"{cents // 100:,}.{cents % 100:02d}"
    if language() == "en":
        return f"€{euros}"
    return f"€\N{NO-BREAK SPACE}{swapped(euros)}"


def written_number(number: int) -> str:
    """12.500, or in English 12,500."""
    grouped = f"{number:,}"
    return grouped if language() == "en" else swapped(grouped)


def swapped(amount: str) -> str:
    """The comma and the point change places."""
    return amount.translate(str.maketrans(",.", ".,"))
