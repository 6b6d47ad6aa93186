"""`python -m bench [--only NAME]`: runs the scripts on both databases and prints each figure.

Writes bench/out/latest.json.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import postgresql

HERE = Path(__file__).parent
OUT = HERE / "out" / "latest.json"


def _run(url: str, only: str) -> tuple[list[dict[str, object]], int]:
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
        figures: list[dict[str, object]] = json.loads(report.read_text()) if report.exists() else []
        return figures, status


def _machine() -> dict[str, object]:
    return {"machine": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()}


def main() -> int:
    """0 when every goal was met, 1 when one was not or a script failed."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", default="", help="a part of the name of the scripts to run")
    only = parser.parse_args().only
    figures, failed = _run("", only)
    with postgresql.server(durable=True) as url:
        found, status = _run(url, only)
    figures, failed = figures + found, failed | status
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps([*figures, _machine()], indent=1, ensure_ascii=False) + "\n")
    short = [figure["name"] for figure in figures if not figure["ok"]]
    print(f"\n{len(figures)} figures, {len(short)} short of their goal; {OUT.relative_to(HERE.parent)}")
    return 1 if failed or short else 0


if __name__ == "__main__":
    sys.exit(main())
