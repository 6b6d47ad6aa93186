"""What an artifact stands for: a Response, with an assertion as AD-10 wants it, or with a status (RS, AS, ST).

Made when it is fetched, so that its windows of time begin then. Everybody who may read who logged in is a recipient:
the provider for whom it was asked, and the representation service when the request named it (AS-19, AD-02).
"""

from datetime import datetime

from volmacht.protocols.saml import assurance, building
from volmacht.protocols.saml.handling.composing import (
    CONFIRMED_FOR,
    MARGIN,
    VERSION,
    Addressee,
    login_response,
)
from volmacht.protocols.saml.keys import RecipientKey
from volmacht.protocols.saml.messages import Assertion, Response
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import Outcome
from volmacht.standins.authentication_service.identities import named
from volmacht.standins.authentication_service.log_ins import Ending, Statement
from volmacht.standins.authentication_service.services import Service


def response_to(ending: Ending, service: Service, now: datetime) -> Response:
    """The Response behind an artifact; a technical error when a recipient has no valid key any more."""
    sender = ending.sender
    to = Addressee(sender.entity_id, sender.consumer, sender.request_id)
    if not isinstance(ending.outcome, Statement):
        return login_response(issuer=service.entity_id, to=to, status=ending.outcome, now=now)
    recipients = _recipients(ending.outcome, to.entity_id, service, now)
    if not recipients:
        status = Outcome.AUTHENTICATION_SERVICE_ERROR.status()
        return login_response(issuer=service.entity_id, to=to, status=status, now=now)
    assertion = _assertion(ending.outcome, to, recipients, service, now)
    return login_response(
        issuer=service.entity_id, to=to, assertion=building.assertion(assertion, service.key), now=now
    )


def _recipients(
    statement: Statement, requester: str, service: Service, now: datetime
) -> tuple[RecipientKey, ...]:
    """All valid encryption keys of the provider, and of the BVD if asked for; none if either has none (EN-07)."""
    peer = service.documents.peer(requester)
    keys = peer.recipient_keys(statement.provider, now) if peer else ()
    if not statement.bvd or not keys:
        return keys
    bvd = service.documents.bvd()
    if bvd is None or bvd.entity.entity_id != statement.bvd:
        return ()
    own = tuple(RecipientKey(statement.bvd, key) for key in bvd.entity.encryption_at(now))
    return (*keys, *own) if own else ()


def _assertion(
    statement: Statement,
    to: Addressee,
    recipients: tuple[RecipientKey, ...],
    service: Service,
    now: datetime,
) -> Assertion:
    who = named(statement.account, statement.provider, recipients)
    return Assertion(
        id=new_id(),
        version=VERSION,
        issue_instant=now,
        issuer=service.entity_id,
        name_id=statement.name_id,
        recipient=to.consumer,
        in_response_to=to.request_id,
        confirmation_ends=now + CONFIRMED_FOR,
        not_before=now - MARGIN,
        not_on_or_after=now + MARGIN,
        audiences=tuple(one for one in (to.entity_id, statement.bvd) if one),
        authn_instant=now,
        session_index=statement.name_id,
        class_ref=assurance.uri_of(statement.level),
        service_uuids=(statement.service_uuid,),
        acting=who.acting,
        concerned_kvk=who.concerned,
    )
