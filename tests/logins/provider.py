"""A provider that lets people log in, and the catalogue being changed meanwhile."""

from datetime import timedelta
from uuid import UUID

from tests.mandates.scene import LEVEL, MUNICIPAL_TAXES, Someone, service
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.operations import approve, propose
from volmacht.logins.models import Transaction, Visit
from volmacht.logins.operations import login_authenticated, start_login
from volmacht.logins.states import Representation
from volmacht.parties.operations import create_staff_member
from volmacht.rules.assurance import LevelOfAssurance


def connection_of(name: str = MUNICIPAL_TAXES) -> UUID:
    """Over which a service is reached."""
    connection_id = service(name).connection_id
    assert connection_id
    return connection_id


def begin(representation: Representation, name: str = MUNICIPAL_TAXES, relay_state: str = "kenmerk") -> UUID:
    """The provider asks who is there."""
    started = start_login(
        connection_id=connection_of(name),
        service_id=service(name).id,
        representation=representation,
        relay_state=relay_state,
    )
    assert isinstance(started, UUID), started
    return started


def logged_in(
    person: Someone,
    representation: Representation = Representation.MANDATORY,
    name: str = MUNICIPAL_TAXES,
    level: LevelOfAssurance = LEVEL,
) -> UUID:
    """A log-in in which somebody has said who they are."""
    login = begin(representation, name)
    assert login_authenticated(login, person=person.id, level=level) is None
    return login


def change_catalogue(kind: ChangeKind, **content: object) -> None:
    """Four eyes."""
    anne, bram = (create_staff_member(name, f"{name}@volmacht.example") for name in ("anne", "bram"))
    assert approve(propose(kind, content, by=anne), by=bram) is None


def let_pass(time: timedelta) -> None:
    """So much time passes for every log-in and visit."""
    for model in (Visit, Transaction):
        for row in model.objects.all():
            row.expires_at -= time
            row.save()
