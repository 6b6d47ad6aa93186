"""What the operator's verbs do to the database, and what they say."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests.demo_catalogue import FILE
from volmacht.audit.kinds import SYSTEM, EventKind
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.cli.main import main
from volmacht.installation import operations as installation
from volmacht.installation import queries as installed
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment
from volmacht.rules.roles import StaffRole

SOMEBODY = UUID(int=7)
Said = pytest.CaptureFixture[str]


def record_events(count: int) -> list[UUID]:
    """Add events about one party to the chain."""
    with transaction.atomic():
        return [record(EventKind.LOGGED_IN, actor=SYSTEM, subject_id=SOMEBODY) for _ in range(count)]


def tamper(event: UUID) -> None:
    """Change an event as somebody with full power over the database could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("GRANT UPDATE ON audit_event TO CURRENT_USER")
            cursor.execute("DROP TRIGGER audit_event_append_only ON audit_event")
        else:
            cursor.execute("DROP TRIGGER audit_event_no_update")
        key = event if connection.vendor == "postgresql" else event.hex
        cursor.execute('UPDATE audit_event SET data = \'{"reason":"other"}\' WHERE id = %s', [key])
        assert cursor.rowcount == 1


@pytest.mark.django_db
def test_a_whole_chain_is_status_zero(capsys: Said) -> None:
    record_events(3)
    assert main(["audit", "verify"]) == 0
    assert capsys.readouterr().out == "The audit chain is whole.\n"


def test_a_changed_event_is_named(committed_db: None, capsys: Said) -> None:
    """DM-42."""
    events = record_events(3)
    tamper(events[1])
    assert main(["audit", "verify"]) == 1
    said = capsys.readouterr().err
    assert f"changed: event {events[1]}" in said
    assert str(events[2]) not in said


@pytest.mark.django_db
def test_an_employee_is_added_once(capsys: Said) -> None:
    assert main(["staff", "create", " Anne   Bakker ", "anne@volmacht.example"]) == 0
    assert main(["staff", "create", "Somebody Else", "ANNE@volmacht.example"]) == 0
    employee = parties.staff_member("anne@volmacht.example")
    assert employee is not None
    assert employee.name == "Anne Bakker"
    first, _, link, second = capsys.readouterr().out.splitlines()
    assert first == f"Anne Bakker <anne@volmacht.example> is added: {employee.id}"
    assert "/account/link/" in link
    assert "was there already" in second


@pytest.mark.django_db
def test_from_two_service_managers_on_the_command_names_both(capsys: Said) -> None:
    """DM-64."""
    role = ["--role", "service_manager"]
    for name in ("sanne", "sjoerd"):
        assert main(["staff", "create", name, f"{name}@volmacht.example", *role]) == 0
    new = ["staff", "create", "Derk", "derk@volmacht.example", "--role", "assessor"]
    one = ["--proposed-by", "sanne@volmacht.example"]
    assert main(new) == 1
    assert "name both" in capsys.readouterr().err
    assert main([*new, *one]) == 1
    assert main([*new, *one, "--approved-by", "sanne@volmacht.example"]) == 1
    assert "same employee" in capsys.readouterr().err
    assert parties.staff_member("derk@volmacht.example") is None
    assert parties.staff_changes() == []
    assert main([*new, *one, "--approved-by", "sjoerd@volmacht.example"]) == 0
    known = parties.staff_member("derk@volmacht.example")
    assert known is not None
    assert known.roles == {StaffRole.ASSESSOR}


@pytest.mark.django_db
def test_an_employee_gets_a_new_link_and_the_old_one_ends(capsys: Said) -> None:
    from volmacht.parties.operations import look_at_link
    from volmacht.rules.accounts import AccountObjection

    assert main(["staff", "create", "Anne", "anne@volmacht.example"]) == 0
    assert main(["staff", "invite", "ANNE@volmacht.example"]) == 0
    links = [line for line in capsys.readouterr().out.splitlines() if "/account/link/" in line]
    old, new = (link.rstrip("/").rpartition("/")[2] for link in links)
    assert look_at_link(old) is AccountObjection.LINK_EXPIRED
    assert not isinstance(look_at_link(new), AccountObjection)
    assert main(["staff", "invite", "niemand@volmacht.example"]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "email"), [("", "anne@volmacht.example"), ("x" * 201, "a@b.nl"), ("Anne", "anne")]
)
def test_an_employee_has_a_name_and_an_address(name: str, email: str, capsys: Said) -> None:
    assert main(["staff", "create", name, email]) == 1
    assert capsys.readouterr().err.startswith("volmacht: ")
    assert parties.staff_member(email) is None


