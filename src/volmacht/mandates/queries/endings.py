"""On which days do mandates end by themselves? For who lets time pass: the demo that replays a year and a half."""

from datetime import date

from volmacht.mandates.models import Mandate


def last_days(since: date, before: date) -> list[date]:
    """The last days, from the first day up to but not on the second, of mandates that were not ended otherwise."""
    found = Mandate.objects.filter(ended_at__isnull=True, last_day__gte=since, last_day__lt=before)
    return list(found.order_by("last_day").values_list("last_day", flat=True).distinct())
