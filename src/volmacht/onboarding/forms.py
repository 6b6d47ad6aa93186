"""The forms of a case as they stand: which may be filled in now, what is wrong with them, and what exactly is signed.

Reads the tables of this app. Entity ids are judged for the environment of the form (RO-03, RO-07).
"""

import hashlib
import json
from typing import Final

from volmacht.onboarding.directory import directory
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, Role, allowed_in
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import Answers, Found, all_problems
from volmacht.rules.onboarding.cases import CaseKind, CaseState
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, PageKey

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


def problems_in(
    case: Case, form: FormKey, answers: dict[PageKey, Answers]
) -> dict[PageKey, tuple[Found, ...]]:
    """The problems of one form."""
    return all_problems(FORMS[form], answers, lambda text: entity_id_fits(case, form, text))


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


def entity_id_fits(case: Case, form: FormKey, text: str) -> bool:
    """Whether a connection of this organisation, or of a supplier of it, may have this entity id there."""
    try:
        entity = EntityId.parse(text)
    except InvalidEntityId:
        return False
    if not allowed_in(entity, environment_of(form)):
        return False
    if entity.role is Role.DV:
        return entity.oin.value == _oin(case)
    return entity.role is Role.LC and entity.oin.value in _oins_of_suppliers(case)


def _oin(case: Case) -> str:
    found = directory().organisation(case.organisation_id) if case.organisation_id else None
    return found.oin if found else ""


def _oins_of_suppliers(case: Case) -> set[str]:
    if case.organisation_id is None:
        return set()
    found = map(directory().organisation, directory().suppliers_of(case.organisation_id))
    return {supplier.oin for supplier in found if supplier}
