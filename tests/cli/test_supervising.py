"""Children are kept running, given up on with their last words, and never left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.commands import eventually
from volmacht.cli import children
from volmacht.cli.children import Child, Supervisor
from volmacht.cli.problem import CommandProblem


def child(code: str, log: Path) -> Child:
    """A child that runs some Python."""
    return Child("helper", (sys.executable, "-c", code), log)


def alive(process_id: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return ") Z " not in Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False


def supervise_for(supervisor: Supervisor, seconds: float) -> None:
    """Keep running until told to stop after some time."""
    timer = threading.Timer(seconds, supervisor._stopping.set)
    timer.start()
    supervisor.keep_running(ready=lambda: False, when_ready=lambda: None)
    timer.join()


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    code = f"open({str(lives)!r}, 'a').write('x'); import time; time.sleep(0.1)"
    told: list[str] = []
    supervise_for(Supervisor([child(code, tmp_path / "log")], told.append), 2)
    assert len(lives.read_text()) >= 2
    assert told[0] == "the helper stopped (status 0) and is started again in 0.5 s"


def test_a_child_that_keeps_dying_takes_everything_down_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "FIRST_PAUSE_SECONDS", 0.001)
    healthy = child("import time; time.sleep(60)", tmp_path / "healthy")
    dying = child("raise SystemExit('no more water')", tmp_path / "dying")
    supervisor = Supervisor([healthy, dying], lambda _text: None)
    with pytest.raises(CommandProblem, match="helper stops again and again") as problem:
        supervisor.keep_running(ready=lambda: False, when_ready=lambda: None)
    assert "no more water" in str(problem.value)
    assert supervisor._lives[0].process.returncode == -signal.SIGTERM


def test_when_everything_is_ready_it_is_said_once(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor([child("import time; time.sleep(60)", tmp_path / "log")], said.append)
    timer = threading.Timer(0.6, supervisor._stopping.set)
    timer.start()
    supervisor.keep_running(ready=lambda: True, when_ready=lambda: said.append("ready"))
    assert said == ["ready"]


def test_a_child_that_does_not_want_to_stop_is_stopped_within_five_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "STOP_SECONDS", 0.5)
    ready = tmp_path / "ready"
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        f"open({str(ready)!r}, 'w').close(); time.sleep(60)"
    )
    process = children.start(child(code, tmp_path / "log"))
    assert eventually(ready.exists)
    began = time.monotonic()
    children.stop([process])
    assert process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_what_a_child_started_itself_does_not_outlive_it(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys; "
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(inner.pid)); inner.wait()"
    )
    process = children.start(child(code, tmp_path / "log"))
    assert eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
    children.stop([process])
    assert eventually(lambda: not alive(int((tmp_path / "pid").read_text())), 5)


def test_a_long_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "PATIENCE_SECONDS", 0.2)
    told: list[str] = []
    supervise_for(Supervisor([child("import time; time.sleep(60)", tmp_path / "log")], told.append), 1)
    assert told == ["not everything is ready after 0.2 s; still trying"]


def test_a_killed_parent_leaves_no_children_behind(tmp_path: Path) -> None:
    code = f"""
import sys, time
from pathlib import Path
from volmacht.cli import children
sleeping = (sys.executable, "-c", "import time; time.sleep(60)")
process = children.start(children.Child("helper", sleeping, Path({str(tmp_path / "log")!r})))
Path({str(tmp_path / "pid")!r}).write_text(str(process.pid))
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", code])
    assert eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
    process_id = int((tmp_path / "pid").read_text())
    assert eventually(lambda: b"tethered" not in Path(f"/proc/{process_id}/cmdline").read_bytes())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert eventually(lambda: not alive(process_id), 5)


def test_of_each_log_the_three_before_it_are_kept(tmp_path: Path) -> None:
    helper, log = child("pass", tmp_path / "helper.log"), tmp_path / "helper.log"
    children.set_log_aside(helper)
    for start in "abcde":
        log.write_text(start)
        children.set_log_aside(helper)
    log.write_text("now")
    kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert kept == {"helper.log": "now", "helper.log.1": "e", "helper.log.2": "d", "helper.log.3": "c"}
