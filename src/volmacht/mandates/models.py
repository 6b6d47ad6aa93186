"""Tables of the register; imported by this app only.

Whether a mandate is valid is never stored: it follows from days and end moment (DM-32). `holds_place` is not
validity: it lets the database guarantee one mandate per four facts of DM-36, and is let go when a mandate
ends or makes way.
"""

import uuid

from django.db import models


class Request(models.Model):
    """A mandate request: not yet activated, with a term of its own (DM-23)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    represented = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    route = models.CharField(max_length=30)
    level = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    once = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["represented", "made_at"], name="request_by_represented")]


class Code(models.Model):
    """An authorisation code, as HMAC only (DM-21); a replaced one is kept, to say that it was replaced."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="codes")
    hash = models.BinaryField(max_length=32, unique=True)
    current = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(current=True), name="code_one_current_per_request"
            )
        ]


class Mandate(models.Model):
    """Permission to act for somebody for one service or set during a period (DM-30)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    environment = models.CharField(max_length=20)
    represented = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    route = models.CharField(max_length=30)
    level_granted = models.PositiveSmallIntegerField()
    level_activated = models.PositiveSmallIntegerField()
    registered_by_kind = models.CharField(max_length=30)
    registered_by = models.UUIDField(null=True)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=30, blank=True)
    holds_place = models.BooleanField(default=True)
    request = models.OneToOneField(Request, null=True, on_delete=models.PROTECT, related_name="mandate")
    previous = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    once = models.UUIDField(unique=True, null=True)
    end_announced = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["representative", "represented", "service", "environment"],
                condition=models.Q(holds_place=True),
                name="mandate_one_in_place",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="mandate_days_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(representative=models.F("represented")),
                name="mandate_nobody_represents_self",
            ),
        ]
        indexes = [
            models.Index(fields=["representative", "represented"], name="mandate_by_pair"),
            models.Index(fields=["representative", "last_day", "id"], name="mandate_received"),
            models.Index(fields=["represented", "last_day", "id"], name="mandate_given"),
            models.Index(
                fields=["last_day"], condition=models.Q(end_announced=False), name="mandate_to_announce"
            ),
        ]


class Coverage(models.Model):
    """A service that a mandate opens: frozen at activation (DM-35), smaller after restricting (DM-34)."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="coverage")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandate", "service"], name="coverage_once")]


class RenewalProposal(models.Model):
    """The representative asks to renew a mandate that ended on `last_day` then (DM-34).

    Whether it waits for an answer also depends on its age and on the mandate: see `filters.waiting_proposals`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="proposals")
    last_day = models.DateField()
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=models.Q(closed_at=None), name="proposal_one_open_per_mandate"
            )
        ]
        indexes = [
            models.Index(fields=["made_at"], condition=models.Q(closed_at=None), name="proposal_to_close"),
        ]


class Use(models.Model):
    """One answer given to a provider (DM-40). Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    moment = models.DateTimeField()
    environment = models.CharField(max_length=20)
    provider = models.ForeignKey("catalogue.Provider", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    represented = models.ForeignKey("parties.Party", null=True, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    employee = models.CharField(max_length=100, blank=True)
    level = models.PositiveSmallIntegerField()
    mandate = models.ForeignKey(Mandate, null=True, on_delete=models.PROTECT, related_name="uses")
    refusal = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["mandate", "moment"], name="use_by_mandate"),
            models.Index(fields=["represented", "moment"], name="use_by_represented"),
            models.Index(fields=["representative", "moment"], name="use_by_representative"),
        ]


class Try(models.Model):
    """A wrong try of one representative, for the moving window of DM-22; `request` when its code exists.

    Those for an organisation count for each `employee` (DM-25).
    """

    representative = models.ForeignKey("parties.Party", on_delete=models.CASCADE, related_name="+")
    moment = models.DateTimeField()
    request = models.ForeignKey(Request, null=True, on_delete=models.SET_NULL, related_name="+")
    employee = models.CharField(max_length=100, blank=True, default="", db_default="")
    environment = models.CharField(max_length=20, default="production", db_default="production")

    class Meta:
        indexes = [models.Index(fields=["representative", "moment"], name="try_by_representative")]


class Block(models.Model):
    """Until when a representative may not activate (DM-22)."""

    representative = models.OneToOneField(
        "parties.Party", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    until = models.DateTimeField()


class EmployeeBlock(models.Model):
    """The same for one employee of an organisation: colleagues go on (DM-25)."""

    organisation = models.ForeignKey("parties.Party", on_delete=models.CASCADE, related_name="+")
    employee = models.CharField(max_length=100)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "employee"], name="one_block_each")]


class PreproductionBlock(models.Model):
    """The same in pre-production, for a person or an employee; nothing of production reads this table."""

    representative = models.ForeignKey("parties.Party", on_delete=models.CASCADE, related_name="+")
    employee = models.CharField(max_length=100, blank=True)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["representative", "employee"], name="one_preproduction_block_each"
            )
        ]
