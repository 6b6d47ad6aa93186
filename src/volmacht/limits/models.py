"""One counter per kind, who (keyed hash) and window; rows of past windows are swept by the worker."""

from django.db import models


class Window(models.Model):
    """How often something was tried in one window of time."""

    kind = models.CharField(max_length=40)
    who = models.BinaryField(max_length=32)
    starts_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "who", "starts_at"], name="limits_one_window")]
