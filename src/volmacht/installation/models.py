"""One row that says for which profile this database was made; imported by this app only."""

from django.db import models

ONLY_ROW = 1


class Mark(models.Model):
    """The mark of the database: invented people never end up among real ones, nor the other way round."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW)
    profile = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    scenario_loaded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=ONLY_ROW), name="installation_one_mark")]
