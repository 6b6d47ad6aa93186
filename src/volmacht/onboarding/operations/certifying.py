"""Test certificates from a signing request, for an organisation that is proven (CN-2). Its key stays its own."""

from collections.abc import Sequence
from enum import StrEnum, auto
from typing import Final
from uuid import UUID

from volmacht import clock
from volmacht.keystore.certifying import NoTestAuthority, certify
from volmacht.onboarding.actors import CaseActor, acting
from volmacht.onboarding.kinds import FileKind
from volmacht.onboarding.models import Case
from volmacht.onboarding.operations.files import add_file
from volmacht.parties import queries as parties
from volmacht.pki import Organisation, Purpose, RequestFault, RequestRefused
from volmacht.pki.subjects import LONGEST_NAME
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.roles import Right

LARGEST_REQUEST: Final = 64 * 1024


class CertifyFault(StrEnum):
    """Why no certificate was made of a request."""

    MALFORMED = auto()  # no signing request
    SIGNATURE = auto()  # not signed by its own key
    KEY = auto()  # no RSA of 2048 to 8192 bits
    OTHER_OIN = auto()  # it names the OIN of another
    NO_AUTHORITY = auto()  # this installation has no test authority for this environment
    HOST = auto()  # a server needs a host name, and nothing else has one


_FAULTS: Final = {
    RequestFault.MALFORMED: CertifyFault.MALFORMED,
    RequestFault.SIGNATURE: CertifyFault.SIGNATURE,
    RequestFault.KEY: CertifyFault.KEY,
    RequestFault.OTHER_OIN: CertifyFault.OTHER_OIN,
}


def certify_request(
    *,
    case_id: UUID,
    request: bytes,
    purpose: Purpose,
    environment: Environment,
    actor: CaseActor,
    hosts: Sequence[str] = (),
) -> bytes | Objection | CertifyFault:
    """A certificate with the intermediate above it, in PEM; the request is kept with the case.

    Objections: UNKNOWN, NO_RIGHT, NOT_PROVEN, and those of `add_file`.
    """
    subject = _subject(case_id, actor)
    if isinstance(subject, Objection):
        return subject
    made = _made(request, subject, purpose, environment, hosts)
    if isinstance(made, CertifyFault):
        return made
    kept = add_file(
        case_id=case_id,
        kind=FileKind.CERTIFICATE_REQUEST,
        name=f"{environment.value}-{purpose.value}.csr",
        content=request,
        actor=actor,
    )
    return kept if isinstance(kept, Objection) else made


def _subject(case_id: UUID, actor: CaseActor) -> Organisation | Objection:
    """Who is certified: the organisation of the case, once it is proven."""
    case = Case.objects.filter(id=case_id).first()
    may = acting(case, actor) if case else None
    if case is None or case.organisation_id is None or may is None:
        return Objection.UNKNOWN
    if Right.UPLOAD not in may.rights:
        return Objection.NO_RIGHT
    found = parties.connecting_organisation(case.organisation_id)
    if found is None or not found.proven:
        return Objection.NOT_PROVEN
    return Organisation(found.name[:LONGEST_NAME], Oin(found.oin))


def _made(
    request: bytes,
    subject: Organisation,
    purpose: Purpose,
    environment: Environment,
    hosts: Sequence[str],
) -> bytes | CertifyFault:
    if len(request) > LARGEST_REQUEST:
        return CertifyFault.MALFORMED
    try:
        return certify(
            request, subject, purpose, environment=environment, now=clock.wall_clock(), hosts=hosts
        )
    except RequestRefused as refused:
        return _FAULTS[refused.fault]
    except NoTestAuthority:
        return CertifyFault.NO_AUTHORITY
    except ValueError:
        return CertifyFault.HOST
