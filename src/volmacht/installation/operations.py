"""Marking the database, once, by the command line."""

from volmacht import clock
from volmacht.installation.models import ONLY_ROW, Mark


def mark(profile: str) -> str:
    """Mark a new database with its profile; returns the profile it has, which never changes."""
    row, _ = Mark.objects.get_or_create(
        id=ONLY_ROW, defaults={"profile": profile, "made_at": clock.wall_clock()}
    )
    return row.profile


def note_scenario_loaded() -> None:
    """The demo scenario stands in the database: it is never loaded again."""
    Mark.objects.filter(id=ONLY_ROW).update(scenario_loaded_at=clock.wall_clock())
