"""Reading people and bodies. Returns frozen values; a BSN leaves this app only through `bsn_of` and `bsns_of_two`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from volmacht.audit.kinds import Actor, ActorKind
from volmacht.parties.models import EmailAddress, Organisation, Party
from volmacht.rules.granting import PersonFacts
from volmacht.rules.identifiers import Bsn, KvkNumber
from volmacht.rules.kinds import PartyKind
from volmacht.sealing import CannotOpen, Purpose, keyed_hashes, unseal
from volmacht.statements import Row, date_of, rows, uuid_of, uuid_value

PARTY = """
SELECT id, kind, name, deceased, died_on, under_guardianship, blocked, birth_date, birth_year, language
FROM parties_party LEFT JOIN parties_person ON party_id = id WHERE id = %s
"""
ERASED = "SELECT erased_at IS NOT NULL FROM parties_party WHERE id = %s"
PERSON = "SELECT party_id FROM parties_person WHERE bsn_hash IN"
BSN = "SELECT bsn_sealed FROM parties_person WHERE party_id = %s"
SOMEBODY = "SELECT party_id, bsn_sealed FROM parties_person WHERE bsn_sealed IS NOT NULL LIMIT 1"
BSNS = "SELECT party_id, bsn_sealed FROM parties_person WHERE party_id IN (%s, %s)"


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party as others may know it: no BSN. `name` is empty after erasure."""

    id: UUID
    kind: PartyKind
    name: str
    deceased: bool
    died_on: date | None
    under_guardianship: bool
    blocked: bool
    birth_date: date | None
    birth_year: int | None
    language: str

    def acting(self, employee: str = "") -> Actor:
        """This party as it stands in the audit trail; `employee` is who acts for an organisation."""
        organisation = self.kind is PartyKind.ORGANISATION
        return Actor(ActorKind.ORGANISATION if organisation else ActorKind.PERSON, self.id, employee)

    def facts(self) -> PersonFacts:
        """What the rules for granting ask about a person (DM-04)."""
        died_on = self.died_on or (date.min if self.deceased else None)
        # Of who has only a year of birth the youngest possible age counts.
        latest_birth = self.birth_date or (date(self.birth_year, 12, 31) if self.birth_year else None)
        return PersonFacts(latest_birth, died_on, self.under_guardianship)


@dataclass(frozen=True, slots=True)
class KnownEmailAddress:
    """An e-mail address a party gave; used only when confirmed (DM-50)."""

    id: UUID
    address: str
    language: str
    given_at: datetime
    confirmed_at: datetime | None
    link_expires_at: datetime | None


def _known(row: Row) -> KnownParty:
    """Of a row of PARTY, or of `parties` which reads the same columns."""
    id_, kind, name, deceased, died_on, under_guardianship, blocked, birth_date, birth_year, language = row
    return KnownParty(
        id=UUID(str(id_)),
        kind=PartyKind(kind),
        name=name,
        deceased=bool(deceased),
        died_on=date_of(died_on),
        under_guardianship=bool(under_guardianship),
        blocked=bool(blocked),
        birth_date=date_of(birth_date),
        birth_year=birth_year,
        language=language or "nl",
    )


def party(party_id: UUID) -> KnownParty | None:
    """One party, or None when nobody has this id."""
    return next(map(_known, rows(PARTY, [uuid_value(party_id)])), None)


def acting(party_id: UUID, employee: str = "") -> Actor:
    """See `KnownParty.acting`."""
    known = party(party_id)
    return known.acting(employee) if known else Actor(ActorKind.PERSON, party_id, employee)


def is_erased(party_id: UUID) -> bool:
    """Whether this was somebody whose personal values were removed (DM-44)."""
    return any(erased for (erased,) in rows(ERASED, [uuid_value(party_id)]))


def parties(party_ids: Collection[UUID]) -> dict[UUID, KnownParty]:
    """Several parties in one query, by id."""
    found = Party.objects.filter(id__in=set(party_ids)).values_list(
        "id", "kind", "name", "deceased", "died_on", "under_guardianship", "blocked",
        "person__birth_date", "person__birth_year", "person__language",
    )  # fmt: skip
    return {known.id: known for known in map(_known, found)}


def party_with_bsn(bsn: Bsn) -> UUID | None:
    """The id of the person with this BSN, by keyed hash alone: nothing is opened (DM-06)."""
    hashes = keyed_hashes(Purpose.BSN, bsn.value)
    # All in one statement: between two, the person may get the other hash.
    for (found,) in rows(f"{PERSON} ({', '.join(['%s'] * len(hashes))})", hashes):
        return uuid_of(found)
    return None


def bsn_of(party_id: UUID) -> Bsn | None:
    """The BSN of a person, opened; None for an organisation or an erased person.

    For the population register, for an answer to a provider, and for a person's own download.
    """
    for (sealed,) in rows(BSN, [uuid_value(party_id)]):
        return _opened(party_id, sealed)
    return None


def bsns_of_two(one: UUID, other: UUID) -> tuple[Bsn | None, Bsn | None]:
    """`bsn_of` for who acts and for whom, with one statement: every log-in on behalf of somebody asks."""
    found = {uuid_of(party): sealed for party, sealed in rows(BSNS, [uuid_value(one), uuid_value(other)])}
    return _opened(one, found.get(one)), _opened(other, found.get(other))


def bsns_open() -> bool:
    """Whether the keys of this process open what rests here: the BSN of one person, if there is anybody."""
    for party_id, sealed in rows(SOMEBODY, []):
        try:
            _opened(UUID(str(party_id)), sealed)
        except CannotOpen:
            return False
    return True


def _opened(party_id: UUID, sealed: bytes | memoryview | None) -> Bsn | None:
    return Bsn.parse(unseal(Purpose.BSN, party_id, bytes(sealed)).decode()) if sealed else None


def party_with_kvk(kvk: KvkNumber) -> UUID | None:
    """The id of the organisation with this number."""
    found = Organisation.objects.filter(kvk_number=kvk.value)
    return found.values_list("party_id", flat=True).first()


def kvk_of(party_id: UUID) -> KvkNumber | None:
    """The KvK number of an organisation; None for a person."""
    number = Organisation.objects.filter(party_id=party_id).values_list("kvk_number", flat=True).first()
    return KvkNumber(number) if number else None


def _known_address(row: EmailAddress) -> KnownEmailAddress:
    return KnownEmailAddress(
        id=row.id,
        address=unseal(Purpose.EMAIL_ADDRESS, row.id, bytes(row.address_sealed)).decode(),
        language=row.language,
        given_at=row.given_at,
        confirmed_at=row.confirmed_at,
        link_expires_at=row.link_expires_at,
    )


def email_addresses(party_id: UUID) -> list[KnownEmailAddress]:
    """All addresses a party gave, confirmed or not, newest first."""
    return [
        _known_address(row) for row in EmailAddress.objects.filter(party_id=party_id).order_by("-given_at")
    ]


def confirmed_address(party_id: UUID) -> KnownEmailAddress | None:
    """Where e-mail to this party goes, if anywhere."""
    row = (
        EmailAddress.objects.filter(party_id=party_id, confirmed_at__isnull=False)
        .order_by("-confirmed_at")
        .first()
    )
    return _known_address(row) if row else None


def email_address(address_id: UUID) -> KnownEmailAddress | None:
    """One address by its id, confirmed or not: for the message that asks to confirm it."""
    row = EmailAddress.objects.filter(id=address_id).first()
    return _known_address(row) if row else None
