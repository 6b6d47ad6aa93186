"""The doctor finds what is wrong, says what to do about it, and is silent about the rest."""

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection

from tests.cli.commands import free_port
from volmacht import clock
from volmacht.audit.operations import publish_checkpoint
from volmacht.cli import diagnosis
from volmacht.cli.main import main
from volmacht.cli.neighbours import refuse_stand_in
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import refuse_other_keys
from volmacht.config.keys import make_key_file, read_key_file
from volmacht.config.options import Options, Profile
from volmacht.installation import operations as installation
from volmacht.parties.operations import know_person
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.standins.organisation_register.app import OrganisationRegisterStandIn


@pytest.fixture
def options(settings: LazySettings, tmp_path: Path, register_served: object) -> Options:
    """Those of this test process, with a data folder of the test; the population register answers."""
    own: Options = dataclasses.replace(settings.VOLMACHT, data=tmp_path)
    return own


def changed(options: Options, **changes: Any) -> Options:
    """The same options but for these."""
    return dataclasses.replace(options, **changes)


def found(check: diagnosis.Check, options: Options) -> list[str]:
    """What a check says."""
    return list(check(options))


def test_keys_that_others_can_read_are_told(options: Options, settings: LazySettings, tmp_path: Path) -> None:
    settings.KEY_FILE = tmp_path / "keys" / "keys.json"
    make_key_file(settings.KEY_FILE)
    assert found(diagnosis.keys_are_private, options) == []
    settings.KEY_FILE.chmod(0o640)
    assert found(diagnosis.keys_are_private, options) == [
        f"others on this machine can read the keys: chmod 600 {settings.KEY_FILE}"
    ]


def test_a_folder_in_which_others_can_replace_the_keys_is_told(
    options: Options, settings: LazySettings, tmp_path: Path
) -> None:
    settings.KEY_FILE = tmp_path / "keys" / "keys.json"
    make_key_file(settings.KEY_FILE)
    settings.KEY_FILE.parent.chmod(0o777)
    assert "can replace the keys" in found(diagnosis.keys_are_private, options)[0]


@pytest.mark.django_db
def test_a_database_of_another_profile_is_told(options: Options) -> None:
    installation.mark("demo")
    assert found(diagnosis.database_is_ready, options) == []
    with pytest.raises(CommandProblem, match="made for trying out"):
        found(diagnosis.database_is_ready, changed(options, profile=Profile.STANDARD))


