"""Telling by e-mail, in the transaction of its cause, whose turn it is (CN-10, CN-12).

At a provider its signatories and project leaders hear of it, and those of the suppliers that act for it now; at the
desk who has the case, or else the address of the desk. An e-mail names the organisation, the number and what is needed.
"""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.operations import send_to_address
from volmacht.onboarding.directory import directory
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.onboarding.news_words import ENDED, NEEDED
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side, turn_of
from volmacht.rules.onboarding.needed import sentence
from volmacht.rules.roles import MemberRole

PAGE_OF_MEMBERS: Final = "/organisatie/zaken/{}/"
PAGE_OF_THE_DESK: Final = "/werkplek/zaken/{}/"
_HEAR: Final = frozenset({MemberRole.SIGNATORY, MemberRole.PROJECT_LEADER})
_DUTCH, _ENGLISH = "nl", "en"


def tell(case: Case, event: str) -> None:
    """Tell who must move now; what ended is told to the provider. `event` names what happened."""
    state = CaseState(case.state)
    if state in ENDED:
        if case.kind != CaseKind.DISPUTE:
            tell_provider(case, event, ENDED[state])
        return
    returned = FormAnswers.objects.filter(case=case).exclude(reasons={}).exists()
    now = sentence(CaseKind(case.kind), state, returned=returned, failed=_failed(case))
    if turn_of(state) is Side.PROVIDER:
        tell_provider(case, event, NEEDED[now.needed])
    else:
        tell_desk(case, event, NEEDED[now.needed])


def tell_provider(case: Case, event: str, words: Promise | str) -> None:
    """To everybody at the provider and its suppliers who must know."""
    for key, address in _of_the_provider(case):
        _send(case, event, key, address, words, PAGE_OF_MEMBERS)


def tell_desk(case: Case, event: str, words: Promise | str) -> None:
    """To the employee who has the case, or else to the desk."""
    holder = directory().employee(case.assigned_to) if case.assigned_to else None
    address = holder.email if holder and holder.active else settings.VOLMACHT.contact_email
    if address:
        _send(case, event, "desk", address, words, PAGE_OF_THE_DESK)


def _failed(case: Case) -> bool:
    last = case.reports.filter(passed__isnull=False).order_by("-made_at").first()
    return last is not None and not last.passed


def _of_the_provider(case: Case) -> Iterator[tuple[str, str]]:
    """The addresses, each with what names its owner."""
    if case.organisation_id is None:
        return
    found: dict[str, str] = {}
    for body in (case.organisation_id, *directory().suppliers_of(case.organisation_id)):
        for member in directory().members(body):
            if member.roles & _HEAR or member.account_id == case.created_by:
                found[str(member.account_id)] = member.email
    yield from found.items()


def _send(case: Case, event: str, key: str, address: str, words: Promise | str, page: str) -> None:
    values = {
        "organisation": case.organisation_name,
        "case_number": case.number,
        "sentence": _in(_DUTCH, words),
        "sentence_en": _in(_ENGLISH, words),
        "path": page.format(case.id),
    }
    send_to_address(
        MessageKind.CASE_NEWS,
        address=address,
        language=_DUTCH,
        values=values,
        once=f"case {case.id} {event} {key}",
    )


def _in(language: str, words: Promise | str) -> str:
    with override(language):
        return str(words)
