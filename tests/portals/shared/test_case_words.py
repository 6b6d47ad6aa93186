"""Words for cases: every member has them, in both languages, and one sentence says what is needed now (CN-10)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import product

import pytest
from django.utils import translation

from volmacht.portals.shared import case_words
from volmacht.portals.shared.wording import Words
from volmacht.rules.onboarding.cases import Action, CaseKind, CaseState, Objection, Side
from volmacht.rules.onboarding.needed import Needed, Sentence

WORDED: list[tuple[type[StrEnum], Mapping[StrEnum, object]]] = [
    (CaseKind, case_words.KINDS),  # type: ignore[list-item] # a mapping of this enumeration only
    (CaseState, case_words.STATES),  # type: ignore[list-item] # as above
    (Action, case_words.ACTIONS),  # type: ignore[list-item] # as above
    (Side, case_words.SIDES),  # type: ignore[list-item] # as above
    (Side, case_words.SIDES_AT_THE_DESK),  # type: ignore[list-item] # as above
    (Needed, case_words.NEEDED),  # type: ignore[list-item] # as above
    (Objection, case_words.OBJECTIONS),  # type: ignore[list-item] # as above
]


@pytest.mark.parametrize("worded", WORDED, ids=lambda pair: pair[0].__name__)
def test_every_member_has_words_in_both_languages(
    worded: tuple[type[StrEnum], Mapping[StrEnum, object]],
) -> None:
    vocabulary, words = worded
    assert set(words) == set(vocabulary)
    for word in words.values():
        for text in (word.title, word.explanation, word.way_out) if isinstance(word, Words) else (word,):
            with translation.override("nl"):
                dutch = str(text)
            with translation.override("en"):
                english = str(text)
            assert dutch
            assert english
            assert dutch != english or len(dutch) < 12, f"not translated: {dutch}"


@pytest.mark.parametrize(("needed", "at_the_desk"), list(product(Needed, (True, False))))
def test_a_sentence_names_who_must_move_and_by_when(needed: Needed, at_the_desk: bool) -> None:
    said = {
        side: case_words.sentence_words(
            Sentence(needed, side, date(2026, 12, 1)), at_the_desk=at_the_desk, organisation="Gemeente Proef"
        )
        for side in (Side.PROVIDER, Side.OPERATOR)
    }
    if needed not in {Needed.NOTHING, Needed.WAIT_FOR_DAY}:
        assert "Volmacht" in said[Side.OPERATOR]
        assert ("Gemeente Proef" if at_the_desk else "uw organisatie") in said[Side.PROVIDER].replace(
            "Uw organisatie", "uw organisatie"
        )
    assert all("1 december 2026" in text for text in said.values())
    assert all("%" not in text for text in said.values())
