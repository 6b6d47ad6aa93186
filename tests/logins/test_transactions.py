"""A log-in for a provider from question to answer: once, to who asked, and true at that moment (DM-40, DM-43)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from tests.demo_catalogue import DemoCatalogue
from tests.logins.conftest import NOON
from tests.logins.provider import begin, change_catalogue, connection_of, let_pass, logged_in
from tests.mandates import scene
from tests.mandates.scene import HIGH_LEVEL, INCOME_TAX, LEVEL, LOCAL_TAXES, MUNICIPAL_TAXES, Someone
from tests.population_register import PopulationRegisterControl
from tests.sealing.key_rings import new_keys
from volmacht.audit.verification import verify
from volmacht.catalogue.kinds import ChangeKind
from volmacht.logins.models import Transaction
from volmacht.logins.operations import (
    Delivered,
    answer_on_behalf,
    answer_own_behalf,
    cancel_login,
    deliver,
    login_authenticated,
    start_login,
    sweep_transactions,
)
from volmacht.logins.queries import login_in_progress
from volmacht.logins.states import Representation, State
from volmacht.logins.transactions import ARTIFACT_TERM, TERM
from volmacht.mandates.models import Use
from volmacht.mandates.operations import end_mandate, restrict_mandate
from volmacht.parties.operations import refresh_person
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.representation import Denied

OVER = Refused(Refusal.NOT_YOURS)
ONLY_BASIC, MIDDLE = LevelOfAssurance.BASIC, LevelOfAssurance.MIDDLE
Clock = Callable[[datetime], None]


def chosen(daughter: Someone, represented: UUID, name: str = MUNICIPAL_TAXES) -> str:
    """The artifact of a log-in on behalf of somebody."""
    artifact = answer_on_behalf(logged_in(daughter, name=name), represented)
    assert isinstance(artifact, str), artifact
    return artifact


def fetched(artifact: str, name: str = MUNICIPAL_TAXES) -> Delivered:
    """What the provider gets."""
    answer = deliver(artifact, connection_id=connection_of(name))
    assert isinstance(answer, Delivered), answer
    return answer


def uses() -> list[tuple[str, UUID | None, UUID]]:
    """Every use: refusal, represented, representative."""
    rows = Use.objects.order_by("moment", "id")
    return [(row.refusal, row.represented_id, row.representative_id) for row in rows]


def test_on_behalf_the_provider_hears_who_acts_for_whom_once(mother: Someone, daughter: Someone) -> None:
    mandate = scene.mandate(mother, daughter)
    artifact = chosen(daughter, mother.id)
    assert uses() == []  # an allowed use is one that was delivered
    taxes = scene.service(MUNICIPAL_TAXES).id
    assert fetched(artifact) == Delivered("kenmerk", taxes, daughter.id, mother.id, LEVEL)
    assert uses() == [("", mother.id, daughter.id)]
    assert Use.objects.get().mandate_id == mandate
    assert deliver(artifact, connection_id=connection_of()) == OVER
    assert len(uses()) == 1
    assert verify() == []


@pytest.mark.parametrize("representation", [Representation.NONE, Representation.OPTIONAL])
def test_on_own_behalf_nobody_is_represented(mother: Someone, representation: Representation) -> None:
    artifact = answer_own_behalf(logged_in(mother, representation, level=MIDDLE))
    assert isinstance(artifact, str)
    answer = fetched(artifact)
    assert (answer.acting, answer.represented, answer.level, answer.refusal) == (
        mother.id,
        None,
        MIDDLE,
        None,
    )
    assert deliver(artifact, connection_id=connection_of()) == OVER
    assert uses() == []


def test_who_must_represent_does_not_answer_for_themselves(mother: Someone, daughter: Someone) -> None:
    login = logged_in(daughter, Representation.MANDATORY)
    assert answer_own_behalf(login) == OVER
    scene.mandate(mother, daughter)
    assert isinstance(answer_on_behalf(login, mother.id), str)


def test_who_was_asked_for_themselves_represents_nobody(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    login = logged_in(daughter, Representation.NONE)
    assert answer_on_behalf(login, mother.id) == Denied(Refusal.NO_MANDATE)
    assert uses() == []
    assert isinstance(answer_own_behalf(login), str)


def test_for_a_service_that_is_not_mandatable_an_optional_question_is_for_oneself(mother: Someone) -> None:
    change_catalogue(ChangeKind.CHANGE_SERVICE, id=scene.service(MUNICIPAL_TAXES).id, mandatable=False)
    login = login_in_progress(begin(Representation.OPTIONAL))
    assert login
    assert login.representation is Representation.NONE
    refused = start_login(
        connection_id=connection_of(),
        service_id=scene.service(MUNICIPAL_TAXES).id,
        representation=Representation.MANDATORY,
        relay_state="",
    )
    assert refused == Refused(Refusal.SERVICE_NOT_MANDATABLE)
    artifact = answer_own_behalf(logged_in(mother, Representation.NONE))
    assert isinstance(artifact, str)
    assert fetched(artifact).acting == mother.id


def test_a_provider_asks_about_its_own_services_only(at_noon: None) -> None:
    attempts = [
        (connection_of(), scene.service(INCOME_TAX).id),
        (connection_of(), uuid4()),
        (uuid4(), uuid4()),
    ]
    attempts += [(connection_of(), scene.service(LOCAL_TAXES).id)]  # a set opens services, and is none
    for connection_id, service_id in attempts:
        refused = start_login(
            connection_id=connection_id,
            service_id=service_id,
            representation=Representation.OPTIONAL,
            relay_state="",
        )
        assert refused == Refused(Refusal.NOT_OWN_SERVICE)
    assert not Transaction.objects.exists()


OFF = [
    (ChangeKind.SWITCH_CONNECTION, "connection", Refusal.CONNECTION_INACTIVE),
    (ChangeKind.SWITCH_SERVICE, "service", Refusal.SERVICE_INACTIVE),
    (ChangeKind.SWITCH_PROVIDER, "provider", Refusal.ORGANISATION_INACTIVE),
]


def switch_off(kind: ChangeKind, what: str) -> None:
    """Switch off the municipality's tax service, its connection, or the municipality itself."""
    entry = scene.service(MUNICIPAL_TAXES)
    ids = {"connection": entry.connection_id, "service": entry.id, "provider": next(iter(entry.provider_ids))}
    change_catalogue(kind, id=ids[what], active=False)


