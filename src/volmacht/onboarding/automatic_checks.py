"""What must be so before connection data are issued without a judge (CN-2, DM-64): a closed list."""

from enum import StrEnum, auto

from django.conf import settings

from volmacht.onboarding.directory import directory
from volmacht.onboarding.forms import problems_now
from volmacht.onboarding.metadata import is_good
from volmacht.onboarding.models import Case


class AutomaticCheck(StrEnum):
    """One of them."""

    SWITCHED_ON = auto()  # the operator wants it
    ORGANISATION_PROVEN = auto()
    SIGNATORY_PROVEN = auto()
    ALB_ENTITLED = auto()  # entitled to the BSN, by its name in the ALB list
    FORMS_COMPLETE = auto()
    METADATA_GOOD = auto()


def failing(case: Case) -> tuple[AutomaticCheck, ...]:
    """Those that do not pass. That the conditions are accepted in the current version, handing in itself asks."""
    found = directory().organisation(case.organisation_id) if case.organisation_id else None
    passed = {
        AutomaticCheck.SWITCHED_ON: settings.AUTOMATIC_CONNECTION_DATA,
        AutomaticCheck.ORGANISATION_PROVEN: found is not None and found.proven,
        AutomaticCheck.SIGNATORY_PROVEN: found is not None and found.signatory_proven,
        AutomaticCheck.ALB_ENTITLED: found is not None and bool(found.alb_name),
        AutomaticCheck.FORMS_COMPLETE: not problems_now(case),
        AutomaticCheck.METADATA_GOOD: is_good(case),
    }
    return tuple(check for check in AutomaticCheck if not passed[check])
