"""`python -m bench [--only NAME]`: runs the scripts on both databases and prints each figure.

Writes bench/out/latest.json. A run of some scripts renews their figures there and leaves those of the others.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.one_database import SCRIPTS
from tools import postgresql

HERE = Path(__file__).parent
OUT = HERE / "out" / "latest.json"
Record = dict[str, object]


def _run(url: str, only: str) -> tuple[list[Record], int]:
    """All scripts on one database, in a process and a data folder of their own."""
    with tempfile.TemporaryDirectory(prefix="volmacht-bench-") as folder:
        report = Path(folder) / "figures.json"
        environment = {
            **os.environ,
            "VOLMACHT_DATA": folder,
            "VOLMACHT_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "volmacht.config.settings",
            "PORT": "8790",
        }
        command = [sys.executable, "-m", "bench.one_database", "--report", str(report), "--only", only]
        status = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own command
        figures: list[Record] = json.loads(report.read_text()) if report.exists() else []
        return figures, status


def _machine() -> dict[str, object]:
    return {"machine": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()}


def _names(figure: Record) -> tuple[object, object]:
    return figure.get("name"), figure.get("database")


def with_those_of_before(found: list[Record], before: list[Record]) -> list[Record]:
    """The figures of a part of the scripts, in the place of the same figures of an earlier run."""
    renewed = {_names(figure) for figure in found}
    return [*(figure for figure in before if "name" in figure and _names(figure) not in renewed), *found]


def write(out: Path, found: list[Record], *, whole: bool) -> None:
    """The results as they stand now, and the machine they are from.

    A part is added to what was measured on this same machine only: figures of two machines say nothing together.
    """
    machine = _machine()
    before: list[Record] = json.loads(out.read_text()) if out.exists() and not whole else []
    figures = with_those_of_before(found, before) if machine in before else found
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps([*figures, machine], indent=1, ensure_ascii=False) + "\n")


def main() -> int:
    """0 when every goal was met, 1 when one was not or a script failed."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", default="", help="a part of the name of the scripts to run")
    only = parser.parse_args().only
    if not any(only in script for script in SCRIPTS):
        parser.error(f"no script is called like {only}: there is {', '.join(SCRIPTS)}")
    figures, failed = _run("", only)
    with postgresql.server(durable=True) as url:
        found, status = _run(url, only)
    figures, failed = figures + found, failed | status
    write(OUT, figures, whole=not only)
    short = [figure["name"] for figure in figures if not figure["ok"]]
    print(f"\n{len(figures)} figures, {len(short)} short of their goal; {OUT.relative_to(HERE.parent)}")
    return 1 if failed or short else 0


if __name__ == "__main__":
    sys.exit(main())
