"""Certificates that end: said by e-mail 90, 30, 14, 7 and 1 days ahead, to who looks after them (CN-21, MD-43)."""

from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy

from volmacht import clock
from volmacht.onboarding.certificates import EndingCertificate, ending_of
from volmacht.onboarding.models import Case
from volmacht.onboarding.news_words import CERTIFICATE_ENDED, CERTIFICATE_ENDS, CERTIFICATE_ENDS_TOMORROW
from volmacht.onboarding.telling import tell_technicians
from volmacht.rules.onboarding.cases import CaseKind, CaseState


def warn_of_certificates() -> int:
    """The worker's job: each moment of warning is told once; how many certificates there is something to say about."""
    connected = Case.objects.filter(kind=CaseKind.APPLICATION, organisation_id__isnull=False)
    open_or_active = connected.exclude(
        state__in=(CaseState.WITHDRAWN, CaseState.REFUSED, CaseState.LAPSED, CaseState.DEACTIVATED)
    )
    cases = dict(open_or_active.order_by("created_at").values_list("organisation_id", "id"))
    ending = ending_of([one for one in cases if one], clock.wall_clock())
    for organisation_id, found in ending.items():
        for one in found:
            _warn(cases[organisation_id], one)
    return sum(map(len, ending.values()))


@transaction.atomic
def _warn(case_id: UUID, one: EndingCertificate) -> None:
    case = Case.objects.get(id=case_id)
    event = f"certificates {one.ends.date().isoformat()} {one.warned}"  # those of one day together
    words = format_lazy(CERTIFICATE_ENDS, days=one.days)
    if one.days < 0:
        words, event = CERTIFICATE_ENDED, f"{event} ended"
    elif one.days <= 1:
        words = CERTIFICATE_ENDS_TOMORROW
    tell_technicians(case, event, words)
