"""Tables of the catalogue; imported by this app only. Everyone else reads `queries`.

"In force" is active flag and from <= now < until (DM-61), told by `volmacht.rules.services.in_force`.
Every table has its environment: pre-production and production share nothing.
"""

import uuid

from django.db import models


class InForce(models.Model):
    """The three columns that say when something counts."""

    active = models.BooleanField(default=True)
    active_from = models.DateTimeField(null=True)
    active_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Provider(InForce):
    """A public body that offers services, in one environment; `role_active` is its role as a provider."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    oin = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    description = models.CharField(max_length=300, blank=True)
    website = models.URLField(blank=True)
    role_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["environment", "oin"], name="catalogue_one_provider")]


class Connection(InForce):
    """A technical link of a provider (or of its supplier) in one environment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="connections")
    entity_id = models.CharField(max_length=255)
    sso_domain = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["environment", "entity_id"], name="catalogue_one_connection")
        ]


class Service(InForce):
    """One delimited e-service, or a set of them (then it has SERVICE_SET relations); fields of DM-60."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    service_uuid = models.UUIDField()
    connection = models.ForeignKey(Connection, null=True, on_delete=models.PROTECT, related_name="services")
    providers = models.ManyToManyField(Provider, related_name="services")
    name = models.CharField(max_length=255)
    name_en = models.CharField(max_length=255, blank=True)
    website = models.URLField(blank=True)
    minimum_level = models.PositiveSmallIntegerField()
    announced_level = models.PositiveSmallIntegerField(null=True)
    announced_on = models.DateField(null=True)
    announced_message = models.CharField(max_length=300, blank=True)
    identifier_type = models.CharField(max_length=20, default="BSN")
    digid_allowed = models.BooleanField(default=True)
    mandatable = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)
    representative_kind = models.CharField(max_length=30)
    request_days = models.PositiveSmallIntegerField(default=90)
    longest_months = models.PositiveSmallIntegerField(default=12)
    minimum_age = models.PositiveSmallIntegerField(default=16)
    survivors_allowed = models.BooleanField(default=False)
    counter_allowed = models.BooleanField(default=False)
    description = models.CharField(max_length=300, blank=True)
    description_en = models.CharField(max_length=300, blank=True)
    explanation = models.TextField(max_length=2000, blank=True)
    explanation_en = models.TextField(max_length=2000, blank=True)
    permission_question = models.CharField(max_length=255, blank=True)
    permission_question_en = models.CharField(max_length=255, blank=True)
    keywords = models.CharField(max_length=500, blank=True)
    is_set = models.BooleanField(default=False)
    representation_without_scoping = models.BooleanField(default=False, db_default=False)
    code_at_login = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["environment", "service_uuid"], name="catalogue_one_service")
        ]


class Relation(InForce):
    """A set and its member, or another relation of DM-61; one level, no cycles."""

    kind = models.CharField(max_length=20)
    source = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="relations")
    target = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "target"], name="catalogue_one_relation")
        ]


class ClusterMember(InForce):
    """A DV is registered with an LC or RD for a service (AR-34, AR-35).

    `connection` is that of the LC or RD, `provider` the organisation of the DV.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="members")
    dv_entity_id = models.CharField(max_length=255)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "dv_entity_id", "service"], name="catalogue_one_member"
            )
        ]


class PinnedPeer(InForce):
    """An authentication service or an outside BVD that administrators trust (RO-05, RT-04).

    `oin` is what its certificates must carry. Name and purpose are for who must choose one of several (AR-29, AR-44).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    entity_id = models.CharField(max_length=255)
    role = models.CharField(max_length=10)
    oin = models.CharField(max_length=20)
    representation_types = models.JSONField(default=list)
    name = models.CharField(max_length=100, blank=True, default="", db_default="")
    name_en = models.CharField(max_length=100, blank=True, default="", db_default="")
    purpose = models.CharField(max_length=300, blank=True, default="", db_default="")
    purpose_en = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["environment", "entity_id"], name="catalogue_one_peer")
        ]


class RestClient(InForce):
    """An authentication service or entrance that asks the register over REST (BR-11).

    `certificates` are the SHA-256 fingerprints of what it may show, in lower-case hexadecimal; `return_url` is where
    browsers go back to (BR-05).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    entity_id = models.CharField(max_length=255)
    return_url = models.CharField(max_length=2048)
    certificates = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["environment", "entity_id"], name="catalogue_one_client")
        ]


class PeerMetadata(models.Model):
    """The last good document of a peer (MD-21). `source` is where the next one is fetched; empty: by file only.

    `document_at` is when this document was first found good; `read_at` when it was last seen. `key_ends` says of each
    party in it until when it has a certificate for each use (see `ending`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    entity_id = models.CharField(max_length=255)
    document = models.BinaryField()
    digest = models.BinaryField(max_length=32)
    document_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    source = models.CharField(max_length=2048, blank=True)
    refresh_seconds = models.PositiveIntegerField()
    read_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    key_ends = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["environment", "entity_id"], name="catalogue_one_metadata")
        ]
        indexes = [models.Index(fields=["next_at"], name="catalogue_metadata_due")]


class MetadataRun(models.Model):
    """One reading of a peer's metadata, good or not: moment, source, outcome, and what was found (MD-21)."""

    environment = models.CharField(max_length=20)
    entity_id = models.CharField(max_length=255)
    moment = models.DateTimeField()
    source = models.CharField(max_length=2048, blank=True)
    outcome = models.CharField(max_length=20)
    findings = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["environment", "entity_id", "moment"], name="catalogue_runs_of_peer")]


class Proposal(models.Model):
    """A change that one employee proposed and another approves (DM-64)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    content = models.JSONField()
    state = models.CharField(max_length=20)
    proposed_by = models.ForeignKey("parties.StaffMember", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    judged_by = models.ForeignKey(
        "parties.StaffMember", null=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(judged_by__isnull=True) | ~models.Q(judged_by=models.F("proposed_by")),
                name="catalogue_four_eyes",
            )
        ]


class ChangeMade(models.Model):
    """A change that was carried out: the state of what it is about, before and after. The history of an entry.

    `entry` is the id of a provider, connection, service and so on; for a relation that of its source, with `target`.
    Without `proposal` it was issued by automatic checks (DM-64).
    """

    entry = models.UUIDField()
    target = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    moment = models.DateTimeField()
    proposal = models.OneToOneField(Proposal, null=True, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["entry", "id"], name="catalogue_changes_of_entry")]


class StoredImport(models.Model):
    """A CSV file after its dry run: its rows, the verdict on each, and who proposed and judged it (DM-63, DM-64).

    `digest` is over rows and verdicts: what is carried out is what was tried.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20)
    environment = models.CharField(max_length=20)
    rows = models.JSONField()
    verdicts = models.JSONField()
    header = models.BooleanField()
    empty_lines = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    proposed_by = models.ForeignKey("parties.StaffMember", on_delete=models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(
        "parties.StaffMember", null=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(judged_by__isnull=True) | ~models.Q(judged_by=models.F("proposed_by")),
                name="catalogue_import_four_eyes",
            )
        ]


class Version(models.Model):
    """One row that changes with every change of the catalogue, so that a process knows its snapshot is old.

    `number` is for people. `mark` is what snapshots compare: a number could come back after a change was
    undone.
    """

    number = models.PositiveBigIntegerField(default=0)
    mark = models.UUIDField(default=uuid.uuid4)
