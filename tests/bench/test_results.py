"""The file with results: a whole run makes it anew, a part renews its own figures only."""

import json
from pathlib import Path

from bench.__main__ import Record, write

DECIDING: Record = {"name": "decide", "database": "sqlite", "value": 1.0}
ON_POSTGRESQL: Record = {"name": "decide", "database": "postgresql", "value": 2.0}
PAGES: Record = {"name": "home", "database": "sqlite", "value": 3.0}


def figures(out: Path) -> list[Record]:
    """What stands in the file, without the machine."""
    return [record for record in json.loads(out.read_text()) if "name" in record]


def test_a_part_renews_its_own_figures_and_leaves_the_others(tmp_path: Path) -> None:
    out = tmp_path / "out" / "latest.json"
    write(out, [DECIDING, ON_POSTGRESQL, PAGES], whole=True)
    newer = {**DECIDING, "value": 9.0}
    write(out, [newer], whole=False)
    assert figures(out) == [ON_POSTGRESQL, PAGES, newer]
    assert sum("cores" in record for record in json.loads(out.read_text())) == 1


def test_a_whole_run_leaves_nothing_of_before(tmp_path: Path) -> None:
    out = tmp_path / "latest.json"
    write(out, [DECIDING, PAGES], whole=True)
    write(out, [DECIDING], whole=True)
    assert figures(out) == [DECIDING]


def test_figures_of_another_machine_are_not_mixed_in(tmp_path: Path) -> None:
    out = tmp_path / "latest.json"
    out.write_text(json.dumps([PAGES, {"machine": "abacus", "cores": 1, "python": "3.11.0"}]))
    write(out, [DECIDING], whole=False)
    assert figures(out) == [DECIDING]


def test_the_first_run_may_be_a_part(tmp_path: Path) -> None:
    out = tmp_path / "latest.json"
    write(out, [DECIDING], whole=False)
    assert figures(out) == [DECIDING]
