"""Searching the catalogue: every word, anywhere, whatever its accents and capitals."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.catalogue.building import Building
from volmacht.catalogue import queries
from volmacht.catalogue.searching import folded, matches, words_in
from volmacht.rules.environment import Environment


def found(words: str, language: str = "nl") -> list[str]:
    return [entry.name for entry in queries.offered(Environment.PRODUCTION, words=words, language=language)]


SETS = ["Lokale belastingen: gemeente en waterschap", "Belastingaangifte en toeslagen"]
QUESTIONS = [
    ("HUURTOESLAG", "nl", [SETS[1], "Toeslagen"]),
    ("cliënten", "nl", ["Uitstel voor cliënten van belastingadviseurs"]),
    ("clienten", "nl", ["Uitstel voor cliënten van belastingadviseurs"]),
    ("CLIËNTEN", "nl", ["Uitstel voor cliënten van belastingadviseurs"]),
    ("waterschap aanslag", "nl", [SETS[0], "Waterschapsbelasting"]),
    ("aanslag waterschap", "nl", [SETS[0], "Waterschapsbelasting"]),
    ("stairlift", "en", ["Hulp thuis (Wmo)"]),
    ("stairlift", "nl", []),
    ("traplift", "en", ["Hulp thuis (Wmo)"]),  # a keyword
    ("hulp thuis", "en", ["Hulp thuis (Wmo)"]),
    ("dienst voertuigen", "nl", ["Voertuig verkopen of schorsen"]),
    ("aow waterschap", "nl", []),
    ("hondenbelasting", "nl", []),  # no longer offered
]


def test_every_word_must_occur_wherever_it_stands(demo: tuple[UUID, UUID]) -> None:
    for words, language, expected in QUESTIONS:
        assert found(words, language) == expected, (words, language)


def test_without_words_everything_that_can_be_granted_is_offered(demo: tuple[UUID, UUID]) -> None:
    names = found("")
    assert found("  ") == names
    assert len(names) == 21
    assert not {"Hondenbelasting", "Rijbewijs vernieuwen"} & set(names)


def test_services_stand_in_order_of_position(building: Building) -> None:
    ids = [building.service(position=position) for position in (30, 10, 20)]
    offered = [entry.id for entry in queries.offered(Environment.PRODUCTION)]
    assert offered == [ids[1], ids[2], ids[0]]


def test_an_unknown_language_is_read_as_dutch(building: Building) -> None:
    building.service(name="Subsidie", name_en="Grant")
    assert found("subsidie", "fy") == ["Subsidie"]
    entry = queries.offered(Environment.PRODUCTION)[0]
    assert [entry.name_in(language) for language in ("nl", "en", "fy")] == ["Subsidie", "Grant", "Subsidie"]


def test_dutch_stands_in_where_there_is_no_english(building: Building) -> None:
    building.service(name="Subsidie", description="Geld")
    (entry,) = queries.offered(Environment.PRODUCTION)
    assert (entry.name_in("en"), entry.description_in("en")) == ("Subsidie", "Geld")


def test_a_very_long_question_is_cut_off() -> None:
    assert len("".join(words_in("a" * 10_000))) == 200


@given(st.text())
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    assert matches(folded(text), words_in(text[:200]))


@given(st.text())
def test_capitals_do_not_count(text: str) -> None:
    assert folded(folded(text)) == folded(text)
