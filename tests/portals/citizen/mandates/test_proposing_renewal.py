"""Asking to renew: many mandates at once, or one, with what was asked and what was not possible (DM-34)."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of, title_of
from volmacht.catalogue.kinds import ChangeKind
from volmacht.limits.operations import LIMITS, Limited
from volmacht.mandates.models import RenewalProposal
from volmacht.mandates.operations import decline_renewal, end_mandate, propose_renewal, renew_mandate
from volmacht.rules.environment import Environment

MANY = "/mijn/machtigingen/verlenging-vragen/"
SOON = date(2026, 12, 31)
BOX = re.compile(r'<input type="checkbox" name="machtiging" value="([0-9a-f-]+)"([^>]*)>')


def one(mandate_id: UUID) -> str:
    """The page that asks about one."""
    return reverse("mandates:propose-renewal", args=[mandate_id])


def boxes(html: str) -> dict[UUID, bool]:
    """The mandates that can be ticked, and whether they are."""
    return {UUID(id_): "checked" in attributes for id_, attributes in BOX.findall(html)}


def asked() -> set[UUID]:
    """About which mandates there is a proposal."""
    return set(RenewalProposal.objects.values_list("mandate_id", flat=True))


@pytest.fixture
def ending(mother: Someone, daughter: Someone) -> UUID:
    """A mandate of mother and daughter that ends soon."""
    return scene.mandate(mother, daughter, last_day=SOON)


def test_the_list_of_received_mandates_leads_to_asking(daughters: Client, ending: UUID) -> None:
    page = daughters.get("/mijn/machtigingen/", {"kant": "ontvangen"})
    assert "Stopt een machtiging binnenkort?" in text_of(page)
    assert f'href="{MANY}"' in page.content.decode()


def test_who_gave_mandates_is_not_led_to_asking(mothers: Client, ending: UUID) -> None:
    assert MANY not in mothers.get("/mijn/machtigingen/").content.decode()
    assert "U hebt geen machtiging die binnen 90 dagen stopt." in text_of(mothers.get(MANY))


def test_many_are_ticked_and_asked_in_one_go(
    daughters: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    first = scene.mandate(mother, daughter, last_day=SOON)
    second = scene.mandate(neighbour, daughter, scene.PENSION, last_day=date(2026, 12, 1))
    third = scene.mandate(neighbour, daughter, scene.BENEFITS, last_day=date(2026, 12, 2))
    page = daughters.get(MANY)
    assert list(boxes(page.content.decode())) == [second, third, first], "the first to end comes first"
    assert f"{neighbour.name} {scene.PENSION} Laatste dag: 1 december 2026" in text_of(page)
    text = text_of(daughters.post(MANY, {"machtiging": [str(first), str(second)]}, follow=True))
    assert "U hebt gevraagd om 2 machtigingen te verlengen" in text
    assert scene.BENEFITS not in text
    assert asked() == {first, second}
    again = daughters.get(MANY)
    assert list(boxes(again.content.decode())) == [third]
    assert "Gevraagd op 23 november 2026. Er is nog geen antwoord." in text_of(again)


def test_what_was_not_possible_is_told_with_its_reason(
    daughters: Client, mother: Someone, daughter: Someone
) -> None:
    ids = {
        "asked": scene.mandate(mother, daughter, last_day=SOON),
        "long": scene.mandate(mother, daughter, scene.PENSION, last_day=date(2027, 11, 1)),
        "over": scene.mandate(mother, daughter, scene.INCOME_TAX, last_day=SOON),
        "declined": scene.mandate(mother, daughter, scene.BENEFITS, last_day=SOON),
        "closed": scene.mandate(mother, daughter, scene.WATER_TAX, last_day=SOON),
    }
    end_mandate(mandate_id=ids["over"], by=mother.id, environment=Environment.PRODUCTION)
    propose_renewal(mandate_ids=[ids["declined"]], by=daughter.id, environment=Environment.PRODUCTION)
    decline_renewal(mandate_id=ids["declined"], by=mother.id, environment=Environment.PRODUCTION)
    scene.change_catalogue(ChangeKind.SWITCH_SERVICE, id=scene.service(scene.WATER_TAX).id, active=False)
    listed = text_of(daughters.get(MANY)).partition("Hierover kunt u nu niets vragen")[2]
    assert f"{mother.name}: {scene.BENEFITS} Op uw vraag is nee gezegd." in listed
    text = text_of(daughters.post(MANY, {"machtiging": [str(id_) for id_ in ids.values()]}, follow=True))
    done, _, others = text.partition("Dit kon niet worden gevraagd")
    assert "U hebt gevraagd om 1 machtiging te verlengen" in done
    for name, said in (
        (scene.PENSION, "U kunt dit vragen vanaf 3 augustus 2027."),
        (scene.INCOME_TAX, "Deze machtiging was al gestopt"),
        (scene.BENEFITS, "Op uw vraag is nee gezegd."),
    ):
        assert f"{name} {said}" in others
    assert scene.WATER_TAX in others


def test_when_nothing_could_be_asked_nothing_is_said_to_be_done(
    daughters: Client, mother: Someone, ending: UUID
) -> None:
    end_mandate(mandate_id=ending, by=mother.id, environment=Environment.PRODUCTION)
    text = text_of(daughters.post(MANY, {"machtiging": str(ending)}, follow=True))
    assert "Er is niets gevraagd" in text
    assert "U hebt gevraagd" not in text


def test_everything_on_the_page_is_ticked_without_scripts(
    daughters: Client, ending: UUID, neighbour: Someone, daughter: Someone
) -> None:
    scene.mandate(neighbour, daughter, last_day=SOON)
    page = daughters.get(MANY, {"zoek": "", "pagina": "1"}).content.decode()
    assert set(boxes(page).values()) == {False}
    link = re.search(r'id="alles-aan" href="([^"#]+)', page)
    assert link
    ticked = daughters.get(MANY + link[1].replace("&amp;", "&")).content.decode()
    assert set(boxes(ticked).values()) == {True}
    assert "alles=&amp;" in ticked or "alles=#" in ticked, "and they can all be taken away"
    assert "<script" not in ticked.partition("<main")[2].partition("</main>")[0]


def test_a_search_finds_a_person_or_a_service_and_keeps_to_it_after_a_mistake(
    daughters: Client, daughter: Someone
) -> None:
    helped = scene.crowd(8)
    ids = scene.bulk([person.id for person in helped], [daughter.id] * 8)
    found = daughters.get(MANY, {"zoek": helped[3].name})
    assert "1 machtiging gevonden" in text_of(found)
    assert list(boxes(found.content.decode())) == [ids[3]]
    mistaken = daughters.post(f"{MANY}?zoek={helped[3].name}", follow=True)
    assert mistaken.status_code == 400
    assert "Vink minstens één machtiging aan." in text_of(mistaken)
    assert title_of(mistaken).startswith("Fout")
    assert list(boxes(mistaken.content.decode())) == [ids[3]]


def test_a_long_list_comes_in_pages_of_fifty(clock_at: Clock, daughters: Client, daughter: Someone) -> None:
    helped = scene.crowd(60)
    ids = scene.bulk([person.id for person in helped], [daughter.id] * 60)
    pages = [daughters.get(MANY, {"pagina": str(number)}) for number in (1, 2, 99)]
    first, second, beyond = (set(boxes(page.content.decode())) for page in pages)
    assert (len(first), second, beyond) == (50, set(ids) - first, second)
    assert "Uw vinkjes gelden alleen voor deze pagina." in text_of(pages[0])
    too_many = daughters.post(MANY, {"machtiging": [str(id_) for id_ in ids]}, follow=True)
    assert "Kies hoogstens 50 machtigingen." in text_of(too_many)
    assert asked() == set()
    daughters.post(MANY, {"machtiging": [str(id_) for id_ in first]})
    assert asked() == first
    assert set(boxes(daughters.get(MANY).content.decode())) == second, "what is left comes first"


def test_the_button_on_the_page_of_a_mandate_asks_about_one(
    daughters: Client, ending: UUID, mother: Someone
) -> None:
    page = daughters.get(reverse("mandates:mandate", args=[ending]))
    assert f'action="{one(ending)}"' in page.content.decode()
    text = text_of(daughters.post(one(ending), follow=True))
    assert "U hebt om verlenging gevraagd" in text
    assert f"{mother.name} ziet uw vraag bij het inloggen." in text
    assert "Gevraagd op 23 november 2026. Er is nog geen antwoord." in text
    assert "Er is gevraagd om de machtiging te verlengen (u)" in text
    assert (
        f'action="{one(ending)}"'
        not in daughters.get(reverse("mandates:mandate", args=[ending])).content.decode()
    )
    assert "U hebt om verlenging gevraagd" in text_of(daughters.post(one(ending), follow=True)), "twice"
    assert RenewalProposal.objects.count() == 1


def test_who_comes_back_to_the_button_by_a_log_in_can_press_it_there(daughters: Client, ending: UUID) -> None:
    page = daughters.get(one(ending))
    assert 'id="vraag"' in page.content.decode()
    daughters.post(one(ending))
    assert daughters.get(one(ending)).status_code == 302


def test_the_page_of_a_mandate_tells_from_when_one_can_ask(
    daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 11, 1))
    page = daughters.get(reverse("mandates:mandate", args=[mandate_id]))
    assert "U kunt dit vragen vanaf 3 augustus 2027." in text_of(page)
    assert "vraag-verlenging" not in page.content.decode()
    refused = daughters.post(one(mandate_id), follow=True)
    assert refused.status_code == 400
    assert "U kunt nog niet om verlenging vragen" in text_of(refused)


def test_asking_about_what_has_ended_says_so(
    clock_at: Clock, daughters: Client, mother: Someone, ending: UUID
) -> None:
    end_mandate(mandate_id=ending, by=mother.id, environment=Environment.PRODUCTION)
    for answer in (daughters.get(one(ending), follow=True), daughters.post(one(ending), follow=True)):
        assert "Deze machtiging was al gestopt" in text_of(answer)


def test_after_a_renewal_the_old_confirmation_is_not_shown_again(
    daughters: Client, mother: Someone, ending: UUID
) -> None:
    daughters.post(one(ending))
    renew_mandate(
        mandate_id=ending,
        represented=mother.id,
        level=scene.LEVEL,
        last_day=NOON.date() + timedelta(300),
        environment=Environment.PRODUCTION,
    )
    page = daughters.get(reverse("mandates:mandate", args=[ending]), {"gedaan": "gevraagd"})
    assert "U hebt om verlenging gevraagd" not in text_of(page)


def test_somebody_elses_mandate_among_ones_own_is_not_found_and_nothing_is_asked(
    daughters: Client, ending: UUID, mother: Someone, neighbour: Someone
) -> None:
    others = scene.mandate(mother, neighbour, last_day=SOON)
    for id_ in (others, uuid4()):
        assert daughters.post(MANY, {"machtiging": [str(ending), str(id_)]}).status_code == 404
    given = scene.mandate(neighbour, mother, last_day=SOON)
    assert logged_in_browser(neighbour).post(MANY, {"machtiging": str(given)}).status_code == 404
    assert logged_in_browser(neighbour).post(one(given)).status_code == 404
    assert asked() == set()


@pytest.mark.parametrize("typed", ["x", "1", "' OR 1=1 --", "<script>", "\u202e", "0" * 5000, "{}"])
def test_an_id_that_was_made_up_is_refused_in_plain_words(
    daughters: Client, ending: UUID, typed: str
) -> None:
    answer = daughters.post(MANY, {"machtiging": [typed, str(ending)]}, follow=True)
    assert answer.status_code == 400
    assert "Kies uit de machtigingen op deze pagina." in text_of(answer)
    assert asked() == set()


def test_asking_too_often_is_refused_and_the_ticks_stay(daughters: Client, ending: UUID) -> None:
    for _ in range(LIMITS[Limited.PROPOSE_PER_PERSON].count):
        daughters.post(one(ending))
    for address, form in ((MANY, {"machtiging": str(ending)}), (one(ending), {})):
        answer = daughters.post(address, form, follow=True)
        assert answer.status_code == 429
        assert "U hebt het te vaak geprobeerd" in text_of(answer)


def test_the_confirmation_is_of_this_log_in_only(daughters: Client, ending: UUID, mother: Someone) -> None:
    done = reverse("mandates:renewals-proposed")
    assert daughters.get(done).status_code == 302
    daughters.post(MANY, {"machtiging": str(ending)})
    assert daughters.get(done).status_code == 200
    assert logged_in_browser(mother).get(done).status_code == 302


def test_everything_is_there_in_english(daughters: Client, ending: UUID, mother: Someone) -> None:
    address = f"/en{reverse('mandates:mandate', args=[ending])}"
    page = daughters.get(f"/en{MANY}")
    assert "These are mandates that you received and that stop within 90 days." in text_of(page)
    assert f"{mother.name} Municipal taxes Last day: 31 December 2026" in text_of(page)
    text = text_of(daughters.post(f"/en{MANY}", {"machtiging": str(ending)}, follow=True))
    assert "You asked to renew 1 mandate" in text
    mandate_page = text_of(daughters.get(address))
    assert "Asked on 23 November 2026. There is no answer yet." in mandate_page
    assert "Somebody asked to renew the mandate (you)" in mandate_page
