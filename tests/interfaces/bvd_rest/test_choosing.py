"""From MP001 through the choosing pages to MP004 (BR-01 to BR-10): one choice, one answer, one recorded use."""

from datetime import date, timedelta
from json import loads
from uuid import UUID

import pytest
from django.test import Client

from tests.interfaces.bvd_rest.entrance import Entrance, question, returned
from tests.interfaces.saml import parties
from tests.interfaces.saml.browsing import Browser, page_of, text_of
from tests.logins.provider import let_pass
from tests.mandates import scene
from volmacht import clock
from volmacht.audit.kinds import ActorKind, EventKind
from volmacht.audit.models import Event
from volmacht.catalogue.kinds import ChangeKind
from volmacht.logins.models import RestLogin, Transaction
from volmacht.logins.operations import end_login, sweep_log_ins
from volmacht.logins.rest_logins import HANDLE_TERM, RESULT_TERM, TERM
from volmacht.logins.states import State
from volmacht.mandates.models import Mandate, Use
from volmacht.mandates.operations import activate, end_mandate, request_mandate
from volmacht.parties.operations import know_organisation
from volmacht.protocols.bvd_rest.questions import ActingSubject
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.refusals import Refusal

OVER = "Dit inloggen is voorbij"
KVK = KvkNumber("99990012")


def mandate_of(browser: Browser) -> Mandate:
    """The mother's mandate for the town's taxes."""
    return Mandate.objects.get(service_id=browser.world.ids[parties.TAXES])


def revoke(browser: Browser) -> None:
    """The mother ends it."""
    assert (
        end_mandate(
            mandate_id=mandate_of(browser).id, by=browser.world.mother.id, environment=Environment.PRODUCTION
        )
        is None
    )


def test_tc_41_a_choice_is_fetched_twice_alike(browser: Browser, entrance: Entrance) -> None:
    world = browser.world
    asked = question(world.daughter.bsn)
    page = browser.follow(browser.get(entrance.begin(asked)))
    assert "U gaat naar Gemeentebelasting van Gemeente Stad" in text_of(page)
    back = browser.choose(page)
    assert returned(back["Location"]) == (asked.transaction, "OK")
    first, second = entrance.retrieve(asked), entrance.retrieve(asked)
    assert first.fields == {
        "actingSubject": {"actingSubjectId": world.daughter.bsn.value},
        "legalSubject": {"legalSubjectId": world.mother.bsn.value},
    }
    assert first.body == second.body
    assert first.headers["cache-control"] == "no-store"
    assert entrance.represented(asked) == world.mother.bsn


def test_a_use_is_recorded_once_when_the_answer_is_fetched(browser: Browser, entrance: Entrance) -> None:
    """BR-07, DM-40: fetching again tells nothing new."""
    asked = question(browser.world.daughter.bsn)
    browser.choose(browser.follow(browser.get(entrance.begin(asked))))
    assert not Use.objects.exists()
    entrance.retrieve(asked)
    entrance.retrieve(asked)
    use = Use.objects.get()
    assert (use.refusal, use.mandate_id, use.employee) == ("", mandate_of(browser).id, "")
    assert use.provider_id == browser.world.ids[parties.TOWN_OIN]
    assert use.level == LevelOfAssurance.SUBSTANTIAL


def test_no_address_holds_a_number_and_the_handle_is_no_transaction(
    browser: Browser, entrance: Entrance
) -> None:
    """BR-04, BR-13."""
    asked = question(browser.world.daughter.bsn)
    redirect = entrance.begin(asked)
    assert redirect.startswith("http://localhost:8000/bvd-proxy/choose/")
    back = browser.choose(browser.follow(browser.get(redirect)))
    seen = [answer.wsgi_request.get_full_path() for answer in browser.seen] + [back["Location"], redirect]
    for person in (browser.world.mother, browser.world.daughter):
        assert not [address for address in seen if person.bsn.value in address]
    assert str(asked.transaction) not in redirect
    assert len(redirect.rpartition("/")[2]) >= 32


