"""Every reason, end, route and level has words in both languages."""

import re
from collections.abc import Mapping
from enum import Enum

import pytest
from django.utils.translation import override

from volmacht.notifications.kinds import Side
from volmacht.portals.shared.fitting_words import (
    AT_NO_SERVICE,
    TOO_LOW,
    YOURSELF,
    fitting_words,
    words_at_no_service,
)
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.wording import ENDS, LEVELS, REFUSALS, ROUTES, Words, refusal_words
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


def test_how_somebody_logged_in_is_told_of_oneself_and_of_another_in_the_same_words() -> None:
    for text in LEVELS.values():
        dutch, english = in_both(text)
        assert not re.search(r"\b(u|uw)\b", dutch)
        assert not re.search(r"\byour?\b", english)


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


@pytest.mark.parametrize(
    ("level", "says", "how"),
    [
        (LevelOfAssurance.MIDDLE, "inloggen met alleen een wachtwoord niet genoeg", "een controle per sms"),
        (LevelOfAssurance.SUBSTANTIAL, "alleen een wachtwoord of sms niet genoeg", "een ID-check"),
        (LevelOfAssurance.HIGH, "Ook een ID-check is niet genoeg.", "uw identiteitskaart of rijbewijs"),
    ],
)
def test_a_level_that_is_too_low_is_told_for_the_level_that_is_asked(
    level: LevelOfAssurance, says: str, how: str
) -> None:
    words = fitting_words(Refusal.LEVEL_TOO_LOW, level=level)

    assert says in str(words.explanation)
    assert how in str(words.way_out)


def test_without_knowing_the_level_nothing_is_said_that_may_be_wrong() -> None:
    for level in (None, LevelOfAssurance.BASIC):
        words = fitting_words(Refusal.LEVEL_TOO_LOW, level=level)
        assert "wachtwoord" not in str(words.explanation)


@pytest.mark.parametrize(
    "words", [*TOO_LOW.values(), *YOURSELF.values(), *AT_NO_SERVICE.values()], ids=lambda words: words.title
)
def test_words_that_fit_the_reader_are_there_in_both_languages(words: Words) -> None:
    for text in (words.title, words.explanation, words.way_out):
        dutch, english = in_both(text)
        assert dutch != english
        assert "eze persoon" not in dutch


@pytest.mark.parametrize("refusal", [Refusal.UNDER_GUARDIANSHIP, Refusal.REPRESENTED_TOO_YOUNG])
def test_who_gives_reads_you_and_who_helps_reads_about_the_other(refusal: Refusal) -> None:
    own = fitting_words(refusal, reader=Side.REPRESENTED)
    other = fitting_words(refusal, reader=Side.REPRESENTATIVE)

    assert str(own.title).startswith("U ")
    assert str(other.title).startswith("Deze persoon")
    assert "dienst." not in str(words_at_no_service(Refusal.REPRESENTED_TOO_YOUNG).explanation)
