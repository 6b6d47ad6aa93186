"""What returns of a case asked, and what was answered: for its history."""

from collections import defaultdict

from volmacht.onboarding.answers_by_key import answer_at
from volmacht.onboarding.metadata import called
from volmacht.onboarding.models import Case, FormAnswers, ReturnedAnswer
from volmacht.onboarding.queries.known import KnownReturnedAnswer
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import METADATA


def returned_in(case: Case) -> dict[int, tuple[KnownReturnedAnswer, ...]]:
    """By the id of the event that returned them, in the order in which they were asked."""
    found: dict[int, list[KnownReturnedAnswer]] = defaultdict(list)
    rows = ReturnedAnswer.objects.filter(event__case=case).select_related("given__event").order_by("id")
    stands = (
        {(row.form, row.page): row.answers for row in FormAnswers.objects.filter(case=case)} if rows else {}
    )
    for row in rows:
        given = getattr(row, "given", None)
        if given:
            now, gone = given.answer, given.gone
        elif row.key == METADATA:
            now, gone = called(case), False
        else:
            now, gone = answer_at(stands.get((row.form, row.page), {}), row.key)
        found[row.event_id].append(
            KnownReturnedAnswer(
                form=FormKey(row.form),
                page=PageKey(row.page),
                key=row.key,
                row_name=row.row_name,
                reason=row.reason,
                then=row.answer,
                now=now,
                gone=gone,
                answered_at=given.event.moment if given else None,
            )
        )
    return {event: tuple(answers) for event, answers in found.items()}
