"""Who may log in to pre-production: everybody in a demo, else only who an operator listed."""

import dataclasses
from pathlib import Path

import pytest
from pytest_django import Settings

from volmacht.config.options import BadOption, Profile, read_options
from volmacht.parties.operations import may_test
from volmacht.parties.test_people import BadTestPeople, read_test_people
from volmacht.rules.identifiers import Bsn, KvkNumber

LISTED, OTHER, OFFICE = Bsn("999900006"), Bsn("999900018"), KvkNumber("99990012")


def given(settings: Settings, tmp_path: Path, text: str | None, profile: Profile = Profile.STANDARD) -> None:
    """The list of an installation."""
    listed = None
    if text is not None:
        listed = tmp_path / "people.txt"
        listed.write_text(text)
    settings.VOLMACHT = dataclasses.replace(settings.VOLMACHT, profile=profile, test_people=listed)


def test_only_who_is_listed_may(settings: Settings, tmp_path: Path) -> None:
    given(settings, tmp_path, "# team of the town\n9999 00 006  # mother\n\n99990012\n")
    assert may_test(LISTED)
    assert may_test(OFFICE)
    assert not may_test(OTHER)


def test_without_a_list_nobody_may_for_real_and_everybody_in_a_demo(
    settings: Settings, tmp_path: Path
) -> None:
    given(settings, tmp_path, None)
    assert not may_test(LISTED)
    given(settings, tmp_path, None, Profile.DEMO)
    assert may_test(LISTED)


def test_a_list_counts_in_a_demo_too(settings: Settings, tmp_path: Path) -> None:
    given(settings, tmp_path, LISTED.value, Profile.DEMO)
    assert not may_test(OTHER)


@pytest.mark.parametrize("text", ["123456789", "bsn", "9999000066"])
def test_a_wrong_line_is_named_without_its_number(tmp_path: Path, text: str) -> None:
    listed = tmp_path / "people.txt"
    listed.write_text(f"{LISTED.value}\n{text}\n")
    with pytest.raises(BadTestPeople, match="line 2") as found:
        read_test_people(listed)
    assert text not in str(found.value)


def test_a_file_that_is_not_there_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="VOLMACHT_TEST_PEOPLE"):
        read_options({"VOLMACHT_TEST_PEOPLE": str(tmp_path / "nobody.txt")}, tmp_path)
