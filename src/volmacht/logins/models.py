"""Log-ins in progress: at an authentication service, and for a provider that asked who is there.

Everything here is short-lived and swept by the worker. Secrets (tickets, artifacts) are kept as keyed hashes.
"""

import uuid

from django.db import models


class Authentication(models.Model):
    """One visit to the authentication service; its ticket is redeemed once, by the browser that began it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    expires_at = models.DateTimeField()
    party = models.ForeignKey("parties.Party", null=True, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    ticket_hash = models.BinaryField(max_length=32, null=True, unique=True)


class Transaction(models.Model):
    """One log-in that a provider asked for; `state` is one of `volmacht.logins.states.State`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    connection = models.ForeignKey("catalogue.Connection", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    representation = models.CharField(max_length=20)
    relay_state = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20)
    expires_at = models.DateTimeField()
    party = models.ForeignKey("parties.Party", null=True, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    represented = models.ForeignKey("parties.Party", null=True, on_delete=models.CASCADE, related_name="+")
    artifact_hash = models.BinaryField(max_length=32, null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="transaction_expiry")]
