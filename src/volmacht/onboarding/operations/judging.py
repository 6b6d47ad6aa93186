"""Judging what was handed in: return, refuse, propose approval, confirm it, send it back (CN-2, CN-5, CN-11, DM-64)."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from volmacht import clock
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.answers_by_key import flat
from volmacht.onboarding.forms import forms_now
from volmacht.onboarding.metadata import where_as_data
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.onboarding.moving import change_of, judged, move, seen
from volmacht.onboarding.operations.planning import carry_out_if_due
from volmacht.onboarding.operations.rounds import Reasons, keep_what_is_asked
from volmacht.onboarding.operations.running import run_what_was_judged
from volmacht.onboarding.operations.taking_out import take_out_of_preproduction
from volmacht.onboarding.operations.writing import write
from volmacht.parties import queries as parties
from volmacht.rules.onboarding.cases import Action, CaseState, Move, Objection
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import METADATA, page_with_metadata

LONGEST_NOTE = 4000


@transaction.atomic
def return_with_reasons(
    *, case_id: UUID, reasons: Reasons, actor: CaseActor, note: str = ""
) -> CaseState | Objection:
    """Back to the provider, with what must be otherwise: per page, by field, or by `row.field` on a page with rows.

    Objections: those of `judge`, and NO_REASON, NOT_A_FIELD, TOO_LONG.
    """
    found = _may(case_id, actor, Action.RETURN)
    if isinstance(found, Objection):
        return found
    case, to = found
    if not any(reasons.values()):
        return Objection.NO_REASON
    wrong = _wrong_reasons(case, reasons, note)
    if wrong:
        return wrong
    for (form, page), why in reasons.items():
        row, _ = FormAnswers.objects.get_or_create(
            case=case,
            form=form,
            page=page,
            defaults={"answers": _nothing(form, page), "saved_at": clock.now()},
        )
        row.reasons = dict(why)
        row.save(update_fields=["reasons"])
    FormAnswers.objects.filter(case=case, form__in=forms_now(case)).update(returned=F("answers"))
    count = sum(map(len, reasons.values()))
    event = move(case, Action.RETURN, to, actor, note=note.strip(), data={"reasons": count})
    keep_what_is_asked(case, reasons, event)
    return CaseState(case.state)


@transaction.atomic
def refuse(*, case_id: UUID, reason: str, actor: CaseActor) -> CaseState | Objection:
    """Refuse for good, with the reason. Objections: those of `judge`, and NO_REASON, TOO_LONG."""
    found = _may(case_id, actor, Action.REFUSE)
    if isinstance(found, Objection):
        return found
    if not reason.strip():
        return Objection.NO_REASON
    if len(reason) > LONGEST_NOTE:
        return Objection.TOO_LONG
    case, to = found
    move(case, Action.REFUSE, to, actor, note=reason.strip())
    take_out_of_preproduction(case, actor)
    return CaseState(case.state)


@transaction.atomic
def propose_approval(*, case_id: UUID, actor: CaseActor) -> CaseState | Objection:
    """Judged good; where a second person is needed, that person is to confirm.

    Objections: those of `judge`, and NOT_PROVEN, NOT_COMPLETE, METADATA_NOT_GOOD, NOT_CARRIED_OUT.
    """
    found = _may(case_id, actor, Action.PROPOSE)
    if isinstance(found, Objection):
        return found
    case, to = found
    if wrong := not_proven(case) or run_what_was_judged(case, to.to, actor, proposed_by=actor.id):
        return wrong
    move(case, Action.PROPOSE, to, actor, data=where_as_data(case))
    return CaseState(case.state)


@transaction.atomic
def confirm_approval(*, case_id: UUID, actor: CaseActor) -> CaseState | Objection:
    """The second person agrees: never who proposed it (DM-64). What was judged runs from now on.

    Objections: those of `judge`, with OWN_PROPOSAL and OWN_ORGANISATION, and NOT_PROVEN, NOT_COMPLETE,
    NOT_CARRIED_OUT (the reason is kept with the configuration).
    """
    found = _may(case_id, actor, Action.CONFIRM)
    if isinstance(found, Objection):
        return found
    case, to = found
    stops = to.to is CaseState.DEACTIVATED
    if not stops and (wrong := not_proven(case)):
        return wrong
    if wrong := run_what_was_judged(case, to.to, actor, proposed_by=case.proposed_by, approved_by=actor.id):
        return wrong
    _confirm_report(case, actor)
    move(case, Action.CONFIRM, to, actor)
    carry_out_if_due(case)
    return CaseState(case.state)


def _confirm_report(case: Case, actor: CaseActor) -> None:
    """The report that was made last, where it is what was confirmed; never one that was sent back before it."""
    last = case.reports.filter(passed__isnull=False).order_by("made_at").last()
    if last is not None and last.passed and last.confirmed_by is None:
        last.confirmed_by, last.confirmed_at = actor.id, clock.now()
        last.save(update_fields=["confirmed_by", "confirmed_at"])


@transaction.atomic
def send_back(*, case_id: UUID, note: str, actor: CaseActor) -> CaseState | Objection:
    """The second person does not agree: back to the first, with why; the due date stays.

    Objections: those of `judge`, and NO_REASON, TOO_LONG.
    """
    found = _may(case_id, actor, Action.SEND_BACK)
    if isinstance(found, Objection):
        return found
    if not note.strip():
        return Objection.NO_REASON
    if len(note) > LONGEST_NOTE:
        return Objection.TOO_LONG
    case, to = found
    write(case, note, actor, internal=True)
    move(case, Action.SEND_BACK, to, actor)
    return CaseState(case.state)


def not_proven(case: Case) -> Objection | None:
    """Nothing is issued to who is not proven, nor while no proven signatory is left."""
    found = parties.connecting_organisation(case.organisation_id) if case.organisation_id else None
    return None if found and found.proven and found.signatory_proven else Objection.NOT_PROVEN


def _may(case_id: UUID, actor: CaseActor, action: Action) -> tuple[Case, Move] | Objection:
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    to = judged(case, may, action)
    return to if isinstance(to, Objection) else (case, to)


def _wrong_reasons(case: Case, reasons: Reasons, note: str) -> Objection | None:
    """A reason is about something that the forms of this state ask, and says something."""
    forms = forms_now(case)
    for (form, page), why in reasons.items():
        if form not in forms or page not in {one.key for one in FORMS[form].pages}:
            return Objection.NOT_A_FIELD
        row = FormAnswers.objects.filter(case=case, form=form, page=page).first()
        if not why.keys() <= _may_be_named(case, form, page, row):
            return Objection.NOT_A_FIELD
        if not all(text.strip() for text in why.values()):
            return Objection.NO_REASON
        if max(map(len, [note, *why.values()]), default=0) > LONGEST_NOTE:
            return Objection.TOO_LONG
    return None


def _may_be_named(case: Case, form: FormKey, page: PageKey, row: FormAnswers | None) -> set[str]:
    asked = FORMS[form].page(page)
    fields = {field.key for field in asked.fields}
    if not asked.is_list:
        with_it = page_with_metadata(form, change_of(case)) is page
        return fields | {METADATA} if with_it else fields
    rows = {key.partition(".")[0] for key in flat(row.answers)} if row else set()
    return {f"{number}.{field}" for number in rows for field in fields}


def _nothing(form: FormKey, page: PageKey) -> dict[str, object] | list[object]:
    return [] if FORMS[form].page(page).is_list else {}
