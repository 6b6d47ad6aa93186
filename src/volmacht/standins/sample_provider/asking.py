"""Asks Volmacht to let somebody log in: a signed AuthnRequest in a form that the browser posts (AR-01 to AR-40).

What must come back the same is remembered in the session of this browser, and nowhere else.
"""

import secrets
from dataclasses import dataclass

from volmacht import clock
from volmacht.protocols.saml import building
from volmacht.protocols.saml.bindings import post_fields
from volmacht.protocols.saml.messages import AuthnRequest, Scoping
from volmacht.protocols.saml.signing import new_id
from volmacht.standins.sample_provider import own_entity, volmacht_documents


@dataclass(frozen=True, slots=True)
class Asked:
    """A log-in that this browser began. The answer must name request and service, and bring the RelayState."""

    request_id: str
    relay_state: str
    service_uuid: str
    for_somebody_else: bool


@dataclass(frozen=True, slots=True)
class Form:
    """Where the browser posts what."""

    location: str
    fields: dict[str, str]


def ask(service_uuid: str, *, for_somebody_else: bool) -> tuple[Asked, Form]:
    """Ask for a log-in for oneself or for somebody else. Raises VolmachtNotThere."""
    asked = Asked(new_id(), secrets.token_urlsafe(16), service_uuid, for_somebody_else)
    location = volmacht_documents.entrance().entity.single_sign_on[0].location
    request = AuthnRequest(
        id=asked.request_id,
        version="2.0",
        issue_instant=clock.wall_clock(),
        destination=location,
        issuer=own_entity.ENTITY_ID,
        acs_index=own_entity.CONSUMER_INDEX,
        # The service stands in Extensions; its number in our metadata would do as well, but never both (AR-12).
        has_extensions=True,
        audiences=(own_entity.ENTITY_ID,),
        services=(service_uuid,),
        scoping=_somebody_else() if for_somebody_else else None,
    )
    message = building.authn_request(request, own_entity.keys().signing)
    return asked, Form(location, post_fields(message, asked.relay_state))


def _somebody_else() -> Scoping:
    """The BVD as RequesterID: then representation is required (FL-02, AR-29). Without Scoping: oneself (FL-01)."""
    return Scoping(idp_list=None, requester_ids=(volmacht_documents.bvd().entity.entity_id,))
