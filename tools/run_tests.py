"""Every test and check there is, as `make test` runs them: quiet while all is well, one summary at the end.

Stages: the checks of `tools/check.py`; the rules, with every branch covered; everything else on SQLite; what
touches the database again on PostgreSQL; the journeys in a real browser. Status 1 when anything failed.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tools.chromium import missing as no_browser

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
WORKERS = str(min(4, (os.cpu_count() or 2) + 1))  # one more than cores: some tests wait for another process
QUIET = ("-q", "--no-header", "--tb=short", "--show-capture=log")
PYTEST = (str(BIN / "pytest"), *QUIET)
COVERAGE = (str(BIN / "coverage"),)
SIDE_BY_SIDE = ("-n", WORKERS, "--dist", "worksteal")
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")


@dataclass(frozen=True, slots=True)
class Stage:
    """One command; `after` must succeed as well."""

    name: str
    command: tuple[str, ...]
    after: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a stage went; `counts` by what pytest says of tests."""

    stage: Stage
    output: str
    passed: bool
    seconds: float
    counts: Counter[str]


def _files_with(mark: str) -> tuple[str, ...]:
    """Files of tests that have this mark: collecting all the others takes longer than some of their tests."""
    found = (file for file in ROOT.glob("tests/**/test_*.py") if mark in file.read_text())
    return tuple(sorted(str(file.relative_to(ROOT)) for file in found))


CHECKS = Stage("checks", (sys.executable, "tools/check.py", "types", "layers", "texts", "lint", "format"))
RULES = Stage(
    "rules",
    (*COVERAGE, "run", "--branch", "--source", "volmacht.rules", "-m", "pytest", *QUIET, "tests/rules"),
    after=(*COVERAGE, "report", "--fail-under=100", "--show-missing", "--skip-covered"),
    environment={"COVERAGE_FILE": str(ROOT / ".coverage.rules")},
)
SQLITE = Stage("sqlite", (*PYTEST, *SIDE_BY_SIDE, "--ignore", "tests/rules", "-m", "not browser"))
POSTGRESQL = Stage(
    "postgresql",
    (*PYTEST, *SIDE_BY_SIDE, "--database", "postgresql", "-m", "database and not browser"),
)
BROWSER = Stage("browser", (*PYTEST, *SIDE_BY_SIDE, "-m", "browser", *_files_with("pytest.mark.browser")))


def _run(command: tuple[str, ...], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def counted(output: str) -> Counter[str]:
    """What the last line of pytest says."""
    lines = output.strip().splitlines()
    found = COUNTED.findall(lines[-1]) if lines else []
    return Counter({word.rstrip("s") if word == "errors" else word: int(number) for number, word in found})


def carry_out(stage: Stage) -> Outcome:
    """Run one stage to its end."""
    began = time.monotonic()
    done = _run(stage.command, stage.environment)
    output, status = done.stdout, done.returncode
    counts = counted(output)
    if status == 0 and stage.after:
        done = _run(stage.after, stage.environment)
        output, status = output + done.stdout, done.returncode
    return Outcome(stage, output, status == 0, time.monotonic() - began, counts)


def tell(outcome: Outcome) -> None:
    """One line when all is well; everything the stage said when not."""
    words = ", ".join(f"{number} {word}" for word, number in outcome.counts.items())
    verdict = "ok" if outcome.passed else "FAILED"
    print(f"{outcome.stage.name:11} {verdict:7} {outcome.seconds:6.1f} s  {words}", flush=True)
    if not outcome.passed:
        print(outcome.output, flush=True)


def main() -> int:
    """Run all stages; checks and rules side by side, for neither needs more than one core."""
    began = time.monotonic()
    missing = no_browser()
    outcomes = []
    with ThreadPoolExecutor(2) as pool:
        for outcome in pool.map(carry_out, [CHECKS, RULES]):
            tell(outcome)
            outcomes.append(outcome)
    for stage in [SQLITE, POSTGRESQL] + ([] if missing else [BROWSER]):
        outcome = carry_out(stage)
        tell(outcome)
        outcomes.append(outcome)
    total = sum((outcome.counts for outcome in outcomes), Counter[str]())
    failed = [outcome.stage.name for outcome in outcomes if not outcome.passed]
    if missing:
        print(f"browser     not run: {missing}")
        failed += ["browser"] if os.environ.get("CI") else []
    words = ", ".join(
        f"{total[word]} {word}" for word in ("failed", "passed", "skipped", "error") if total[word]
    )
    tail = f"; stages that failed: {', '.join(failed)}" if failed else ""
    print(f" {words} in {time.monotonic() - began:.2f}s{tail} ".center(80, "="))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
