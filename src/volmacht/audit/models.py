"""Tables of the audit chain; written by `operations`, read by `queries` and `verification`, by nobody else.

Triggers (migration 0002) refuse UPDATE, DELETE and TRUNCATE of events on both databases. Events hold ids and
closed codes only: a personal value lives in a row elsewhere that can be erased without touching the chain.
"""

from django.db import models

PARTITIONS = 64


class Event(models.Model):
    """One thing that happened. `hash` covers every other column and the hash of the event before it."""

    id = models.UUIDField(primary_key=True)
    partition = models.PositiveSmallIntegerField()
    sequence = models.PositiveBigIntegerField()
    moment = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=30)
    actor_id = models.UUIDField(null=True)
    subject_id = models.UUIDField()
    object_id = models.UUIDField(null=True)
    data = models.TextField()
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partition", "sequence"], name="audit_one_per_place")]
        indexes = [
            models.Index(fields=["object_id", "moment"], name="audit_by_object"),
            models.Index(fields=["subject_id", "moment"], name="audit_by_subject"),
            # Of the few events that the desk looks through: a log-in writes nothing in it.
            models.Index(fields=["moment"], condition=models.Q(kind="staff.read"), name="audit_readings"),
        ]


class Head(models.Model):
    """The last event of a partition; its row is locked while the next one is added."""

    partition = models.PositiveSmallIntegerField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """All heads on one day, signed (Ed25519) and published."""

    day = models.DateField(primary_key=True)
    moment = models.DateTimeField()
    heads = models.TextField()
    signature = models.BinaryField(max_length=64)
