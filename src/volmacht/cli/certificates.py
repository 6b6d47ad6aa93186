"""Certificates that end: what the doctor says of them, and what the worker writes to the log once a day (MD-43).

Own keys that are in use or announced, and the last certificate that a peer has for a use. From 90 days on somebody is
told; from 14 days on the doctor calls it wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog

from volmacht import clock
from volmacht.cli.starting import database_problems, migrations_are_missing
from volmacht.config.options import Options
from volmacht.pki import days_left, warning

WRONG_FROM = 14  # days


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that ends within 90 days, or has ended; `whose` is an entity id, or one of our own entities."""

    environment: str
    whose: str
    use: str
    key: str
    ends: datetime
    days: int
    warned: int

    @property
    def sentence(self) -> str:
        """What is the matter, and what to do."""
        own = f"the certificate of our {self.whose} {self.use} key {self.key}"
        which = own if self.key else f"the certificate of {self.whose} for {self.use}"
        when = f"ended on {self.ends:%Y-%m-%d}"
        if self.days >= 0:
            count = f"in {self.days} days" if self.days != 1 else "in 1 day"
            when = f"ends {count}, on {self.ends:%Y-%m-%d}"
        renew = f"`volmacht keys announce {self.whose} {self.use} --environment {self.environment}`"
        remedy = renew if self.key else "ask them for new metadata"
        return f"{which} in {self.environment} {when}: {remedy}"


def endings() -> list[Ending]:
    """Every one, the first to end first."""
    from volmacht.catalogue.queries import peer_certificates
    from volmacht.keystore import KeyState, own_certificates

    now = clock.wall_clock()
    own = [
        (one.environment.value, one.entity.value, one.use.value, one.name, one.ends)
        for one in own_certificates()
        if one.state is not KeyState.RETIRING
    ]
    peers = [(one.environment.value, one.entity_id, one.use, "", one.ends) for one in peer_certificates()]
    found = []
    for environment, whose, use, key, ends in (*own, *peers):
        days = days_left(ends, now)
        warned = warning(days)
        if warned is not None:
            found.append(Ending(environment, whose, use, key, ends, days, warned))
    return sorted(found, key=lambda one: one.ends)


def certificates_last(_options: Options) -> Iterator[str]:
    """No certificate has ended, or ends within two weeks."""
    return (one.sentence for one in _readable() if one.days <= WRONG_FROM)


def that_end_later() -> list[str]:
    """What is not wrong yet, and somebody must begin with."""
    return [one.sentence for one in _readable() if one.days > WRONG_FROM]


def _readable() -> list[Ending]:
    if migrations_are_missing():
        return []
    with database_problems():
        return endings()


def log_endings() -> int:
    """A line in the log for each; how many."""
    log = structlog.get_logger("volmacht.certificates")
    found = endings()
    for one in found:
        log.warning(
            "certificate.ends" if one.days >= 0 else "certificate.ended",
            environment=one.environment,
            whose=one.whose,
            use=one.use,
            key=one.key,
            ends=f"{one.ends:%Y-%m-%d}",
            days=one.days,
            warned=one.warned,
        )
    return len(found)
