"""A log-in for a provider from question to artifact: once, and true at that moment (DM-33, DM-36, DM-40).

How a message becomes a log-in and what is delivered for an artifact: `tests/interfaces/saml`.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from tests.logins.provider import Heard, heard, let_pass, logged_in, started
from tests.mandates import scene
from tests.mandates.scene import INCOME_TAX, LEVEL, LOCAL_TAXES, MUNICIPAL_TAXES, Someone
from tests.sealing.key_rings import new_keys
from volmacht.audit.verification import verify
from volmacht.logins.models import IssuedArtifact, SamlLogin, Transaction
from volmacht.logins.operations import (
    answer_on_behalf,
    answer_own_behalf,
    choose_way,
    end_login,
    sweep_artifacts,
    sweep_log_ins,
    take_handle,
)
from volmacht.logins.queries import login_in_progress
from volmacht.logins.saml_logins import ARTIFACT_TERM, TERM
from volmacht.logins.states import Representation, State
from volmacht.mandates.models import Use
from volmacht.mandates.operations import end_mandate
from volmacht.protocols.saml.handling.requests import Way
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import Denied


def on_behalf(login: UUID, represented: UUID) -> Heard:
    """What the provider hears after somebody was chosen."""
    address = answer_on_behalf(login, represented)
    assert isinstance(address, str), address
    return heard(address)


def uses() -> list[tuple[str, UUID | None, UUID]]:
    """Every use: refusal, represented, representative."""
    rows = Use.objects.order_by("moment", "id")
    return [(row.refusal, row.represented_id, row.representative_id) for row in rows]


def stop(login: UUID) -> str | None:
    """The person stops."""
    return end_login(login, Outcome.CANCELLED, state=State.CANCELLED)


def test_on_behalf_the_artifact_stands_for_who_acts_for_whom(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    told = on_behalf(logged_in(daughter), mother.id)
    assert told == Heard(Outcome.SUCCEEDED, mother.id, daughter.id, LEVEL)
    assert uses() == []  # an allowed use is one that was delivered


def test_on_own_behalf_nobody_is_represented(mother: Someone) -> None:
    told = heard(answer_own_behalf(logged_in(mother, Way.OWN)))
    assert told == Heard(Outcome.SUCCEEDED, None, mother.id, LEVEL)
    assert uses() == []


def test_who_must_represent_does_not_answer_for_themselves(mother: Someone, daughter: Someone) -> None:
    login = logged_in(daughter, Way.MANDATORY)
    assert answer_own_behalf(login) is None
    scene.mandate(mother, daughter)
    assert on_behalf(login, mother.id).represented == mother.id


@pytest.mark.parametrize("way", [Representation.NONE, Representation.MANDATORY])
def test_the_choice_is_made_once_and_before_logging_in(mother: Someone, way: Representation) -> None:
    login = started(Way.OPTIONAL).id
    assert choose_way(login, way)
    for other in Representation:
        assert not choose_way(login, other)
    found = login_in_progress(login)
    assert found
    assert found.representation is way
    assert not choose_way(logged_in(mother, Way.OPTIONAL), way)


@pytest.mark.parametrize("logged", [True, False])
def test_stopping_tells_the_provider_so_once(daughter: Someone, logged: bool) -> None:
    login = logged_in(daughter) if logged else started(Way.MANDATORY).id
    assert heard(stop(login)) == Heard(Outcome.CANCELLED)
    assert stop(login) is None
    assert login_in_progress(login) is None
    assert uses() == []


def test_an_answer_cannot_be_given_twice_or_stopped_afterwards(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    login = logged_in(daughter)
    assert on_behalf(login, mother.id).represented == mother.id
    assert answer_on_behalf(login, mother.id) == Denied(Refusal.NO_MANDATE)
    assert stop(login) is None
    assert login_in_progress(login) is None
    assert IssuedArtifact.objects.count() == 1


def test_an_artifact_lives_two_minutes(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    on_behalf(logged_in(daughter), mother.id)
    assert (sweep_artifacts(), sweep_log_ins()) == (0, 0)
    let_pass(ARTIFACT_TERM)
    assert sweep_artifacts() == 1
    assert sweep_log_ins() == 1
    assert not SamlLogin.objects.exists()


def test_a_log_in_that_took_too_long_is_over_and_swept(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    waiting, authenticated = started(Way.OWN), logged_in(daughter)
    let_pass(TERM - timedelta(minutes=1))
    assert login_in_progress(waiting.id)
    assert sweep_log_ins() == 0
    let_pass(timedelta(minutes=1))
    assert login_in_progress(waiting.id) is None
    assert take_handle(waiting.handle) is None
    assert answer_on_behalf(authenticated, mother.id) == Denied(Refusal.NO_MANDATE)
    assert stop(authenticated) is None
    assert uses() == []
    assert sweep_log_ins() == 2
    assert not Transaction.objects.exists()


def test_an_unknown_log_in_gives_nothing(mother: Someone) -> None:
    nobody = uuid4()
    assert login_in_progress(nobody) is None
    assert answer_own_behalf(nobody) is stop(nobody) is None
    assert take_handle("onbekend") is None
    assert answer_on_behalf(nobody, mother.id) == Denied(Refusal.NO_MANDATE)
    assert uses() == []


def test_a_refusal_at_choosing_is_a_use_and_leaves_the_log_in_open(
    mother: Someone, daughter: Someone
) -> None:
    mandate = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate, by=mother.id, environment=Environment.PRODUCTION)
    login = logged_in(daughter)
    assert answer_on_behalf(login, mother.id) == Denied(Refusal.MANDATE_ENDED, EndReason.REVOKED)
    assert uses() == [(Refusal.MANDATE_ENDED, mother.id, daughter.id)]
    widow = scene.main_character("widow")
    scene.mandate(widow, daughter)
    assert on_behalf(login, widow.id).represented == widow.id
    assert verify() == []


def test_somebody_who_gave_no_mandate_cannot_be_chosen_by_a_forged_form(
    mother: Someone, daughter: Someone
) -> None:
    neighbour = scene.main_character("neighbour")
    scene.mandate(mother, neighbour)
    login = logged_in(daughter)
    forgeries = {mother.id, neighbour.id, daughter.id}
    for forged in forgeries:
        assert answer_on_behalf(login, forged) == Denied(Refusal.NO_MANDATE)
    assert set(uses()) == {(Refusal.NO_MANDATE, forged, daughter.id) for forged in forgeries}


def test_somebody_who_does_not_exist_gets_the_same_answer_and_a_use(daughter: Someone) -> None:
    assert answer_on_behalf(logged_in(daughter), uuid4()) == Denied(Refusal.NO_MANDATE)
    assert uses() == [(Refusal.NO_MANDATE, None, daughter.id)]
    assert verify() == []


def test_a_mandate_for_another_service_does_not_count(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter, INCOME_TAX)
    assert answer_on_behalf(logged_in(daughter), mother.id) == Denied(Refusal.SERVICE_NOT_COVERED)


def test_a_mandate_for_a_set_opens_its_services(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter, LOCAL_TAXES)
    assert on_behalf(logged_in(daughter, name=MUNICIPAL_TAXES), mother.id).represented == mother.id


def test_two_log_ins_of_one_person_do_not_mix(mother: Someone, daughter: Someone) -> None:
    widow = scene.main_character("widow")
    scene.mandate(mother, daughter)
    scene.mandate(widow, daughter)
    first, second = logged_in(daughter), logged_in(daughter)
    assert on_behalf(second, widow.id).represented == widow.id
    assert on_behalf(first, mother.id).represented == mother.id


def test_new_keys_do_not_break_off_a_log_in_that_waits_for_its_browser(
    at_noon: None, settings: Settings
) -> None:
    waiting = started(Way.OWN)
    ring = settings.VOLMACHT_KEYS
    settings.VOLMACHT_KEYS = new_keys(ring, hashing={**ring.hashing, 2: b"h" * 32})
    assert take_handle(waiting.handle) == waiting.id
    assert take_handle(waiting.handle) is None
