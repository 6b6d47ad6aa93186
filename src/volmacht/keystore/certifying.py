"""The test authority of an environment on disk, and what it certifies for organisations that connect (CN-2).

`<data>/pki/<environment>/issuing.{key,crt}`, made by `volmacht pki make` and by a demo at its start. For pre-production
and for trying out only: in production certificates come from PKIoverheid.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from volmacht.keystore.believing import trust_folder
from volmacht.pki import Authority, Organisation, Purpose, pem_of, request_from
from volmacht.pki.subjects import LONGEST_NAME
from volmacht.rules.environment import Environment

BEFORE = timedelta(hours=1)  # other machines' clocks may be a little behind


class NoTestAuthority(LookupError):
    """There is none in this environment, or none may be used there."""


def read_authority(environment: Environment) -> Authority | None:
    """The issuing authority; None when it was not made."""
    certificates, key = (trust_folder(environment) / f"issuing.{end}" for end in ("crt", "key"))
    if not certificates.exists():
        return None
    return Authority.load(key.read_bytes(), certificates.read_bytes())


def certify(
    request: bytes,
    organisation: Organisation,
    purpose: Purpose,
    *,
    environment: Environment,
    now: datetime,
    hosts: Sequence[str] = (),
) -> bytes:
    """A certificate for the key of a signing request (PEM or DER), followed by the intermediate, in PEM.

    Name, OIN, purpose and hosts are the caller's, whatever the request says. Raises NoTestAuthority, RequestRefused,
    NotInForce, and ValueError for a host that cannot be one.
    """
    if environment is Environment.PRODUCTION and not settings.VOLMACHT.demo:
        raise NoTestAuthority(environment)
    authority = read_authority(environment)
    if authority is None:
        raise NoTestAuthority(environment)
    certificate = authority.issue_from_csr(
        request_from(request),
        organisation,
        purpose,
        common_name=(hosts[0] if hosts else f"{organisation.name} {purpose.value}")[:LONGEST_NAME],
        now=now - BEFORE,
        hosts=hosts,
    )
    return pem_of(certificate, *authority.intermediates)
