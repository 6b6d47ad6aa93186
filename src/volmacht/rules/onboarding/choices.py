"""The questions a provider answers before it connects (CN-1). Pure values.

They are meant as the draft of the catalogue and of the running behaviour, so that nothing is asked twice.
"""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_MONTHS = 60
MOST_SERVICES = 50


class Lead(StrEnum):
    """Who answers for the connection."""

    PERSON = "person"
    TEAM = "team"


class CodeMoment(StrEnum):
    """When, in the provider's own process, it is settled for whom somebody acts and the code is entered.

    BEFORE_LOGIN: on Volmacht's own site, beforehand. DURING_LOGIN: inside the log-in of the service.
    AFTER_LOGIN: the service asks further on, in its own form, and sends the person on.
    """

    BEFORE_LOGIN = "before_login"
    DURING_LOGIN = "during_login"
    AFTER_LOGIN = "after_login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The answers to step 1. Months and services are counted from 1."""

    lead: Lead
    services_per_code: int
    code_moment: CodeMoment
    validity_months: int
    message_box: bool
    survivors: bool
    supplier: bool

    def __post_init__(self) -> None:
        """Refuse numbers outside the limits: a form says so in words before it comes to this."""
        if not 1 <= self.services_per_code <= MOST_SERVICES:
            raise ValueError(f"services behind one code: 1 to {MOST_SERVICES}")
        if not 1 <= self.validity_months <= LONGEST_MONTHS:
            raise ValueError(f"a mandate lasts 1 to {LONGEST_MONTHS} months")

    @property
    def is_set(self) -> bool:
        """Whether one code opens several services: then they form a service set."""
        return self.services_per_code > 1
