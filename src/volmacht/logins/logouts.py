"""Ending what was asserted: log-out of a provider and of our own portal, upstream too (FL-11).

What the entrance remembers ends at once, whatever the authentication service answers (LO-09). Used through
`operations`.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity, ring
from volmacht.logins import entities
from volmacht.logins.models import Federation, IssuedArtifact, Logout, Transaction
from volmacht.logins.states import State
from volmacht.logins.upstream_session import Session
from volmacht.protocols.saml import building
from volmacht.protocols.saml.bindings import Field, post_fields
from volmacht.protocols.saml.handling.logout import LogoutAsked, read_logout_answer
from volmacht.protocols.saml.messages import LogoutRequest, LogoutResponse
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import LogoutOutcome
from volmacht.rules.environment import Environment
from volmacht.sealing import Purpose, keyed_hash, keyed_hashes, unseal

TERM = timedelta(minutes=2)  # LO-11
# An answer that comes late is still passed on, as one that confirms nothing (ST-85).
KEPT = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Onward:
    """A form that takes the browser to the authentication service with our LogoutRequest (LO-10)."""

    location: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A form that takes the browser back with a LogoutResponse; without `location` a page says it is done (ST-86).

    `entity_id` is whose log-out it is.
    """

    entity_id: str
    location: str | None
    fields: dict[str, str]
    outcome: LogoutOutcome


def begin_logout(asked: LogoutAsked, *, environment: Environment, relay_state: str | None) -> Onward | Answer:
    """End what this NameID stands for, and go on to the authentication service if it has a log-out."""
    if asked.outcome is not None:
        return _answer(asked, environment, relay_state, asked.outcome)
    session = _end(asked.name_id, asked.entity_id, environment)
    if session is None:
        return _answer(asked, environment, relay_state, LogoutOutcome.UNKNOWN)
    onward = ask_logout(
        session,
        environment=environment,
        entity=OwnEntity.ENTRANCE,
        waiting=_Waiting(asked.entity_id, asked.request_id, asked.answer_to or "", relay_state),
    )
    return onward or _answer(asked, environment, relay_state, LogoutOutcome.DONE)


@transaction.atomic
def _end(name_id: str, entity_id: str, environment: Environment) -> Session | None:
    """End the records of this log-in in its SSO domain; None when this connection has none (LO-08, LO-09)."""
    try:
        name = UUID(name_id)
    except ValueError:
        return None
    now = clock.wall_clock()
    living = Federation.objects.select_for_update().filter(
        environment=environment, ended_at__isnull=True, expires_at__gt=now
    )
    found = living.filter(name_id=name, entity_id=entity_id).first()
    if found is None:
        return None
    session = _session_of(found)
    same = Q(id=found.id)
    if found.sso_domain:
        same |= Q(sso_domain=found.sso_domain, upstream_hash__in=session.hashes)
    living.filter(same).update(ended_at=now)
    _end_pending(session, found)
    return session


def _session_of(found: Federation) -> Session:
    """What the authentication service calls the session of this log-in."""
    written = unseal(Purpose.FEDERATION, found.id, bytes(found.upstream_sealed))
    return Session.read(found.authentication_service, written)


