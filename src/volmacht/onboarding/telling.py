"""Telling by e-mail, in the transaction of its cause, whose turn it is (CN-10, CN-12).

At a provider its signatories and project leaders hear of it, and those of the suppliers that act for it now; at the
desk who has the case, or else the address of the desk. An e-mail names the organisation, the number and what is needed.
"""

from collections.abc import Collection
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.operations import send_to_address
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.onboarding.news_words import ENDED, NEEDED
from volmacht.onboarding.planning import waits_until
from volmacht.onboarding.suppliers import suppliers_of
from volmacht.parties import queries as parties
from volmacht.parties.queries import Member
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side, turn_of
from volmacht.rules.onboarding.needed import Needed, sentence
from volmacht.rules.roles import MemberRole

PAGE_OF_MEMBERS: Final = "/organisatie/dossiers/{}/"
PAGE_OF_THE_DESK: Final = "/bureau/dossier/{}/"
_HEAR: Final = frozenset({MemberRole.SIGNATORY, MemberRole.PROJECT_LEADER})
_DUTCH, _ENGLISH = "nl", "en"


def tell(case: Case, event: str) -> None:
    """Tell who must move now; what ended is told to the provider. `event` names what happened."""
    state = CaseState(case.state)
    if waits_until(case):
        tell_provider(case, event, NEEDED[Needed.WAIT_FOR_DAY])
        return
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
    for member in _of_the_provider(case):
        key = str(member.account_id)
        _send(case, event, key, (member.email, member.language), words, PAGE_OF_MEMBERS)


def tell_technicians(case: Case, event: str, words: Promise | str) -> None:
    """To who looks after certificates: at the provider and its suppliers; where nobody does, who hears of cases."""
    found = [member for member in _members(case) if MemberRole.TECHNICAL in member.roles]
    for member in found or _of_the_provider(case):
        to = (member.email, member.language)
        _send(case, event, str(member.account_id), to, words, PAGE_OF_MEMBERS)


def tell_desk(case: Case, event: str, words: Promise | str) -> None:
    """To the employee who has the case, or else to the desk."""
    holder = parties.staff_member_by_id(case.assigned_to) if case.assigned_to else None
    address = holder.email if holder and holder.active else settings.VOLMACHT.contact_email
    if address:
        _send(case, event, "desk", (address, _DUTCH), words, PAGE_OF_THE_DESK)


def _failed(case: Case) -> bool:
    last = case.reports.filter(passed__isnull=False).order_by("-made_at").first()
    return last is not None and not last.passed


def _of_the_provider(case: Case) -> Collection[Member]:
    """Everybody there who must know."""
    return [
        member for member in _members(case) if member.roles & _HEAR or member.account_id == case.created_by
    ]


def _members(case: Case) -> Collection[Member]:
    """Of the provider and of the suppliers that act for it now, each once."""
    if case.organisation_id is None:
        return ()
    bodies = (case.organisation_id, *suppliers_of(case.organisation_id))
    members = (member for body in bodies for member in parties.members(body))
    return {member.account_id: member for member in members}.values()


def _send(case: Case, event: str, key: str, to: tuple[str, str], words: Promise | str, page: str) -> None:
    address, language = to
    values = {
        "organisation": case.organisation_name,
        "case_number": case.number,
        "sentence": _in(_DUTCH, words),
        "sentence_en": _in(_ENGLISH, words),
        "path": page.format(case.number),
    }
    send_to_address(
        MessageKind.CASE_NEWS,
        address=address,
        language=language,
        values=values,
        once=f"case {case.id} {event} {key}",
    )


def _in(language: str, words: Promise | str) -> str:
    with override(language):
        return str(words)
