"""The forms of a case as they stand: which may be filled in now, what is wrong with them, and what exactly is signed.

Reads the tables of this app. Entity ids are judged for the environment of the form (RO-03, RO-07).
"""

import hashlib
import json
from typing import Final
from uuid import UUID

from volmacht.catalogue import queries as catalogue
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.onboarding.suppliers import oins_of_suppliers
from volmacht.parties import queries as parties
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, Role, allowed_in
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import (
    CLUSTER,
    CLUSTER_CONNECTION,
    Answers,
    Found,
    Problem,
    Row,
    all_problems,
)
from volmacht.rules.onboarding.cases import CaseKind, CaseState
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import Form, FormKey, Page, PageKey

Pages = dict[FormKey, dict[PageKey, Answers]]
_OF_APPLICATIONS: Final = {
    CaseState.PREPARING: (FormKey.APPLICATION,),
    CaseState.PREPRODUCTION_FORM: (FormKey.APPLICATION, FormKey.PREPRODUCTION),
    CaseState.PREPRODUCTION_REVIEW: (FormKey.APPLICATION, FormKey.PREPRODUCTION),
    CaseState.PREPRODUCTION_CONFIRM: (FormKey.APPLICATION, FormKey.PREPRODUCTION),
    CaseState.PRODUCTION_FORM: (FormKey.PRODUCTION,),
    CaseState.PRODUCTION_REVIEW: (FormKey.PRODUCTION,),
    CaseState.PRODUCTION_CONFIRM: (FormKey.PRODUCTION,),
}
_OF_OTHERS: Final = {CaseKind.NEW_SERVICE: FormKey.NEW_SERVICE, CaseKind.CHANGE: FormKey.CHANGE}
_NOT_OF_SUPPLIERS: Final = frozenset({PageKey.CHOICES, PageKey.ORGANISATION, PageKey.SERVICES})
_TO_FILL_IN: Final = frozenset(
    {CaseState.PREPARING, CaseState.PREPRODUCTION_FORM, CaseState.PRODUCTION_FORM, CaseState.FORM}
)


def forms_now(case: Case) -> tuple[FormKey, ...]:
    """The forms that this state of the case is about; they are signed and judged together."""
    if case.kind == CaseKind.APPLICATION:
        return _OF_APPLICATIONS.get(CaseState(case.state), ())
    form = _OF_OTHERS.get(CaseKind(case.kind))
    return (form,) if form else ()


def form_to_fill_in(case: Case) -> FormKey | None:
    """The form that this state asks for: the last of those it is about. None when none can be filled in."""
    return forms_now(case)[-1] if case.state in _TO_FILL_IN else None


def may_fill_in(case: Case, form: FormKey) -> bool:
    """Whether answers on this form can be saved now."""
    return case.state in _TO_FILL_IN and form in forms_now(case)


def pages_of(case: Case, forms: tuple[FormKey, ...] = tuple(FormKey)) -> Pages:
    """The answers as they stand."""
    found: Pages = {form: {} for form in forms}
    for row in FormAnswers.objects.filter(case=case, form__in=forms):
        found[FormKey(row.form)][PageKey(row.page)] = row.answers
    return found


def problems_now(case: Case) -> dict[FormKey, dict[PageKey, tuple[Found, ...]]]:
    """What keeps the forms of this state from being complete, per form and page; nothing when they are."""
    pages = pages_of(case, forms_now(case))
    found = {form: problems_in(case, form, answers) for form, answers in pages.items()}
    return {form: wrong for form, wrong in found.items() if wrong}


def pages_asked(case: Case, form: FormKey) -> tuple[Page, ...]:
    """The pages of a form; a supplier that connects itself has no services, and chose nothing about them (CN-16)."""
    pages = FORMS[form].pages
    if not is_supplier(case.organisation_id):
        return pages
    return tuple(page for page in pages if page.key not in _NOT_OF_SUPPLIERS)


def is_supplier(organisation_id: UUID | None) -> bool:
    """Whether this is a supplier: its own connection is that of a cluster."""
    found = parties.connecting_organisation(organisation_id) if organisation_id else None
    return found is not None and found.is_supplier


def problems_in(
    case: Case, form: FormKey, answers: dict[PageKey, Answers]
) -> dict[PageKey, tuple[Found, ...]]:
    """The problems of one form."""
    asked = Form(key=form, pages=pages_asked(case, form))
    found = all_problems(asked, answers, lambda field, text: entity_id_fits(case, form, field, text))
    change = answers.get(PageKey.CHANGE)
    if isinstance(change, dict) and (wrong := supplier_problem(case, change)):
        found[PageKey.CHANGE] = (*found.get(PageKey.CHANGE, ()), wrong)
    return found


def supplier_problem(case: Case, change: Row) -> Found | None:
    """A new supplier may act for the organisation, and has one connection that runs in each environment.

    The organisation's own OIN says that it goes on without one.
    """
    oin = str(change.get("new_supplier_oin") or "").strip()
    if change.get("change_of") != ChangeOf.SUPPLIER or oin in {"", own_oin(case)}:
        return None
    good = all(len(clusters(case.organisation_id, environment, oin)) == 1 for environment in Environment)
    return None if good else Found(PageKey.CHANGE, "new_supplier_oin", Problem.NOT_A_CLUSTER)


def hash_of_answers(case: Case) -> str:
    """SHA-256 of exactly what is signed: all answers on the forms of this state."""
    pages = pages_of(case, forms_now(case))
    whole = {
        form.value: {page.value: answers for page, answers in found.items()} for form, found in pages.items()
    }
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def environment_of(form: FormKey) -> Environment:
    """For which environment a form asks about a connection."""
    return Environment.PREPRODUCTION if form is FormKey.PREPRODUCTION else Environment.PRODUCTION


def entity_id_fits(case: Case, form: FormKey, field: str, text: str) -> bool:
    """Whether a connection of this organisation, or the cluster of a supplier of it, may have this entity id there."""
    try:
        entity = EntityId.parse(text)
    except InvalidEntityId:
        return False
    if not allowed_in(entity, environment_of(form)):
        return False
    if field == CLUSTER_CONNECTION:
        return entity.role is Role.LC and text in clusters(case.organisation_id, environment_of(form))
    role = Role.LC if is_supplier(case.organisation_id) else Role.DV
    return entity.role is role and entity.oin.value == own_oin(case)


def clusters(organisation_id: UUID | None, environment: Environment, oin: str = "") -> list[str]:
    """The clusters that an organisation may be a member of now; with `oin` those of that supplier."""
    allowed = oins_of_suppliers(organisation_id)
    found = []
    for link in catalogue.connections(environment):
        owner = catalogue.provider(link.provider_id)
        if (
            link.active
            and owner
            and owner.oin in allowed
            and oin in {"", owner.oin}
            and CLUSTER in link.entity_id
        ):
            found.append(link.entity_id)
    return sorted(found)


def own_oin(case: Case) -> str:
    """The OIN of the organisation of a case."""
    found = parties.connecting_organisation(case.organisation_id) if case.organisation_id else None
    return found.oin if found else ""
