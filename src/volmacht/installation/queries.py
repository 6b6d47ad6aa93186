"""Asking for what the database is."""

from volmacht.installation.models import ONLY_ROW, Mark


def profile() -> str | None:
    """The profile this database was made for; None when it was never started."""
    return Mark.objects.filter(id=ONLY_ROW).values_list("profile", flat=True).first()


def scenario_is_loaded() -> bool:
    """Whether the demo scenario was loaded to its end."""
    return Mark.objects.filter(id=ONLY_ROW, scenario_loaded_at__isnull=False).exists()
