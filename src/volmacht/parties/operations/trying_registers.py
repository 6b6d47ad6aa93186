"""Ask each register of organisations once, for the doctor: what is no register at all cannot answer (CN-1)."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from volmacht.parties.organisation_registers import OrganisationRegisterUnavailable
from volmacht.rules.identifiers import Oin

# Of nobody: a register answers that there is no such organisation.
NO_OIN, NOBODY = Oin("00000000000000000000"), "volmacht doctor"


def fault_of_oin_register(address: str) -> str:
    """Why what answers there is no usable register of OINs; empty when it is one."""
    return _fault(lambda: import_string(settings.OIN_REGISTER)(address).look_up(NO_OIN))


def fault_of_alb_register(address: str) -> str:
    """The same for the list of who may use the BSN."""
    return _fault(lambda: import_string(settings.ALB_REGISTER)(address).look_up(NOBODY))


def _fault(ask: Callable[[], object]) -> str:
    try:
        ask()
    except OrganisationRegisterUnavailable as fault:
        return str(fault)
    return ""
