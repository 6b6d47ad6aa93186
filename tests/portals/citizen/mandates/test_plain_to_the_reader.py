"""Words that fit who reads them: nobody is "somebody" to themselves, and what is calm does not look like an alarm."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.scene import ONLY_ORGANISATIONS, Someone
from tests.portals.citizen.mandates.browsing import enter, logged_in_browser, text_of
from tests.portals.citizen.mandates.test_organisations import browser_of_employee
from tests.portals.citizen.mandates.test_restricting_and_renewing import restrict
from volmacht.mandates.operations import MandateMade, end_mandate
from volmacht.parties.operations import know_organisation
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import KvkNumber

LIST = "/mijn/machtigingen/"


def page(person: Someone, mandate_id: object) -> str:
    """The page of a mandate as somebody reads it."""
    return text_of(logged_in_browser(person).get(reverse("mandates:mandate", args=[mandate_id])))


@pytest.mark.parametrize(
    ("by", "disputed", "mothers_words", "daughters_words"),
    [
        ("mother", False, "door u ingetrokken", "ingetrokken door degene voor wie het was"),
        (
            "mother",
            True,
            "gestopt omdat u zei dat het niet klopt",
            "gestopt omdat iemand zei dat het niet klopt",
        ),
        ("daughter", False, "gestopt door de gemachtigde", "door u gestopt"),
    ],
)
def test_an_end_is_told_in_the_second_person_to_who_made_it(
    mother: Someone, daughter: Someone, by: str, disputed: bool, mothers_words: str, daughters_words: str
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    end_mandate(
        mandate_id=mandate_id,
        by={"mother": mother, "daughter": daughter}[by].id,
        disputed=disputed,
        environment=Environment.PRODUCTION,
    )
    for person, side, own, other in (
        (mother, "gegeven", mothers_words, daughters_words),
        (daughter, "ontvangen", daughters_words, mothers_words),
    ):
        shown = text_of(logged_in_browser(person).get(LIST, {"kant": side, "toon": "gestopt"}))
        for text in (page(person, mandate_id), shown):
            assert own in text
            assert other not in text


def test_what_ended_early_says_until_when_it_would_have_lasted(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 6, 30))
    assert "Laatste dag 30 juni 2027" in page(daughter, mandate_id)
    end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION)
    for person, whom in ((mother, "Wie dit voor u regelde"), (daughter, "Voor wie u dit regelde")):
        text = page(person, mandate_id)
        assert "Zou lopen tot en met 30 juni 2027" in text
        assert "Laatste dag" not in text
        assert whom in text
    everything = text_of(logged_in_browser(mother).get(reverse("mandates:my-data-print")))
    assert "Zou lopen tot en met 30 juni 2027" in everything


def test_the_number_beside_who_helps_me_counts_only_what_is_valid(mother: Someone, daughter: Someone) -> None:
    end_mandate(mandate_id=scene.mandate(mother, daughter), by=mother.id, environment=Environment.PRODUCTION)
    scene.mandate(mother, daughter, scene.PENSION)
    assert "Wie mij helpt (1) Wie ik help (0)" in text_of(logged_in_browser(mother).get(LIST))


def test_a_replaced_mandate_leads_to_the_new_one_before_it_speaks_of_what_may_be_wrong(
    mother: Someone, daughter: Someone
) -> None:
    old = scene.mandate(mother, daughter)
    made = scene.grant_directly(mother, daughter, scene.MUNICIPAL_TAXES, last_day=date(2027, 5, 1))
    assert isinstance(made, MandateMade)
    address = reverse("mandates:mandate", args=[made.mandate_id])
    for person in (mother, daughter):
        html = logged_in_browser(person).get(reverse("mandates:mandate", args=[old])).content.decode()
        assert f'id="opvolger"><a class="utrecht-link" href="{address}"' in html
    text = page(mother, old)
    assert "Bekijk de nieuwe machtiging , tot en met 1 mei 2027. Die kwam hiervoor in de plaats." in text
    assert text.index("Bekijk de nieuwe machtiging") < text.index("Dit klopt niet")
    assert "Klopt alles? Dan hoeft u niets te doen." in text
    assert "Opnieuw iemand machtigen" not in text


def test_making_it_shorter_says_the_new_last_day(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    text = restrict(mothers, mandate_id, date(2027, 1, 31))
    assert "Het geldt vanaf nu. De laatste dag is 31 januari 2027." in text


def test_saying_that_a_mandate_is_not_right_says_whom_to_call(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    text = text_of(mothers.post(reverse("mandates:dispute", args=[mandate_id]), follow=True))
    for said in (
        "Misschien kent iemand anders uw DigiD.",
        "088 123 65 55",
        "Bel of mail ook ons.",
        "Op werkdagen van 08.00 tot 17.00 uur.",
    ):
        assert said in text


def test_a_person_who_enters_a_code_for_organisations_reads_who_can_use_it(
    daughters: Client, mother: Someone
) -> None:
    made = scene.request(mother, ONLY_ORGANISATIONS)
    text = text_of(enter(daughters, made.code.display, mother.bsn.value))
    assert "Hier mag alleen een organisatie helpen" in text
    assert "log in met eHerkenning" in text
    assert "Geef de code anders terug aan degene van wie u die kreeg." in text


def test_who_comes_second_with_a_code_reads_to_ask_for_a_new_one(
    daughters: Client, mother: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    scene.activate(neighbour, mother, made.code)
    text = text_of(enter(daughters, made.code.display, mother.bsn.value))
    assert "Staat die er niet? Vraag dan om een nieuwe code." in text


def test_an_employee_is_not_told_what_only_people_need(at_noon: None) -> None:
    office = know_organisation(KvkNumber("99990012"))
    text = text_of(browser_of_employee(office).get("/code/"))
    assert "Gaat uw organisatie iets voor iemand regelen?" in text
    assert "niet uw eigen nummer" not in text
    assert "Geef uw eigen DigiD nooit" not in text
    assert "Vraag nooit om de DigiD of het wachtwoord van de persoon voor wie u dit regelt." in text


@pytest.mark.parametrize(
    ("prefix", "called", "how"),
    [
        ("", "De organisatie met KvK-nummer 99990012", "Zoek het nummer op bij de Kamer van Koophandel"),
        ("/en", "The organisation with KvK number 99990012", "Look the number up at the Chamber of Commerce"),
    ],
)
def test_an_organisation_is_called_by_a_number_that_can_be_looked_up(
    mothers: Client, mother: Someone, prefix: str, called: str, how: str
) -> None:
    office = know_organisation(KvkNumber("99990012"))
    employee = "0123456789ABCDEF0123456789ABCDEF"
    made = scene.request(mother, ONLY_ORGANISATIONS)
    browser = browser_of_employee(office, employee)
    enter(browser, made.code.display, mother.bsn.value)
    done = browser.post("/code/controleren/", follow=True)
    address = done.redirect_chain[-1][0].replace("/code/klaar/", "/mijn/machtigingen/")
    for way in ("", "klopt-niet/", "stoppen/"):
        page = mothers.get(f"{prefix}{address}{way}")
        assert called in text_of(page)
        assert how in text_of(page)
        assert "https://www.kvk.nl/zoeken/" in page.content.decode()
    text = text_of(mothers.get(f"{prefix}{address}"))
    assert "ABCDEF" in text
    assert employee not in text
