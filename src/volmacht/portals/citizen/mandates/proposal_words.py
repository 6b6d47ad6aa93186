"""Proposals of renewal in words: for who asks, and for who is asked (DM-34)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.queries import EndingMandate, MandateEntry, Proposal
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.mandate_words import other_name
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.service_words import Worded, service_words
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.living import check_proposal
from volmacht.rules.periods import Period, longest_last_day
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.services import LookUpStatus, refusal_for
from volmacht.rules.validity import Phase


@dataclass(frozen=True, slots=True)
class Question:
    """A question to renew, for who answers it."""

    entry: MandateEntry
    name: str
    service: Worded
    last_day: str
    can_renew: bool


def can_renew(entry: MandateEntry) -> bool:
    """Whether who gave it could make it longer today; renewing itself asks everything again."""
    goes_on = entry.phase is not Phase.ENDED and entry.side is Side.REPRESENTED
    offered = catalogue.status(entry.service.id) is LookUpStatus.STATUS_OK
    longer = longest_last_day(clock.today(), entry.service.longest_months) > entry.last_day
    return goes_on and offered and longer and entry.unusable is None


def question(entry: MandateEntry) -> Question:
    """The question about a mandate that this person gave."""
    return Question(
        entry,
        other_name(entry),
        service_words(entry.service).name,
        written_date(entry.last_day),
        can_renew(entry),
    )


def why_not(entry: MandateEntry, proposal: Proposal | None) -> Refused | None:
    """Why this representative cannot ask now, as far as this page knows; asking judges everything again."""
    if entry.phase is Phase.ENDED:
        return Refused(Refusal.ALREADY_ENDED)
    if entry.unusable:
        return Refused(entry.unusable)
    refused = check_proposal(
        Period(entry.first_day, entry.last_day),
        today=clock.today(),
        longest_months=entry.service.longest_months,
        declined=proposal is not None and proposal.declined,
    )
    closed = refusal_for(catalogue.status(entry.service.id))
    return refused or (Refused(closed) if closed else None)


def reason(refused: Refused) -> Text:
    """Why it could not be asked, in one sentence."""
    if refused.refusal is Refusal.RENEWAL_TOO_EARLY and refused.day:
        return gettext("U kunt dit vragen vanaf %(day)s.") % {"day": written_date(refused.day)}
    if refused.refusal is Refusal.RENEWAL_DECLINED:
        return gettext("Op uw vraag is nee gezegd.")
    return refusal_words(refused.refusal).title


def state(found: EndingMandate) -> Text:
    """Why a mandate in the list has no box to tick; nothing when it has one."""
    if found.proposal and not found.proposal.declined:
        return asked_on(found.proposal.made_at)
    refused = why_not(found.entry, found.proposal)
    return reason(refused) if refused else ""


def asked_on(day: date) -> str:
    """The question waits for an answer."""
    return gettext("Gevraagd op %(day)s. Er is nog geen antwoord.") % {"day": written_date(day)}
