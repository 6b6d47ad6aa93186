"""Lists of mandates, uses and choices: complete, private, paged, and as cheap for many as for few (DM-36, DM-41)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from volmacht.mandates.operations import answer_provider, end_mandate, restrict_mandate
from volmacht.mandates.queries import (
    MandateFilter,
    everything_about,
    list_mandates,
    list_uses,
    mandate_counts,
    mandate_for,
    popularity,
    representable,
)
from volmacht.notifications.kinds import Side
from volmacht.parties.models import Party
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.validity import Phase

GIVEN = MandateFilter(Side.REPRESENTED, Phase.ACTIVE)
RECEIVED = MandateFilter(Side.REPRESENTATIVE, Phase.ACTIVE)


def test_each_party_finds_the_mandate_on_their_own_side(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    for person, wanted, other in ((mother, GIVEN, daughter), (daughter, RECEIVED, mother)):
        (entry,) = list_mandates(person.id, wanted, environment=Environment.PRODUCTION).entries
        assert (entry.id, entry.side, entry.other_id, entry.other_name) == (
            mandate_id,
            wanted.side,
            other.id,
            other.name,
        )
    assert (
        list_mandates(mother.id, RECEIVED, environment=Environment.PRODUCTION).total
        == list_mandates(daughter.id, GIVEN, environment=Environment.PRODUCTION).total
        == 0
    )


def test_counts_have_a_number_for_every_side_and_phase(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    scene.mandate(mother, daughter, scene.PENSION, first_day=date(2027, 1, 1))
    end_mandate(mandate_id=scene.mandate(daughter, mother), by=mother.id, environment=Environment.PRODUCTION)
    assert mandate_counts(mother.id, environment=Environment.PRODUCTION) == {
        (Side.REPRESENTED, Phase.ACTIVE): 1,
        (Side.REPRESENTED, Phase.TO_COME): 1,
        (Side.REPRESENTED, Phase.ENDED): 0,
        (Side.REPRESENTATIVE, Phase.ACTIVE): 0,
        (Side.REPRESENTATIVE, Phase.TO_COME): 0,
        (Side.REPRESENTATIVE, Phase.ENDED): 1,
    }


def test_what_ends_first_comes_first_and_what_ended_last_comes_first(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    names = (scene.MUNICIPAL_TAXES, scene.PENSION, scene.INCOME_TAX)
    days = (date(2026, 12, 2), date(2026, 12, 1), date(2026, 12, 3))
    ids = [scene.mandate(mother, daughter, name, last_day=day) for name, day in zip(names, days, strict=True)]
    assert [
        entry.id for entry in list_mandates(mother.id, GIVEN, environment=Environment.PRODUCTION).entries
    ] == [ids[1], ids[0], ids[2]]
    clock_at(NOON + timedelta(days=30))
    ended = list_mandates(
        mother.id, MandateFilter(Side.REPRESENTED, Phase.ENDED), environment=Environment.PRODUCTION
    ).entries
    assert [entry.id for entry in ended] == [ids[2], ids[0], ids[1]]
    assert {entry.end_reason for entry in ended} == {EndReason.EXPIRED}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("annelies", True),
        ("VRÍES", True),
        ("lies gemeent", True),
        ("municipal", True),
        ("gemeente voorbeeld vries", True),
        ("vries pensioen", False),
        ("jansen", False),  # the name of who searches
        ("%", False),
        ("_", False),
        ("\\", False),
    ],
)
def test_every_word_must_be_found_somewhere(
    mother: Someone, daughter: Someone, words: str, found: bool
) -> None:
    scene.mandate(mother, daughter)
    wanted = MandateFilter(Side.REPRESENTED, Phase.ACTIVE, words=words)
    assert list_mandates(mother.id, wanted, environment=Environment.PRODUCTION).total == int(found)


def test_pages_hold_everything_once_and_a_page_too_far_is_the_last(daughter: Someone) -> None:
    helped = scene.crowd(25)
    scene.bulk([person.id for person in helped], [daughter.id] * 25)
    wanted = [MandateFilter(Side.REPRESENTATIVE, Phase.ACTIVE, page=page, size=10) for page in (1, 2, 3)]
    pages = [list_mandates(daughter.id, part, environment=Environment.PRODUCTION) for part in wanted]
    assert [len(part.entries) for part in pages] == [10, 10, 5]
    assert len({entry.id for part in pages for entry in part.entries}) == 25
    too_far = MandateFilter(Side.REPRESENTATIVE, Phase.ACTIVE, page=99, size=10)
    assert list_mandates(daughter.id, too_far, environment=Environment.PRODUCTION) == pages[2]


def test_nobody_else_sees_the_mandate(mother: Someone, daughter: Someone, neighbour: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    answer_provider(scene.asked(mother, daughter))
    assert mandate_for(mandate_id, neighbour.id, environment=Environment.PRODUCTION) is None
    assert list_uses(neighbour.id, environment=Environment.PRODUCTION).total == 0
    assert list_uses(neighbour.id, mandate_id=mandate_id, environment=Environment.PRODUCTION).total == 0
    assert everything_about(neighbour.id, environment=Environment.PRODUCTION)["mandates"] == []


def test_uses_can_be_asked_for_by_mandate_and_by_answer(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    first, second = scene.mandate(mother, daughter), scene.mandate(mother, neighbour)
    for helper in (daughter, daughter, neighbour):
        answer_provider(scene.asked(mother, helper))
    answer_provider(scene.asked(mother, neighbour, scene.PENSION))
    assert list_uses(mother.id, environment=Environment.PRODUCTION).total == 4
    assert [
        list_uses(mother.id, mandate_id=id_, environment=Environment.PRODUCTION).total
        for id_ in (first, second)
    ] == [2, 1]
    assert [
        list_uses(mother.id, allowed=answer, environment=Environment.PRODUCTION).total
        for answer in (True, False)
    ] == [3, 1]
    assert list_uses(daughter.id, environment=Environment.PRODUCTION).total == 2


def test_choices_are_the_people_for_whom_the_service_can_be_used_now(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    set_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    scene.mandate(neighbour, daughter)
    scene.mandate(scene.main_character("widow"), daughter, first_day=date(2027, 1, 1))
    tax, water = scene.service(scene.MUNICIPAL_TAXES).id, scene.service(scene.WATER_TAX).id
    assert {choice.represented for choice in representable(daughter.id, tax).choices} == {
        mother.id,
        neighbour.id,
    }
    assert [choice.represented for choice in representable(daughter.id, water).choices] == [mother.id]
    restrict_mandate(mandate_id=set_id, by=mother.id, keep=[tax], environment=Environment.PRODUCTION)
    assert representable(daughter.id, water).total == 0
    found = representable(daughter.id, tax, text=neighbour.name.split()[0])
    assert (found.total, found.in_all) == (1, 2)


@pytest.mark.parametrize("fact", ["deceased", "under_guardianship", "blocked"])
def test_who_cannot_be_represented_any_more_is_no_choice(
    mother: Someone, daughter: Someone, fact: str
) -> None:
    scene.mandate(mother, daughter)
    tax = scene.service(scene.MUNICIPAL_TAXES).id
    assert representable(daughter.id, tax).total == 1
    Party.objects.filter(id=mother.id).update(**{fact: True})
    assert representable(daughter.id, tax).total == 0


def test_most_mandated_services_of_the_last_year_are_known(
    clock_at: Clock, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    scene.mandate(mother, daughter)
    clock_at(NOON + timedelta(days=366))
    scene.mandate(mother, neighbour)
    scene.mandate(neighbour, daughter)
    scene.mandate(mother, daughter, scene.PENSION)
    assert popularity(environment=Environment.PRODUCTION) == {
        scene.service(scene.MUNICIPAL_TAXES).id: 2,
        scene.service(scene.PENSION).id: 1,
    }


def test_lists_ask_as_often_for_three_hundred_mandates_as_for_three(daughter: Someone) -> None:
    helped = scene.crowd(20)
    tax = scene.service(scene.MUNICIPAL_TAXES).id

    def queries() -> list[int]:
        counts = []
        for ask in (
            lambda: list_mandates(daughter.id, RECEIVED, environment=Environment.PRODUCTION),
            lambda: mandate_counts(daughter.id, environment=Environment.PRODUCTION),
            lambda: representable(daughter.id, tax),
            lambda: everything_about(daughter.id, environment=Environment.PRODUCTION),
        ):
            with CaptureQueriesContext(connection) as asked:
                ask()
            counts.append(len([query for query in asked if "catalogue_" not in query["sql"]]))
        return counts

    scene.bulk([person.id for person in helped[:3]], [daughter.id] * 3)
    few = queries()
    scene.bulk([person.id for person in helped[3:]] * 18, [daughter.id] * 306)
    assert queries() == few
    assert max(few) <= 10
