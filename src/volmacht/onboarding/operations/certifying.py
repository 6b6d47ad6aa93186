"""Test certificates from a signing request, for an organisation that is proven (CN-2). Its key stays its own."""

import hashlib
from collections.abc import Sequence
from enum import StrEnum, auto
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.keystore.certifying import NoTestAuthority, certify
from volmacht.onboarding.actors import THE_SYSTEM, CaseActor
from volmacht.onboarding.file_names import ENVIRONMENTS, PURPOSES
from volmacht.onboarding.kinds import FILE_ADDED, FileKind
from volmacht.onboarding.models import Case
from volmacht.onboarding.moving import note_event, record_about, seen
from volmacht.onboarding.operations.files import add_file, keep
from volmacht.parties import queries as parties
from volmacht.pki import Organisation, Purpose, RequestFault, RequestRefused
from volmacht.pki.encodings import certificates_from
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


@transaction.atomic
def certify_request(
    *,
    case_id: UUID,
    request: bytes,
    purpose: Purpose,
    environment: Environment,
    actor: CaseActor,
    hosts: Sequence[str] = (),
) -> bytes | Objection | CertifyFault:
    """A certificate with the intermediate above it, in PEM; the request and the certificate are kept with the case.

    The same request again gives the same certificate, for as long as that is valid.
    Objections: UNKNOWN, NO_RIGHT, NOT_PROVEN, and those of `add_file`.
    """
    found = _subject(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, subject = found
    name = _name(request, subject, purpose, environment, hosts)
    earlier = _made_before(case, name)
    if earlier is not None:
        return earlier
    made = _made(request, subject, purpose, environment, hosts)
    if isinstance(made, CertifyFault):
        return made
    kept = add_file(
        case_id=case_id,
        kind=FileKind.CERTIFICATE_REQUEST,
        name=f"{name}.csr",
        content=request,
        actor=actor,
    )
    if isinstance(kept, Objection):
        return kept
    _keep(case, f"{name}.pem", made, purpose, environment, actor)
    return made


def _name(
    request: bytes, subject: Organisation, purpose: Purpose, environment: Environment, hosts: Sequence[str]
) -> str:
    """Of both files: whatever makes a certificate another one is in it."""
    whole = b"\0".join(
        (request, subject.name.encode(), subject.oin.value.encode(), *(host.encode() for host in hosts))
    )
    what = f"{ENVIRONMENTS[environment]}-{PURPOSES[purpose]}"
    return f"{what}-{hashlib.sha256(whole).hexdigest()[:16]}"


def _made_before(case: Case, name: str) -> bytes | None:
    """The certificate that was made of the same, while it is valid."""
    row = case.files.filter(kind=FileKind.CERTIFICATE, name=f"{name}.pem").order_by("-uploaded_at").first()
    if row is None:
        return None
    content = bytes(row.content)
    return content if clock.wall_clock() < certificates_from(content)[0].not_valid_after_utc else None


def _keep(
    case: Case, name: str, made: bytes, purpose: Purpose, environment: Environment, actor: CaseActor
) -> None:
    keep(case, FileKind.CERTIFICATE, name, made, THE_SYSTEM)
    note_event(case, FILE_ADDED, THE_SYSTEM, {"kind": FileKind.CERTIFICATE.value})
    fingerprint = certificates_from(made)[0].fingerprint(SHA256()).hex()
    data = {"environment": environment.value, "purpose": purpose.value, "sha256": fingerprint}
    record_about(EventKind.CERTIFICATE_ISSUED, case, actor, data)


def _subject(case_id: UUID, actor: CaseActor) -> tuple[Case, Organisation] | Objection:
    """The case, held, and who is certified: its organisation, once it is proven."""
    seen_here = seen(case_id, actor)
    if isinstance(seen_here, Objection):
        return seen_here
    case, may = seen_here
    if case.organisation_id is None:
        return Objection.UNKNOWN
    if Right.UPLOAD not in may.rights:
        return Objection.NO_RIGHT
    found = parties.connecting_organisation(case.organisation_id)
    if found is None or not found.proven:
        return Objection.NOT_PROVEN
    return case, Organisation(found.name[:LONGEST_NAME], Oin(found.oin))


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
