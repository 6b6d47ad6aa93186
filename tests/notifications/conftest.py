"""A party with and without e-mail, and a folder in which mail arrives."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from volmacht.notifications.adapters.folder import FolderMail


@dataclass(frozen=True)
class Reader:
    """Somebody who can get e-mail: party, address, and the id and secret of the address."""

    party_id: UUID
    address: str
    address_id: UUID
    secret: str


def _party() -> UUID:
    """A person as the register would bring it; parties offers no operation without the register."""
    from volmacht import clock
    from volmacht.parties.models import Party, Person
    from volmacht.rules.kinds import PartyKind

    party = Party.objects.create(
        kind=PartyKind.PERSON, name="Mevrouw Van der Testpersoon", created_at=clock.now()
    )
    Person.objects.create(party=party, bsn_hash_version=1)
    return party.id


def make_unconfirmed(address: str = "lezer@voorbeeld.example", language: str = "nl") -> Reader:
    """Somebody whose address is not confirmed yet."""
    from volmacht.parties import operations

    party_id = _party()
    address_id, secret = operations.give_email_address(party_id, address, language)
    return Reader(party_id, address, address_id, secret)


def make_reader(address: str = "lezer@voorbeeld.example", language: str = "nl") -> Reader:
    """Somebody with a confirmed address."""
    from volmacht.parties import operations

    someone = make_unconfirmed(address, language)
    assert operations.confirm_email_address(someone.secret)
    return someone


@pytest.fixture
def unconfirmed(db: None) -> Callable[..., Reader]:
    """Make somebody whose address is not confirmed yet."""
    return make_unconfirmed


@pytest.fixture
def reader(db: None) -> Callable[..., Reader]:
    """Make somebody with a confirmed address."""
    return make_reader


@pytest.fixture
def nobody(db: None) -> UUID:
    """A party that gave no address."""
    return _party()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where FolderMail writes."""
    return tmp_path / "mail"


@pytest.fixture
def channel(folder: Path) -> FolderMail:
    """Mail that arrives."""
    return FolderMail(folder)
