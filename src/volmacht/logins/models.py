"""Log-ins in progress: at an authentication service, and for a provider that asked who is there.

Everything here is short-lived and swept by the worker. Secrets (handles, artifacts) are kept as keyed hashes.
"""

import uuid

from django.db import models

LONGEST_ATTRIBUTE = 4096  # what the gate lets through (XM-04)


class Transaction(models.Model):
    """One log-in that a provider asked for; `state` is one of `volmacht.logins.states.State`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    connection = models.ForeignKey("catalogue.Connection", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    representation = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    expires_at = models.DateTimeField()
    party = models.ForeignKey("parties.Party", null=True, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    represented = models.ForeignKey("parties.Party", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="transaction_expiry")]


class SamlLogin(models.Model):
    """What a transaction knows of its SAML messages: who asked, where the answer goes, what came from upstream.

    `upstream_hash` is of what the authentication service calls its session (LO-09), `handle_hash` of the secret that
    binds the log-in to the first browser that shows it (SE-02). `door` is one of `volmacht.keystore.OwnEntity`.
    `representation_service` is the one in use, as soon as it is known (AR-29); `statement_sealed` what an outside one
    stated. A service upstream that cannot do what was asked leaves its list (ST-45).
    """

    transaction = models.OneToOneField(
        Transaction, primary_key=True, on_delete=models.CASCADE, related_name="saml"
    )
    door = models.CharField(max_length=20)
    handle_hash = models.BinaryField(max_length=32, null=True, unique=True)
    entity_id = models.CharField(max_length=255)
    request_id = models.CharField(max_length=LONGEST_ATTRIBUTE)
    consumer = models.CharField(max_length=2048)
    relay_state = models.CharField(max_length=80, null=True)
    provider = models.ForeignKey("catalogue.Provider", on_delete=models.PROTECT, related_name="+")
    provider_entity_id = models.CharField(max_length=255)
    service_uuid = models.CharField(max_length=36)
    level_needed = models.PositiveSmallIntegerField()
    force_authn = models.BooleanField()
    authentication_services = models.JSONField(default=list)
    representation_services = models.JSONField(default=list)
    representation_service = models.CharField(max_length=255, blank=True, default="", db_default="")
    evidence_sealed = models.BinaryField(null=True)
    statement_sealed = models.BinaryField(null=True)
    upstream_hash = models.BinaryField(max_length=32, null=True, db_index=True)


class RestLogin(models.Model):
    """What a transaction knows of the REST calls: which client asked, under which id, for which provider (BR-01).

    `handle_hash` is of the secret that binds it to the first browser that shows it, until `handle_expires_at` (BR-04).
    """

    transaction = models.OneToOneField(
        Transaction, primary_key=True, on_delete=models.CASCADE, related_name="rest"
    )
    client = models.ForeignKey("catalogue.RestClient", on_delete=models.PROTECT, related_name="+")
    client_transaction = models.UUIDField()
    provider = models.ForeignKey("catalogue.Provider", on_delete=models.PROTECT, related_name="+")
    employee = models.CharField(max_length=100, blank=True)
    handle_hash = models.BinaryField(max_length=32, null=True, unique=True)
    handle_expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "client_transaction"], name="one_of_client")]


class IssuedArtifact(models.Model):
    """An artifact that went through a browser: for whom, and how the log-in ended (AB-05, AB-06).

    `outcome` is the name of a `volmacht.protocols.saml.status.Outcome`. Without a transaction the log-in was refused
    before it began.
    """

    artifact_hash = models.BinaryField(max_length=32, primary_key=True)
    environment = models.CharField(max_length=20)
    door = models.CharField(max_length=20)
    entity_id = models.CharField(max_length=255)
    request_id = models.CharField(max_length=LONGEST_ATTRIBUTE)
    consumer = models.CharField(max_length=2048)
    transaction = models.ForeignKey(
        Transaction, null=True, on_delete=models.CASCADE, related_name="artifacts"
    )
    outcome = models.CharField(max_length=40)
    message = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="artifact_expiry")]


class Visit(models.Model):
    """One question of ours to a service upstream over SAML, for a log-in of a provider or of our own portal.

    `kind` is one of `volmacht.protocols.saml.handling.answers.Kind`; `authentication_service` is who is asked, also
    when that is an outside representation service.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    entity = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, default="authentication", db_default="authentication")
    transaction = models.ForeignKey(Transaction, null=True, on_delete=models.CASCADE, related_name="visits")
    authentication_service = models.CharField(max_length=255)
    request_id = models.CharField(max_length=64, unique=True)
    relay_state_hash = models.BinaryField(max_length=32, unique=True)
    provider_entity_id = models.CharField(max_length=255)
    service_uuid = models.CharField(max_length=36)
    representation_service = models.CharField(max_length=255, blank=True)
    level_needed = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="visit_expiry")]


class SeenMessage(models.Model):
    """A message that was taken once and is refused the second time, on whichever node (TM-09)."""

    door = models.CharField(max_length=255)
    issuer = models.CharField(max_length=255)
    message_hash = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "issuer", "message_hash"], name="seen_once")]
        indexes = [models.Index(fields=["expires_at"], name="seen_expiry")]


class TestRefusal(models.Model):
    """A refusal in pre-production, for who tests a connection: see `volmacht.logins.refusals`."""

    __test__ = False  # not a test for pytest

    connection = models.CharField(max_length=255)
    rule = models.CharField(max_length=20)
    why = models.CharField(max_length=200, blank=True)
    claimed = models.BooleanField()
    refused_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["connection", "refused_at"], name="test_refusal_of"),
            models.Index(fields=["refused_at"], name="test_refusal_age"),
        ]


class Federation(models.Model):
    """What was asserted to a connection, so that it can be ended, or serve within one SSO domain (FL-11, FL-12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    entity_id = models.CharField(max_length=255)
    sso_domain = models.CharField(max_length=100, blank=True)
    name_id = models.UUIDField(unique=True)
    login_id = models.UUIDField(db_index=True)
    authentication_service = models.CharField(max_length=255)
    upstream_sealed = models.BinaryField()
    upstream_hash = models.BinaryField(max_length=32, db_index=True)
    level = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="federation_expiry")]


class Logout(models.Model):
    """A log-out of a provider that waits for the authentication service (LO-10, LO-11); swept after minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    entity = models.CharField(max_length=20)
    entity_id = models.CharField(max_length=255, blank=True)
    request_id = models.CharField(max_length=LONGEST_ATTRIBUTE, blank=True)
    answer_to = models.CharField(max_length=2048, blank=True)
    relay_state = models.CharField(max_length=80, null=True)
    authentication_service = models.CharField(max_length=255)
    upstream_request_id = models.CharField(max_length=64)
    relay_state_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="logout_expiry")]
