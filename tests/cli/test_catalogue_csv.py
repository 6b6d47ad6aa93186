"""`volmacht catalogue import`, `approve`, `reject` and `export` (DM-63, DM-64)."""

import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.catalogue.building import Building
from tests.catalogue.csv_files import ENTITY, NEW_UUID, file_of, service
from volmacht.catalogue import queries
from volmacht.cli.main import main
from volmacht.rules.environment import Environment

Said = pytest.CaptureFixture[str]
LAYOUT = ["--kind", "services", "--environment", "production"]
ANNE, BRAM = ["--by", "anne@volmacht.example"], ["--by", "bram@volmacht.example"]


@pytest.fixture
def file(two_staff: tuple[UUID, UUID], tmp_path: Path) -> Path:
    """A file with one service, and a catalogue with its connection."""
    building = Building(*two_staff)
    building.connection(building.provider(), entity_id=ENTITY)
    path = tmp_path / "services.csv"
    path.write_bytes(file_of(service()))
    return path


def test_a_dry_run_tells_every_row_and_keeps_nothing(file: Path, capsys: Said) -> None:
    assert main(["catalogue", "import", str(file), *LAYOUT, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert f"line 1: new {NEW_UUID} Dienst" in said
    assert "1 new, 0 changed, 0 unchanged, 0 faulty" in said
    file.write_bytes(file_of(service(c4="15")))
    assert main(["catalogue", "import", str(file), *LAYOUT, "--dry-run"]) == 1
    assert "line 1, column 5: level_unknown" in capsys.readouterr().err
    assert queries.all_services(Environment.PRODUCTION) == []


def test_one_employee_proposes_and_another_approves(file: Path, capsys: Said) -> None:
    assert main(["catalogue", "import", str(file), *LAYOUT, "--propose"]) == 1
    assert "--propose needs --by EMAIL" in capsys.readouterr().err
    assert main(["catalogue", "import", str(file), *LAYOUT, "--propose", *ANNE]) == 0
    found = re.search(r"approve (\S+) --by", capsys.readouterr().out)
    assert found
    assert main(["catalogue", "approve", found[1], *ANNE]) == 1
    assert "nothing is done: own_proposal" in capsys.readouterr().err
    assert main(["catalogue", "approve", found[1], *BRAM]) == 0
    assert capsys.readouterr().out == "1 changes made.\n"
    assert [one.name for one in queries.all_services(Environment.PRODUCTION)] == ["Dienst"]
    assert main(["catalogue", "reject", found[1], *BRAM]) == 1
    assert "already_judged" in capsys.readouterr().err


def test_an_import_can_be_rejected(file: Path, capsys: Said) -> None:
    main(["catalogue", "import", str(file), *LAYOUT, "--propose", *ANNE])
    (waiting,) = queries.open_imports()
    assert main(["catalogue", "reject", str(waiting.id), *BRAM]) == 0
    assert queries.open_imports() == ()
    assert main(["catalogue", "approve", str(uuid4()), *BRAM]) == 1
    assert "proposal_unknown" in capsys.readouterr().err


def test_nothing_is_proposed_while_a_row_is_faulty(file: Path, capsys: Said) -> None:
    file.write_bytes(file_of(service(c3="")))
    assert main(["catalogue", "import", str(file), *LAYOUT, "--propose", *ANNE]) == 1
    assert "every row must be right" in capsys.readouterr().err
    file.write_bytes(b"\xff\xfe")
    assert main(["catalogue", "import", str(file), *LAYOUT, "--propose", *ANNE]) == 1
    assert "line 1: wrong_encoding" in capsys.readouterr().err
    assert queries.open_imports() == ()


def test_what_was_exported_is_unchanged(file: Path, capsys: Said) -> None:
    main(["catalogue", "import", str(file), *LAYOUT, "--propose", *ANNE])
    main(["catalogue", "approve", str(queries.open_imports()[0].id), *BRAM])
    out = file.with_name("out.csv")
    assert main(["catalogue", "export", str(out), *LAYOUT]) == 0
    assert out.read_bytes() == file.read_bytes()
    assert main(["catalogue", "import", str(out), *LAYOUT, "--propose", *ANNE]) == 1
    assert "nothing is done: changes_nothing" in capsys.readouterr().err
    assert main(["catalogue", "import", str(file.with_name("gone.csv")), *LAYOUT, "--dry-run"]) == 1
    assert main(["catalogue", "export", str(file.parent / "no" / "out.csv"), *LAYOUT]) == 1
    assert "No such file" in capsys.readouterr().err
