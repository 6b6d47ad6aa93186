"""The demo catalogue: realistic, varied, worded for people in both languages."""

import re
from uuid import UUID

import pytest

from tests.catalogue.conftest import DEMO, MUNICIPALITY
from volmacht.catalogue import queries
from volmacht.catalogue.file import read_file
from volmacht.catalogue.operations import Loaded, load_catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import RepresentativeKind
from volmacht.rules.services import LookUpStatus

LONGEST_SENTENCE = 20


@pytest.fixture
def services(demo: tuple[UUID, UUID]) -> list[ServiceEntry]:
    return queries.all_services(Environment.PRODUCTION)


def test_it_loads_into_both_environments_and_a_second_time_changes_nothing(demo: tuple[UUID, UUID]) -> None:
    proposer, approver = demo
    assert (
        len(queries.offered(Environment.PRODUCTION)) == len(queries.offered(Environment.PREPRODUCTION)) == 21
    )
    assert load_catalogue(DEMO, proposed_by=proposer, approved_by=approver) == Loaded(0)


def test_it_has_enough_to_choose_from(services: list[ServiceEntry]) -> None:
    assert len(queries.providers(Environment.PRODUCTION)) == 7
    assert len([entry for entry in services if not entry.is_set]) == 20
    sets = [entry for entry in services if entry.is_set]
    assert len(sets) == 3
    assert max(len(entry.provider_ids) for entry in sets) == 2


def test_it_shows_every_kind_of_rule(services: list[ServiceEntry]) -> None:
    assert {entry.minimum_level for entry in services} == set(LevelOfAssurance)
    assert {entry.representative_kind for entry in services} == set(RepresentativeKind)
    assert {1, 12, 24, 60} <= {entry.longest_months for entry in services}
    assert {16, 18} == {entry.minimum_age for entry in services}
    assert any(entry.announced for entry in services)
    statuses = [queries.status(entry.id) for entry in services]
    assert statuses.count(LookUpStatus.SERVICE_INACTIVE) == 1
    assert statuses.count(LookUpStatus.SERVICE_NOT_MANDATABLE) == 1


def test_the_municipality_has_a_connection_in_both_environments(demo: tuple[UUID, UUID]) -> None:
    for environment in Environment:
        link = queries.connection_by_entity_id(environment, MUNICIPALITY)
        assert link is not None
        assert (link.environment, link.provider_name) == (environment, "Gemeente Voorbeeld")


def test_every_text_stands_in_both_languages(services: list[ServiceEntry]) -> None:
    for entry in services:
        for text in ("name", "description", "explanation", "permission_question"):
            dutch, english = getattr(entry, text), getattr(entry, f"{text}_en")
            assert dutch, (entry.name, text)
            assert english, (entry.name, text)
            assert dutch != english, (entry.name, text)


def test_sentences_are_short(services: list[ServiceEntry]) -> None:
    for entry in services:
        texts = (entry.description, entry.explanation, entry.permission_question)
        for sentence in re.split(r"[.?!:]\s+|\n\n", "\n\n".join(texts)):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


def test_explanations_say_what_is_not_allowed_too(services: list[ServiceEntry]) -> None:
    for entry in services:
        assert re.search(r"\bniet\b|\bgeen\b|\bniemand\b", entry.explanation), entry.name
        assert entry.permission_question.endswith("?")


def test_service_ids_of_the_sample_provider_are_in_it() -> None:
    from volmacht.standins.sample_provider.described import described

    in_file = {
        table["uuid"]
        for table in read_file(DEMO).services
        if MUNICIPALITY.split(":")[4] in str(table["providers"])
    }
    assert {offered.uuid for offered in described().services} <= in_file
