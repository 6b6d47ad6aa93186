"""The outbox table; a message is written in the transaction of its cause (DM-50)."""

import uuid

from django.db import models


class Message(models.Model):
    """One message to one party, or to an address.

    `values_sealed` holds what the text needs, and the address where there is no party; erased on delivery (DM-21).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    once = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    side = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20)
    environment = models.CharField(max_length=20, default="production", db_default="production")
    recipient = models.ForeignKey("parties.Party", on_delete=models.CASCADE, related_name="+", null=True)
    values_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=20)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="outbox_due")]
