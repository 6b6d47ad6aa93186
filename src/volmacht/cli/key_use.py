"""What still needs an old version of a key of the key file: nothing is retired before that is nothing.

Looks at every table that has a sealed column (by convention its name ends with `_sealed`), so that none can be
forgotten. Counts only; opens and changes nothing.
"""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta

from volmacht import clock

# Invitations in messages live fourteen days, other links days, everything else that is hashed with these keys hours.
LONGEST_LINK = timedelta(days=15)


def sealed_under(version: int) -> Iterator[str]:
    """Where values stand that this version sealed, each with how many."""
    from django.apps import apps
    from django.db.models import BinaryField, F, Func, QuerySet

    first = {"function": "SUBSTR", "output_field": BinaryField()}
    for model in apps.get_models():
        for column in [field.name for field in model._meta.concrete_fields if field.name.endswith("_sealed")]:
            rows = QuerySet(model).annotate(version=Func(F(column), 1, 1, **first))
            count = rows.filter(version=bytes([version])).count()
            if count:
                yield f"{count} in {model._meta.db_table}.{column}"
    sessions = _sessions_under(version)
    if sessions:
        yield f"{sessions} sessions of people who are logged in, at most 8 hours"


def _sessions_under(version: int) -> int:
    """Sessions are text: the version is in the first two of its signs."""
    from django.contrib.sessions.models import Session
    from django.db.models import Count
    from django.db.models.functions import Substr

    open_now = Session.objects.filter(expire_date__gt=clock.now()).annotate(
        start=Substr("session_data", 1, 2)
    )
    counted = open_now.values_list("start").annotate(count=Count("session_key"))
    return sum(count for start, count in counted if base64.b64decode(f"{start}AA")[0] == version)


def hashed_under(version: int, since: datetime | None) -> Iterator[str]:
    """What may still be looked up by a hash under this version; `since`: when the current one became so."""
    from volmacht.parties.operations import people_hashed_under, recovery_codes_hashed_under

    people = people_hashed_under(version)
    if people:
        yield f"{people} people"
    codes = recovery_codes_hashed_under(version)
    if codes:
        yield f"{codes} recovery codes of accounts that were not used"
    if since is not None and clock.wall_clock() - since < LONGEST_LINK:
        yield f"links in messages that were sent before, until {since + LONGEST_LINK:%Y-%m-%d %H:%M} UTC"
