"""What becomes of the cases of a sign-up that nobody proved, when it is taken over or lapses (decision 0044).

They are ended, and are nobody's from then on: who worked for the organisation may not see what comes, and who comes
does not get to see what they typed or gave. The desk keeps them. E-mail names the organisation, and nobody.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from volmacht import clock
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.operations import send_to_address
from volmacht.onboarding.actors import THE_SYSTEM
from volmacht.onboarding.models import Case
from volmacht.onboarding.moving import held, judged, move
from volmacht.parties import queries as parties
from volmacht.parties.operations import EndedSignUp, hold, lapse_sign_up, note_reminder, sweep_claims
from volmacht.parties.queries import Member
from volmacht.rules.accounts import SignUpDue, SignUpEnding
from volmacht.rules.onboarding.cases import ENDED, Acting, Action, CaseState, Move, Side
from volmacht.rules.roles import Right

OWN_ACCOUNT = "/account/"
TO_PROVE = "/account/organisatie/bewijs/"
TOLD = {
    SignUpEnding.TAKEN_OVER: MessageKind.SIGN_UP_TAKEN_OVER,
    SignUpEnding.LAPSED: MessageKind.SIGN_UP_LAPSED,
}
# What ends a case: as the organisation itself would, or as its silence would.
_WAYS_OUT = (
    (Action.WITHDRAW, Acting(side=Side.PROVIDER, rights=frozenset(Right))),
    (Action.LAPSE, Acting(side=Side.SYSTEM)),
)


def set_aside(ended: EndedSignUp) -> None:
    """End its cases and cut them off, and tell who worked for it. In the transaction of who ends the sign-up."""
    cases = Case.objects.filter(organisation_id=ended.organisation.id).order_by("created_at")
    for case_id in list(cases.values_list("id", flat=True)):
        case = held(case_id)
        if case is not None:
            _cut_off(case, ended.ending)
    for member in ended.members:
        _tell(TOLD[ended.ending], ended.organisation.id, ended.organisation.name, member, OWN_ACCOUNT)


def _cut_off(case: Case, ending: SignUpEnding) -> None:
    for action, acting in _WAYS_OUT:
        to = judged(case, acting, action)
        if CaseState(case.state) not in ENDED and isinstance(to, Move):
            move(case, action, to, THE_SYSTEM, data={"because": ending.value})
    Case.objects.filter(id=case.id).update(organisation_id=None)


def _tell(kind: MessageKind, organisation_id: UUID, name: str, member: Member, path: str) -> None:
    moment = clock.now().isoformat()
    send_to_address(
        kind,
        address=member.email,
        language=member.language,
        values={"organisation": name, "path": path},
        once=f"{kind} {organisation_id} {member.account_id} {moment}",
    )


def remind_and_lapse_sign_ups() -> int:
    """Remind who does not prove an organisation, and end what lay quiet for 90 days; how many. Harmless to repeat.

    While a case goes on something happens: it ends by itself when nobody looks after it (CN-11).
    """
    sweep_claims()
    return sum(_remind_or_lapse(one.organisation_id) for one in parties.quiet_sign_ups())


@transaction.atomic
def _remind_or_lapse(organisation_id: UUID) -> bool:
    hold(organisation_id)  # nobody begins a case now
    cases = Case.objects.filter(organisation_id=organisation_id)
    found = parties.unproven_sign_up(organisation_id)
    organisation = parties.connecting_organisation(organisation_id)
    if found is None or organisation is None or cases.exclude(state__in=ENDED).exists():
        return False
    happened = cases.aggregate(Max("since"))["since__max"]
    if found.due(clock.now(), happened) is SignUpDue.LAPSE:
        return lapse_sign_up(organisation_id, happened=happened, set_aside=set_aside)
    if not note_reminder(organisation_id, happened=happened):
        return False
    for member in parties.members(organisation_id):
        _tell(MessageKind.SIGN_UP_REMINDER, organisation_id, organisation.name, member, TO_PROVE)
    return True
