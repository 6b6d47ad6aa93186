"""What the command line said, for the settings of this process. Told once, before anything else is imported."""

from dataclasses import dataclass
from pathlib import Path

from volmacht.standins.authentication_service.kinds import Kind


@dataclass(frozen=True, slots=True)
class Configuration:
    """`front` and `volmacht` are addresses without a slash at the end."""

    kind: Kind
    front: str
    back_port: int
    volmacht: str
    keys: Path
    anchors: Path


_told: list[Configuration] = []


def tell(configuration: Configuration) -> None:
    """This is how the process was started."""
    _told[:] = [configuration]


def configuration() -> Configuration:
    """How the process was started. Raises IndexError when nobody told."""
    return _told[0]
