"""A question from the public site becomes a case of nobody's organisation (CN-23): the desk answers it by e-mail.

Who asks has no account. So the name and the address are part of the message, and go when the case goes; they are in
no event, audit record or mail.
"""

from django.db import transaction

from volmacht import clock
from volmacht.onboarding.actors import THE_SYSTEM
from volmacht.onboarding.models import CaseMessage
from volmacht.onboarding.moving import open_case
from volmacht.rules.onboarding.cases import CaseKind, Side


@transaction.atomic
def ask_from_site(*, name: str, email: str, organisation: str, subject: str, text: str) -> str:
    """The number of the case. The caller counts how often somebody asks, and judges what was typed."""
    case = open_case(
        CaseKind.QUESTION,
        by=THE_SYSTEM,
        organisation_id=None,
        organisation_name=organisation,
        subject=subject,
    )
    who = "\n".join(part for part in (name, email, organisation) if part)
    CaseMessage.objects.create(
        case=case, moment=clock.now(), side=Side.PROVIDER, actor_id=None, text=f"{text.strip()}\n\n{who}"
    )
    return str(case.number)
