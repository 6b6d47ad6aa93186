"""The tables of connecting providers. Imported by this app only: others use `operations` and `queries`.

Organisations, accounts and employees are ids here; who they are, `parties` knows. What is history (`CaseEvent`,
`CaseMessage`, `Signature`, `StoredFile`, `ReturnedAnswer`, `AnswerGiven`) is only ever added to: triggers refuse the
rest (migrations 0004, 0008).
"""

import uuid

from django.db import models
from django.db.models import Q

LONGEST_CODE = 40
LONGEST_TEXT = 4000


class Tariff(models.Model):
    """What a used mandate costs in a year, in cents excluding VAT; no amount when centrally funded (CN-22)."""

    year = models.PositiveSmallIntegerField(unique=True)
    cents_per_use = models.PositiveIntegerField(null=True)
    centrally_funded = models.BooleanField(default=False)

    class Meta:
        """The database holds the same rule as `rules.tariffs.Tariff`."""

        ordering = ("year",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(centrally_funded=True, cents_per_use__isnull=True)
                | models.Q(centrally_funded=False, cents_per_use__isnull=False),
                name="tariff_amount_or_funded",
            ),
        )


class CaseCounter(models.Model):
    """The last number given out for a kind of case in a year; its row is locked while one is given out."""

    prefix = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="onboarding_one_counter")]


class Case(models.Model):
    """One application, new service, change, question or dispute (CN-10). `turn` follows from `state`, for the queue.

    `organisation_name` and `search` are what the register said when it was last asked: a queue of one query.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=LONGEST_CODE)
    change_of = models.CharField(max_length=LONGEST_CODE, blank=True)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=400, blank=True)
    search = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    about_id = models.UUIDField(null=True)
    state = models.CharField(max_length=LONGEST_CODE)
    turn = models.CharField(max_length=LONGEST_CODE, blank=True)
    since = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    due_rule = models.CharField(max_length=60, blank=True)
    due_told = models.CharField(max_length=LONGEST_CODE, blank=True)
    assigned_to = models.UUIDField(null=True)
    proposed_by = models.UUIDField(null=True)
    silent_since = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about_id"], condition=Q(about_id__isnull=False), name="onboarding_one_about"
            )
        ]
        indexes = [
            models.Index(fields=["turn", "due_on", "number"], name="onboarding_queue"),
            models.Index(fields=["kind", "due_on", "number"], name="onboarding_by_kind"),
            models.Index(fields=["state", "due_on", "number"], name="onboarding_by_state"),
            models.Index(fields=["assigned_to", "due_on", "number"], name="onboarding_by_judge"),
            models.Index(fields=["due_on", "number"], name="onboarding_by_due"),
            models.Index(fields=["organisation_id", "created_at"], name="onboarding_by_organisation"),
            models.Index(fields=["silent_since"], name="onboarding_silent"),
        ]


class CaseEvent(models.Model):
    """One thing that happened to a case. `function` is the role in which somebody acted; no names."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    moment = models.DateTimeField()
    side = models.CharField(max_length=LONGEST_CODE)
    actor_id = models.UUIDField(null=True)
    function = models.CharField(max_length=100, blank=True)
    action = models.CharField(max_length=LONGEST_CODE)
    from_state = models.CharField(max_length=LONGEST_CODE, blank=True)
    to_state = models.CharField(max_length=LONGEST_CODE)
    note = models.TextField(max_length=LONGEST_TEXT, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["to_state", "moment"], name="onboarding_event_states")]


class CaseMessage(models.Model):
    """What somebody wrote: to the other side, or internally for colleagues. `place`: in its case, from 0."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    place = models.PositiveIntegerField(default=0)
    moment = models.DateTimeField()
    side = models.CharField(max_length=LONGEST_CODE)
    actor_id = models.UUIDField(null=True)
    internal = models.BooleanField(default=False)
    text = models.TextField(max_length=LONGEST_TEXT)


class CaseRead(models.Model):
    """When somebody last looked at a case: what came later is new to them."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    reader_id = models.UUIDField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "reader_id"], name="onboarding_one_reading")]


