"""Every member of the closed lists that the desk shows has its words there."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from volmacht.checks.judging import Outcome, Overall
from volmacht.onboarding.operations import FileKind
from volmacht.onboarding.queries import AutomaticCheck
from volmacht.portals.shared import environment_words, file_words
from volmacht.portals.staff import words
from volmacht.rules.accounts import ProofHow
from volmacht.rules.environment import Environment
from volmacht.rules.reading import ReadPurpose


@pytest.mark.parametrize(
    ("vocabulary", "worded"),
    [
        (AutomaticCheck, words.AUTOMATIC_CHECKS),
        (Outcome, words.OUTCOMES),
        (Overall, words.OVERALL),
        (Environment, environment_words.ENVIRONMENTS),
        (FileKind, file_words.KINDS),
        (ProofHow, words.PROOFS),
        (ReadPurpose, words.PURPOSES),
    ],
)
def test_every_member_is_worded(vocabulary: type[StrEnum], worded: Mapping[StrEnum, object]) -> None:
    assert set(vocabulary) == set(worded)