@pytest.mark.parametrize(("kind", "what", "refusal"), OFF)
def test_what_was_switched_off_cannot_be_asked(
    at_noon: None, kind: ChangeKind, what: str, refusal: Refusal
) -> None:
    connection_id, entry = connection_of(), scene.service(MUNICIPAL_TAXES)
    switch_off(kind, what)
    refused = start_login(
        connection_id=connection_id, service_id=entry.id, representation=Representation.NONE, relay_state=""
    )
    assert refused == Refused(refusal)


@pytest.mark.parametrize(("kind", "what", "refusal"), OFF)
@pytest.mark.parametrize("own", [True, False])
def test_what_was_switched_off_meanwhile_gets_no_name(
    mother: Someone, daughter: Someone, kind: ChangeKind, what: str, refusal: Refusal, own: bool
) -> None:
    scene.mandate(mother, daughter)
    artifact = (
        answer_own_behalf(logged_in(daughter, Representation.NONE)) if own else chosen(daughter, mother.id)
    )
    assert isinstance(artifact, str)
    switch_off(kind, what)
    answer = fetched(artifact)
    assert (answer.refusal, answer.acting, answer.represented, answer.level) == (refusal, None, None, None)
    assert uses() == ([] if own else [(refusal, mother.id, daughter.id)])


@pytest.mark.parametrize("own", [True, False])
def test_a_level_that_was_raised_meanwhile_counts(mother: Someone, daughter: Someone, own: bool) -> None:
    scene.mandate(mother, daughter)
    artifact = (
        answer_own_behalf(logged_in(daughter, Representation.NONE)) if own else chosen(daughter, mother.id)
    )
    assert isinstance(artifact, str)
    change_catalogue(ChangeKind.CHANGE_SERVICE, id=scene.service(MUNICIPAL_TAXES).id, minimum_level=30)
    assert fetched(artifact).refusal is Refusal.LEVEL_TOO_LOW


