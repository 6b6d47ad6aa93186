"""Everything that can be checked without running Volmacht, side by side: format, lint, types, layers, texts, habits.

`python tools/check.py [PART…]`; status 1 when any part fails. A part's output is shown only when it fails.
"""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
AT_ONCE = 3  # mypy is busy the whole time; the others fit beside it

PARTS: dict[str, tuple[str, ...]] = {
    "types": (str(BIN / "mypy"), "--no-error-summary"),
    "habits": (str(BIN / "pytest"), "tests/architecture", "-q", "-m", "not database", "--tb=short"),
    "layers": (str(BIN / "lint-imports"), "--no-logo"),
    "texts": (sys.executable, "tools/messages.py", "check"),
    "lint": (str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."),
    "format": (str(BIN / "ruff"), "format", "--check", "--quiet", "."),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one part went."""

    part: str
    seconds: float
    passed: bool
    output: str


def carry_out(part: str) -> Outcome:
    """Run one part."""
    began = time.monotonic()
    done = subprocess.run(PARTS[part], cwd=ROOT, capture_output=True, text=True, check=False)
    return Outcome(part, time.monotonic() - began, done.returncode == 0, (done.stdout + done.stderr).strip())


def check(parts: list[str]) -> list[str]:
    """Run these parts and tell how each went; the names of those that failed."""
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for future in as_completed([pool.submit(carry_out, part) for part in parts]):
            outcome = future.result()
            print(
                f"{outcome.part:10} {'ok' if outcome.passed else 'FAILED':7} {outcome.seconds:5.1f} s",
                flush=True,
            )
            if not outcome.passed:
                failed.append(outcome.part)
                print(outcome.output, flush=True)
    return failed


def main() -> int:
    """Check the parts named, or all of them."""
    parts = sys.argv[1:] or list(PARTS)
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        print(f"unknown: {' '.join(unknown)}; there is {' '.join(PARTS)}", file=sys.stderr)
        return 2
    failed = check(parts)
    print(f"checks failed: {' '.join(sorted(failed))}" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