def test_a_database_of_an_older_version_is_told_and_never_marked(
    committed_db: None, options: Options
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'installation'")
        cursor.execute("DROP TABLE installation_mark")
    assert "the database is behind this version: run `volmacht migrate`" in diagnosis.diagnose(options)


@pytest.mark.django_db
def test_keys_of_another_installation_are_told(
    options: Options, settings: LazySettings, tmp_path: Path
) -> None:
    publish_checkpoint(clock.today())
    assert found(diagnosis.keys_fit_the_database, options) == []
    make_key_file(tmp_path / "other.json")
    settings.VOLMACHT_KEYS = read_key_file(tmp_path / "other.json")
    assert "does not belong to this database" in found(diagnosis.keys_fit_the_database, options)[0]


@pytest.mark.django_db
def test_keys_that_open_nothing_here_are_told_and_nothing_starts_with_them(
    options: Options, settings: LazySettings, tmp_path: Path, population_register: object
) -> None:
    know_person(Bsn("999900006"))
    refuse_other_keys()
    make_key_file(tmp_path / "other.json")
    settings.VOLMACHT_KEYS = read_key_file(tmp_path / "other.json")
    with pytest.raises(CommandProblem, match="opens nothing in this database"):
        refuse_other_keys()
    assert "opens nothing in this database" in " ".join(diagnosis.diagnose(options))


@pytest.mark.django_db
def test_a_clock_that_went_back_is_told(options: Options, clock_at: Callable[[datetime], None]) -> None:
    publish_checkpoint(clock.today())
    clock_at(clock.now() - timedelta(hours=1))
    assert "the clock went back" in found(diagnosis.keys_fit_the_database, options)[0]


def test_a_clock_that_was_moved_for_trying_out_is_told_when_it_is_for_real(options: Options) -> None:
    (options.data / "clock-offset").write_text("60")
    assert found(diagnosis.clock_is_right, options) == []
    assert "from trying out" in found(diagnosis.clock_is_right, changed(options, profile=Profile.STANDARD))[0]


def test_style_sheets_that_are_not_collected_are_told(
    options: Options, settings: LazySettings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    assert "are not collected" in found(diagnosis.static_files_are_there, options)[0]


def test_missing_fonts_are_told(options: Options, settings: LazySettings, tmp_path: Path) -> None:
    assert found(diagnosis.fonts_are_there, options) == []
    settings.VOLMACHT_FONT_FOLDERS = [tmp_path]
    assert "there are no fonts for PDFs" in found(diagnosis.fonts_are_there, options)[0]


def test_a_population_register_that_is_missing_or_silent_is_told(options: Options) -> None:
    assert found(diagnosis.population_register_answers, options) == []
    none = changed(options, population_register_url="")
    assert "no population register is set up" in found(diagnosis.population_register_answers, none)[0]
    silent = changed(options, population_register_url=f"http://127.0.0.1:{free_port()}/brp")
    assert "does not answer" in found(diagnosis.population_register_answers, silent)[0]


def test_registers_of_organisations_that_are_missing_or_silent_are_told(options: Options) -> None:
    none = changed(options, oin_register_url="", alb_register_url="")
    missing = found(diagnosis.registers_of_organisations_answer, none)
    assert [sentence.partition("(")[2].partition(")")[0] for sentence in missing] == [
        "VOLMACHT_OIN_REGISTER_URL",
        "VOLMACHT_ALB_REGISTER_URL",
    ]
    silent = changed(options, oin_register_url=f"http://127.0.0.1:{free_port()}/cor/api/v1")
    assert "register of OINs does not answer" in found(diagnosis.registers_of_organisations_answer, silent)[0]


def test_registers_that_answer_as_something_else_are_told(
    options: Options, organisation_register: OrganisationRegisterStandIn
) -> None:
    assert found(diagnosis.registers_of_organisations_answer, options) == []
    elsewhere = {
        name: getattr(options, name).replace("/v1", "/v9")
        for name in ("oin_register_url", "alb_register_url")
    }
    told = found(diagnosis.registers_of_organisations_answer, changed(options, **elsewhere))
    assert ["VOLMACHT_OIN_REGISTER_URL" in told[0], "VOLMACHT_ALB_REGISTER_URL" in told[1]] == [True, True]
    assert "/cor/api/v9 is no register of OINs (no register at this address)" in told[0]
    organisation_register.away = True
    assert "(status 503)" in found(diagnosis.registers_of_organisations_answer, options)[0]


def test_what_providers_need_to_test_is_told_when_it_is_missing(
    options: Options, settings: LazySettings
) -> None:
    settings.VOLMACHT = changed(options, profile=Profile.STANDARD, test_cast=None)
    people, authority = found(diagnosis.providers_can_test, settings.VOLMACHT)
    assert "VOLMACHT_TEST_CAST" in people
    assert "volmacht pki make" in authority


def test_invented_people_never_serve_for_real(options: Options) -> None:
    refuse_stand_in(options)
    with pytest.raises(CommandProblem, match="stand-in with invented people"):
        refuse_stand_in(changed(options, profile=Profile.STANDARD))


@pytest.mark.django_db
def test_an_environment_in_which_nobody_can_log_in_is_told(options: Options) -> None:
    assert found(diagnosis.log_in_is_connected, options) == []
    told = found(diagnosis.log_in_is_connected, changed(options, profile=Profile.STANDARD))
    for environment, sentence in zip(Environment, told, strict=True):
        assert environment.value in sentence


def test_a_mail_server_that_is_missing_or_silent_is_told(options: Options) -> None:
    assert found(diagnosis.mail_server_answers, options) == []
    for_real = changed(options, profile=Profile.STANDARD)
    assert "no mail server is set up" in found(diagnosis.mail_server_answers, for_real)[0]
    silent = changed(options, smtp_host="127.0.0.1", smtp_port=free_port())
    assert "the mail server does not answer" in found(diagnosis.mail_server_answers, silent)[0]


def test_a_worker_that_does_not_work_is_told(options: Options) -> None:
    assert "has never run" in found(diagnosis.worker_is_alive, options)[0]
    beat = options.data / "worker.heartbeat"
    beat.write_text((clock.wall_clock() - timedelta(minutes=5)).isoformat())
    assert "has not worked for 5 minutes" in found(diagnosis.worker_is_alive, options)[0]
    beat.write_text(clock.wall_clock().isoformat())
    assert found(diagnosis.worker_is_alive, options) == []


@pytest.mark.django_db
def test_what_is_wrong_is_listed_once_a_line_and_is_status_one(
    settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str], register_served: object
) -> None:
    settings.STATIC_ROOT = tmp_path
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert all(line.startswith("- ") for line in lines)
    assert len(set(lines)) == len(lines)
