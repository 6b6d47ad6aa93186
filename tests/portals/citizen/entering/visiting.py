"""A browser on its way to an authentication service and back to our own portal, and what that service is asked."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.test import Client
from pytest_django import Settings

from tests.crawl.pages import Form, read
from tests.interfaces.saml import parties
from tests.interfaces.saml.authentication_service import AuthenticationService, Question, Says, back_channel
from tests.interfaces.saml.catalogue import PRODUCTION, World, take
from volmacht import clock
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.keystore import OwnEntity, ring
from volmacht.logins.entities import entity_id
from volmacht.protocols.saml import building, parsing
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.keys import PublishedKey, RecipientKey
from volmacht.protocols.saml.messages import LogoutRequest, LogoutResponse, Status
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import LogoutOutcome
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.xml import gate, schemas
from volmacht.rules.identifiers import Bsn, KvkNumber

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

CONSUMER = "http://localhost:8000/saml/portal/acs"
ANSWERS = "/saml/portal/logout_response"
MINE = "/mijn/machtigingen/"
MOTHER, DAUGHTER = Bsn("999900006"), Bsn("999900018")
OFFICE = KvkNumber("99990012")


def portal_keys() -> tuple[PublishedKey, ...]:
    """With which the signatures of our portal verify."""
    return ring(PRODUCTION, OwnEntity.PORTAL).published_signing


def readers(_reader: str = "") -> tuple[RecipientKey, ...]:
    """For whom is encrypted: our portal only."""
    own = entity_id(PRODUCTION, OwnEntity.PORTAL)
    return tuple(RecipientKey(own, key) for key in ring(PRODUCTION, OwnEntity.PORTAL).published_encryption)


@contextmanager
def answering(own_id: str = parties.AD) -> Iterator[AuthenticationService]:
    """A service on the back channel."""
    service = AuthenticationService(portal_keys, readers, entity_id=own_id, consumer=CONSUMER)
    back_channel().service = service
    yield service
    back_channel().service = None


def pin_eherkenning(world: World, settings: Settings) -> None:
    """Employees of the operator pin it, and the administrator says what it is for."""
    settings.VOLMACHT = replace(settings.VOLMACHT, eherkenning=(parties.EHERKENNING,))
    world.building.change(
        ChangeKind.ADD_PEER, environment=PRODUCTION, entity_id=parties.EHERKENNING, role=Role.AD
    )
    CATALOGUE.forget()
    outcome = take(parties.EHERKENNING, parties.ad_document(parties.EHERKENNING))
    assert outcome.is_good, outcome


def person(bsn: Bsn = MOTHER, **more: Any) -> Says:
    """Somebody logs in at DigiD."""
    return Says(bsn=bsn, **more)


def employee(pseudonym: str = "P1", organisation: KvkNumber = OFFICE, **more: Any) -> Says:
    """Somebody logs in for an organisation at eHerkenning."""
    return Says(employee=(pseudonym, organisation), **more)


@dataclass(frozen=True)
class Upstream:
    """Our LogoutRequest."""

    value: LogoutRequest
    relay_state: str

    def answered(self, status: Status | None = None, **changes: Any) -> dict[str, str]:
        """The fields with which the browser comes back."""
        made = LogoutResponse(
            new_id(),
            "2.0",
            clock.wall_clock(),
            f"http://localhost:8000{ANSWERS}",
            self.value.id,
            parties.AD,
            status or LogoutOutcome.DONE.status(),
        )
        message = building.logout_response(replace(made, **changes), parties.key(parties.AD_OIN))
        return {"SAMLResponse": base64.b64encode(message).decode(), "RelayState": self.relay_state}


@dataclass
class Visitor:
    """One browser."""

    service: AuthenticationService
    prefix: str = ""
    client: Client = field(default_factory=Client)

    def form(self, answer: "Answer") -> Form:
        """The form that posts itself to another site."""
        return next(form for form in read(answer.content.decode()).forms if form.action.startswith("https:"))

    def leave(self, query: str = "") -> "Answer":
        """Choose this service on the log-in page; the page that takes the browser there."""
        return self.client.post(f"{self.prefix}/inloggen/{query}", {"bij": self.service.entity_id})

    def ask(self, query: str = "") -> Question:
        """What the service is asked."""
        return self.service.receive(self.form(self.leave(query)).fields)

    def come_back(self, question: Question, says: Says) -> "Answer":
        """Say who is there, and come back."""
        return self.open(self.service.log_in(question, says))

    def open(self, address: str) -> "Answer":
        """An address of ours, as the service sends browsers to it."""
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}")

    def log_in(self, says: Says, query: str = "") -> "Answer":
        """All of it."""
        return self.come_back(self.ask(query), says)

    @property
    def is_logged_in(self) -> bool:
        """Whether the pages for who is logged in open."""
        return self.client.get(MINE).status_code == 200

    def log_out(self) -> Upstream:
        """Log out; what the service is asked then."""
        form = self.form(self.client.post(f"{self.prefix}/uitloggen/"))
        assert form.action == "https://inloggen.example/saml/slo"
        root = gate.read(base64.b64decode(form.fields["SAMLRequest"]), gate.LOGOUT)
        schemas.validate(root, schemas.Schema.PROTOCOL)
        element = verified(root, portal_keys(), now=clock.wall_clock()).element
        return Upstream(parsing.logout_request(element), form.fields["RelayState"])

    def come_back_logged_out(self, fields: dict[str, str], at: str = ANSWERS) -> "Answer":
        """The service sends the browser back, from its own site."""
        return self.client.post(at, urlencode(fields), content_type="application/x-www-form-urlencoded")
