"""Names are found however they are typed: without capitals, without accents."""

import pytest

from volmacht.rules.searching import folded, words


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Šćepanović", "scepanovic"),
        ("Nuñez", "NUNEZ"),
        ("Nun\u0303ez", "nuñez"),  # the tilde as a sign of its own
        ("İpek", "ipek"),
        ("Groß", "gross"),
        ("王", "王"),
    ],
)
def test_case_and_accents_do_not_count(name: str, typed: str) -> None:
    assert folded(name) == folded(typed)


def test_different_names_stay_different() -> None:
    assert folded("Jansen") != folded("Janssen")


def test_words_are_what_stands_between_spaces() -> None:
    assert words("  Zorg\u00a0en \tHUUR ") == ["zorg", "en", "huur"]
    assert words(" ") == []


def test_a_long_text_is_not_searched_for_whole() -> None:
    assert words("a b c d", most=3) == ["a", "b", "c"]
    assert len(words("a " * 1000)) == 8
    assert words("a" * 1_000_000) == ["a" * 200]
