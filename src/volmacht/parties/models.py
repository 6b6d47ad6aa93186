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


class StaffMember(models.Model):
    """Somebody who works for the operator; two of them approve what changes the catalogue (DM-64)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
