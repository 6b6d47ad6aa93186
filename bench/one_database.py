"""Runs the scripts on the database of this process and writes their figures; started by `bench.__main__`."""

import argparse
import importlib
import json
import logging
import sys
from pathlib import Path

import django

SCRIPTS = ("deciding", "pages", "queueing", "activating", "messages", "log_ins", "enduring")
EMPTY_WILL_DO = {"queueing", "messages", "enduring"}  # no rows, or rows of their own


def main() -> int:
    """Fill a database once, when a script asks for it, then run each script."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    django.setup()
    logging.getLogger("volmacht.request").setLevel(logging.WARNING)  # figures are to be read
    from django.core.management import call_command
    from django.db import connection

    from bench.population import fill

    wanted = [name for name in SCRIPTS if options.only in name]
    is_filled = not EMPTY_WILL_DO.issuperset(wanted)
    print(f"\n# {connection.vendor}{': filling' if is_filled else ''}", flush=True)
    call_command("migrate", verbosity=0)
    population = fill() if is_filled else None
    figures = []
    for name in wanted:
        script = importlib.import_module(f"bench.{name}")
        for figure in script.measure(population, connection.vendor):
            print(figure.line(), flush=True)
            figures.append(figure.record())
    options.report.write_text(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
