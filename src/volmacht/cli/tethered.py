"""Becomes another program that is stopped when its parent is gone: `python -m volmacht.cli.tethered COMMAND…`.

So a `volmacht serve` that is killed leaves no servers behind (on Linux; elsewhere the program runs untethered).
"""

import ctypes
import os
import signal
import sys

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2); it survives execv


def main(command: list[str]) -> None:
    """Never returns."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
    os.execv(command[0], command)  # noqa: S606 - the command comes from our own supervisor


if __name__ == "__main__":
    main(sys.argv[1:])
