"""The invented people: they are possible, there are enough of them, and their files can be read and made anew."""

import re
from datetime import date
from pathlib import Path

import pytest
from stdnum.nl import bsn as eleven_test

from tests.standins.register_client import by_case
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.standins.population_register.make_people import CROWD_FILE, crowd_toml
from volmacht.standins.population_register.people import PeopleFileError, load_people, main_characters
from volmacht.standins.population_register.person import Person

People = tuple[Person, ...]

REFERENCE_DAY = date(2026, 11, 23)
SOMEBODY = """
[[person]]
bsn = "999990019"
gender = "V"
family_name = "Iemand"
born = "1980-01-01"
digid = []
"""


def test_there_are_hundreds_of_people_with_a_number_that_is_given_to_nobody(people: People) -> None:
    numbers = {person.bsn.value for person in people}
    assert len(numbers) == len(people) >= 300
    assert all(number.startswith("9999") and eleven_test.is_valid(number) for number in numbers)


def test_the_twelve_main_characters_have_a_story_in_two_languages(people: People) -> None:
    characters = main_characters(people)
    assert len(characters) == 12
    assert next(iter(characters)) == "mother"
    for person in characters.values():
        assert person.story is not None
        assert person.story.nl != person.story.en


def test_a_story_stays_true_as_time_goes_by(people: People) -> None:
    """The demo is begun on any day, and its clock is moved: no ages, and no days on which something changes."""
    for person in main_characters(people).values():
        assert person.story is not None
        for story in (person.story.nl, person.story.en):
            assert re.findall(r"\(\d+\)|\d+ (?:jaar|years)|\d{1,2} \w+ \d{4}", story) == []


@pytest.mark.parametrize("years", range(9))
def test_whoever_is_too_young_in_the_demo_is_so_for_years(people: People, years: int) -> None:
    minor = main_characters(people)["minor"]
    assert minor.story is not None
    assert str(minor.born.year) in minor.story.nl
    assert str(minor.born.year) in minor.story.en
    age = minor.born.age_on(REFERENCE_DAY.replace(year=REFERENCE_DAY.year + years))
    assert age is not None
    assert age < 16


def test_levels_of_digid_run_from_none_to_high(people: People) -> None:
    seen = {person.digid_levels for person in people}
    assert () in seen
    assert tuple(LevelOfAssurance) in seen
    assert by_case(people, "only_basic").digid_levels == (LevelOfAssurance.BASIC,)


@pytest.mark.parametrize(
    ("case", "length"),
    [("family_name_of_200_characters", (3, 200)), ("given_names_of_200_characters", (200, 3))],
)
def test_the_longest_names_are_as_long_as_the_register_allows(
    people: People, case: str, length: tuple[int, int]
) -> None:
    name = by_case(people, case).name
    assert (len(name.given_names), len(name.family_name)) == length


def test_every_case_is_there_once_but_for_the_namesakes(people: People) -> None:
    cases = [person.case for person in people if person.case]
    assert len(cases) == len(set(cases)) + 1 == 75


def test_the_crowd_can_be_made_anew_exactly() -> None:
    assert CROWD_FILE.read_text("utf-8") == crowd_toml()


def test_a_file_of_ones_own_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOMEBODY, "utf-8")
    (person,) = load_people([file])
    assert person.full_name == "Iemand"
    assert (person.residence, person.suspension, person.handle) == (None, None, "")


IMPOSSIBLE = [
    ('bsn = "999990019"', 'bsn = "999990018"'),
    ('born = "1980-01-01"', 'born = "1980-02-30"'),
    ('born = "1980-01-01"', 'born = "1980-13"'),
    ('born = "1980-01-01"', 'born = "1 januari"'),
    ('born = "1980-01-01"', ""),
    ('gender = "V"', 'gender = "X"'),
    ("digid = []", "digid = [15]"),
    ("digid = []", 'digid = []\nbirth = "1980-01-01"'),
    ("digid = []", 'digid = []\nmunicipality = "Ergens"'),
    ("digid = []", 'digid = []\naddress = { country = "Atlantis" }'),
    ("digid = []", 'digid = []\naddress = { street = "Straat", number = 1, house = "x" }'),
    ("digid = []", 'digid = []\naddress = { street = "Burgemeester van Leeuwenlaan", number = 1 }'),
    ("digid = []", 'digid = []\nsuspension = { reason = "Q" }'),
]


@pytest.mark.parametrize(("written", "instead"), IMPOSSIBLE)
def test_a_person_that_cannot_exist_is_refused_with_the_place(
    tmp_path: Path, written: str, instead: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOMEBODY.replace(written, instead), "utf-8")
    with pytest.raises(PeopleFileError, match=r"mine\.toml, person 1:"):
        load_people([file])


def test_a_number_stands_in_the_files_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOMEBODY + SOMEBODY, "utf-8")
    with pytest.raises(PeopleFileError, match="person 2: this BSN stands in the files twice"):
        load_people([file])
