"""Every member of the closed lists that the desk shows has its words there."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from volmacht.catalogue import states
from volmacht.catalogue.kinds import RelationKind
from volmacht.checks.judging import Outcome, Overall
from volmacht.onboarding.operations import FileKind
from volmacht.onboarding.queries import AutomaticCheck
from volmacht.portals.shared import environment_words, file_words, report_words
from volmacht.portals.staff import catalogue_field_words, words
from volmacht.rules.accounts import ProofHow
from volmacht.rules.environment import Environment
from volmacht.rules.reading import ReadPurpose


@pytest.mark.parametrize(
    ("vocabulary", "worded"),
    [
        (AutomaticCheck, words.AUTOMATIC_CHECKS),
        (Outcome, report_words.OUTCOMES),
        (Overall, report_words.OVERALL),
        (Environment, environment_words.ENVIRONMENTS),
        (FileKind, file_words.KINDS),
        (ProofHow, words.PROOFS),
        (ReadPurpose, words.PURPOSES),
        (RelationKind, catalogue_field_words.RELATIONS),
    ],
)
def test_every_member_is_worded(vocabulary: type[StrEnum], worded: Mapping[StrEnum, object]) -> None:
    assert set(vocabulary) == set(worded)


def test_every_field_of_an_entry_of_the_catalogue_is_worded() -> None:
    stored = {
        field.name for table in states._ABOUT.values() for field in table._meta.concrete_fields
    } - states._LEFT_AWAY
    assert stored | {"providers"} == set(catalogue_field_words.FIELDS)


def test_a_field_that_is_not_there_any_more_is_called_as_it_was() -> None:
    assert catalogue_field_words.field_words("return_address") == "return_address"
    assert catalogue_field_words.field_words("service.a1").endswith(" a1")
    assert catalogue_field_words.field_words("relation.service_set.a1").startswith("Bevat de dienst")