class FormAnswers(models.Model):
    """What stands on one page of a form. `version` rises with each save, for who saves what another changed since.

    `reasons` are those of the last return: what is wrong, per field. `returned` is what stood here when it was returned
    last, so that the desk sees what changed since.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    form = models.CharField(max_length=LONGEST_CODE)
    page = models.CharField(max_length=LONGEST_CODE)
    answers = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    saved_by = models.UUIDField(null=True)
    saved_side = models.CharField(max_length=LONGEST_CODE, blank=True)
    saved_at = models.DateTimeField()
    reasons = models.JSONField(default=dict)
    returned = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "form", "page"], name="onboarding_one_page")]


class ReturnedAnswer(models.Model):
    """One answer that a return asks to be otherwise: why, and what stood there then. `event` says when, and by whom.

    `key` is the field, or `row.field` on a page with rows; `row_name` is what that row was called then.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="returned")
    form = models.CharField(max_length=LONGEST_CODE)
    page = models.CharField(max_length=LONGEST_CODE)
    key = models.CharField(max_length=100)
    row_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(max_length=LONGEST_TEXT)
    answer = models.JSONField(null=True)


class AnswerGiven(models.Model):
    """What stood there when the form was handed in again; `gone`: the row that it stood in was taken away."""

    returned = models.OneToOneField(
        ReturnedAnswer, on_delete=models.PROTECT, related_name="given", primary_key=True
    )
    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="+")
    answer = models.JSONField(null=True)
    gone = models.BooleanField(default=False)


class StoredFile(models.Model):
    """A document of a case, kept in the database so that one back-up has everything."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=LONGEST_CODE)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    side = models.CharField(max_length=LONGEST_CODE)
    uploaded_by = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()


class Signature(models.Model):
    """Who signed exactly what, and when (CN-13)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signatures")
    form = models.CharField(max_length=LONGEST_CODE)
    account_id = models.UUIDField()
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200)
    moment = models.DateTimeField()
    document_key = models.CharField(max_length=LONGEST_CODE)
    document_version = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    document_sha256 = models.CharField(max_length=64)
    answers_sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")


class Configuration(models.Model):
    """One version of what runs over a connection (CN-15); the database lets one of them be published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="configurations")
    connection = models.CharField(max_length=255)
    environment = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20)
    content = models.JSONField()
    kept = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    proposed_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "environment", "number"], name="onboarding_one_number"
            ),
            models.UniqueConstraint(
                fields=["connection", "environment"],
                condition=Q(state="published"),
                name="onboarding_one_published",
            ),
        ]


class Report(models.Model):
    """What was judged, check by check (CN-4, CN-5): `verdicts` has an outcome, and where needed a reason, per check.

    `state` is that of the case when it was made. While `passed` is not known it is being filled in, and is no report.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    environment = models.CharField(max_length=20)
    state = models.CharField(max_length=40)
    verdicts = models.JSONField()
    passed = models.BooleanField(null=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(passed=None), name="onboarding_one_draft_report"
            )
        ]


class DisputesRead(models.Model):
    """How far each chain of the audit record was read for disputes (DM-39a)."""

    partition = models.PositiveSmallIntegerField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)


class StandardSentence(models.Model):
    """A text that employees use often, in both languages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    title = models.CharField(max_length=100, unique=True)
    text_nl = models.TextField(max_length=LONGEST_TEXT)
    text_en = models.TextField(max_length=LONGEST_TEXT, blank=True)
    active = models.BooleanField(default=True)


class TestMandates(models.Model):
    """What was laid out for a service in pre-production (CN-2): states and codes, sealed; codes are secrets there too.

    `content_sealed`: a list of state and code.
    """

    __test__ = False  # not a test for pytest

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation_id = models.UUIDField()
    service_uuid = models.UUIDField(unique=True)
    content_sealed = models.BinaryField()
    laid_out_at = models.DateTimeField()
