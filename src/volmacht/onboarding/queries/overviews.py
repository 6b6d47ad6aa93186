"""Lists for members of an organisation, and the standard sentences of the desk. Reads only; of clients: `clients`."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from volmacht import clock
from volmacht.onboarding.actors import CaseActor, permissions_of, rights_at
from volmacht.onboarding.certificates import EndingCertificate, ending_of
from volmacht.onboarding.models import Case, Signature, StandardSentence
from volmacht.onboarding.queries.known import CaseRow, row_of
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side
from volmacht.rules.roles import Permission, Right


@dataclass(frozen=True, slots=True)
class KnownSentence:
    """A standard sentence of the desk."""

    id: UUID
    title: str
    text_nl: str
    text_en: str
    active: bool


def cases_of(organisation_id: UUID, reader: CaseActor) -> tuple[CaseRow, ...]:
    """All cases of an organisation, the newest first; nothing for who may not see them."""
    if reader.side is Side.OPERATOR:
        allowed = Permission.SEE_CASES in permissions_of(reader)
    else:
        allowed = Right.SEE in rights_at(organisation_id, reader)
    return _rows(Case.objects.filter(organisation_id=organisation_id)) if allowed else ()


def ending_certificates(organisation_id: UUID, reader: CaseActor) -> tuple[EndingCertificate, ...]:
    """Of which certificates an organisation must be warned; nothing for who may not see its cases."""
    if Right.SEE not in rights_at(organisation_id, reader):
        return ()
    return tuple(ending_of([organisation_id], clock.wall_clock()).get(organisation_id, ()))


def function_given_before(organisation_id: UUID | None, reader: CaseActor) -> str:
    """The function that this member signed with last for the organisation; empty when they never did."""
    if reader.id is None:
        return ""
    signed = Signature.objects.filter(account_id=reader.id, case__organisation_id=organisation_id)
    return signed.order_by("-moment").values_list("function", flat=True).first() or ""


def is_connected(organisation_id: UUID) -> bool:
    """Whether an organisation has a connection that runs."""
    return Case.objects.filter(
        organisation_id=organisation_id, kind=CaseKind.APPLICATION, state=CaseState.ACTIVE
    ).exists()


def standard_sentences(*, all_of_them: bool = False) -> tuple[KnownSentence, ...]:
    """Those in use, by title."""
    found = StandardSentence.objects.order_by("title")
    rows = found if all_of_them else found.filter(active=True)
    return tuple(KnownSentence(row.id, row.title, row.text_nl, row.text_en, row.active) for row in rows)


def _rows(found: QuerySet[Case]) -> tuple[CaseRow, ...]:
    today = clock.today()
    return tuple(row_of(case, today) for case in found.order_by("-created_at", "-number"))
