"""Tables of people and bodies; imported by this app only. Elsewhere a party is a random id.

Facts that a decision at log-in needs (died, guardianship, blocked) stand on Party itself, so that one indexed
look-up has them (DM-04). Names are personal values: they can be erased, the row and its id stay (DM-44).
"""

import uuid

from django.db import models


class Party(models.Model):
    """A person or an organisation that can represent or be represented."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=400, blank=True)
    search_name = models.CharField(max_length=400, blank=True)
    deceased = models.BooleanField(default=False)
    died_on = models.DateField(null=True)
    under_guardianship = models.BooleanField(default=False)
    blocked = models.BooleanField(default=False)
    facts_from = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)


class Person(models.Model):
    """What only a natural person has. The BSN is sealed; its keyed hash is the only thing indexed (DM-06)."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="person")
    bsn_sealed = models.BinaryField(null=True)
    bsn_hash = models.BinaryField(max_length=32, null=True, unique=True)
    bsn_hash_version = models.PositiveSmallIntegerField()
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=2, default="nl")


class Organisation(models.Model):
    """What only an organisation has."""

    party = models.OneToOneField(
        Party, on_delete=models.PROTECT, primary_key=True, related_name="organisation"
    )
    kvk_number = models.CharField(max_length=8, null=True, unique=True)
    oin = models.CharField(max_length=20, null=True, unique=True)


class EmailAddress(models.Model):
    """Where a party wants e-mail; used only once confirmed by a link (DM-50)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="email_addresses")
    address_sealed = models.BinaryField()
    language = models.CharField(max_length=2, default="nl")
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    link_hash = models.BinaryField(max_length=32, null=True, unique=True)
    link_expires_at = models.DateTimeField(null=True)


class Account(models.Model):
    """A human being who works for an organisation that connects, or for the operator: how they log in.

    `email_folded` is what is unique. `totp_step` is the last time step of which a code was accepted: it works once.
    Log-ins from before `sessions_from` (wall clock) have ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.CharField(max_length=254)
    email_folded = models.CharField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="nl")
    password = models.CharField(max_length=255, blank=True)
    totp_sealed = models.BinaryField(null=True)
    totp_step = models.BigIntegerField(default=0)
    active = models.BooleanField(default=True)
    sessions_from = models.DateTimeField(null=True)
    created_at = models.DateTimeField()


class Passkey(models.Model):
    """A passkey of an account: the public half, and how often the device said that it signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """One of ten codes for who lost their second factor; only a keyed hash of it, and each once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
    hash_version = models.PositiveSmallIntegerField()
    used_at = models.DateTimeField(null=True)


class StaffMember(models.Model):
    """Somebody who works for the operator; two of them approve what changes the catalogue (DM-64).

    `roles` is null for who was added before there were roles. Without an account they act by the command line only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    account = models.OneToOneField(Account, on_delete=models.PROTECT, null=True, related_name="staff_member")
    roles = models.JSONField(null=True)


class StaffChange(models.Model):
    """An employee or roles, proposed by one service manager and decided by another (DM-64). `staff` is null for new."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    roles = models.JSONField()
    active = models.BooleanField()
    state = models.CharField(max_length=20)
    proposed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)


class AccountLink(models.Model):
    """A link that makes an account or a new password, once; only a keyed hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    purpose = models.CharField(max_length=20)
    email = models.CharField(max_length=254)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="links")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, null=True, related_name="links")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ConnectingOrganisation(models.Model):
    """What is known of an organisation because it connects, or supplies one that does (CN-2); OIN and name stand on the
    party. `proven_at`: when it was proven that its members act for it; `reminded_at`: when they were told to."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="connecting")
    alb_name = models.CharField(max_length=400, blank=True)
    public_task = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    is_supplier = models.BooleanField()
    created_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    proven_how = models.CharField(max_length=40, blank=True)
    proven_by = models.UUIDField(null=True)
    reminded_at = models.DateTimeField(null=True)


class Membership(models.Model):
    """An account that works for an organisation. `proven_at`: when the identity of a signatory was recorded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        ConnectingOrganisation, on_delete=models.PROTECT, related_name="memberships"
    )
    roles = models.JSONField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(null=True)
    proven_how = models.CharField(max_length=40, blank=True)
    proven_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation"], condition=models.Q(ended_at=None), name="member_once"
            )
        ]


class Invitation(models.Model):
    """To become a member: bound to an address, 14 days, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(
        ConnectingOrganisation, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.CharField(max_length=254)
    roles = models.JSONField()
    secret_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class SupplierConsent(models.Model):
    """A provider lets a supplier act for it, until its signatory ends that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    provider = models.ForeignKey(ConnectingOrganisation, on_delete=models.PROTECT, related_name="consents")
    supplier = models.ForeignKey(ConnectingOrganisation, on_delete=models.PROTECT, related_name="clients")
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "supplier"], condition=models.Q(ended_at=None), name="consent_once"
            )
        ]


class Claim(models.Model):
    """Somebody signs up an organisation that is here already and that nobody proved (decision 0044).

    What they said of it counts once they prove it; until then they are nobody there. One at a time for an account.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="claim")
    organisation = models.ForeignKey(ConnectingOrganisation, on_delete=models.CASCADE, related_name="claims")
    oin = models.CharField(max_length=20)
    name = models.CharField(max_length=400)
    alb_name = models.CharField(max_length=400, blank=True)
    public_task = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    is_supplier = models.BooleanField()
    made_at = models.DateTimeField()


class Challenge(models.Model):
    """A text that an organisation signs with the key of a certificate with its OIN, within an hour, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(
        ConnectingOrganisation, on_delete=models.CASCADE, related_name="challenges"
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=400)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
