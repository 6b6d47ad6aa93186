"""Whether what stands now was signed, by somebody who may still sign, in the version that counts now (CN-13)."""

from typing import Final

from volmacht import clock
from volmacht.onboarding.documents import DocumentKey, in_force_from, numbers
from volmacht.onboarding.forms import form_to_fill_in, hash_of_answers
from volmacht.onboarding.models import Case, Signature
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Action, CaseKind, CaseState, Objection, table_of
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey
from volmacht.rules.onboarding.needed import Signing
from volmacht.rules.periods import day_of
from volmacht.rules.roles import Right, rights_of

CONDITIONS: Final = {
    Environment.PREPRODUCTION: DocumentKey.CONDITIONS_PREPRODUCTION,
    Environment.PRODUCTION: DocumentKey.CONDITIONS_PRODUCTION,
}


def conditions_of(form: FormKey) -> DocumentKey:
    """The conditions that are accepted with a form."""
    preproduction = form in {FormKey.APPLICATION, FormKey.PREPRODUCTION}
    return CONDITIONS[Environment.PREPRODUCTION if preproduction else Environment.PRODUCTION]


def current_version(key: DocumentKey) -> int:
    """The number of the version in force today; before the first came into force, the first."""
    today = day_of(clock.now())
    begun = [number for number in numbers(key) if in_force_from(key, number) <= today]
    return begun[-1] if begun else numbers(key)[0]


def not_signed(case: Case) -> Objection | None:
    """Why the forms of this state do not count as signed: not at all, other answers, an old version; None when fine.

    A signature of who left, or may not sign any more, does not count: somebody else signs then.
    """
    form = form_to_fill_in(case)
    if form is None:
        return Objection.NOT_NOW
    signed = Signature.objects.filter(case=case, form=form, answers_sha256=hash_of_answers(case))
    standing = [signature for signature in signed.order_by("-moment") if may_still_sign(case, signature)]
    if not standing:
        return Objection.NOT_SIGNED
    key = conditions_of(form)
    current = current_version(key)
    accepted = any(one.document_key == key and one.document_version == current for one in standing)
    return None if accepted else Objection.OLD_DOCUMENT


def signing_of(case: Case) -> Signing:
    """How it stands with the signature that the form of this state asks; nothing to sign where it asks none."""
    change = ChangeOf(case.change_of) if case.change_of else None
    move = table_of(CaseKind(case.kind), change).get((CaseState(case.state), Action.HAND_IN))
    wrong = not_signed(case) if move is not None and move.signed else None
    if wrong is None or case.organisation_id is None:
        return Signing.NOTHING_TO_SIGN
    if not parties.has_signatory(case.organisation_id):
        return Signing.NOBODY
    if wrong is Objection.OLD_DOCUMENT or _signed_older(case):
        return Signing.NEW_CONDITIONS
    return Signing.ASKED


def _signed_older(case: Case) -> bool:
    """Whether the organisation signed these conditions before, and only in an older version."""
    form = form_to_fill_in(case)
    if form is None:
        return False
    key = conditions_of(form)
    signed = Signature.objects.filter(case__organisation_id=case.organisation_id, document_key=key)
    last = signed.order_by("-document_version").values_list("document_version", flat=True).first()
    return last is not None and last < current_version(key)


def may_still_sign(case: Case, signature: Signature) -> bool:
    """Whether who signed may sign for the organisation today."""
    if case.organisation_id is None:
        return False
    member = parties.member(signature.account_id, case.organisation_id)
    return member is not None and Right.SIGN in rights_of(member.roles)
