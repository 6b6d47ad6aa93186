"""Writing people, their e-mail addresses and staff. The only place where a BSN becomes a random id (DM-06)."""

import secrets
from datetime import timedelta
from functools import cache
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.module_loading import import_string

from volmacht import clock
from volmacht.audit.kinds import SYSTEM, Actor, EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import EmailAddress, Party, Person, StaffMember
from volmacht.parties.organisations import know_organisation
from volmacht.parties.population_register import PopulationRegister, RegisteredPerson, RegisterUnavailable
from volmacht.parties.rekeying import Batch, people_hashed_under, rekey_email_addresses, rekey_people
from volmacht.parties.test_people import may_test
from volmacht.rules.identifiers import Bsn
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.searching import folded
from volmacht.sealing import (
    Purpose,
    current_hash_version,
    keyed_hash,
    keyed_hashes,
    look_for_new_keys,
    oldest_hash_version,
    seal,
)

__all__ = [
    "CONFIRMATION_TERM",
    "Batch",
    "address_to_confirm",
    "choose_language",
    "confirm_email_address",
    "create_staff_member",
    "erase_person",
    "give_email_address",
    "hold",
    "know_organisation",
    "know_person",
    "may_test",
    "people_hashed_under",
    "population_register",
    "refresh_party",
    "refresh_person",
    "rekey_email_addresses",
    "rekey_people",
    "remove_email_addresses",
]


class ErasedPerson(RuntimeError):
    """A personal value was about to be kept of somebody who was erased."""


CONFIRMATION_TERM = timedelta(days=2)


@cache
def population_register() -> PopulationRegister:
    """The register that this installation asks, chosen in settings; one client for the process."""
    adapter = import_string(settings.POPULATION_REGISTER)
    options = settings.VOLMACHT
    register: PopulationRegister = adapter(options.population_register_url, options.population_register_key)
    return register


def _ask(bsn: Bsn) -> RegisteredPerson | Refused:
    try:
        found = population_register().look_up(bsn)
    except RegisterUnavailable:
        return Refused(Refusal.REGISTER_UNAVAILABLE)
    return found or Refused(Refusal.PERSON_UNKNOWN)


def know_person(bsn: Bsn) -> UUID | Refused:
    """The id of the person with this BSN; who is new here is looked up in the population register and added.

    Refused: PERSON_UNKNOWN, REGISTER_UNAVAILABLE (only for somebody new).
    """
    known = queries.party_with_bsn(bsn)
    if known:
        return known
    found = _ask(bsn)
    return found if isinstance(found, Refused) else _add_person(bsn, found)


def _add_person(bsn: Bsn, found: RegisteredPerson) -> UUID:
    look_for_new_keys()  # unknown under the keys of a moment ago is not yet unknown
    try:
        with transaction.atomic():
            _hold_bsn(bsn)
            known = queries.party_with_bsn(bsn)
            if known:
                return known
            version = current_hash_version()
            party = Party(id=uuid4(), kind=PartyKind.PERSON, created_at=clock.now())
            _take_facts(party, found)
            party.save(force_insert=True)
            Person.objects.create(
                party=party,
                bsn_sealed=seal(Purpose.BSN, party.id, bsn.value.encode()),
                bsn_hash=keyed_hash(Purpose.BSN, bsn.value, version),
                bsn_hash_version=version,
                birth_date=found.birth_date,
                birth_year=found.birth_year,
            )
            record(EventKind.PERSON_REGISTERED, actor=SYSTEM, subject_id=party.id)
            return party.id
    except IntegrityError:  # somebody else added the same person in the meantime: theirs counts
        known = queries.party_with_bsn(bsn)
        if known is None:
            raise
        return known


def _hold_bsn(bsn: Bsn) -> None:
    """Let nobody else add this person until the transaction ends (PostgreSQL; SQLite has one writer).

    The unique hash alone does not prevent it while one process hashes with the previous key and another with the
    current one. The lock goes by the hash under the oldest key that is kept, which both have.
    """
    if connection.vendor == "postgresql":
        oldest = keyed_hash(Purpose.BSN, bsn.value, oldest_hash_version())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(oldest[:8], signed=True)])


def _take_facts(party: Party, found: RegisteredPerson) -> bool:
    """Copy what the register says; whether a fact that decides changed."""
    before = (party.deceased, party.died_on, party.under_guardianship)
    party.name, party.search_name = found.used_name[:400], folded(found.used_name)[:400]
    party.deceased = found.deceased
    party.died_on = found.died_on or (party.died_on if found.deceased else None)
    if party.deceased and party.died_on is None:
        party.died_on = clock.today()  # died on an unknown day: the day it became known here
    party.under_guardianship = found.under_guardianship
    party.facts_from = clock.now()
    return before != (party.deceased, party.died_on, party.under_guardianship)


def refresh_person(party_id: UUID) -> queries.KnownParty | Refused:
    """Ask the population register live, keep what it says, and return it (DM-04).

    Called before the transaction that grants or activates, so that no lock waits for a neighbour.
    Refused: PERSON_UNKNOWN, REGISTER_UNAVAILABLE.
    """
    bsn = queries.bsn_of(party_id)
    found = _ask(bsn) if bsn else Refused(Refusal.PERSON_UNKNOWN)
    if isinstance(found, Refused):
        return found
    with transaction.atomic():
        party = Party.objects.select_for_update(no_key=True).get(id=party_id)
        if party.erased_at is not None:  # while the register was asked
            return Refused(Refusal.PERSON_UNKNOWN)
        changed = _take_facts(party, found)
        party.save()
        Person.objects.filter(party_id=party_id).update(
            birth_date=found.birth_date, birth_year=found.birth_year
        )
        if changed:
            record(EventKind.PERSON_FACTS_CHANGED, actor=SYSTEM, subject_id=party_id)
    known = queries.party(party_id)
    return known or Refused(Refusal.PERSON_UNKNOWN)


