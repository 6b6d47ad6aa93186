"""Every reason, end, route and level has words in both languages."""

import re
from collections.abc import Mapping
from enum import Enum

import pytest
from django.utils.translation import override

from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.wording import ENDS, LEVELS, REFUSALS, ROUTES, refusal_words
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.refusals import Refusal
from volmacht.rules.routes import Route


def in_both(text: Text) -> tuple[str, str]:
    """The Dutch and the English."""
    with override("nl"):
        dutch = str(text)
    with override("en"):
        return dutch, str(text)


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_says_what_why_and_what_now(refusal: Refusal) -> None:
    words = refusal_words(refusal)

    for text in (words.title, words.explanation, words.way_out):
        dutch, english = in_both(text)
        assert dutch
        assert english
        assert dutch != english
    assert str(words.explanation).endswith(".")
    assert not str(words.title).endswith(".")


def test_no_refusal_has_words_that_no_reason_uses() -> None:
    assert list(REFUSALS) == sorted(Refusal, key=list(Refusal).index)


@pytest.mark.parametrize(
    ("words", "reasons"),
    [(ENDS, EndReason), (ROUTES, Route), (LEVELS, LevelOfAssurance)],
    ids=["ends", "routes", "levels"],
)
def test_every_end_route_and_level_has_words(words: Mapping[Enum, Text], reasons: type[Enum]) -> None:
    assert set(words) == set(reasons)
    for text in words.values():
        dutch, english = in_both(text)
        assert dutch != english


def test_a_wrong_code_and_a_wrong_bsn_are_told_the_same() -> None:
    words = refusal_words(Refusal.CODE_NOT_RECOGNISED)
    told = f"{words.title} {words.explanation} {words.way_out}"

    assert not re.search(r"\b(code|BSN|nummer)\b[^.]* (is|klopt) (niet|fout|onjuist)", told)
    assert "code" in told
    assert "BSN" in told


def test_what_is_not_yours_may_just_as_well_not_exist() -> None:
    assert "bestaat niet, of" in str(refusal_words(Refusal.NOT_YOURS).explanation)


def test_a_level_that_is_too_low_says_how_to_log_in_better() -> None:
    way_out = str(refusal_words(Refusal.LEVEL_TOO_LOW).way_out)

    assert "DigiD-app" in way_out
    assert "ID-check" in way_out


def test_typing_errors_say_that_they_cost_no_try() -> None:
    for refusal in (Refusal.CODE_INVALID, Refusal.BSN_INVALID):
        assert "telt niet als poging" in str(refusal_words(refusal).explanation)
