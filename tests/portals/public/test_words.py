"""Every key of process and plan has words, in Dutch and in English."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from volmacht.portals.public.contact import HOLIDAYS
from volmacht.portals.public.plan_words import ROLES, STEPS, TASKS
from volmacht.portals.public.process_words import ACTORS, ANSWERS, LONG, SHORT
from volmacht.portals.shared.reaching_us import WEEKDAYS
from volmacht.rules.onboarding import Actor, Condition, ProcessKey, Role, Step, TaskKey
from volmacht.rules.workdays import Holiday

SAME_IN_BOTH = {"Volmacht"}
KEYED: list[tuple[type[StrEnum], Mapping[Any, Promise]]] = [
    (Actor, ACTORS),
    (Condition, ANSWERS),
    (ProcessKey, SHORT),
    (ProcessKey, LONG),
    (Step, STEPS),
    (Role, ROLES),
    (Holiday, HOLIDAYS),
    (TaskKey, {key: words.name for key, words in TASKS.items()}),
    (TaskKey, {key: words.what for key, words in TASKS.items()}),
]


def in_both(words: Promise) -> tuple[str, str]:
    """The Dutch and the English."""
    with override("nl"):
        dutch = str(words)
    with override("en"):
        return dutch, str(words)


@pytest.mark.parametrize(("keys", "words"), KEYED)
def test_every_key_has_words_in_both_languages(keys: type[StrEnum], words: Mapping[Any, Promise]) -> None:
    assert set(words) == set(keys)
    for promise in words.values():
        dutch, english = in_both(promise)
        assert dutch
        assert english != dutch or dutch in SAME_IN_BOTH


def test_a_week_has_seven_days_in_both_languages() -> None:
    assert in_both(WEEKDAYS[0]) == ("maandag", "Monday")
    assert len({in_both(day)[1] for day in WEEKDAYS}) == 7


@pytest.mark.parametrize("key", ProcessKey)
def test_sentences_in_the_process_are_short(key: ProcessKey) -> None:
    for sentence in in_both(LONG[key])[0].replace("?", ".").split(". "):
        assert len(sentence.split()) <= 20