@pytest.mark.django_db
def test_a_catalogue_file_needs_two_employees(two_staff: tuple[UUID, UUID], capsys: Said) -> None:
    """DM-64."""
    words = ["catalogue", "load", str(FILE), "--proposed-by", "anne@volmacht.example", "--approved-by"]
    assert main([*words, "anne@volmacht.example"]) == 1
    assert "somebody else must approve" in capsys.readouterr().err
    assert main([*words, "nobody@volmacht.example"]) == 1
    assert "nobody with e-mail address nobody@volmacht.example works here" in capsys.readouterr().err
    assert catalogue.offered(Environment.PRODUCTION, language="nl") == []
    assert main([*words, "bram@volmacht.example"]) == 0
    assert "changes made from" in capsys.readouterr().out
    assert catalogue.offered(Environment.PRODUCTION, language="nl") != []


@pytest.mark.django_db
def test_a_wrong_catalogue_file_says_where_it_is_wrong(
    two_staff: tuple[UUID, UUID], tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text("environments = 3")
    words = ["--proposed-by", "anne@volmacht.example", "--approved-by", "bram@volmacht.example"]
    assert main(["catalogue", "load", str(file), *words]) == 1
    assert capsys.readouterr().err.startswith("volmacht: ")
    assert main(["catalogue", "load", str(tmp_path / "gone.toml"), *words]) == 1
    assert capsys.readouterr().err.startswith("volmacht: ")


@pytest.mark.django_db
def test_a_catalogue_file_that_changed_says_what_is_done_and_what_is_not(
    two_staff: tuple[UUID, UUID], tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "catalogue.toml"
    words = ["--proposed-by", "anne@volmacht.example", "--approved-by", "bram@volmacht.example"]
    provider = 'environments = ["production"]\n[[provider]]\noin = "00000001234567890000"\nname = "{}"\n'
    link = '[provider.connection]\nentity_id = "urn:x"\n'
    for name, rest, status, said in (
        ("Gemeente", link, 0, "2 changes made"),
        ("Gemeente", link, 0, "0 changes made"),
        ("Nieuw", link, 0, "1 changes made"),
        ("Nieuwer", f"{link}active_until = 2030-01-01T00:00:00Z\n", 1, "1 changes made"),
    ):
        file.write_text(provider.format(name) + rest)
        assert main(["catalogue", "load", str(file), *words]) == status
        told = capsys.readouterr()
        assert said in told.out
        assert bool(told.err) is bool(status)
    assert "not done: production, provider 'Nieuwer', connection 'urn:x': active_until is empty" in told.err
    assert [one.name for one in catalogue.providers(Environment.PRODUCTION)] == ["Nieuwer"]


@pytest.mark.django_db
def test_messages_that_failed_go_back_in_the_queue(capsys: Said) -> None:
    assert main(["outbox", "retry"]) == 0
    assert capsys.readouterr().out == "0 messages will be tried again by the worker.\n"


def test_a_copy_holds_everything_and_never_replaces_another(
    committed_db: None, tmp_path: Path, capsys: Said
) -> None:
    copy = tmp_path / "copy.sqlite3"
    record_events(2)
    if connection.vendor == "postgresql":
        assert main(["backup", str(copy)]) == 1
        assert "pg_dump" in capsys.readouterr().err
        return
    assert main(["backup", str(copy)]) == 0
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM audit_event").fetchone() == (2,)
    assert "keys.json" in capsys.readouterr().out
    assert main(["backup", str(copy)]) == 1
    assert "exists already" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_first_start_marks_a_database_for_ever() -> None:
    assert installed.profile() is None
    assert installation.mark("demo") == "demo"
    assert installation.mark("standard") == "demo"
    assert installed.profile() == "demo"


@pytest.mark.django_db
def test_the_demo_scenario_is_loaded_once() -> None:
    installation.mark("demo")
    assert not installed.scenario_is_loaded()
    installation.note_scenario_loaded()
    assert installed.scenario_is_loaded()
