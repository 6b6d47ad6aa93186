"""My mandates: both sides, every phase, searched, paged, counted, and a start for who has none."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

import volmacht.portals.shared
from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of, title_of
from volmacht.mandates.operations import end_mandate, withdraw_request
from volmacht.rules.environment import Environment

PAGE = "/mijn/machtigingen/"


def test_who_has_nothing_yet_sees_how_to_begin(mothers: Client) -> None:
    response = mothers.get(PAGE)
    assert "U hebt nog geen machtigingen. Wat wilt u doen?" in text_of(response)
    for name in ("granting:services", "mandates:enter-code"):
        assert f'href="{reverse(name)}"' in response.content.decode()


def test_both_sides_see_the_mandate_with_the_other_name(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    given, received = text_of(mothers.get(PAGE)), text_of(daughters.get(PAGE))
    assert f"{daughter.name} regelt dit voor u" in given
    assert f"U regelt dit voor {mother.name}" in received
    for text in (given, received):
        assert scene.MUNICIPAL_TAXES in text
        assert "Tot en met 22 november 2029" in text
    assert "Wie mij helpt (1) Wie ik help (0)" in given
    assert "Wie mij helpt (0) Wie ik help (1)" in received


def test_each_link_of_a_long_list_names_the_person(
    daughters: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    """Who hears the links of a page one by one cannot tell forty times the same service apart."""
    for somebody in (mother, neighbour):
        scene.mandate(somebody, daughter)
    links = re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", daughters.get(PAGE).text)
    names = {re.sub(r"<[^>]*>", "", link) for link in links}
    assert names == {f"{scene.MUNICIPAL_TAXES} ({one.name})" for one in (mother, neighbour)}


def test_each_phase_has_its_own_list_and_number(
    clock_at: Clock, mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    clock_at(NOON - timedelta(days=40))
    scene.mandate(mother, neighbour, scene.VEHICLE)  # at most a month: it is over by now
    clock_at(NOON)
    scene.mandate(mother, daughter, scene.MUNICIPAL_TAXES)
    scene.mandate(mother, daughter, scene.PENSION, first_day=date(2027, 1, 1))
    end_mandate(
        mandate_id=scene.mandate(mother, daughter, scene.INCOME_TAX),
        by=mother.id,
        environment=Environment.PRODUCTION,
    )
    now = text_of(mothers.get(PAGE))
    assert "Nu (1) Begint later (1) Gestopt (2)" in now
    assert scene.PENSION not in now
    later = text_of(mothers.get(PAGE, {"kant": "gegeven", "toon": "later"}))
    assert f"{daughter.name} gaat dit voor u regelen Van 1 januari 2027" in later
    ended = text_of(mothers.get(PAGE, {"kant": "gegeven", "toon": "gestopt"}))
    assert "Geëindigd op 23 november 2026: door u ingetrokken" in ended
    assert "Geldig geweest tot en met 13 november 2026: de laatste dag is voorbij" in ended


@pytest.mark.parametrize(
    ("side", "phase", "said"),
    [
        ("gegeven", "nu", "Niemand regelt nu iets voor u."),
        ("gegeven", "later", "U hebt geen machtigingen die later beginnen."),
        ("gegeven", "gestopt", "Er zijn geen machtigingen van u gestopt."),
        ("ontvangen", "nu", "U regelt nu niets voor iemand anders."),
        ("ontvangen", "later", "U hebt geen machtigingen die later beginnen. Hebt u een code gekregen?"),
        ("ontvangen", "gestopt", "Er zijn geen machtigingen gestopt die u had."),
    ],
)
def test_an_empty_list_says_what_one_can_do(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone, side: str, phase: str, said: str
) -> None:
    scene.mandate(mother, daughter)
    browser = daughters if side == "gegeven" else mothers
    assert said in text_of(browser.get(PAGE, {"kant": side, "toon": phase}))


def test_nonsense_in_the_address_is_taken_for_the_usual_list(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    nonsense = {"kant": "🙂", "toon": "' OR 1=1 --", "pagina": "-3", "zoek": " "}
    assert text_of(mothers.get(PAGE, nonsense)) == text_of(mothers.get(PAGE))


def test_a_name_or_a_service_is_found_by_parts_of_words_without_accents(
    daughters: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    scene.mandate(mother, daughter, scene.MUNICIPAL_TAXES)
    scene.mandate(neighbour, daughter, scene.PENSION)
    assert mother.name != neighbour.name
    found = text_of(daughters.get(PAGE, {"zoek": "VRÏES gemeent"}))
    assert "1 machtiging gevonden met ‘VRÏES gemeent’." in found
    assert mother.name in found
    assert neighbour.name not in found
    assert neighbour.name in text_of(daughters.get(PAGE, {"zoek": "aow"}))
    assert "0 machtigingen gevonden met ‘<b>zzz’." in text_of(
        daughters.get(PAGE, {"zoek": "<b>zzz"})
    ).replace("&lt;", "<")


def test_a_long_list_comes_in_pages(daughters: Client, daughter: Someone) -> None:
    helped = scene.crowd(45)
    scene.bulk([person.id for person in helped], [daughter.id] * 45)
    pages = [daughters.get(PAGE, {"pagina": str(number)}) for number in (1, 2, 3)]
    names = [person.name for person in helped]
    shown = [
        text for response in pages for text in names if f"U regelt dit voor {text} " in text_of(response)
    ]
    assert sorted(set(shown)) == sorted(set(names))
    assert "Pagina 2 van 3" in text_of(pages[1])
    assert text_of(daughters.get(PAGE, {"pagina": "99"})) == text_of(pages[2])


def test_open_requests_wait_on_the_side_of_who_gave_them(mothers: Client, mother: Someone) -> None:
    made = scene.request(mother)
    withdrawn = scene.request(mother, scene.PENSION)
    withdraw_request(request_id=withdrawn.id, represented=mother.id, environment=Environment.PRODUCTION)
    response = mothers.get(PAGE)
    text = text_of(response)
    assert "Wacht op uw gemachtigde (1)" in text
    assert "De code werkt tot en met 21 februari 2027" in text
    assert reverse("granting:request", args=[made.id]) in response.content.decode()
    assert scene.PENSION not in text
    ended = text_of(mothers.get(PAGE, {"toon": "gestopt"}))
    assert "Aanvragen die niet doorgingen (1)" in ended
    assert scene.PENSION in ended


def test_a_locked_request_stands_apart_and_does_not_say_that_its_code_works(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    """DM-22: it waits for who made it, because a new code helps."""
    made = scene.request(mother)
    for _ in range(5):
        scene.try_code(daughter, neighbour.bsn, made.code)
    text = text_of(mothers.get(PAGE))
    assert "Codes die op slot staan (1)" in text
    assert "Code op slot" in text
    assert "Deze code werkt niet meer. U kunt tot en met 21 februari 2027 een nieuwe code maken" in text
    assert "De code werkt tot" not in text
    assert "Iemand moet de code nog invoeren" not in text
    scene.request(mother, scene.PENSION)
    both = text_of(mothers.get(PAGE))
    assert "Wacht op uw gemachtigde (1)" in both
    assert both.count("De code werkt tot") == 1


def test_of_more_requests_than_are_shown_it_says_how_many_there_are(
    mothers: Client, mother: Someone, settings: Settings
) -> None:
    """DM-25 lets twenty be open; a desk may have set more, and locked ones do not count."""
    settings.OPEN_REQUESTS = 60
    for _ in range(51):
        scene.request(mother)
    text = text_of(mothers.get(PAGE))
    assert "Wacht op uw gemachtigde (51)" in text
    assert "U ziet hier de nieuwste 50." in text
    assert text.count("De code werkt tot") == 50


def test_who_has_only_requests_that_came_to_nothing_sees_those(mothers: Client, mother: Someone) -> None:
    withdraw_request(
        request_id=scene.request(mother, scene.PENSION).id,
        represented=mother.id,
        environment=Environment.PRODUCTION,
    )
    response = mothers.get(PAGE)
    assert "Wie mij helpt, gestopt" in title_of(response)
    assert "Aanvragen die niet doorgingen (1)" in text_of(response)
    assert "Niemand regelt nu iets voor u." in text_of(mothers.get(PAGE, {"kant": "gegeven"}))


def test_who_only_got_mandates_sees_those_first(
    daughters: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    assert (
        "Wie ik help" in daughters.get(PAGE).content.decode().partition("<title>")[2].partition("</title>")[0]
    )


def test_the_list_leads_to_each_mandate_to_uses_to_my_data_and_to_copies(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    html = mothers.get(PAGE).content.decode()
    for name in ("mandates:uses", "mandates:my-data", "mandates:mine-pdf", "mandates:mine-csv"):
        assert f'href="{reverse(name)}"' in html
    assert f'href="{reverse("mandates:mandate", args=[mandate_id])}"' in html


def test_the_list_is_there_in_english(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    text = text_of(logged_in_browser(mother).get("/en/mijn/machtigingen/"))
    assert "Municipal taxes" in text
    assert f"{daughter.name} arranges this for you Up to and including 22 November 2029" in text


def test_on_paper_the_list_says_whose_it_is_and_of_when(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    page = mothers.get(PAGE).text
    shown = re.search(r'(?s)<p class="only-print">(.*?)</p>', page)
    assert shown
    assert f"Machtigingen van {mother.name}" in shown[1]
    assert "Zoals het was op 23 november 2026 om 12.00 uur." in shown[1]
    shared = Path(volmacht.portals.shared.__file__).parent / "static" / "volmacht"
    assert ".only-print { display: none; }" in (shared / "layout.css").read_text()
    assert ".only-print { display: block !important; }" in (shared / "print.css").read_text()