def test_a_level_that_is_too_low_is_refused_and_can_be_tried_again(daughter: Someone) -> None:
    login = begin(Representation.OPTIONAL)
    too_low = login_authenticated(login, person=daughter.id, level=ONLY_BASIC)
    assert too_low == Refused(Refusal.LEVEL_TOO_LOW)
    assert answer_own_behalf(login) == OVER
    assert login_authenticated(login, person=daughter.id, level=MIDDLE) is None
    assert isinstance(answer_own_behalf(login), str)


def test_who_logged_in_cannot_be_changed_afterwards(mother: Someone, daughter: Someone) -> None:
    login = logged_in(daughter)
    assert login_authenticated(login, person=mother.id, level=LEVEL) == OVER
    found = login_in_progress(login)
    assert found
    assert (found.person, found.state) == (daughter.id, State.AUTHENTICATED)


@pytest.mark.parametrize("logged", [True, False])
def test_stopping_tells_the_provider_so_once(daughter: Someone, logged: bool) -> None:
    login = logged_in(daughter) if logged else begin(Representation.MANDATORY)
    artifact = cancel_login(login)
    assert isinstance(artifact, str)
    assert cancel_login(login) == OVER
    assert login_in_progress(login) is None
    answer = fetched(artifact)
    assert (answer.cancelled, answer.acting, answer.represented) == (True, None, None)
    assert deliver(artifact, connection_id=connection_of()) == OVER
    assert uses() == []


