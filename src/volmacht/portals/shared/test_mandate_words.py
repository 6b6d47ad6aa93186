"""Services that run with their test mandates, in words: for the provider that tests, and for the desk (CN-2, CN-4)."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy

from volmacht.mandates.operations import StagedState
from volmacht.onboarding.queries import ConnectedService, ConnectionData
from volmacht.portals.shared.parts import Text

STATES: Final[dict[StagedState, Text]] = {
    StagedState.VALID: gettext_lazy("Machtiging geldt: inloggen lukt"),
    StagedState.ALSO_VALID: gettext_lazy("Machtiging geldt: een tweede persoon om uit te kiezen"),
    StagedState.TO_COME: gettext_lazy("Machtiging begint nog"),
    StagedState.EXPIRED: gettext_lazy("Machtiging is verlopen"),
    StagedState.REVOKED: gettext_lazy("Machtiging is ingetrokken"),
    StagedState.GIVEN_UP: gettext_lazy("Gemachtigde is ermee gestopt"),
    StagedState.RESTRICTED: gettext_lazy("Machtiging is kleiner of korter gemaakt"),
    StagedState.DECEASED: gettext_lazy("Vertegenwoordigde is overleden"),
    StagedState.UNDER_GUARDIANSHIP: gettext_lazy("Vertegenwoordigde staat onder curatele"),
    StagedState.CODE_OPEN: gettext_lazy("Code die nog kan worden ingevuld"),
    StagedState.CODE_LOCKED: gettext_lazy("Code die op slot zit"),
}


@dataclass(frozen=True, slots=True)
class ShownMandate:
    """A test mandate in words."""

    state: Text
    name: str
    bsn: str
    code: str


@dataclass(frozen=True, slots=True)
class ShownService:
    """A service with its test mandates."""

    service: ConnectedService
    mandates: list[ShownMandate]


def shown_services(data: ConnectionData) -> list[ShownService]:
    """Each service, with whose test mandates there are and their codes."""
    return [
        ShownService(
            service,
            [
                ShownMandate(
                    STATES[one.state],
                    one.name,
                    one.represented.value if one.represented else "",
                    one.code.display if one.code else "",
                )
                for one in service.mandates
            ],
        )
        for service in data.services
    ]
