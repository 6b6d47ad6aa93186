"""Keeping what a return asked and what was answered to it, as history of the case (CN-11).

In the transaction of the caller. The reasons beside the form go as answers change; what is kept here stays.
"""

from collections.abc import Mapping

from volmacht.onboarding.answers_by_key import answer_at, flat, row_names
from volmacht.onboarding.metadata import called
from volmacht.onboarding.models import AnswerGiven, Case, CaseEvent, FormAnswers, ReturnedAnswer
from volmacht.rules.onboarding.answers import Answers
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import METADATA

Reasons = Mapping[tuple[FormKey, PageKey], Mapping[str, str]]


def keep_what_is_asked(case: Case, reasons: Reasons, event: CaseEvent) -> None:
    """Each reason, with the answer that it is about."""
    stands = _answers(case)
    for (form, page), why in reasons.items():
        answers = stands.get((form, page), {})
        given, names = flat(answers), row_names(answers)
        if METADATA in why:
            given[METADATA] = called(case)
        ReturnedAnswer.objects.bulk_create(
            ReturnedAnswer(
                event=event,
                form=form,
                page=page,
                key=key,
                row_name=names.get(key.partition(".")[0], ""),
                reason=reason,
                answer=given.get(key),
            )
            for key, reason in why.items()
        )


def keep_what_is_given(case: Case, event: CaseEvent) -> None:
    """What stands now in place of each answer that was returned and not handed in again yet."""
    open_ones = list(ReturnedAnswer.objects.filter(event__case=case, given=None).order_by("id"))
    stands = _answers(case) if open_ones else {}
    AnswerGiven.objects.bulk_create(
        AnswerGiven(returned=one, event=event, answer=answer, gone=gone)
        for one in open_ones
        for answer, gone in [_now(case, stands, one)]
    )


def _now(case: Case, stands: dict[tuple[str, str], Answers], one: ReturnedAnswer) -> tuple[object, bool]:
    if one.key == METADATA:
        return called(case), False
    return answer_at(stands.get((one.form, one.page), {}), one.key)


def _answers(case: Case) -> dict[tuple[str, str], Answers]:
    return {(row.form, row.page): row.answers for row in FormAnswers.objects.filter(case=case)}