def test_who_stops_comes_back_cancelled_and_nothing_can_be_fetched(
    browser: Browser, entrance: Entrance
) -> None:
    asked = question(browser.world.daughter.bsn)
    page = browser.follow(browser.get(entrance.begin(asked)))
    back = browser.press(page, action="/stoppen/")
    assert returned(back["Location"]) == (asked.transaction, "CANCELLED")
    assert entrance.retrieve(asked).problem == (410, "over")
    assert not Use.objects.exists()


def test_who_may_act_for_nobody_reads_what_to_do_and_comes_back_cancelled(
    browser: Browser, entrance: Entrance
) -> None:
    """BR-06."""
    asked = question(browser.world.mother.bsn)
    page = browser.follow(browser.get(entrance.begin(asked)))
    assert "Niemand heeft u nu gemachtigd voor Gemeentebelasting" in text_of(page)
    back = browser.press(page, action="/stoppen/")
    assert returned(back["Location"]) == (asked.transaction, "CANCELLED")


def test_a_service_that_was_switched_off_meanwhile_ends_in_an_error(
    browser: Browser, entrance: Entrance
) -> None:
    """BR-05."""
    asked = question(browser.world.daughter.bsn)
    redirect = entrance.begin(asked)
    browser.world.switch(ChangeKind.SWITCH_SERVICE, parties.TAXES, active=False)
    back = browser.follow(browser.get(redirect))
    assert returned(back["Location"]) == (asked.transaction, "ERROR")
    assert entrance.retrieve(asked).problem == (410, "over")


def test_every_other_end_is_an_error_for_the_client(browser: Browser, entrance: Entrance) -> None:
    for outcome in (Outcome.REPRESENTATION_SERVICE_ERROR, Outcome.LEVEL_TOO_LOW):
        asked = question(browser.world.daughter.bsn)
        entrance.begin(asked)
        login = RestLogin.objects.get(client_transaction=asked.transaction)
        address = end_login(login.transaction_id, outcome, state=State.CANCELLED)
        assert address
        assert returned(address) == (asked.transaction, "ERROR")


def test_the_browser_returns_to_what_is_registered_then(browser: Browser, entrance: Entrance) -> None:
    page = browser.follow(browser.get(entrance.begin(question(browser.world.daughter.bsn))))
    moved = "https://inloggen.example/nieuw"
    browser.world.switch(ChangeKind.CHANGE_CLIENT, f"client {parties.AD}", return_url=moved)
    assert browser.choose(page)["Location"].startswith(f"{moved}?transactionId=")


def test_the_pages_speak_the_language_of_the_browser(browser: Browser, entrance: Entrance) -> None:
    english = Browser(browser.world, browser.ad, "en")
    page = english.follow(english.get(entrance.begin(question(browser.world.daughter.bsn))))
    assert page.status_code == 200
    assert page.wsgi_request.path.startswith("/en/")


# --- the handle ---


def test_a_handle_opens_once_and_in_one_browser(browser: Browser, entrance: Entrance) -> None:
    """SE-02, BR-04."""
    asked = question(browser.world.daughter.bsn)
    redirect = entrance.begin(asked)
    page = browser.follow(browser.get(redirect))
    chosen_at = page.wsgi_request.path
    thief = Browser(browser.world, browser.ad)
    for one in (thief, browser):
        again = one.follow(one.get(redirect))
        assert again.status_code == 400
        assert OVER in again.content.decode()
    assert thief.get(chosen_at).status_code == 400
    (key,) = [value for form in page_of(page).forms for name, value in form.buttons if name == "persoon"]
    assert thief.post(chosen_at, {"persoon": key}).status_code == 400
    assert returned(browser.choose(browser.get(chosen_at))["Location"]) == (asked.transaction, "OK")


