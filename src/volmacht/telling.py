"""The line in the log for whatever comes to nothing: which rule, in which environment, whose (ST, AD; FL-09, SG-15).

One shape for doors, pages and visits upstream, so that a number on a page or a complaint of a provider leads to one
reason. Nothing of a person or a message may be given here: no number, name, artifact, RelayState or NameID.
"""

import structlog

from volmacht.rules.environment import Environment

# People stop, wait too long, go back and log out: nobody need look into that.
EVERYDAY = frozenset({"ST-12", "ST-13", "ST-41", "ST-42", "ST-81", "ST-82"})
log = structlog.get_logger("volmacht.saml")


def tell(
    event: str,
    rule: str,
    *,
    environment: Environment | str = "",
    sender: str = "",
    claimed: bool = False,
    **more: str,
) -> None:
    """Write it. `sender` is the entity id of who asked; `claimed` when the message only says so, and it is not proven.

    What is empty is left out.
    """
    whose = {"sender": sender, "claimed": claimed and bool(sender)}
    told = {"environment": str(environment), **whose, **more}
    write = log.info if rule in EVERYDAY else log.warning
    write(event, rule=rule, **{name: value for name, value in told.items() if value})
