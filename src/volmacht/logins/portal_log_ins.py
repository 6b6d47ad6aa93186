"""Logging in to our own portal, a provider like others towards the authentication services (FL-13, AD-15, AD-16).

`begin_portal_visit` makes the form that takes the browser there; `finish_portal_visit` says who came back. A person
logs in by BSN; at eHerkenning an employee logs in for an organisation. Used through `operations`.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity, ring
from volmacht.logins import entities, knowing
from volmacht.logins.browser_visits import KeptVisits
from volmacht.logins.upstream_session import Session
from volmacht.logins.visits import Failed, Sent, begin_visit, finish_visit
from volmacht.parties.queries import KnownParty, party
from volmacht.protocols.saml.encryption import Identifier, NotReadable, decrypted
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.messages import Assertion
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.names import ENTITY_CONCERNED_KVK, LEGACY_BSN, PSEUDONYM
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn, InvalidIdentifier, KvkNumber
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal, Refused
from volmacht.telling import tell

KEPT = KeptVisits("visits_for_portal")
_PSEUDONYM = re.compile(r"[!-~]{1,100}")


@dataclass(frozen=True, slots=True)
class LogInService:
    """An authentication service at which one can log in now, and for what kind of party."""

    entity_id: str
    kind: PartyKind


@dataclass(frozen=True, slots=True)
class PortalLogIn:
    """Who logged in, how surely. `employee` is the pseudonym of who acts for an organisation, else empty.

    `session` is what the authentication service calls its log-in, for log-out only (AD-12).
    """

    party: KnownParty
    level: LevelOfAssurance
    session: Session = field(repr=False)
    employee: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CameBack:
    """How a visit of this browser ended, and where it goes on, in which language."""

    outcome: PortalLogIn | Refused | Failed
    continue_at: str
    language: str


def keep_visit(session: SessionBase, sent: Sent, *, continue_at: str, language: str) -> None:
    """This browser begins this visit, at the log-in page or at the page for trying out (SE-02)."""
    KEPT.keep(session, sent, belongs_to=continue_at, language=language)


def finish_kept_visit(
    session: SessionBase, *, artifact: str, relay_state: str, environment: Environment
) -> CameBack | None:
    """Finish the visit that this answer is for, once; None when this browser waits for no such answer (ST-12)."""

    def finish(visit: UUID) -> PortalLogIn | Refused | Failed | None:
        return finish_portal_visit(visit, artifact=artifact, relay_state=relay_state, environment=environment)

    found: tuple[PortalLogIn | Refused | Failed, str, str] | None = KEPT.finish(session, finish)
    return CameBack(*found) if found else None


def log_in_services(environment: Environment) -> tuple[LogInService, ...]:
    """Where one can log in now: pinned, with usable metadata; those for people first (AD-13)."""
    return services_for(settings.REPRESENTATIVES_THAT_LOG_IN, environment)


def services_for(kinds: Collection[PartyKind], environment: Environment) -> tuple[LogInService, ...]:
    """The same, for these kinds of parties."""
    now, found = clock.wall_clock(), []
    for pinned in catalogue.pinned_peers(environment, Role.AD):
        peer, kind = catalogue.peer(environment, pinned.entity_id), _kind_at(pinned.entity_id)
        if kind in kinds and peer and peer.counts_at(now) and peer.entity.single_sign_on:
            found.append(LogInService(pinned.entity_id, kind))
    return tuple(sorted(found, key=lambda one: one.kind is not PartyKind.PERSON))


def _kind_at(authentication_service: str) -> PartyKind:
    at_eherkenning = authentication_service in settings.VOLMACHT.eherkenning
    return PartyKind.ORGANISATION if at_eherkenning else PartyKind.PERSON


def begin_portal_visit(authentication_service: str, *, environment: Environment) -> Sent | Outcome:
    """The form for one of `log_in_services`; always a forced log-in, so that nobody gets the session of another."""
    return begin_visit(
        environment=environment,
        entity=OwnEntity.PORTAL,
        authentication_service=authentication_service,
        provider=entities.entity_id(environment, OwnEntity.PORTAL),
        service_uuid=entities.PORTAL_SERVICE,
        level=entities.PORTAL_LEVEL,
    )


def finish_portal_visit(
    visit_id: UUID, *, artifact: str, relay_state: str, environment: Environment
) -> PortalLogIn | Refused | Failed | None:
    """Who came back, once. None when this is no visit that waits for it (ST-12).

    Refused: PERSON_UNKNOWN, REGISTER_UNAVAILABLE, REPRESENTATIVE_DECEASED (nobody logs in as somebody who has died);
    NO_TEST_PERSON in pre-production, where anybody may have a log-in with any number.
    """
    came = finish_visit(visit_id, artifact=artifact, relay_state=relay_state)
    if came is None or isinstance(came, Failed):
        return came
    assertion = came.answer.assertion
    who = named_in(assertion, environment)
    if who is None:
        outcome = Outcome.AUTHENTICATION_SERVICE_ERROR
        tell("portal log-in not readable", outcome.rule, environment=environment, peer=assertion.issuer)
        return Failed(outcome, None)
    return _known(who, came.level, assertion, environment)


# --- who is named ---


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who logs in for an organisation, by a pseudonym (DM-02)."""

    organisation: KvkNumber
    pseudonym: str = field(repr=False)