def test_a_handle_that_nobody_used_for_two_minutes_opens_nothing(
    browser: Browser, entrance: Entrance
) -> None:
    """BR-04."""
    asked = question(browser.world.daughter.bsn)
    redirect = entrance.begin(asked)
    RestLogin.objects.update(handle_expires_at=clock.wall_clock() - timedelta(seconds=1))
    assert OVER in browser.follow(browser.get(redirect)).content.decode()
    assert timedelta(minutes=2) == HANDLE_TERM
    assert entrance.retrieve(asked).problem == (425, "no-choice-yet")


def test_a_handle_that_was_made_up_opens_nothing(browser: Browser, entrance: Entrance) -> None:
    for handle in ("x", "A" * 32, "x" * 2000):
        answer = browser.follow(browser.get(f"/bvd-proxy/choose/{handle}"))
        assert answer.status_code == 400
    assert Client().post("/bvd-proxy/choose/x").status_code == 405


# --- time ---


def test_a_choice_must_be_made_within_twenty_minutes(browser: Browser, entrance: Entrance) -> None:
    """BR-10."""
    asked = question(browser.world.daughter.bsn)
    page = browser.follow(browser.get(entrance.begin(asked)))
    let_pass(TERM)
    assert OVER in browser.choose(page).content.decode()
    assert entrance.retrieve(asked).problem == (410, "over")
    assert timedelta(minutes=20) == TERM


def test_a_result_is_erased_after_a_quarter_of_an_hour(browser: Browser, entrance: Entrance) -> None:
    """BR-10: swept or not yet, the answer is one and the same."""
    asked = question(browser.world.daughter.bsn)
    browser.choose(browser.follow(browser.get(entrance.begin(asked))))
    assert entrance.retrieve(asked).status == 200
    let_pass(RESULT_TERM)
    assert entrance.retrieve(asked).problem == (410, "over")
    assert sweep_log_ins() == 1
    assert not Transaction.objects.exists()
    assert not RestLogin.objects.exists()
    assert entrance.retrieve(asked).problem == (410, "over")
    assert entrance.initiate(asked).problem == (409, "transaction-reused")
    assert timedelta(minutes=15) == RESULT_TERM


# --- the decision, again ---


def test_tc_98_what_was_revoked_after_the_choice_is_not_given(browser: Browser, entrance: Entrance) -> None:
    asked = question(browser.world.daughter.bsn)
    browser.choose(browser.follow(browser.get(entrance.begin(asked))))
    revoke(browser)
    for _ in range(2):
        assert entrance.retrieve(asked).problem == (410, "no-longer-valid")
    assert list(Use.objects.values_list("refusal", flat=True)) == [Refusal.MANDATE_ENDED]


def test_tc_98_what_is_revoked_between_two_fetches_is_given_once(
    browser: Browser, entrance: Entrance
) -> None:
    """BR-08."""
    asked = question(browser.world.daughter.bsn)
    browser.choose(browser.follow(browser.get(entrance.begin(asked))))
    assert entrance.retrieve(asked).status == 200
    revoke(browser)
    for _ in range(2):
        assert entrance.retrieve(asked).problem == (410, "no-longer-valid")
    assert list(Use.objects.order_by("moment").values_list("refusal", flat=True)) == ["", "mandate_ended"]


def test_a_choice_that_the_decision_refuses_is_a_use_and_leads_nowhere(
    browser: Browser, entrance: Entrance
) -> None:
    page = browser.follow(browser.get(entrance.begin(question(browser.world.daughter.bsn))))
    revoke(browser)
    answer = browser.choose(page)
    assert answer.status_code == 403
    assert "Niemand heeft u nu gemachtigd" in text_of(answer)
    assert [use.refusal for use in Use.objects.all()] == [Refusal.MANDATE_ENDED]


# --- organisations ---


