"""What the system knows by itself about the points of a report: proposals, of which an assessor makes verdicts (CN-4).

Only of what was looked at: metadata in so far as they were read, signatures of the conditions, the ALB list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final
from uuid import UUID

from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import LookedAt, RunFinding
from volmacht.checks import Family, checks
from volmacht.checks.judging import Outcome
from volmacht.onboarding.configuring import drafted, running
from volmacht.onboarding.forms import pages_of
from volmacht.onboarding.metadata import newest
from volmacht.onboarding.models import Case, Signature
from volmacht.onboarding.signatures import CONDITIONS, current_version, may_still_sign
from volmacht.parties import queries as parties
from volmacht.protocols.saml.metadata.findings import Severity
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.configuration import Incomplete
from volmacht.rules.onboarding.forms import FormKey, PageKey

CONDITIONS_SIGNED: Final = "CK-D3"
IN_THE_LIST: Final = "CK-D4"


class Basis(StrEnum):
    """What a proposal rests on."""

    METADATA = auto()
    SIGNED = auto()
    SIGNED_OLDER = auto()
    LISTED = auto()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A verdict that the system would give; `findings` are those in the metadata, `version` is of the conditions."""

    check_id: str
    outcome: Outcome
    basis: Basis
    findings: tuple[RunFinding, ...] = ()
    version: int = 0


def proposals(case: Case, environment: Environment) -> dict[str, Proposal]:
    """By check; nothing for what nobody looked at."""
    found = [*_of_metadata(case, environment), *_of_conditions(case, environment), *_of_the_list(case)]
    return {one.check_id: one for one in found}


def _of_metadata(case: Case, environment: Environment) -> list[Proposal]:
    looked = _look(case, environment)
    if looked is None:
        return []
    found = []
    for check in checks(environment, Family.METADATA):
        of_this = tuple(one for one in looked.findings if one.code in check.findings)
        if of_this:
            is_error = any(one.severity is Severity.ERROR for one in of_this)
            outcome = Outcome.FAIL if is_error else Outcome.WARNING
            found.append(Proposal(check.id, outcome, Basis.METADATA, of_this))
        elif looked.is_whole and check.findings and not check.findings & looked.not_asked:
            found.append(Proposal(check.id, Outcome.PASS, Basis.METADATA))
    return found


def _look(case: Case, environment: Environment) -> LookedAt | None:
    """The document in force, or for a connection that does not run yet the one that was given for it.

    Not for a member of a cluster: the document is the supplier's, and is about others too.
    """
    runs = running(case.organisation_id, environment)
    if runs is not None:
        member = runs.content.get("cluster_member")
        return None if member else catalogue.look_at_document_in_force(environment, runs.connection)
    connection = pages_of(case, (FormKey.PRODUCTION,))[FormKey.PRODUCTION].get(PageKey.CONNECTION)
    data = newest(case)
    entity_id = str(connection.get("entity_id") or "").strip() if isinstance(connection, dict) else ""
    if not entity_id or data is None or f'"{entity_id}"'.encode() not in data:
        return None  # a document of an earlier step says nothing about this one
    try:
        content = drafted(case, environment).content
        services = frozenset(
            UUID(table["uuid"]) for key in ("service", "set") for table in _tables(content, key)
        )
    except (Incomplete, ValueError, KeyError):
        services = None
    return catalogue.look_at_document(
        environment=environment, entity_id=entity_id, data=data, services=services
    )


def _tables(content: Mapping[str, object], key: str) -> list[dict[str, str]]:
    found = content.get(key, [])
    return found if isinstance(found, list) else []


def _of_conditions(case: Case, environment: Environment) -> list[Proposal]:
    """Signed in the version that counts now, or only in an older one; who left signed nothing that counts."""
    key = CONDITIONS[environment]
    signed = Signature.objects.filter(case__organisation_id=case.organisation_id, document_key=key)
    versions = [one.document_version for one in signed if may_still_sign(one.case, one)]
    if not versions:
        return []
    is_current = max(versions) >= current_version(key)
    outcome, basis = (Outcome.PASS, Basis.SIGNED) if is_current else (Outcome.FAIL, Basis.SIGNED_OLDER)
    return [Proposal(CONDITIONS_SIGNED, outcome, basis, version=max(versions))]


def _of_the_list(case: Case) -> list[Proposal]:
    """Its name was found in the ALB list when it signed up; without a name nobody looked."""
    found = parties.connecting_organisation(case.organisation_id) if case.organisation_id else None
    return [Proposal(IN_THE_LIST, Outcome.PASS, Basis.LISTED)] if found and found.alb_name else []
