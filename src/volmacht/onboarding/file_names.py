"""What files that Volmacht makes for a case are called: in Dutch, because a name is given once and all read it."""

from collections.abc import Mapping
from typing import Final

from volmacht.pki import Purpose
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.forms import FormKey

ENVIRONMENTS: Final[Mapping[Environment, str]] = {
    Environment.PREPRODUCTION: "preproductie",
    Environment.PRODUCTION: "productie",
}
FORMS: Final[Mapping[FormKey, str]] = {
    FormKey.APPLICATION: "aanvraag",
    FormKey.PREPRODUCTION: "formulier-preproductie",
    FormKey.PRODUCTION: "formulier-productie",
    FormKey.NEW_SERVICE: "nieuwe-dienst",
    FormKey.CHANGE: "wijziging",
}
PURPOSES: Final[Mapping[Purpose, str]] = {
    Purpose.SIGNING: "ondertekenen",
    Purpose.ENCRYPTION: "versleutelen",
    Purpose.TLS_CLIENT: "tls-client",
    Purpose.TLS_SERVER: "tls-server",
}


def report_name(case_number: str, environment: Environment, place: int) -> str:
    """Of a test report; `place` counts those of the environment from 1."""
    again = f"-{place}" if place > 1 else ""
    return f"{case_number}-testrapport-{ENVIRONMENTS[environment]}{again}.pdf"


def signed_name(case_number: str, form: FormKey) -> str:
    """Of a form that was signed."""
    return f"{case_number}-{FORMS[form]}.pdf"
