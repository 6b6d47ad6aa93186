"""Visits to eHerkenning that prove an organisation that connects (connection.md 1): nobody is logged in by them.

The same question to the same service as for a log-in, with a purpose and a place in the session of its own, so that the
answer to one is never taken for that to the other. In production only: elsewhere anybody may have a log-in with any
number. Used through `operations`.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from volmacht.keystore import OwnEntity
from volmacht.logins import entities
from volmacht.logins.browser_visits import KeptVisits
from volmacht.logins.models import Visit
from volmacht.logins.portal_log_ins import Employee, named_in, services_for
from volmacht.logins.visits import Failed, Sent, begin_visit, finish_visit
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.kinds import PartyKind
from volmacht.sealing import Purpose, keyed_hashes
from volmacht.telling import tell

KEPT = KeptVisits("visits_for_proof")
WHERE = Environment.PRODUCTION
LEVEL = LevelOfAssurance.SUBSTANTIAL  # eH3: somebody looked at who it is


@dataclass(frozen=True, slots=True)
class ProofLogIn:
    """For which organisation somebody logged in, and who that is, by a pseudonym."""

    organisation: KvkNumber
    employee: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProofCame:
    """How a visit of this browser ended, and what it was for."""

    outcome: ProofLogIn | Failed
    belongs_to: str


def proof_services() -> tuple[str, ...]:
    """Where an organisation can be proven now; whether representatives may log in there too is not asked."""
    return tuple(one.entity_id for one in services_for({PartyKind.ORGANISATION}, WHERE))


def begin_proof_visit(session: SessionBase, service: str, *, belongs_to: str, language: str) -> Sent | None:
    """The form that takes this browser to one of `proof_services`; None when that cannot be used now."""
    sent = begin_visit(
        environment=WHERE,
        entity=OwnEntity.PORTAL,
        authentication_service=service,
        provider=entities.entity_id(WHERE, OwnEntity.PORTAL),
        service_uuid=entities.PORTAL_SERVICE,
        level=LEVEL,
    )
    if not isinstance(sent, Sent):
        return None
    KEPT.keep(session, sent, belongs_to=belongs_to, language=language)
    return sent


def proof_awaited(session: SessionBase, relay_state: str, environment: Environment) -> str | None:
    """In which language this browser began the visit for a proof that this answer is for; None when it is for none.

    Nothing is finished by asking.
    """
    kept = KEPT.kept(session) if environment is WHERE else {}
    hashes = keyed_hashes(Purpose.LINK, relay_state) if kept else []
    found = Visit.objects.filter(id__in=list(kept), relay_state_hash__in=hashes).values_list("id", flat=True)
    return next((kept[visit] for visit in found), None)


def finish_kept_proof(session: SessionBase, *, artifact: str, relay_state: str) -> ProofCame | None:
    """Finish the visit that this answer is for, once; None when this browser waits for no such answer (ST-12)."""

    def finish(visit: UUID) -> ProofLogIn | Failed | None:
        return _finish(visit, artifact, relay_state)

    found: tuple[ProofLogIn | Failed, str, str] | None = KEPT.finish(session, finish)
    return ProofCame(found[0], found[1]) if found else None


def _finish(visit: UUID, artifact: str, relay_state: str) -> ProofLogIn | Failed | None:
    came = finish_visit(visit, artifact=artifact, relay_state=relay_state)
    if came is None or isinstance(came, Failed):
        return came
    assertion = came.answer.assertion
    who = named_in(assertion, WHERE)
    if isinstance(who, Employee):
        return ProofLogIn(who.organisation, who.pseudonym)
    outcome = Outcome.AUTHENTICATION_SERVICE_ERROR
    tell("proof by log-in not readable", outcome.rule, environment=WHERE, peer=assertion.issuer)
    return Failed(outcome, None)
