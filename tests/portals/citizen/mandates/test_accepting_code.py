"""Seeing exactly what a code opens, and accepting it once (DM-16a, DM-35)."""

from datetime import date, timedelta
from uuid import uuid4

from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import OpenRequest, Someone
from tests.mandates.test_trying import Clock
from tests.portals.citizen.mandates.browsing import enter, logged_in_browser, text_of, title_of, value_of
from volmacht.mandates.operations import replace_code, withdraw_request
from volmacht.mandates.queries import MandateFilter, blocked_until, list_mandates
from volmacht.notifications.kinds import Side
from volmacht.rules.environment import Environment
from volmacht.rules.validity import Phase

PAGE = "/code/controleren/"


def received(person: Someone) -> list[str]:
    """The names of the services for which a person has a valid mandate."""
    found = list_mandates(
        person.id, MandateFilter(Side.REPRESENTATIVE, Phase.ACTIVE), environment=Environment.PRODUCTION
    )
    return [entry.service.name for entry in found.entries]


def entered(
    browser: Client, represented: Someone, name: str = scene.LOCAL_TAXES, last_day: date | None = None
) -> OpenRequest:
    """A request whose code and BSN this browser has entered."""
    made = scene.request(represented, name, last_day=last_day)
    response = enter(browser, made.code.display, represented.bsn.value)
    assert response.redirect_chain == [(PAGE, 302)]
    return made


