"""People of the population register, services of the demo catalogue, and mandates between them, in few words.

Everything is done with the operations that people use. `bulk` alone writes rows itself, because three hundred
mandates through the front door would take the time of a whole test run.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from tests.population_register import people
from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.operations import approve, propose
from volmacht.catalogue.queries import ServiceEntry
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.mandates import operations
from volmacht.mandates.models import Coverage, Mandate
from volmacht.mandates.operations import ActivationDone, MandateMade, Recognised, RequestMade
from volmacht.mandates.queries import Asked, decide_for
from volmacht.parties.operations import create_staff_member, know_person
from volmacht.parties.queries import party
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.periods import longest_last_day
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.representation import Allowed, Denied

LEVEL = LevelOfAssurance.SUBSTANTIAL
MUNICIPAL_TAXES = "Gemeentelijke belastingen"
INCOME_TAX = "Aangifte inkomstenbelasting"
BENEFITS = "Toeslagen"
LOCAL_TAXES = "Lokale belastingen: gemeente en waterschap"
WATER_TAX = "Waterschapsbelasting"
ONLY_ORGANISATIONS = "Uitstel voor cliënten van belastingadviseurs"
VEHICLE = "Voertuig verkopen of schorsen"
PENSION = "AOW-pensioen"
HIGH_LEVEL = "Medische stukken bij uw zorgaanvraag"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the register who is known here."""

    id: UUID
    bsn: Bsn
    name: str


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request with its code."""

    id: UUID
    code: AuthorisationCode


def someone(bsn: Bsn) -> Someone:
    """Somebody of the register, made known here."""
    id_ = know_person(bsn)
    assert isinstance(id_, UUID), id_
    known = party(id_)
    assert known
    return Someone(id_, bsn, known.name)


def main_character(handle: str) -> Someone:
    """Somebody of the register, by handle."""
    return someone(next(person.bsn for person in people() if person.handle == handle))


def crowd(number: int) -> list[Someone]:
    """Grown-ups of the register whom no story is about."""
    found = [person for person in people() if not person.handle and not person.case and not person.deceased]
    return [someone(person.bsn) for person in found[:number]]


def service(name: str, environment: Environment = Environment.PRODUCTION) -> ServiceEntry:
    """A service or set of the demo catalogue, by its Dutch name."""
    return next(entry for entry in catalogue.all_services(environment) if entry.name == name)


def wrong_code() -> AuthorisationCode:
    """A well-formed code that opens nothing."""
    return AuthorisationCode.generate(secrets.choice)


def request(
    represented: Someone,
    name: str = MUNICIPAL_TAXES,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    environment: Environment = Environment.PRODUCTION,
) -> OpenRequest:
    """An open request, from today and for as long as it can be unless told otherwise."""
    entry = service(name, environment)
    first = first_day or clock.today()
    made = operations.request_mandate(
        represented=represented.id,
        level=LEVEL,
        service_id=entry.id,
        first_day=first,
        last_day=last_day or longest_last_day(first, entry.longest_months),
        once=uuid4(),
        environment=environment,
    )
    assert isinstance(made, RequestMade), made
    assert made.code
    return OpenRequest(made.request_id, made.code)


def activate(
    representative: Someone,
    represented: Someone,
    code: AuthorisationCode,
    level: LevelOfAssurance = LEVEL,
    *,
    environment: Environment = Environment.PRODUCTION,
) -> ActivationDone | Refused:
    """Enter the code with the right BSN, and accept."""
    return operations.activate(
        representative=representative.id,
        level=level,
        code=code,
        bsn=represented.bsn,
        environment=environment,
    )


def try_code(
    representative: Someone,
    bsn: Bsn,
    code: AuthorisationCode,
    level: LevelOfAssurance = LEVEL,
    *,
    environment: Environment = Environment.PRODUCTION,
) -> Recognised | Refused:
    """Enter a code and a BSN."""
    return operations.try_code(
        representative=representative.id, level=level, code=code, bsn=bsn, environment=environment
    )


def mandate(
    represented: Someone,
    representative: Someone,
    name: str = MUNICIPAL_TAXES,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    environment: Environment = Environment.PRODUCTION,
) -> UUID:
    """A mandate that came to be with a code."""
    made = request(represented, name, first_day=first_day, last_day=last_day, environment=environment)
    done = activate(representative, represented, made.code, environment=environment)
    assert isinstance(done, ActivationDone), done
    return done.mandate_id


def grant_directly(
    represented: Someone,
    representative: Someone,
    name: str = INCOME_TAX,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    once: UUID | None = None,
) -> MandateMade | Refused:
    """Route C, from today and as long as it can be unless told otherwise."""
    entry = service(name)
    first = first_day or clock.today()
    return operations.grant_directly(
        represented=represented.id,
        level=LEVEL,
        service_id=entry.id,
        representative=representative.id,
        first_day=first,
        last_day=last_day or longest_last_day(first, entry.longest_months),
        once=once or uuid4(),
        environment=Environment.PRODUCTION,
    )


def asked(
    represented: Someone,
    representative: Someone,
    name: str = MUNICIPAL_TAXES,
    level: LevelOfAssurance = LEVEL,
) -> Asked:
    """The question of the provider of a service."""
    entry = service(name)
    assert entry.connection_id
    return Asked(representative.id, represented.id, entry.id, entry.connection_id, level)


def bulk(represented: list[UUID], representative: list[UUID], name: str = MUNICIPAL_TAXES) -> list[UUID]:
    """One mandate for each pair, valid now; the same pair may come back, for mandates that ended before."""
    entry, today, now = service(name), clock.today(), clock.now()
    seen: set[tuple[UUID, UUID]] = set()
    rows: list[Mandate] = []
    for gave, got in zip(represented, representative, strict=True):
        again = (gave, got) in seen
        seen.add((gave, got))
        rows.append(
            Mandate(
                environment=Environment.PRODUCTION,
                represented_id=gave,
                representative_id=got,
                service_id=entry.id,
                first_day=today - timedelta(days=30),
                last_day=today - timedelta(days=1) if again else today + timedelta(days=len(rows) % 300),
                route="direct",
                level_granted=LEVEL,
                level_activated=LEVEL,
                registered_by_kind="person",
                registered_by=gave,
                registered_at=now - timedelta(days=30),
                holds_place=not again,
                end_announced=again,
            )
        )
    Mandate.objects.bulk_create(rows)
    Coverage.objects.bulk_create(Coverage(mandate=row, service_id=entry.id) for row in rows)
    return [row.id for row in rows]


def allowed(question: Asked) -> UUID:
    """The mandate by which it is allowed."""
    decision = decide_for(question)
    assert isinstance(decision, Allowed), decision
    return decision.mandate_id


def refused(question: Asked) -> Refusal:
    """Why it is refused."""
    decision = decide_for(question)
    assert isinstance(decision, Denied), decision
    return decision.refusal


def change_catalogue(kind: ChangeKind, /, **content: object) -> None:
    """Two employees change the catalogue; everybody notices at once."""
    staff = [create_staff_member(name, f"{name}@volmacht.example") for name in ("eva", "frits")]
    assert approve(propose(kind, content, by=staff[0]), by=staff[1]) is None
    CATALOGUE.forget()


def end_relation(set_id: UUID, member_id: UUID) -> None:
    """A service leaves a set."""
    relation = {"kind": "service_set", "source": set_id, "target": member_id}
    change_catalogue(ChangeKind.CHANGE_RELATION, **relation, active=False)
