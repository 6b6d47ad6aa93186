"""What the repository holds is whole by itself: no link that leads out of it, and nothing of one machine."""

import subprocess
from pathlib import Path

from tests.architecture.sources import ROOT

LINK = "120000"  # the mode that git gives a symbolic link


def links() -> list[str]:
    """The symbolic links that are tracked."""
    listed = subprocess.run(
        ("git", "ls-files", "--stage"), cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    rows = (row.split("\t", 1) for row in listed.splitlines())
    return [path for about, path in rows if about.startswith(LINK)]


def test_no_link_leads_out_of_the_repository() -> None:
    leading_out = [
        link
        for link in links()
        if Path(ROOT / link).readlink().is_absolute()
        or not Path(ROOT / link).resolve().is_relative_to(ROOT.resolve())
    ]
    assert leading_out == []
