"""Finding cases by words: for the queue of the desk, and for the overview of a supplier."""

from django.db.models import Q, QuerySet

from volmacht.onboarding.models import Case
from volmacht.rules.searching import words


def searched(found: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Those with these words in name, number or OIN of the organisation, or with exactly this number."""
    number = text.strip().upper()
    if number[1:2] == "-" and len(number) > len("A-2026"):
        return found.filter(number=number)
    every = Q()
    for word in words(text):
        every &= Q(search__contains=word)
    return found.filter(every)