def refresh_party(party_id: UUID) -> queries.KnownParty | Refused:
    """As `refresh_person`; no register knows more of an organisation than is known here (DM-02)."""
    known = queries.party(party_id)
    if known is not None and known.kind is PartyKind.ORGANISATION:
        return known
    return refresh_person(party_id)


@transaction.atomic
def choose_language(party_id: UUID, language: str) -> Refused | None:
    """In which language messages to this person are written (nl or en).

    Refused: PERSON_UNKNOWN, for who was erased.
    """
    if not hold(party_id):
        return Refused(Refusal.PERSON_UNKNOWN)
    Person.objects.filter(party_id=party_id).update(language=language)
    EmailAddress.objects.filter(party_id=party_id).update(language=language)
    return None


@transaction.atomic
def give_email_address(party_id: UUID, address: str, language: str) -> tuple[UUID, str]:
    """Keep an unconfirmed address; returns its id and the secret of the link that confirms it.

    Replaces an earlier unconfirmed address. The secret itself is kept as a keyed hash only, for two days.
    Raises ErasedPerson: whoever offers an address holds the party, and asks first.
    """
    if not hold(party_id):
        raise ErasedPerson
    EmailAddress.objects.filter(party_id=party_id, confirmed_at__isnull=True).delete()
    secret = secrets.token_urlsafe(24)
    now = clock.now()
    address_id = uuid4()
    row = EmailAddress.objects.create(
        id=address_id,
        party_id=party_id,
        address_sealed=seal(Purpose.EMAIL_ADDRESS, address_id, address.encode()),
        language=language,
        given_at=now,
        link_hash=keyed_hash(Purpose.LINK, secret),
        link_expires_at=now + CONFIRMATION_TERM,
    )
    record(
        EventKind.EMAIL_ADDRESS_GIVEN,
        actor=queries.acting(party_id),
        subject_id=party_id,
        object_id=row.id,
    )
    return row.id, secret


def address_to_confirm(secret: str) -> UUID | None:
    """The address that a link is for, while it is fresh; changes nothing, so that a mail scanner cannot confirm."""
    row = EmailAddress.objects.filter(
        link_hash__in=keyed_hashes(Purpose.LINK, secret), link_expires_at__gt=clock.now()
    ).first()
    return row.id if row else None


@transaction.atomic
def confirm_email_address(secret: str) -> bool:
    """Confirm by the link's secret, once; the address becomes the party's only one."""
    row = (
        EmailAddress.objects.select_for_update()
        .filter(link_hash__in=keyed_hashes(Purpose.LINK, secret), link_expires_at__gt=clock.now())
        .first()
    )
    if row is None:
        return False
    EmailAddress.objects.filter(party_id=row.party_id).exclude(id=row.id).delete()
    row.confirmed_at, row.link_hash, row.link_expires_at = clock.now(), None, None
    row.save()
    record(
        EventKind.EMAIL_ADDRESS_CONFIRMED,
        actor=queries.acting(row.party_id),
        subject_id=row.party_id,
        object_id=row.id,
    )
    return True


@transaction.atomic
def remove_email_addresses(party_id: UUID) -> None:
    """No e-mail any more for this party."""
    removed, _ = EmailAddress.objects.filter(party_id=party_id).delete()
    if removed:
        record(EventKind.EMAIL_ADDRESS_REMOVED, actor=queries.acting(party_id), subject_id=party_id)


@transaction.atomic
def create_staff_member(name: str, email: str) -> UUID:
    """Add an employee of the operator; an existing one with this address is returned as it is."""
    existing = queries.staff_member(email)
    if existing:
        return existing.id
    row = StaffMember.objects.create(name=name, email=email, created_at=clock.now())
    record(EventKind.STAFF_CREATED, actor=SYSTEM, subject_id=row.id, object_id=row.id)
    return row.id


@transaction.atomic
def erase_person(party_id: UUID, *, by: Actor = SYSTEM, proposed_by: UUID | None = None) -> None:
    """Remove every personal value of a person; the row, its id and the chain stay (DM-44).

    Whether it may be is not asked here: see `mandates.operations.erase_unless_kept`.
    Without a day of death nobody can tell any more who is dead: nothing is decided in their name from now on.
    """
    EmailAddress.objects.filter(party_id=party_id).delete()
    Person.objects.filter(party_id=party_id).update(
        bsn_sealed=None, bsn_hash=None, birth_date=None, birth_year=None
    )
    changed = Party.objects.filter(id=party_id, erased_at__isnull=True).update(
        name="", search_name="", died_on=None, blocked=True, erased_at=clock.now()
    )
    if not changed:
        return
    data = {"proposed_by": str(proposed_by)} if proposed_by else {}
    record(EventKind.PERSON_ERASED, actor=by, subject_id=party_id, data=data)


def hold(party_id: UUID) -> bool:
    """Let nobody else change what this party has until the transaction ends (PostgreSQL; SQLite has one writer).

    False when this person was erased: then nothing may be kept about them any more (DM-44).

    `no_key`: the record of a log-in refers to the party while it holds the chain, and must not wait for us.
    """
    row = Party.objects.select_for_update(no_key=True).filter(id=party_id).values_list("erased_at").first()
    return row is None or row[0] is None
