"""The closed lists: their values are stored and sent, so they are pinned here."""

from enum import StrEnum
from itertools import product

import pytest

from volmacht.rules.activating import RequestState
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind, RepresentativeKind, allows
from volmacht.rules.refusals import Refusal
from volmacht.rules.routes import Route


@pytest.mark.parametrize("vocabulary", [Refusal, EndReason, RequestState])
def test_a_value_is_its_name_in_lower_case(vocabulary: type[StrEnum]) -> None:
    assert [member.value for member in vocabulary] == [member.name.lower() for member in vocabulary]


def test_the_environments_are_two() -> None:
    assert [str(environment) for environment in Environment] == ["preproduction", "production"]


def test_the_levels_are_those_of_digid_and_are_ordered() -> None:
    assert [int(level) for level in sorted(LevelOfAssurance)] == [10, 20, 25, 30]
    assert (
        LevelOfAssurance.BASIC
        < LevelOfAssurance.MIDDLE
        < LevelOfAssurance.SUBSTANTIAL
        < LevelOfAssurance.HIGH
    )


def test_there_are_seven_routes() -> None:
    assert [str(route) for route in Route] == [
        "online_represented",
        "online_representative",
        "direct",
        "software",
        "helpdesk",
        "counter",
        "survivor",
    ]


def test_the_kinds_of_representative_are_those_of_digid_s_catalogue() -> None:
    assert {str(kind) for kind in RepresentativeKind} == {
        "burger",
        "organisatie",
        "burger_en_organisatie",
        "niet",
    }


def test_each_kind_of_service_allows_its_own_kinds_of_party() -> None:
    allowed = {(kind, party) for kind, party in product(RepresentativeKind, PartyKind) if allows(kind, party)}
    assert allowed == {
        (RepresentativeKind.PERSON, PartyKind.PERSON),
        (RepresentativeKind.ORGANISATION, PartyKind.ORGANISATION),
        (RepresentativeKind.BOTH, PartyKind.PERSON),
        (RepresentativeKind.BOTH, PartyKind.ORGANISATION),
    }
