"""An outside representation service for tests: judges the log-in that the entrance brings, and states for whom it is.

Speaks the real protocol with real keys, over the back channel of the authentication service. Reads who acts with its
own key, from the assertion in the request; what it says can be changed at each level.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.interfaces.saml import parties
from tests.interfaces.saml.asking import ENTRANCE, request
from tests.interfaces.saml.authentication_service import AuthenticationService, Question, Says, named
from tests.interfaces.saml.browsing import Browser
from volmacht import clock
from volmacht.protocols.saml import assurance, parsing
from volmacht.protocols.saml.encryption import Identifier
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.composing import CONFIRMED_FOR, MARGIN
from volmacht.protocols.saml.handling.doors import Door, Peer
from volmacht.protocols.saml.handling.idp_assertions import Acting, read_idp_assertion
from volmacht.protocols.saml.messages import Assertion, Scoping
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.xml import gate
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn, Oin

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

CHILD = Bsn("999999047")
BY_AUTHORITY = Scoping(None, (parties.OG,))


@dataclass(frozen=True)
class States(Says):
    """What is stated: for whom, by which kind of authority; `bsn` names somebody else than who logged in."""

    child: Bsn = CHILD
    types: tuple[str, ...] = (parties.FULL_AUTHORITY,)


@dataclass
class RepresentationService(AuthenticationService):
    """One service; `acting` is who it read in each question, by the id of the request."""

    acting: dict[str, Acting] = field(default_factory=dict)

    def peer(self, entity_id: str) -> Peer | None:
        """The authentication services that it knows."""
        known = {parties.AD, parties.SECOND_AD}
        return Peer(parties.ad_entity(entity_id), Role.AD, None) if entity_id in known else None

    def receive(self, fields: dict[str, str]) -> Question:
        """What the browser posts here, with the log-in that is brought."""
        question = super().receive(fields)
        asked = question.request
        assert asked.issuer == ENTRANCE
        (brought,) = parsing.authn_request(gate.read(question.raw, gate.AUTHN_REQUEST)).idp_assertions
        found = read_idp_assertion(
            brought,
            door=self._door(),
            routing=self._entrance(),
            service_uuid=asked.services[0],
            level=LevelOfAssurance.MIDDLE,
            keys=parties.decrypting(self.entity_id),
            look_ups=self,
            now=clock.wall_clock(),
        )
        assert isinstance(found, Acting), found
        self.acting[asked.id] = found
        return question

    def _door(self) -> Door:
        (sign_on,) = parties.og_entity().single_sign_on
        return Door(
            entity_id=self.entity_id,
            environment=Environment.PRODUCTION,
            accepts=frozenset({Role.TD}),
            sign_on=sign_on.location,
            resolution="",
            authentication_services=(parties.AD, parties.SECOND_AD),
            takes_assertions=True,
        )

    def _entrance(self) -> Peer:
        entity = Entity(
            ENTRANCE,
            Role.TD,
            Descriptor.SERVICE_PROVIDER,
            Oin(parties.OWN_OIN),
            signing=self.entrance_keys(),
            assertion_consumers=(Endpoint(0, self.consumer),),
        )
        return Peer(entity, Role.TD, None)

    def honest(self, question: Question, says: Says) -> Assertion:
        """An assertion as BV-20 wants it."""
        assert isinstance(says, States)
        asked, now = question.request, clock.wall_clock()
        keys = list(self.recipients(asked.audiences[0]))
        acting = says.bsn or self.acting[asked.id].bsn
        return Assertion(
            id=new_id(),
            version="2.0",
            issue_instant=now,
            issuer=self.entity_id,
            name_id=str(uuid4()),
            recipient=self.consumer,
            in_response_to=asked.id,
            confirmation_ends=now + CONFIRMED_FOR,
            not_before=now - MARGIN,
            not_on_or_after=now + MARGIN,
            audiences=(asked.issuer,),
            authn_instant=now,
            class_ref=assurance.UNSPECIFIED,
            service_uuids=(asked.services[0],),
            acting=(named(Identifier.of_bsn(acting), keys),),
            legal=(named(Identifier.of_bsn(says.child), keys),),
            representation_types=says.types,
        )


def asked_of(og: RepresentationService, browser: Browser, value: Any = None) -> Question:
    """Somebody logs in, and is sent on to the outside service with this question."""
    page = browser.log_in(value or request(scoping=BY_AUTHORITY))
    return og.receive(browser.posted_away(page))


def back_from(og: RepresentationService, browser: Browser, question: Question, says: Says) -> "Answer":
    """From the outside service to what follows."""
    return browser.follow(browser.get(og.log_in(question, says)))


def stated(og: RepresentationService, browser: Browser, says: Says | None = None) -> "Answer":
    """All the way: back at the provider, or on the page that says no."""
    return back_from(og, browser, asked_of(og, browser), says or States())
