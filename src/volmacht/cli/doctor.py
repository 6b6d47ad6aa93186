"""`volmacht doctor`: 0 when everything is in order, else what is wrong, one sentence a line."""

import argparse
import sys

from volmacht import clock
from volmacht.cli.starting import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""
    parser.set_defaults(carry_out=carry_out)


def carry_out(_arguments: argparse.Namespace) -> int:
    """Look at everything; a moved demo clock, or a certificate that ends in weeks, is told, but is not wrong."""
    options = start_django()
    from volmacht.cli.certificates import that_end_later
    from volmacht.cli.diagnosis import diagnose

    ahead = clock.now() - clock.wall_clock()
    if ahead.total_seconds() >= 1:
        print(f"The demo clock is {ahead.days} days and {ahead.seconds // 3600} hours ahead.")
    found = diagnose(options)
    for sentence in found:
        print(f"- {sentence}", file=sys.stderr)
    if not found:
        for sentence in that_end_later():
            print(f"Soon: {sentence}")
        print("Everything is in order.")
    return 1 if found else 0