def _end_pending(session: Session, found: Federation) -> None:
    """Log-ins of the same session that are under way in the same SSO domain, and their artifacts (LO-09)."""
    connections = [
        link.id
        for link in catalogue.connections(Environment(found.environment))
        if link.entity_id == found.entity_id or (found.sso_domain and link.sso_domain == found.sso_domain)
    ]
    now = clock.wall_clock()
    pending = Transaction.objects.filter(
        saml__upstream_hash__in=session.hashes,
        connection_id__in=connections,
        state__in=[State.AUTHENTICATED, State.ANSWERED],
    )
    ids = list(pending.values_list("id", flat=True))
    IssuedArtifact.objects.filter(transaction_id__in=ids, used_at__isnull=True).update(used_at=now)
    Transaction.objects.filter(id__in=ids).update(state=State.CANCELLED)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who gets the answer: a provider, or in `answer_to` only the page of our own portal."""

    entity_id: str
    request_id: str
    answer_to: str
    relay_state: str | None


def ask_logout(
    session: Session, *, environment: Environment, entity: OwnEntity, waiting: _Waiting
) -> Onward | None:
    """Our LogoutRequest to the authentication service; None when it has no log-out or no metadata (LO-10, LO-16)."""
    now = clock.wall_clock()
    peer = catalogue.peer(environment, session.authentication_service)
    if peer is None or not peer.counts_at(now) or not peer.entity.single_logout:
        return None
    location, relay_state = peer.entity.single_logout[0].location, secrets.token_urlsafe(32)
    request = LogoutRequest(
        id=new_id(),
        version="2.0",
        issue_instant=now,
        destination=location,
        issuer=entities.entity_id(environment, entity),
        name_id=session.name_id,
        session_indexes=(session.session_index,) if session.session_index else (),
    )
    Logout.objects.create(
        environment=environment,
        entity=entity,
        entity_id=waiting.entity_id,
        request_id=waiting.request_id,
        answer_to=waiting.answer_to,
        relay_state=waiting.relay_state,
        authentication_service=session.authentication_service,
        upstream_request_id=request.id,
        relay_state_hash=keyed_hash(Purpose.LINK, relay_state),
        expires_at=now + TERM,
    )
    message = building.logout_request(request, ring(environment, entity).signing)
    return Onward(location, post_fields(message, relay_state))


def finish_logout(message: bytes, *, environment: Environment, relay_state: str) -> Answer | None:
    """What the authentication service answered the entrance, passed on to who waits; None when nobody waits for it."""
    ended = _ended(message, environment=environment, entity=OwnEntity.ENTRANCE, relay_state=relay_state)
    if ended is None:
        return None
    row, outcome = ended
    asked = LogoutAsked(row.entity_id, row.request_id, row.answer_to or None, "", None)
    return _answer(asked, environment, row.relay_state, outcome)


def _ended(
    message: bytes, *, environment: Environment, entity: OwnEntity, relay_state: str
) -> tuple[Logout, LogoutOutcome] | None:
    """The log-out that an answer is for, once, and whether that confirms it (LO-11)."""
    now = clock.wall_clock()
    row = Logout.objects.filter(
        environment=environment,
        entity=entity,
        relay_state_hash__in=keyed_hashes(Purpose.LINK, relay_state),
    ).first()
    peer = catalogue.peer(environment, row.authentication_service) if row else None
    if row is None or not Logout.objects.filter(id=row.id).delete()[0]:
        return None
    confirmed = (
        now < row.expires_at
        and peer is not None
        and peer.counts_at(now)
        and read_logout_answer(
            message,
            peer=peer,
            destination=entities.front(environment, entity, entities.LOGOUT_RESPONSE),
            request_id=row.upstream_request_id,
            now=now,
        )
    )
    return row, LogoutOutcome.DONE if confirmed else LogoutOutcome.NOT_CONFIRMED


# --- our own portal (LO-16) ---


@dataclass(frozen=True, slots=True)
class OwnLogout:
    """A log-out of our own portal that is over: on which page it goes on, and whether upstream it ended too."""

    page: str
    confirmed: bool


def begin_own_logout(session: Session, *, environment: Environment, page: str) -> Onward | None:
    """Ask the authentication service to end its log-in; None when it cannot be asked. `page` is shown at the end."""
    waiting = _Waiting("", "", page, None)
    return ask_logout(session, environment=environment, entity=OwnEntity.PORTAL, waiting=waiting)


def finish_own_logout(message: bytes, *, environment: Environment, relay_state: str) -> OwnLogout | None:
    """What the authentication service answered the portal; None for an answer nobody waits for."""
    ended = _ended(message, environment=environment, entity=OwnEntity.PORTAL, relay_state=relay_state)
    return OwnLogout(ended[0].answer_to, ended[1] is LogoutOutcome.DONE) if ended else None


def _answer(
    asked: LogoutAsked, environment: Environment, relay_state: str | None, outcome: LogoutOutcome
) -> Answer:
    if asked.answer_to is None:
        return Answer(asked.entity_id, None, {}, outcome)
    response = LogoutResponse(
        id=new_id(),
        version="2.0",
        issue_instant=clock.wall_clock(),
        destination=asked.answer_to,
        in_response_to=asked.request_id,
        issuer=entities.entity_id(environment, OwnEntity.ENTRANCE),
        status=outcome.status(),
    )
    message = building.logout_response(response, ring(environment, OwnEntity.ENTRANCE).signing)
    fields = post_fields(message, relay_state, field=Field.RESPONSE)
    return Answer(asked.entity_id, asked.answer_to, fields, outcome)


def sweep_logouts() -> int:
    """Remove log-outs that nobody confirmed in time, and federations that are over; how many."""
    now = clock.wall_clock()
    waiting = Logout.objects.filter(expires_at__lte=now - KEPT).delete()[0]
    return waiting + Federation.objects.filter(expires_at__lte=now).delete()[0]
