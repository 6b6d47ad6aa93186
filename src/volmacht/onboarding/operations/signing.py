"""Signing a form with its conditions (CN-13): who, when, and the exact document; the PDF is kept.

The page that asks for the signature draws the PDF, as it has the words; it is given exactly what is signed.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.documents import DocumentVersion, version
from volmacht.onboarding.file_names import signed_name
from volmacht.onboarding.forms import (
    Pages,
    form_to_fill_in,
    forms_now,
    hash_of_answers,
    pages_of,
    problems_now,
)
from volmacht.onboarding.kinds import FileKind
from volmacht.onboarding.models import Case, Signature
from volmacht.onboarding.moving import is_heard, note_event, record_about, seen
from volmacht.onboarding.operations.files import LARGEST_FILE, keep
from volmacht.onboarding.signatures import conditions_of, current_version, not_signed
from volmacht.rules.onboarding.cases import Acting, Objection
from volmacht.rules.onboarding.forms import FormKey
from volmacht.rules.roles import Right

LONGEST_NAME = 200
SIGNED = "sign"  # in the history


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """Exactly what is signed."""

    case_number: str
    organisation_name: str
    form: FormKey
    answers: Pages
    answers_sha256: str
    document: DocumentVersion
    name: str
    function: str
    moment: datetime
    language: str


Draw = Callable[[ToSign], bytes]


@transaction.atomic
def sign(
    *, case_id: UUID, actor: CaseActor, name: str, function: str, version_read: int, language: str, draw: Draw
) -> UUID | Objection:
    """Sign the forms of this state, and accept the conditions; the id of the signature.

    `version_read`: of the conditions that the page showed. Signing again what is signed gives the same id.
    Objections: UNKNOWN, NOT_NOW, NO_RIGHT, NOT_COMPLETE, OLD_DOCUMENT, NO_REASON (no name or function), TOO_LONG,
    TOO_LARGE.
    """
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    form = _form_to_sign(case, may)
    if isinstance(form, Objection):
        return form
    if wrong := _not_good(name, function, form, version_read):
        return wrong
    if not_signed(case) is None:
        return _standing(case, form)
    to_sign = _to_sign(case, form, " ".join(name.split()), " ".join(function.split()), language)
    pdf = draw(to_sign)
    if len(pdf) > LARGEST_FILE:
        return Objection.TOO_LARGE
    return _keep(case, actor, to_sign, pdf)


def _form_to_sign(case: Case, may: Acting) -> FormKey | Objection:
    """The form that is ready to be signed, for who may sign."""
    form = form_to_fill_in(case)
    if form is None or form is FormKey.APPLICATION:
        return Objection.NOT_NOW
    if Right.SIGN not in may.rights:
        return Objection.NO_RIGHT
    return Objection.NOT_COMPLETE if problems_now(case) else form


def _not_good(name: str, function: str, form: FormKey, version_read: int) -> Objection | None:
    if not name.strip() or not function.strip():
        return Objection.NO_REASON
    if max(len(name), len(function)) > LONGEST_NAME:
        return Objection.TOO_LONG
    return None if version_read == current_version(conditions_of(form)) else Objection.OLD_DOCUMENT


def _to_sign(case: Case, form: FormKey, name: str, function: str, language: str) -> ToSign:
    key = conditions_of(form)
    return ToSign(
        case_number=case.number,
        organisation_name=case.organisation_name,
        form=form,
        answers=pages_of(case, forms_now(case)),
        answers_sha256=hash_of_answers(case),
        document=version(key, current_version(key), language),
        name=name,
        function=function,
        moment=clock.now(),
        language=language,
    )


def _keep(case: Case, actor: CaseActor, signed: ToSign, pdf: bytes) -> UUID:
    file = keep(case, FileKind.SIGNED, signed_name(case.number, signed.form), pdf, actor)
    if actor.id is None:
        raise ValueError("nobody but a person signs")
    signature = Signature.objects.create(
        case=case,
        form=signed.form,
        account_id=actor.id,
        name=signed.name,
        function=signed.function,
        moment=signed.moment,
        document_key=signed.document.key,
        document_version=signed.document.version,
        language=signed.language,
        document_sha256=signed.document.sha256,
        answers_sha256=signed.answers_sha256,
        file=file,
    )
    is_heard(case)
    about = {
        "document": signed.document.key.value,
        "version": signed.document.version,
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }
    note_event(case, SIGNED, actor, about)
    record_about(EventKind.CASE_SIGNED, case, actor, about)
    return signature.id


def _standing(case: Case, form: FormKey) -> UUID:
    signed = Signature.objects.filter(case=case, form=form, answers_sha256=hash_of_answers(case))
    return signed.order_by("-moment").values_list("id", flat=True)[0]
