"""The two environments in which everything exists: connections, services, mandates, keys. Nothing crosses."""

from enum import StrEnum


class Environment(StrEnum):
    """Where a provider tests (pre-production) and where citizens act (production)."""

    PREPRODUCTION = "preproduction"
    PRODUCTION = "production"


PAGES_UNDER = {
    Environment.PRODUCTION: "",
    Environment.PREPRODUCTION: "/preprod",
}  # before the address of each page
