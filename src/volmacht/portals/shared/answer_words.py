"""Kept answers of forms in words, for who checks them, signs them or judges them."""

from datetime import date

from django.utils.translation import gettext

from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.form_words import field_words
from volmacht.rules.onboarding.forms import Field, FieldKind, PageKey

EMPTY = "–"


def in_words(page: PageKey, field: Field, answer: object) -> str:
    """One answer; a dash where there is none."""
    if answer is None or answer == "":
        return EMPTY
    if isinstance(answer, bool):
        return gettext("Ja") if answer else gettext("Nee")
    if field.kind is FieldKind.CHOICE:
        return str(field_words(page, field.key).options.get(str(answer), answer))
    if field.kind is FieldKind.DAY:
        try:
            return written_date(date.fromisoformat(str(answer)))
        except ValueError:
            return str(answer)
    return str(answer)
