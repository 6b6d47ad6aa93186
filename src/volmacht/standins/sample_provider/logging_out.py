"""Logs somebody out at Volmacht too: a signed LogoutRequest, and the answer to it (FL-11, LO-01 to LO-13).

The answer comes in a form that another site posts, so it brings no cookie of ours: what we asked is kept here for a
few minutes, under a RelayState that nobody can guess. Our own session ended before.
"""

import secrets

from django.core.cache import cache

from volmacht import clock
from volmacht.protocols.saml import building
from volmacht.protocols.saml.bindings import post_fields
from volmacht.protocols.saml.handling.logout import read_logout_answer
from volmacht.protocols.saml.messages import LogoutRequest
from volmacht.protocols.saml.signing import new_id
from volmacht.standins.sample_provider import own_entity, volmacht_documents
from volmacht.standins.sample_provider.asking import Form

ANSWER_WITHIN_SECONDS = 10 * 60


def ask_logout(name_id: str, session_index: str | None) -> Form:
    """Ask to end what this NameID of the assertion stands for. Raises VolmachtNotThere."""
    location = volmacht_documents.entrance().entity.single_logout[0].location
    request = LogoutRequest(
        id=new_id(),
        version="2.0",
        issue_instant=clock.wall_clock(),
        destination=location,
        issuer=own_entity.ENTITY_ID,
        name_id=name_id,
        session_indexes=(session_index,) if session_index else (),
    )
    relay_state = secrets.token_urlsafe(16)
    cache.set(_key(relay_state), request.id, ANSWER_WITHIN_SECONDS)
    message = building.logout_request(request, own_entity.keys().signing)
    return Form(location, post_fields(message, relay_state))


def take_asked(relay_state: str) -> str | None:
    """The id of the LogoutRequest with this RelayState, once; None when we did not ask, or too long ago."""
    request_id: str | None = cache.get(_key(relay_state))
    return request_id if cache.delete(_key(relay_state)) else None


def is_confirmed(message: bytes, request_id: str) -> bool:
    """Whether this is Volmacht's signed answer to that request, and it ended everything. Raises VolmachtNotThere."""
    return read_logout_answer(
        message,
        peer=volmacht_documents.entrance(),
        destination=own_entity.LOGOUT,
        request_id=request_id,
        now=clock.wall_clock(),
    )


def _key(relay_state: str) -> str:
    return f"log-out-{relay_state}"
