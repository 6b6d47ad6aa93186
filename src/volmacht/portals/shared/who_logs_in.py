"""Which kinds of representative can log in here: the one place that pages ask before they promise something (DM-02)."""

from django.conf import settings

from volmacht.rules.kinds import PartyKind, RepresentativeKind, allows


def kinds_that_log_in() -> frozenset[PartyKind]:
    """People with DigiD; organisations where the operator connected eHerkenning (VOLMACHT_EHERKENNING)."""
    kinds: frozenset[PartyKind] = settings.REPRESENTATIVES_THAT_LOG_IN
    return kinds


def somebody_can_log_in(kind: RepresentativeKind) -> bool:
    """Whether any representative whom a service takes can log in here, and so can use a code for it."""
    return kind is RepresentativeKind.NONE or any(allows(kind, party) for party in kinds_that_log_in())