def named_in(assertion: Assertion, environment: Environment) -> Bsn | Employee | None:
    """What this kind of service may say, and nothing else; None for whatever cannot be read (EN-18)."""
    if _kind_at(assertion.issuer) is PartyKind.PERSON:
        bsn = None if assertion.concerned_kvk else _value(assertion.acting, LEGACY_BSN, environment)
        return Bsn(bsn) if bsn else None  # `decrypted` has checked the number
    pseudonym = _value(assertion.acting, PSEUDONYM, environment)
    number = _value(assertion.concerned_kvk, ENTITY_CONCERNED_KVK, environment)
    if pseudonym is None or number is None or not _PSEUDONYM.fullmatch(pseudonym):
        return None
    try:
        return Employee(KvkNumber(number), pseudonym)
    except InvalidIdentifier:
        return None


def _value(encrypted: Iterable[bytes], qualifier: str, environment: Environment) -> str | None:
    """The one value of this kind that our key opens; two that differ are no answer (AS-19)."""
    own, keys = (
        entities.entity_id(environment, OwnEntity.PORTAL),
        ring(environment, OwnEntity.PORTAL).decrypting,
    )
    found: set[str] = set()
    for one in encrypted:
        try:
            identifier: Identifier = decrypted(gate.parsed(one), own=own, keys=keys)
        except NotReadable:
            continue  # for another reader, or not to be read: none of ours is left then
        if identifier.qualifier == qualifier:
            found.add(identifier.value)
    return found.pop() if len(found) == 1 else None


def _known(
    who: Bsn | Employee, level: LevelOfAssurance, assertion: Assertion, environment: Environment
) -> PortalLogIn | Refused:
    """Know the party and record that it logged in (DM-02: organisation and employee)."""
    employee = who.pseudonym if isinstance(who, Employee) else ""
    number = who.organisation if isinstance(who, Employee) else who
    known_id = knowing.known(number, environment)
    if isinstance(known_id, Refused):
        return known_id
    known = party(known_id)
    if known is None or known.deceased:
        return Refused(Refusal.REPRESENTATIVE_DECEASED)
    with transaction.atomic():
        record(
            EventKind.LOGGED_IN,
            actor=known.acting(employee),
            subject_id=known.id,
            data={"level": int(level), **told_apart(environment)},
        )
    session = Session.behind(assertion)
    return PortalLogIn(known, level, session, employee)
