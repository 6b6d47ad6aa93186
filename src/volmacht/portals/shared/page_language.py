"""The language of the page, for what Django does not choose by itself: names in the catalogue, numbers, dates."""

from django.utils.translation import get_language


def language() -> str:
    """The language of the page: nl or en."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"