@pytest.fixture
def office(browser: Browser) -> ActingSubject:
    """An employee of an office that the mother mandated for a service that takes organisations (BR-02)."""
    world = browser.world
    representative = know_organisation(KVK)
    made = request_mandate(
        represented=world.mother.id,
        level=LevelOfAssurance.SUBSTANTIAL,
        service_id=world.ids[parties.FOR_FIRMS],
        first_day=clock.today(),
        last_day=clock.today() + timedelta(days=30),
        once=world.ids[parties.TAXES],
        environment=Environment.PRODUCTION,
    )
    activate(
        representative=representative,
        level=LevelOfAssurance.SUBSTANTIAL,
        code=made.code,  # type: ignore[union-attr, arg-type]  # it was made, with a code
        bsn=world.mother.bsn,
        employee="P1",
        environment=Environment.PRODUCTION,
    )
    return ActingSubject(KVK, "P-2f81")


def test_an_employee_chooses_for_the_organisation_and_both_are_recorded(
    browser: Browser, entrance: Entrance, office: ActingSubject
) -> None:
    """BR-02, DM-02."""
    asked = question(office, service=UUID(parties.FOR_FIRMS))
    back = browser.choose(browser.follow(browser.get(entrance.begin(asked))))
    assert returned(back["Location"]) == (asked.transaction, "OK")
    assert entrance.retrieve(asked).fields == {
        "actingSubject": {"actingSubjectId": KVK.value},
        "legalSubject": {"legalSubjectId": browser.world.mother.bsn.value},
    }
    use = Use.objects.get()
    assert (use.representative_id, use.employee) == (know_organisation(KVK), "P-2f81")


def test_an_employee_enters_a_code_on_the_way_and_goes_on_with_it(
    browser: Browser, entrance: Entrance
) -> None:
    """FL-08, CN-16, DM-02."""
    world = browser.world
    world.switch(ChangeKind.CHANGE_SERVICE, parties.FOR_FIRMS, code_at_login=True)
    made = scene.request(world.mother, parties.NAMES[parties.FOR_FIRMS])
    asked = question(ActingSubject(KVK, "P-2f81"), service=UUID(parties.FOR_FIRMS))
    page = browser.follow(browser.get(entrance.begin(asked)))
    address = next(link for link in page_of(page).links if "/inloggen/" in link and "/code/" in link)
    text = text_of(browser.get(address))
    assert "De machtiging is daarna voor uw organisatie" in text
    assert "Vraag nooit om de DigiD of het wachtwoord van de persoon voor wie u dit regelt." in text
    assert "eigen nummer" not in text
    fields = {"code": made.code.display, "bsn": world.mother.bsn.value}
    back = browser.press(browser.follow(browser.post(address, fields)), action="")
    assert returned(back["Location"]) == (asked.transaction, "OK")
    assert entrance.represented(asked) == world.mother.bsn
    activated = Event.objects.get(kind=EventKind.MANDATE_ACTIVATED, actor_kind=ActorKind.ORGANISATION)
    assert (activated.actor_id, loads(activated.data)["employee"]) == (know_organisation(KVK), "P-2f81")


def test_a_refused_choice_of_an_employee_names_the_employee(
    browser: Browser, entrance: Entrance, office: ActingSubject
) -> None:
    asked = question(office, service=UUID(parties.FOR_FIRMS))
    page = browser.follow(browser.get(entrance.begin(asked)))
    Mandate.objects.filter(service_id=browser.world.ids[parties.FOR_FIRMS]).update(
        last_day=date(2020, 1, 1), first_day=date(2020, 1, 1)
    )
    browser.choose(page)
    assert [use.employee for use in Use.objects.all()] == ["P-2f81"]


def test_a_person_of_a_service_for_organisations_is_told_so(browser: Browser, entrance: Entrance) -> None:
    asked = question(browser.world.daughter.bsn, service=UUID(parties.FOR_FIRMS))
    assert entrance.initiate(asked).problem == (422, "kind-not-allowed")
    firm = question(ActingSubject(KVK, "P1"))
    assert entrance.initiate(firm).problem == (422, "kind-not-allowed")
