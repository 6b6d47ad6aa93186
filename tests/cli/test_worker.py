"""The worker does every job in its turn, whatever happens to the others, and shows that it lives."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from volmacht import clock
from volmacht.audit import queries as audit
from volmacht.cli.main import main
from volmacht.cli.worker import Job, Worker, jobs


def broken() -> None:
    """A job that fails."""
    raise RuntimeError("no neighbour")


@pytest.mark.django_db
def test_a_job_that_fails_does_not_stop_the_others(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    worker = Worker(
        [Job("broken", 0, broken), Job("next", 0, lambda: done.append("next"))], tmp_path / "beat"
    )
    with caplog.at_level(logging.ERROR):
        assert worker.turn() == 1
        assert worker.turn() == 1
    assert done == ["next", "next"]
    assert "job failed" in caplog.text


@pytest.mark.django_db
def test_a_job_waits_for_its_turn(tmp_path: Path) -> None:
    done: list[str] = []
    worker = Worker([Job("hourly", 3600, lambda: done.append("x"))], tmp_path / "beat")
    worker.turn()
    worker.turn()
    assert done == ["x"]


@pytest.mark.django_db
def test_every_turn_leaves_a_heartbeat(tmp_path: Path) -> None:
    Worker([], tmp_path / "beat").turn()
    beat = datetime.fromisoformat((tmp_path / "beat").read_text())
    assert clock.wall_clock() - beat < timedelta(seconds=5)


def test_every_job_can_be_done_and_done_again(committed_db: None) -> None:
    assert main(["worker", "--once"]) == 0
    assert main(["worker", "--once"]) == 0
    assert [checkpoint.day for checkpoint in audit.checkpoints()] == [clock.today()]


def test_jobs_have_different_names() -> None:
    names = [job.name for job in jobs()]
    assert len(set(names)) == len(names)


def test_whoever_reads_the_heartbeat_while_it_is_written_sees_a_whole_one(tmp_path: Path) -> None:
    beat, wrong = tmp_path / "worker.heartbeat", list[str]()
    worker = Worker([], beat)
    worker.turn()
    over = Event()

    def read() -> None:
        while not over.is_set():
            try:
                datetime.fromisoformat(beat.read_text())
            except ValueError as error:
                wrong.append(str(error))

    reader = Thread(target=read)
    reader.start()
    for _ in range(2000):
        worker.turn()
    over.set()
    reader.join()
    assert wrong == []