def test_everything_that_is_accepted_is_shown_first(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    entered(daughters, mother)
    text = text_of(daughters.get(PAGE))
    for part in (
        mother.name,
        scene.LOCAL_TAXES,
        "Gemeente Voorbeeld, Waterschap Voorbeeldstroom",
        scene.MUNICIPAL_TAXES,
        scene.WATER_TAX,
        "Uw gemachtigde mag uw rekeningnummer niet veranderen.",
        "Begint Vandaag",
        "Laatste dag 22 november 2029",
        "Ja, ik neem deze machtiging aan",
    ):
        assert part in text
    assert "komt ervoor in de plaats" not in text
    assert received(daughter) == []


def test_the_website_of_a_service_leads_to_where_the_demo_runs_it(
    daughters: Client, mother: Someone, settings: LazySettings
) -> None:
    """Other invented bodies have no website that runs; for real each leads to its own."""
    pages = []
    for name in (scene.MUNICIPAL_TAXES, scene.INCOME_TAX):
        entered(daughters, mother, name)
        pages.append(daughters.post(PAGE, follow=True).redirect_chain[-1][0])
    own = [scene.service(name).website for name in (scene.MUNICIPAL_TAXES, scene.INCOME_TAX)]
    for running, websites in (
        (settings.RUNNING_WEBSITES, ["http://localhost:8002/", own[1]]),
        ({}, own),
    ):
        settings.RUNNING_WEBSITES = running
        for page, website in zip(pages, websites, strict=True):
            assert f'href="{website}"' in daughters.get(page).content.decode()


def test_accepting_makes_the_mandate_and_says_what_to_do_now(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    entered(daughters, mother, scene.MUNICIPAL_TAXES)
    response = daughters.post(PAGE, follow=True)
    text = text_of(response)
    assert f"U mag dit nu regelen voor {mother.name}" in text
    assert "De laatste dag is 22 november 2029." in text
    assert "Ga naar de website van Gemeente Voorbeeld. http://localhost:8002/" in text
    assert received(daughter) == [scene.MUNICIPAL_TAXES]


def test_after_accepting_code_and_bsn_are_forgotten(daughters: Client, mother: Someone) -> None:
    made = entered(daughters, mother)
    assert made.code.symbols in str(dict(daughters.session.items()))
    daughters.post(PAGE)
    kept = str(dict(daughters.session.items()))
    assert made.code.symbols not in kept
    assert mother.bsn.value not in kept
    assert value_of(daughters.get("/code/"), "bsn") == ""


def test_a_second_click_and_the_back_button_lead_to_the_same_mandate(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    entered(daughters, mother)
    first = daughters.post(PAGE, follow=True)
    again = daughters.post(PAGE, follow=True)
    assert first.redirect_chain == again.redirect_chain
    assert "/code/klaar/" in first.redirect_chain[0][0]
    assert daughters.get(PAGE).headers["Location"] == "/code/"
    assert len(received(daughter)) == 1


def test_two_halves_of_a_double_click_that_overtake_each_other_end_at_the_same_mandate(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    entered(daughters, mother)
    session = daughters.session
    before = dict(session.items())
    first = daughters.post(PAGE)
    session = daughters.session
    session.clear()
    session.update(before)  # the second half read the session before the first one changed it
    session.save()
    second = daughters.post(PAGE)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(received(daughter)) == 1


def test_saying_no_changes_nothing_and_forgets_what_was_typed(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    made = entered(daughters, mother)
    response = daughters.post(PAGE, {"stoppen": "ja"})
    assert response.headers["Location"] == reverse("mandates:mine")
    assert received(daughter) == []
    assert value_of(daughters.get("/code/"), "code") == ""
    assert mother.name in text_of(enter(daughters, made.code.display, mother.bsn.value))


def test_who_comes_without_a_code_is_led_to_where_it_is_entered(daughters: Client) -> None:
    assert daughters.get(PAGE).headers["Location"] == "/code/"
    assert daughters.post(PAGE).headers["Location"] == "/code/"


def test_what_changed_between_looking_and_accepting_is_shown_again_first(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    entered(daughters, mother, scene.MUNICIPAL_TAXES)
    scene.mandate(mother, daughter, scene.MUNICIPAL_TAXES)  # so that accepting would replace one
    response = daughters.post(PAGE, follow=True)
    text = text_of(response)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "Wat u aanneemt, is net veranderd." in text
    assert "Dan stopt de oude." in text
    assert "/code/klaar/" in daughters.post(PAGE).headers["Location"]


def test_a_new_day_moves_the_start_and_is_shown_first(
    clock_at: Clock, daughters: Client, mother: Someone
) -> None:
    entered(daughters, mother)
    clock_at(NOON + timedelta(days=1))
    assert "net veranderd" in text_of(daughters.post(PAGE, follow=True))


def test_a_code_that_was_withdrawn_meanwhile_says_so(daughters: Client, mother: Someone) -> None:
    made = entered(daughters, mother)
    withdraw_request(request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION)
    response = daughters.post(PAGE, follow=True)
    assert response.redirect_chain == [("/code/", 302)]
    assert "Deze aanvraag is ingetrokken" in text_of(response)


def test_a_code_that_was_replaced_meanwhile_costs_no_try(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    made = entered(daughters, mother)
    replace_code(request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION)
    assert "Er is een nieuwere code" in text_of(daughters.post(PAGE, follow=True))
    for _ in range(11):
        assert "Er is een nieuwere code" in text_of(enter(daughters, made.code.display, mother.bsn.value))
    assert blocked_until(daughter.id, environment=Environment.PRODUCTION) is None


def test_a_code_that_somebody_else_used_first_says_so(
    daughters: Client, daughter: Someone, mother: Someone, neighbour: Someone
) -> None:
    made = entered(daughters, mother)
    scene.activate(neighbour, mother, made.code)
    assert "Deze code is al gebruikt" in text_of(daughters.post(PAGE, follow=True))
    assert received(daughter) == []


def test_a_mandate_that_begins_later_says_when(daughters: Client, mother: Someone) -> None:
    made = scene.request(mother, first_day=date(2027, 2, 1))
    enter(daughters, made.code.display, mother.bsn.value)
    assert "Begint 1 februari 2027" in text_of(daughters.get(PAGE))
    text = text_of(daughters.post(PAGE, follow=True))
    assert "De machtiging begint op 1 februari 2027." in text
    assert f"U mag dit straks regelen voor {mother.name}" in text


def test_replacing_is_said_before_and_after(daughters: Client, daughter: Someone, mother: Someone) -> None:
    scene.mandate(mother, daughter, last_day=date(2027, 3, 1))
    entered(daughters, mother, scene.MUNICIPAL_TAXES)
    page = text_of(daughters.get(PAGE))
    assert "De oude loopt tot en met 1 maart 2027, de nieuwe tot en met 22 november 2029." in page
    assert "Dan stopt de oude." in page
    assert "stopt eerder" not in page
    assert "Deze komt ervoor in de plaats." in text_of(daughters.post(PAGE, follow=True))
    assert received(daughter) == [scene.MUNICIPAL_TAXES]


def test_a_shorter_mandate_in_place_of_a_longer_one_is_said_with_both_last_days(
    daughters: Client, daughter: Someone, mother: Someone
) -> None:
    scene.mandate(mother, daughter)
    entered(daughters, mother, scene.MUNICIPAL_TAXES, last_day=date(2026, 12, 31))
    page = text_of(daughters.get(PAGE))
    assert "Let op: de nieuwe machtiging stopt eerder dan de oude" in page
    assert "De oude loopt tot en met 22 november 2029, de nieuwe tot en met 31 december 2026." in page
    daughters.post(PAGE, follow=True)
    assert received(daughter) == [scene.MUNICIPAL_TAXES]


def test_the_page_that_it_is_done_is_for_the_representative_only(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    address = reverse("mandates:code-done", args=[scene.mandate(mother, daughter)])
    assert logged_in_browser(daughter).get(address).status_code == 200
    for other in (mother, neighbour):
        assert logged_in_browser(other).get(address).status_code == 404
    assert logged_in_browser(daughter).get(reverse("mandates:code-done", args=[uuid4()])).status_code == 404


def test_no_page_of_the_journey_names_the_bsn(daughters: Client, mother: Someone) -> None:
    entered(daughters, mother)
    shown, done = daughters.get(PAGE), daughters.post(PAGE, follow=True)
    for response in (shown, done):
        assert mother.bsn.value not in response.content.decode()
        assert mother.bsn.value not in title_of(response)


def test_the_journey_is_there_in_english(daughters: Client, mother: Someone) -> None:
    made = scene.request(mother)
    daughters.post("/en/code/", {"code": made.code.display, "bsn": mother.bsn.value})
    text = text_of(daughters.get("/en/code/controleren/"))
    assert "Yes, I accept this mandate" in text
    assert "Municipal taxes" in text
    assert "You are mandated" in text_of(daughters.post("/en/code/controleren/", follow=True))
