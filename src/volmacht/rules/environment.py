"""The two environments in which everything exists: connections, services, mandates, keys. Nothing crosses."""

from enum import StrEnum


class Environment(StrEnum):
    """Where a provider tests (pre-production) and where citizens act (production)."""

    PREPRODUCTION = "preproduction"
    PRODUCTION = "production"