def test_an_answer_cannot_be_given_twice_or_stopped_afterwards(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    login = logged_in(daughter)
    assert isinstance(answer_on_behalf(login, mother.id), str)
    assert answer_on_behalf(login, mother.id) == Denied(Refusal.NO_MANDATE)
    assert cancel_login(login) == OVER
    assert login_in_progress(login) is None


def test_an_artifact_is_for_the_connection_that_asked(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    artifact = chosen(daughter, mother.id)
    for other in (connection_of(INCOME_TAX), uuid4()):
        assert deliver(artifact, connection_id=other) == OVER
    assert fetched(artifact).represented == mother.id


@pytest.mark.parametrize("artifact", ["", "x", "é\ufffd", "' OR ''='"])
def test_a_made_up_artifact_gives_nothing(mother: Someone, daughter: Someone, artifact: str) -> None:
    scene.mandate(mother, daughter)
    real = chosen(daughter, mother.id)
    for guess in (artifact, real[:-1], real.swapcase()):
        assert deliver(guess, connection_id=connection_of()) == OVER
    assert fetched(real).represented == mother.id


def test_an_artifact_that_is_fetched_twice_at_once_is_given_once(
    committed_db: None, demo_catalogue: DemoCatalogue
) -> None:
    mother, daughter = scene.main_character("mother"), scene.main_character("daughter")
    scene.mandate(mother, daughter)
    artifact, asking = chosen(daughter, mother.id), connection_of()

    def fetch(_: int) -> bool:
        try:
            return isinstance(deliver(artifact, connection_id=asking), Delivered)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(fetch, range(4))) == [False, False, False, True]
    assert len(uses()) == 1
    assert verify() == []


def test_an_artifact_lives_two_minutes(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    artifact = chosen(daughter, mother.id)
    let_pass(ARTIFACT_TERM)
    assert deliver(artifact, connection_id=connection_of()) == OVER
    assert uses() == []
    assert sweep_transactions() == 1


def test_a_log_in_that_took_too_long_is_over(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    started, authenticated = begin(Representation.OPTIONAL), logged_in(daughter)
    let_pass(TERM - timedelta(minutes=1))
    assert login_in_progress(started)
    assert sweep_transactions() == 0
    let_pass(timedelta(minutes=1))
    assert login_in_progress(started) is None
    assert login_authenticated(started, person=daughter.id, level=LEVEL) == OVER
    assert answer_own_behalf(authenticated) == OVER
    assert answer_on_behalf(authenticated, mother.id) == Denied(Refusal.NO_MANDATE)
    assert cancel_login(authenticated) == OVER
    assert sweep_transactions() == 2


def test_an_unknown_log_in_gives_nothing(mother: Someone) -> None:
    nobody = uuid4()
    assert login_in_progress(nobody) is None
    assert login_authenticated(nobody, person=mother.id, level=LEVEL) == OVER
    assert answer_own_behalf(nobody) == cancel_login(nobody) == OVER
    assert answer_on_behalf(nobody, mother.id) == Denied(Refusal.NO_MANDATE)
    assert uses() == []


def test_a_mandate_revoked_after_choosing_is_a_refusal_and_a_use(mother: Someone, daughter: Someone) -> None:
    mandate = scene.mandate(mother, daughter)
    artifact = chosen(daughter, mother.id)
    end_mandate(mandate_id=mandate, by=mother.id)
    answer = fetched(artifact)
    assert (answer.refusal, answer.acting, answer.represented) == (Refusal.MANDATE_ENDED, None, None)
    assert uses() == [(Refusal.MANDATE_ENDED, mother.id, daughter.id)]
    assert deliver(artifact, connection_id=connection_of()) == OVER
    assert verify() == []


def test_a_mandate_that_ran_out_or_a_death_after_choosing_is_a_refusal(
    mother: Someone, daughter: Someone, clock_at: Clock, population_register: PopulationRegisterControl
) -> None:
    mandate = scene.mandate(mother, daughter)
    restrict_mandate(mandate_id=mandate, by=mother.id, last_day=NOON.date())
    artifact = chosen(daughter, mother.id)
    clock_at(NOON + timedelta(days=1))
    assert fetched(artifact).refusal is Refusal.MANDATE_ENDED
    clock_at(NOON)
    artifact = chosen(daughter, mother.id)
    population_register.die(mother.bsn.value)
    refresh_person(mother.id)
    assert fetched(artifact).refusal is Refusal.REPRESENTED_DECEASED


def test_a_refusal_at_choosing_is_a_use_and_leaves_the_log_in_open(
    mother: Someone, daughter: Someone
) -> None:
    mandate = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate, by=mother.id)
    login = logged_in(daughter)
    denied = Denied(Refusal.MANDATE_ENDED, EndReason.REVOKED)
    assert answer_on_behalf(login, mother.id) == denied
    assert uses() == [(Refusal.MANDATE_ENDED, mother.id, daughter.id)]
    widow = scene.main_character("widow")
    scene.mandate(widow, daughter)
    artifact = answer_on_behalf(login, widow.id)
    assert isinstance(artifact, str)
    assert fetched(artifact).represented == widow.id


def test_somebody_who_gave_no_mandate_cannot_be_chosen_by_a_forged_form(
    mother: Someone, daughter: Someone
) -> None:
    neighbour = scene.main_character("neighbour")
    scene.mandate(mother, neighbour)
    login = logged_in(daughter)
    for forged in (mother.id, neighbour.id, daughter.id):
        assert answer_on_behalf(login, forged) == Denied(Refusal.NO_MANDATE)
    forgeries = {mother.id, neighbour.id, daughter.id}
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
    assert fetched(chosen(daughter, mother.id)).represented == mother.id


def test_the_level_of_the_log_in_counts_at_choosing_too(mother: Someone, daughter: Someone) -> None:
    bookkeeper = scene.main_character("bookkeeper")
    low = begin(Representation.MANDATORY, HIGH_LEVEL)
    assert login_authenticated(low, person=bookkeeper.id, level=LEVEL) == Refused(Refusal.LEVEL_TOO_LOW)
    assert answer_on_behalf(low, mother.id) == Denied(Refusal.NO_MANDATE)


def test_two_log_ins_of_one_person_do_not_mix(mother: Someone, daughter: Someone) -> None:
    widow = scene.main_character("widow")
    scene.mandate(mother, daughter)
    scene.mandate(widow, daughter)
    first, second = logged_in(daughter), logged_in(daughter)
    for_widow, for_mother = answer_on_behalf(second, widow.id), answer_on_behalf(first, mother.id)
    assert isinstance(for_mother, str)
    assert isinstance(for_widow, str)
    assert (fetched(for_mother).represented, fetched(for_widow).represented) == (mother.id, widow.id)


def test_new_keys_do_not_break_off_an_answer_on_its_way(mother: Someone, settings: Settings) -> None:
    artifact = answer_own_behalf(logged_in(mother, Representation.NONE))
    assert isinstance(artifact, str)
    ring = settings.VOLMACHT_KEYS
    settings.VOLMACHT_KEYS = new_keys(ring, hashing={**ring.hashing, 2: b"h" * 32})
    assert fetched(artifact).acting == mother.id
