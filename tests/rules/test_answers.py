"""Answers are judged field by field, with one problem of a closed list; a configuration follows from them (CN-16)."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import (
    ROW,
    Found,
    Problem,
    all_problems,
    answers_of,
    choices_in,
    connection_kind,
    problems,
)
from volmacht.rules.onboarding.changes import NEEDS, ChangeOf
from volmacht.rules.onboarding.choices import Choices, CodeMoment, Lead
from volmacht.rules.onboarding.configuration import (
    Configuration,
    Incomplete,
    Organisation,
    configuration,
    service_uuid,
)
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import Field, FieldKind, FormKey, Page, PageKey
from volmacht.rules.onboarding.reconfiguring import changed, runs, switched, with_new, without

CASE = UUID(int=5)
CHOICES = Choices(
    lead=Lead.TEAM,
    services_per_code=1,
    code_moment=CodeMoment.BEFORE_LOGIN,
    validity_months=24,
    message_box=False,
    survivors=False,
    supplier=False,
)
SERVICE: dict[str, Any] = {
    ROW: 1,
    "name": "Parkeren",
    "website": "https://dorp.example/parkeren",
    "description": "Parkeren",
    "explanation": "Parkeren",
    "minimum_level": "20",
    "representative_kind": "burger",
    "request_days": 90,
    "minimum_age": 18,
}
OTHER = {**SERVICE, ROW: 2, "name": "Kappen", "minimum_level": "25", "minimum_age": 16, "request_days": "30"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def one(kind: FieldKind, answer: object, **limits: Any) -> Problem | None:
    """The problem of an answer to the only field of a page."""
    field = Field(key="it", kind=kind, chapter=FORMS[FormKey.CHANGE].pages[0].fields[0].chapter, **limits)
    page = Page(key=PageKey.CHANGE, fields=(field,))
    found = problems(page, {"it": answer}, lambda _, text: text == "good")
    return found[0].problem if found else None


@pytest.mark.parametrize(
    ("kind", "good", "bad", "problem"),
    [
        (FieldKind.EMAIL, "a.b@dorp.example", "a@b", Problem.NOT_AN_EMAIL),
        (FieldKind.EMAIL, "a+b@sub.dorp.example", "a b@dorp.example", Problem.NOT_AN_EMAIL),
        (FieldKind.EMAIL, "a@dorp.example", "a@b@dorp.example", Problem.NOT_AN_EMAIL),
        (FieldKind.PHONE, "+31 (88) 123-45 67", "bel mij", Problem.NOT_A_PHONE),
        (FieldKind.ADDRESS, "https://dorp.example/a?b", "http://dorp.example", Problem.NOT_HTTPS),
        (FieldKind.ADDRESS, "https://dorp.example:8443", "https://", Problem.NOT_HTTPS),
        (FieldKind.ADDRESS, "https://dorp.example", "javascript:alert(1)", Problem.NOT_HTTPS),
        (FieldKind.ADDRESS, "https://dorp.example", "https://me:pw@dorp.example", Problem.NOT_HTTPS),
        (FieldKind.OIN, "0000 0001 9999 0000 0000", "123", Problem.NOT_AN_OIN),
        (FieldKind.KVK, "12345678", "1234567", Problem.NOT_A_KVK),
        (FieldKind.DAY, "2026-02-28", "2026-02-30", Problem.NOT_A_DAY),
        (FieldKind.DAY, "2026-02-28", "28-02-2026", Problem.NOT_A_DAY),
        (FieldKind.NUMBER, "7", "0", Problem.OUT_OF_RANGE),
        (FieldKind.NUMBER, 9, "zeven", Problem.NOT_A_NUMBER),
        (FieldKind.NUMBER, 1, True, Problem.NOT_A_NUMBER),
        (FieldKind.CHOICE, "x", "z", Problem.NOT_AN_OPTION),
        (FieldKind.FLAG, False, "yes", Problem.NOT_YES_OR_NO),
        (FieldKind.ENTITY_ID, "good", "bad", Problem.IMPOSSIBLE_ENTITY_ID),
        (FieldKind.LINE, "een regel", "twee\nregels", Problem.NOT_ONE_LINE),
        (FieldKind.LINES, "twee\nregels", "x" * 256, Problem.TOO_LONG),
        (FieldKind.LINE, "x", 5, Problem.NOT_TEXT),
        (FieldKind.LINE, "x", "  ", Problem.MISSING),
    ],
)
def test_each_kind_of_field_knows_a_good_answer(
    kind: FieldKind, good: object, bad: object, problem: Problem
) -> None:
    limits: dict[str, Any] = {"lowest": 1, "highest": 9, "options": ("x", "y")}
    assert one(kind, good, **limits) is None
    assert one(kind, bad, **limits) is problem


@given(JSON, st.sampled_from(FieldKind))
def test_whatever_is_sent_gives_a_problem_or_is_good(answer: object, kind: FieldKind) -> None:
    assert one(kind, answer) in {None, *Problem}


def test_what_is_not_asked_is_not_taken() -> None:
    page = FORMS[FormKey.APPLICATION].page(PageKey.CHOICES)
    wrong = problems(page, {**answers_of(CHOICES), "admin": True}, lambda *_: True)
    assert wrong == (Found(PageKey.CHOICES, "admin", Problem.NOT_ASKED),)


def test_a_page_with_rows_has_one_at_least_and_tells_in_which_row_a_problem_is() -> None:
    page = FORMS[FormKey.PREPRODUCTION].page(PageKey.SERVICES)
    assert problems(page, [], lambda *_: True)[0].problem is Problem.NONE_GIVEN
    found = problems(page, [SERVICE, {**SERVICE, "name": ""}], lambda *_: True)
    assert found == (Found(PageKey.SERVICES, "name", Problem.MISSING, row=1),)
    assert problems(page, [SERVICE] * 51, lambda *_: True)[0].problem is Problem.TOO_MANY


@pytest.mark.parametrize("change", ChangeOf)
def test_a_change_asks_what_its_kind_needs(change: ChangeOf) -> None:
    page = FORMS[FormKey.CHANGE].page(PageKey.CHANGE)
    missing = {found.field for found in problems(page, {"change_of": change.value}, lambda *_: True)}
    assert ("from_day" in missing) is NEEDS[change].day
    assert ("service" in missing) is NEEDS[change].service
    assert ("new_level" in missing) is (change is ChangeOf.LEVEL)


def test_a_form_is_complete_when_no_page_has_a_problem() -> None:
    form = FORMS[FormKey.PREPRODUCTION]
    connection = {"connection_kind": "own", "entity_id": "x"}
    answers: dict[PageKey, Any] = {PageKey.SERVICES: [SERVICE], PageKey.CONNECTION: connection}
    assert all_problems(form, answers, lambda *_: True) == {}
    assert set(all_problems(form, {}, lambda *_: True)) == {PageKey.SERVICES, PageKey.CONNECTION}


def test_choices_come_through_answers_unchanged() -> None:
    assert choices_in(answers_of(CHOICES)) == CHOICES
    assert choices_in({}) is None
    assert choices_in({**answers_of(CHOICES), "validity_months": 61}) is None


def made(**changes: object) -> Configuration:
    """The configuration of two services with these choices."""
    answers = {**answers_of(CHOICES), **changes}
    chosen = choices_in(answers)
    assert chosen
    return configuration(
        case=CASE,
        environment=Environment.PREPRODUCTION,
        organisation=Organisation(oin="00000001999900000000", name="Dorp"),
        choices=answers,
        services=[SERVICE, OTHER],
        connection={
            "entity_id": "urn:x",
            "connection_kind": connection_kind(chosen),
            "cluster_connection": "urn:LC:x",
        },
    )


def services(value: Configuration) -> list[dict[str, Any]]:
    found: Any = value.content["service"]
    return list(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"lead": "person"},
        {"services_per_code": 2},
        {"code_moment": "during_login"},
        {"code_moment": "after_login"},
        {"validity_months": 12},
        {"message_box": True},
        {"survivors": True},
        {"supplier": True},
    ],
    ids=str,
)
def test_every_answer_of_step_one_changes_the_configuration(changes: dict[str, object]) -> None:
    assert made(**changes) != made()


def test_each_choice_changes_what_it_is_about() -> None:
    assert {table["longest_months"] for table in services(made(validity_months=12))} == {12}
    assert all(table["code_at_login"] for table in services(made(code_moment="during_login")))
    assert not any(table["code_at_login"] for table in services(made()))
    assert all(table["survivors_allowed"] for table in services(made(survivors=True)))
    assert made(message_box=True).kept["message_box"] is True
    assert "set" not in made().content
    assert "cluster_member" not in made().content
    assert "cluster_member" in made(supplier=True).content


def test_a_set_asks_the_strictest_of_what_its_services_ask() -> None:
    sets: Any = made(services_per_code=2, survivors=True).content["set"]
    assert sets[0]["minimum_level"] == 25
    assert sets[0]["minimum_age"] == 18
    assert sets[0]["request_days"] == 30
    assert sets[0]["survivors_allowed"] is True
    assert sets[0]["services"] == [str(service_uuid(CASE, 1)), str(service_uuid(CASE, 2))]


def test_a_service_keeps_its_uuid_and_cannot_take_that_of_another_case() -> None:
    assert [table["uuid"] for table in services(made())] == [
        table["uuid"] for table in services(made(survivors=True))
    ]
    assert service_uuid(CASE, 1) != service_uuid(UUID(int=6), 1)


def test_incomplete_answers_give_no_configuration() -> None:
    for missing in ("entity_id", "services", "choices"):
        with pytest.raises(Incomplete):
            configuration(
                case=CASE,
                environment=Environment.PRODUCTION,
                organisation=Organisation(oin="1", name="Dorp"),
                choices={} if missing == "choices" else answers_of(CHOICES),
                services=[] if missing == "services" else [SERVICE],
                connection={} if missing == "entity_id" else {"entity_id": "urn:x"},
            )


def test_a_new_service_comes_beside_what_runs() -> None:
    whole = with_new(made().content, {"service": [{"uuid": "new", "name": "Nieuw"}]})
    assert [table["name"] for table in whole["service"]] == ["Parkeren", "Kappen", "Nieuw"]
    again = with_new(whole, {"service": [{"uuid": "new", "name": "Nieuwer"}]})
    assert [table["name"] for table in again["service"]] == ["Parkeren", "Kappen", "Nieuwer"]


@pytest.mark.parametrize(
    ("change", "answers", "field", "value"),
    [
        (ChangeOf.TERM, {"new_months": "6"}, "longest_months", 6),
        (ChangeOf.DESCRIPTION, {"new_description": "Anders"}, "description", "Anders"),
        (ChangeOf.LEVEL, {"new_level": "25", "from_day": "2027-01-01"}, "announced_on", "2027-01-01"),
        (ChangeOf.STOP_SERVICE, {"from_day": "2027-01-01"}, "active_until", "2026-12-31T23:00:00+00:00"),
    ],
)
def test_a_change_touches_the_service_that_it_names_and_no_other(
    change: ChangeOf, answers: dict[str, object], field: str, value: object
) -> None:
    before = made().content
    uuid = str(service_uuid(CASE, 2))
    first, second = changed(before, change, {**answers, "service": uuid})["service"]
    assert second[field] == value
    assert first == services(made())[0]
    with pytest.raises(Incomplete):
        changed(before, change, {**answers, "service": str(UUID(int=9))})


def test_changes_of_the_whole_connection() -> None:
    before = made().content
    day = {"from_day": "2027-01-01"}
    renamed = changed(before, ChangeOf.ORGANISATION_NAME, {"new_name": "Stad", **day})
    assert renamed["provider"][0]["name"] == "Stad"
    assert changed(before, ChangeOf.STOP_CONNECTION, day) == switched(before, active=False)
    for change in (ChangeOf.ORGANISATION_NAME, ChangeOf.STOP_CONNECTION, ChangeOf.SUPPLIER):
        with pytest.raises(Incomplete):
            changed(before, change, {"new_name": "Stad", "entity_id": "urn:x", "cluster": "urn:LC:x"})
    assert changed(before, ChangeOf.CONTACTS, {}) == before
    off = switched(before, active=False)
    assert not any(table["active"] for table in off["service"])
    assert off["provider"][0]["connection"]["active"] is False
    assert runs(before)
    assert not runs(off)
    uuid = services(made())[0]["uuid"]
    assert [table.get("active", True) for table in without(before, {uuid})["service"]] == [False, True]


def test_a_supplier_connects_its_clients_over_its_own_connection() -> None:
    uuids = [table["uuid"] for table in services(made(supplier=True))]
    content: Any = made(supplier=True).content
    (member,) = content["cluster_member"]
    assert (member["connection"], member["dv_entity_id"], member["services"]) == ("urn:LC:x", "urn:x", uuids)
    assert content["provider"][0]["connection"]["entity_id"] == "urn:x"
    more = with_new(content, {"service": [{"uuid": "new", "name": "Nieuw"}]})
    assert more["cluster_member"][0]["services"] == [*uuids, "new"]
    assert switched(content, active=False)["cluster_member"][0]["active"] is False


def test_another_supplier_takes_the_place_of_the_first_or_of_an_own_connection() -> None:
    day = {"from_day": "2027-01-01", "entity_id": "urn:x"}
    own = changed(made().content, ChangeOf.SUPPLIER, {**day, "cluster": "urn:LC:y"})
    assert own["provider"][0]["connection"]["active"] is True
    assert [(one["connection"], one["active"]) for one in own["cluster_member"]] == [("urn:LC:y", True)]
    other = changed(made(supplier=True).content, ChangeOf.SUPPLIER, {**day, "cluster": "urn:LC:y"})
    assert [(one["connection"], one["active"]) for one in other["cluster_member"]] == [
        ("urn:LC:x", False),
        ("urn:LC:y", True),
    ]
    with pytest.raises(Incomplete):
        changed(made().content, ChangeOf.SUPPLIER, {**day, "cluster": ""})


def test_the_connection_of_a_cluster_and_ones_own_are_not_mixed_up() -> None:
    page = FORMS[FormKey.PREPRODUCTION].page(PageKey.CONNECTION)
    mixed = {"connection_kind": "cluster", "entity_id": "urn:LC:x", "cluster_connection": "urn:DV:x"}
    found = {one.field: one.problem for one in problems(page, mixed, lambda *_: False)}
    assert found == {
        "entity_id": Problem.IMPOSSIBLE_ENTITY_ID,
        "cluster_connection": Problem.NOT_A_CLUSTER,
    }
    own = {"connection_kind": "own", "entity_id": "urn:DV:x"}
    assert problems(page, own, lambda *_: True) == ()
