"""Entering a code and a BSN: typing errors are named and free, every refusal is worded, nothing typed is lost."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import OpenRequest, Someone
from tests.mandates.test_trying import Clock
from tests.population_register import PopulationRegisterControl
from tests.portals.citizen.mandates.browsing import enter, log_in_again, logged_in_browser, text_of, value_of
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.mandates.operations import end_mandate, replace_code, withdraw_request
from volmacht.mandates.queries import blocked_until
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

PAGE = "/code/"


def test_a_right_code_and_bsn_lead_to_what_is_to_be_accepted(daughters: Client, mother: Someone) -> None:
    made = scene.request(mother)
    response = enter(daughters, made.code.display, mother.bsn.value)
    assert response.redirect_chain == [(reverse("mandates:accept-code"), 302)]
    assert mother.name in text_of(response)


@pytest.mark.parametrize("typed", ["{lower}", " {plain} ", "{spaced}", "{long_dashes}"])
def test_a_code_may_be_typed_as_people_type(daughters: Client, mother: Someone, typed: str) -> None:
    made = scene.request(mother)
    display = made.code.display
    text = typed.format(
        lower=display.lower(),
        plain=made.code.symbols,
        spaced=display.replace("-", " "),
        long_dashes=display.replace("-", "–"),
    )
    bsn = mother.bsn.value
    response = enter(daughters, text, f"{bsn[:4]} {bsn[4:6]}.{bsn[6:]}")
    assert mother.name in text_of(response)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "Vul de machtigingscode in."),
        ("   ", "Vul de machtigingscode in."),
        ("---", "Vul de machtigingscode in."),
        ("BCDF-GHJK-LM", "Een code heeft 12 letters en cijfers. U vulde 10 tekens in."),
        ("B", "Een code heeft 12 letters en cijfers. U vulde 1 teken in."),
        ("BCDF-GHJK-LMN2-3", "U vulde 13 tekens in."),
        ("BCDF-GHJK-0MOa", "Dit komt niet voor in een code: 0, O, A."),
        ("💥CDF-GHJK-LMN2", "Dit komt niet voor in een code: 💥."),
        ("BCDF-GHJK-LMN3", "Er zit een typfout in de code."),
        ("B" * 5000, "U vulde 5000 tekens in."),
    ],
)
def test_a_typing_error_in_the_code_is_named_and_costs_nothing(
    daughters: Client, daughter: Someone, mother: Someone, code: str, said: str
) -> None:
    for _ in range(11):
        response = enter(daughters, code, mother.bsn.value)
        assert response.status_code == 400
    text = text_of(response)
    assert said in text
    assert "Er is iets niet goed ingevuld" in text
    assert value_of(response, "bsn") == mother.bsn.value
    assert value_of(response, "code") == code
    assert blocked_until(daughter.id, environment=Environment.PRODUCTION) is None


@pytest.mark.parametrize(
    ("bsn", "said"),
    [
        ("", "Vul het burgerservicenummer (BSN) in."),
        ("12345678", "Een BSN heeft 9 cijfers. U vulde 8 cijfers in."),
        ("1", "U vulde 1 cijfer in."),
        ("123456789012", "U vulde 12 cijfers in."),
        ("negen", "Gebruik alleen cijfers."),
        ("٩٩٩٩٠٠٠٠٦", "Gebruik alleen cijfers."),
        ("123456789", "Dit nummer kan geen BSN zijn."),
        ("000000000", "Dit nummer kan geen BSN zijn."),
    ],
)
def test_a_typing_error_in_the_bsn_is_named(daughters: Client, mother: Someone, bsn: str, said: str) -> None:
    made = scene.request(mother)
    response = enter(daughters, made.code.display, bsn)
    assert response.status_code == 400
    assert said in text_of(response)
    assert value_of(response, "code") == made.code.display


def test_a_wrong_code_and_a_wrong_bsn_look_exactly_the_same(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made, wrong = scene.request(mother), scene.wrong_code()
    wrong_bsn = enter(logged_in_browser(daughter), made.code.display, neighbour.bsn.value)
    wrong_code = enter(logged_in_browser(daughter), wrong.display, neighbour.bsn.value)
    assert "Deze gegevens horen niet bij elkaar" in text_of(wrong_bsn)
    assert text_of(wrong_bsn) == text_of(wrong_code)
    assert wrong_bsn.redirect_chain == wrong_code.redirect_chain
    assert value_of(wrong_bsn, "code") == made.code.display
    assert value_of(wrong_bsn, "bsn") == neighbour.bsn.value


def test_sending_the_same_wrong_pair_again_is_not_a_second_try(
    daughters: Client, daughter: Someone, mother: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    for _ in range(12):
        assert "horen niet bij elkaar" in text_of(enter(daughters, made.code.display, neighbour.bsn.value))
    assert blocked_until(daughter.id, environment=Environment.PRODUCTION) is None
    assert mother.name in text_of(enter(daughters, made.code.display, mother.bsn.value))


def test_ones_own_bsn_is_refused_with_a_way_out(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    made = scene.request(mother)
    text = text_of(enter(daughters, made.code.display, daughter.bsn.value))
    assert "U vulde uw eigen BSN in" in text
    assert "Dit telt niet als poging." in text
    assert "Vul het BSN in van degene van wie u de code kreeg." in text
    assert "Kies iemand anders" not in text


def _used(made: OpenRequest, mother: Someone, neighbour: Someone) -> None:
    scene.activate(neighbour, mother, made.code)


def _withdrawn(made: OpenRequest, mother: Someone, _neighbour: Someone) -> None:
    assert (
        withdraw_request(request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION)
        is None
    )


def _replaced(made: OpenRequest, mother: Someone, _neighbour: Someone) -> None:
    replace_code(request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION)


def _locked(made: OpenRequest, _mother: Someone, neighbour: Someone) -> None:
    for _ in range(5):
        scene.try_code(scene.main_character("widow"), neighbour.bsn, made.code)


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        (_used, "Deze code is al gebruikt"),
        (_withdrawn, "Deze aanvraag is ingetrokken"),
        (_replaced, "Er is een nieuwere code"),
        (_locked, "Deze code zit op slot"),
    ],
)
def test_a_code_that_opens_nothing_any_more_says_why(
    daughters: Client,
    mother: Someone,
    neighbour: Someone,
    happened: Callable[[OpenRequest, Someone, Someone], None],
    said: str,
) -> None:
    made = scene.request(mother)
    happened(made, mother, neighbour)
    assert said in text_of(enter(daughters, made.code.display, mother.bsn.value))


def test_an_expired_code_says_so(clock_at: Clock, daughters: Client, mother: Someone) -> None:
    made = scene.request(mother)
    clock_at(NOON + timedelta(days=91))
    assert "Deze code is verlopen" in text_of(enter(daughters, made.code.display, mother.bsn.value))


def test_a_period_that_is_over_says_so(clock_at: Clock, daughters: Client, mother: Someone) -> None:
    made = scene.request(mother, last_day=date(2026, 11, 24))
    clock_at(NOON + timedelta(days=2))
    assert "De machtiging is al voorbij" in text_of(enter(daughters, made.code.display, mother.bsn.value))


def test_a_level_that_is_too_low_says_how_to_log_in(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    browser = logged_in_browser(daughter, LevelOfAssurance.BASIC)
    page = enter(browser, made.code.display, mother.bsn.value)
    text = text_of(page)
    assert "U moet op een veiligere manier inloggen" in text
    assert "inloggen met alleen een wachtwoord niet genoeg" in text
    assert "Log uit, en log daarna veiliger in" in text
    assert 'href="/uitloggen/" id="veiliger-inloggen"' in page.content.decode()


def test_a_mandate_that_would_start_later_says_until_when_there_is_one(
    daughters: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter, last_day=date(2027, 5, 1))
    made = scene.request(mother, first_day=date(2027, 1, 1))
    text = text_of(enter(daughters, made.code.display, mother.bsn.value))
    assert "U hebt hiervoor al een machtiging" in text
    assert "geldt tot en met 1 mei 2027" in text


def test_somebody_who_died_or_whose_facts_cannot_be_had_is_worded(
    daughters: Client, mother: Someone, population_register: PopulationRegisterControl
) -> None:
    made = scene.request(mother)
    population_register.fail()
    assert "Wij kunnen dit nu niet nakijken" in text_of(enter(daughters, made.code.display, mother.bsn.value))
    population_register.reset()
    population_register.die(mother.bsn.value, date(2026, 11, 20))
    assert "Deze persoon is overleden" in text_of(enter(daughters, made.code.display, mother.bsn.value))


def test_who_is_blocked_sees_until_when_and_no_form(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    for _ in range(9):
        scene.try_code(daughter, mother.bsn, scene.wrong_code())
    response = enter(daughters, scene.wrong_code().display, mother.bsn.value)
    text = text_of(response)
    assert "Vanaf 24 november 2026 om 12.00 uur kunt u het weer proberen." in text
    assert 'id="id_code"' not in response.content.decode()
    made = scene.request(mother)
    assert "U kunt nu geen code invoeren" in text_of(enter(daughters, made.code.display, mother.bsn.value))


def test_after_a_block_the_page_is_as_before(
    clock_at: Clock, daughters: Client, daughter: Someone, mother: Someone
) -> None:
    for _ in range(10):
        scene.try_code(daughter, mother.bsn, scene.wrong_code())
    enter(daughters, scene.wrong_code().display, mother.bsn.value)
    clock_at(NOON + timedelta(hours=24))
    text = text_of(daughters.get(PAGE))
    assert "Machtigingscode" in text
    assert "U kunt nu geen code invoeren" not in text


@pytest.mark.parametrize("limited", [Limited.CODE_PER_PERSON, Limited.CODE_PER_ADDRESS])
def test_too_many_tries_are_slowed_down_without_losing_what_was_typed(
    daughters: Client, mother: Someone, monkeypatch: pytest.MonkeyPatch, limited: Limited
) -> None:
    monkeypatch.setitem(limits.LIMITS, limited, Limit(0, timedelta(hours=1)))
    made = scene.request(mother)
    response = enter(daughters, made.code.display, mother.bsn.value)
    assert response.status_code == 429
    assert [status for _, status in response.redirect_chain] == [303]  # going back asks to send nothing again
    assert "U hebt het te vaak geprobeerd" in text_of(response)
    assert value_of(response, "code") == value_of(daughters.get(PAGE), "code") == made.code.display
    assert "U hebt het te vaak geprobeerd" not in text_of(daughters.get(PAGE))
    assert made.code.display not in response.redirect_chain[0][0]


def test_the_bsn_stands_in_no_address_and_no_title(
    daughters: Client, mother: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    for bsn in (neighbour.bsn.value, mother.bsn.value):
        response = enter(daughters, made.code.display, bsn)
        assert not any(bsn in address for address, _ in response.redirect_chain)
        assert bsn not in response.content.decode().partition("</title>")[0]


def test_logging_out_forgets_code_and_bsn(
    daughters: Client, daughter: Someone, mother: Someone, neighbour: Someone
) -> None:
    enter(daughters, scene.request(mother).code.display, neighbour.bsn.value)
    daughters.post("/uitloggen/")
    again = logged_in_browser(daughter).get(PAGE)
    assert value_of(again, "code") == value_of(again, "bsn") == ""


def test_a_form_sent_just_after_the_log_in_ended_comes_back_filled(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    made = scene.request(mother)
    session = daughters.session
    login = session["login"]
    login["last_seen"] = (datetime.fromisoformat(login["last_seen"]) - timedelta(hours=1)).isoformat()
    session["login"] = login
    session.save()
    response = daughters.post(PAGE, {"code": made.code.display, "bsn": mother.bsn.value})
    assert response.headers["Location"].startswith("/inloggen/")
    log_in_again(daughters, daughter)
    page = daughters.get(PAGE)
    assert value_of(page, "code") == made.code.display
    assert value_of(page, "bsn") == mother.bsn.value
    assert (
        end_mandate(mandate_id=made.id, by=mother.id, environment=Environment.PRODUCTION) is not None
    )  # nothing was activated


def test_the_page_is_there_in_english(daughters: Client, mother: Someone, neighbour: Someone) -> None:
    made = scene.request(mother)
    response = daughters.post(
        "/en/code/", {"code": made.code.display, "bsn": neighbour.bsn.value}, follow=True
    )
    assert response.request["PATH_INFO"] == "/en/code/"
    assert "Authorisation code" in text_of(response)
    short = daughters.post("/en/code/", {"code": "BCD", "bsn": "12"}, follow=True)
    assert "A code has 12 letters and digits. You entered 3 characters." in text_of(short)
