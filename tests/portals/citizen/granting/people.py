"""Invented people of the population register, and logging one of them in."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from volmacht.parties import queries as parties
from volmacht.parties.operations import know_person
from volmacht.portals.shared.login_session import log_in as log_in_to_the_frame
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn

MOTHER, DAUGHTER, BOOKKEEPER, NEIGHBOUR = "999900006", "999900018", "999900031", "999900043"
GRANDSON, UNDER_GUARDIANSHIP = "999900067", "999900079"


def known(bsn: str) -> UUID:
    """The id of a person of the register."""
    party_id = know_person(Bsn.parse(bsn))
    assert isinstance(party_id, UUID)
    return party_id


def log_in(client: Client, party_id: UUID, level: int = 20) -> None:
    """Log a person in, in this browser."""
    party = parties.party(party_id)
    assert party is not None
    request = HttpRequest()
    request.session = client.session
    log_in_to_the_frame(request, party_id=party_id, level=LevelOfAssurance(level), name=party.name)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
