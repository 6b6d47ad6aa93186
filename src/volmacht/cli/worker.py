"""`volmacht worker`: sends messages and does what must happen regularly, until told to stop.

Several workers may run side by side: every job takes its own locks. A job that fails is written to the log
and tried again at its next turn; it never stops the others.
"""

import argparse
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import structlog

from volmacht import clock
from volmacht.cli.starting import start_on_database

TURN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds."""

    name: str
    every_seconds: float
    do: Callable[[], object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Normally goes on for ever."""
    parser.add_argument("--once", action="store_true", help="do every job once, then stop")
    parser.set_defaults(carry_out=carry_out)


def jobs() -> list[Job]:
    """Everything that happens regularly."""
    from django.core.management import call_command

    from volmacht.audit.operations import publish_checkpoint
    from volmacht.catalogue import operations as catalogue
    from volmacht.cli.certificates import log_endings
    from volmacht.limits.operations import sweep
    from volmacht.logins import operations as logins
    from volmacht.mandates import operations as mandates
    from volmacht.notifications import operations as notifications
    from volmacht.onboarding import operations as onboarding
    from volmacht.parties.operations import sweep_links

    return [
        Job("deliver messages", 1, notifications.deliver_due),
        Job("announce ended mandates", 5, mandates.announce_ended),
        Job("close proposals without an answer", 600, mandates.close_unanswered),
        Job("publish checkpoint", 60, lambda: publish_checkpoint(clock.today())),
        Job("refresh metadata of peers", 10, catalogue.refresh_metadata),
        Job("check certificates of peers", 24 * 3600, catalogue.check_metadata),
        Job("warn of certificates that end", 24 * 3600, log_endings),
        Job("sweep limits", 600, sweep),
        Job("sweep links of accounts", 3600, sweep_links),
        Job("clear sessions", 3600, lambda: call_command("clearsessions")),
        Job("sweep visits to authentication services", 600, logins.sweep_visits),
        Job("sweep artifacts", 60, logins.sweep_artifacts),
        Job("sweep log-ins for providers", 60, logins.sweep_log_ins),
        Job("sweep refusals in pre-production", 3600, logins.sweep_refusals),
        Job("sweep messages seen", 60, logins.sweep_messages),
        Job("sweep log-outs and federations", 60, logins.sweep_logouts),
        Job("open a case for what is disputed", 5, onboarding.open_disputes),
        Job("lay out test mandates that are missing", 30, onboarding.lay_out_all_missing),
        Job("remind silent providers, and let their cases lapse", 600, onboarding.remind_and_lapse),
        Job("let sign-ups lapse that nobody proves", 24 * 3600, onboarding.remind_and_lapse_sign_ups),
        Job("tell the desk what is due", 600, onboarding.tell_what_is_due),
        Job("carry out changes whose day has come", 60, onboarding.carry_out_what_is_due),
        Job("warn of certificates of connections", 3600, onboarding.warn_of_certificates),
        Job("apply retention to the register", 3600, mandates.apply_retention),
        Job("apply retention to messages", 3600, notifications.apply_retention),
    ]


class Worker:
    """Does the jobs in turn. `heartbeat` is a file that is touched every turn, for `volmacht doctor`."""

    def __init__(self, todo: Sequence[Job], heartbeat: Path) -> None:
        self._todo = todo
        self._heartbeat = heartbeat
        self._due = dict.fromkeys((job.name for job in todo), float("-inf"))
        self._log = structlog.get_logger("volmacht.worker")

    def turn(self) -> int:
        """Do what is due; how many jobs failed."""
        failed = 0
        for job in self._todo:
            if clock.ticks() >= self._due[job.name]:
                failed += not self._do(job)
                self._due[job.name] = clock.ticks() + job.every_seconds
        part = self._heartbeat.with_suffix(".part")  # whoever reads it never sees half of it
        part.write_text(clock.wall_clock().isoformat())
        part.replace(self._heartbeat)
        return failed

    def _do(self, job: Job) -> bool:
        from django.db import close_old_connections

        try:
            job.do()
        except Exception:  # noqa: BLE001 - whatever went wrong, the other jobs go on; the log has it
            self._log.exception("job failed", job=job.name)
            return False
        finally:
            close_old_connections()
        return True


def carry_out(arguments: argparse.Namespace) -> int:
    """Work until told to stop; with --once, 1 when a job failed."""
    options = start_on_database()
    stopping = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    worker = Worker(jobs(), options.data / "worker.heartbeat")
    failed = worker.turn()
    if arguments.once:
        return 1 if failed else 0
    while not stopping.wait(TURN_SECONDS):
        worker.turn()
    return 0
