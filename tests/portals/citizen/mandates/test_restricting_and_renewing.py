"""Making a mandate shorter or smaller, and letting it go on longer (DM-34)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.population_register import PopulationRegisterControl
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of, value_of
from volmacht.mandates.operations import end_mandate
from volmacht.mandates.queries import MandateEntry, mandate_for
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment


def days(day: date | None) -> dict[str, str]:
    """A date as the form sends it."""
    parts = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
    return dict(zip(("last_day_day", "last_day_month", "last_day_year"), parts, strict=True))


def entry_of(mandate_id: UUID, person: Someone) -> MandateEntry:
    """The mandate as it is now."""
    entry = mandate_for(mandate_id, person.id, environment=Environment.PRODUCTION)
    assert entry
    return entry


def restrict(browser: Client, mandate_id: UUID, day: date | None, keep: tuple[UUID, ...] = ()) -> str:
    """Open the form, send it, and go on to where it leads."""
    address = reverse("mandates:restrict", args=[mandate_id])
    seen = value_of(browser.get(address), "seen")
    sent = {**days(day), "seen": seen, "keep": [str(id_) for id_ in keep]}
    return text_of(browser.post(address, sent, follow=True))


def renew(browser: Client, mandate_id: UUID, until: str, day: date | None = None) -> str:
    """Open the form, send it, and go on to where it leads."""
    address = reverse("mandates:renew", args=[mandate_id])
    seen = value_of(browser.get(address), "seen")
    return text_of(browser.post(address, {"until": until, **days(day), "seen": seen}, follow=True))


@pytest.mark.parametrize("who", ["mother", "daughter"])
def test_both_parties_can_make_it_shorter(mother: Someone, daughter: Someone, who: str) -> None:
    mandate_id = scene.mandate(mother, daughter)
    person = mother if who == "mother" else daughter
    text = restrict(logged_in_browser(person), mandate_id, date(2027, 5, 1))
    assert "De machtiging is aangepast" in text
    assert "Laatste dag 1 mei 2027" in text
    assert entry_of(mandate_id, mother).last_day == date(2027, 5, 1)


def test_a_service_of_a_set_can_be_taken_away(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    entry = entry_of(mandate_id, mother)
    text = restrict(mothers, mandate_id, entry.last_day, entry.covered[:1])
    assert "De machtiging is aangepast" in text
    assert f"Weggehaald, en dus niet meer: {scene.WATER_TAX}" in text
    again = text_of(mothers.get(reverse("mandates:restrict", args=[mandate_id])))
    assert "Voor welke diensten" not in again
    assert "dienst die u weghaalt" not in again


def test_what_is_said_of_taking_services_away_is_said_where_there_are_some(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    one, several = (scene.mandate(mother, daughter, name) for name in (scene.PENSION, scene.LOCAL_TAXES))
    for mandate_id, said in ((one, False), (several, True)):
        page = text_of(mothers.get(reverse("mandates:restrict", args=[mandate_id])))
        assert ("Een dienst die u weghaalt" in page) is said
        entry = entry_of(mandate_id, mother)
        refused = restrict(mothers, mandate_id, entry.last_day, entry.covered if said else ())
        assert ("of haal een dienst weg" in refused) is said
        assert "Kies een eerdere laatste dag" in refused
        assert "einddatum" not in refused


def test_who_asks_what_was_true_when_the_page_was_opened_hears_that_it_changed(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 11, 25))
    address = reverse("mandates:restrict", args=[mandate_id])
    sent = {**days(date(2027, 8, 1)), "seen": value_of(mothers.get(address), "seen")}
    restrict(daughters, mandate_id, date(2027, 6, 1))
    response = mothers.post(address, sent, follow=True)
    text = text_of(response)
    assert "De machtiging is net veranderd" in text
    assert "terwijl u deze pagina open had. De laatste dag is nu 1 juni 2027." in text
    assert "Dit is niet korter dan nu" not in text
    # Asked again from the page that says so, it is what is typed that does not fit.
    again = text_of(mothers.post(address, sent | {"seen": value_of(response, "seen")}, follow=True))
    assert "Dit is niet korter dan nu" in again


def test_a_service_that_the_other_took_away_meanwhile_is_no_mistake_of_who_kept_it(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    entry = entry_of(mandate_id, mother)
    address = reverse("mandates:restrict", args=[mandate_id])
    seen = value_of(mothers.get(address), "seen")
    restrict(daughters, mandate_id, entry.last_day, entry.covered[:1])
    sent = {**days(entry.last_day), "seen": seen, "keep": [str(id_) for id_ in entry.covered]}
    assert "De machtiging is net veranderd" in text_of(mothers.post(address, sent, follow=True))


def test_what_is_left_of_a_set_is_explained_and_nothing_else(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    entry = entry_of(mandate_id, mother)
    address = reverse("mandates:mandate", args=[mandate_id])
    whole = text_of(mothers.get(address))
    assert "Bij welke organisatie Gemeente Voorbeeld, Waterschap Voorbeeldstroom" in whole
    assert "U kunt later één van de diensten weghalen." in whole
    restrict(mothers, mandate_id, entry.last_day, entry.covered[:1])
    left = scene.service(scene.MUNICIPAL_TAXES)
    for browser in (mothers, daughters):
        text = text_of(browser.get(address))
        assert "Waterschap Voorbeeldstroom" not in text
        assert "weghalen" not in text
        assert " ".join(left.explanation.split()) in text
        assert "Waterschap Voorbeeldstroom" not in text_of(browser.get("/mijn/machtigingen/"))
    english = text_of(mothers.get(f"/en{address}"))
    assert " ".join(left.explanation_en.split()) in english


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2029, 11, 22), "Dit is niet korter dan nu"),
        (date(2029, 11, 23), "Dit is niet korter dan nu"),
        (date(2026, 11, 22), "Die dag is al voorbij"),
        (None, "Vul de laatste dag in."),
    ],
)
def test_what_cannot_be_is_worded_and_nothing_typed_is_lost(
    mothers: Client, mother: Someone, daughter: Someone, day: date | None, said: str
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    address = reverse("mandates:restrict", args=[mandate_id])
    typed = {**days(day), "seen": value_of(mothers.get(address), "seen")}
    response = mothers.post(address, typed, follow=True)
    assert response.status_code == 400
    assert said in text_of(response)
    assert value_of(response, "last_day_year") == (str(day.year) if day else "")
    assert entry_of(mandate_id, mother).last_day == date(2029, 11, 22)


def test_when_nothing_would_be_left_the_page_leads_to_ending(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    response = mothers.post(
        reverse("mandates:restrict", args=[mandate_id]), days(date(2026, 11, 1)), follow=True
    )
    assert reverse("mandates:end", args=[mandate_id]) in response.content.decode()


def test_taking_every_service_away_is_refused_by_the_form(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    assert "Laat minstens één dienst staan." in restrict(mothers, mandate_id, date(2027, 5, 1))


def test_a_service_that_is_not_covered_cannot_be_kept(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    pension = scene.service(scene.PENSION).id
    text = restrict(mothers, mandate_id, date(2027, 5, 1), (pension,))
    assert "Kies uit de diensten van deze machtiging." in text


def test_a_double_click_on_restricting_is_one_restriction(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    address = reverse("mandates:restrict", args=[mandate_id])
    kept = [str(id_) for id_ in entry_of(mandate_id, mother).covered]
    sent = {**days(date(2027, 5, 1)), "keep": kept, "seen": value_of(mothers.get(address), "seen")}
    first, second = mothers.post(address, sent), mothers.post(address, sent)
    assert first.headers["Location"] == second.headers["Location"]
    text = text_of(mothers.get(second.headers["Location"]))
    assert text.count("De machtiging is korter of kleiner gemaakt") == 1


def test_a_mandate_that_ended_meanwhile_says_so(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 2, 1))
    end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION)
    for name in ("restrict", "renew"):
        address = reverse(f"mandates:{name}", args=[mandate_id])
        for response in (mothers.get(address, follow=True), mothers.post(address, follow=True)):
            assert "Deze machtiging was al gestopt" in text_of(response)


def test_renewing_as_long_as_possible_takes_one_step(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 3, 1))
    page = text_of(mothers.get(reverse("mandates:renew", args=[mandate_id])))
    assert "Vandaag mag u verlengen tot en met 22 november 2029." in page
    text = renew(mothers, mandate_id, "langst")
    assert "De machtiging is verlengd De laatste dag is nu 22 november 2029." in text
    assert entry_of(mandate_id, mother).last_day == date(2029, 11, 22)


def test_renewing_until_a_day_of_ones_own(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 3, 1))
    assert "De laatste dag is nu 1 juli 2028." in renew(mothers, mandate_id, "zelf", date(2028, 7, 1))


@pytest.mark.parametrize(
    ("until", "day", "said"),
    [
        ("", None, "Kies tot wanneer de machtiging doorgaat."),
        ("zelf", None, "Vul de laatste dag in."),
        ("zelf", date(2027, 3, 1), "Dit is niet langer dan nu"),
        ("zelf", date(2027, 2, 1), "Dit is niet langer dan nu"),
        ("zelf", date(2029, 11, 23), "De machtiging duurt te lang"),
        ("eeuwig", None, "eeuwig"),
    ],
)
def test_a_renewal_that_cannot_be_is_worded(
    mothers: Client, mother: Someone, daughter: Someone, until: str, day: date | None, said: str
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 3, 1))
    assert said in renew(mothers, mandate_id, until, day)
    assert entry_of(mandate_id, mother).last_day == date(2027, 3, 1)


def test_renewing_asks_the_register_and_the_level_again(
    mother: Someone, daughter: Someone, population_register: PopulationRegisterControl
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 3, 1))
    basic = logged_in_browser(mother, LevelOfAssurance.BASIC)
    too_low = renew(basic, mandate_id, "langst")
    assert "U moet op een veiligere manier inloggen" in too_low
    assert "Log uit, en log daarna veiliger in" in too_low
    browser = logged_in_browser(mother)
    population_register.fail()
    unknown = renew(browser, mandate_id, "langst")
    assert "Wij kunnen dit nu niet nakijken" in unknown
    assert "Log uit" not in unknown
    population_register.reset()
    population_register.place_under_guardianship(mother.bsn.value)
    assert "U staat onder curatele" in renew(browser, mandate_id, "langst")


def test_a_mandate_that_lasts_as_long_as_allowed_cannot_be_renewed_yet(
    clock_at: Clock, mothers: Client, mother: Someone, daughter: Someone
) -> None:
    address = reverse("mandates:renew", args=[scene.mandate(mother, daughter)])
    assert "Langer kan nu niet" in text_of(mothers.get(address))
    clock_at(NOON + timedelta(days=1))
    assert "Vandaag mag u verlengen tot en met 23 november 2029." in text_of(mothers.get(address))


def test_a_double_click_on_renewing_is_one_renewal(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 3, 1))
    address = reverse("mandates:renew", args=[mandate_id])
    sent = {"until": "langst", **days(None), "seen": value_of(mothers.get(address), "seen")}
    first, second = mothers.post(address, sent), mothers.post(address, sent)
    assert first.headers["Location"] == second.headers["Location"]
    text = text_of(mothers.get(second.headers["Location"]))
    assert text.partition("Wat er is gebeurd")[2].count("De machtiging is verlengd") == 1


def test_renewing_does_not_exist_for_the_representative(
    daughters: Client, mother: Someone, daughter: Someone
) -> None:
    address = reverse("mandates:renew", args=[scene.mandate(mother, daughter, last_day=date(2027, 3, 1))])
    assert daughters.get(address).status_code == 404
    assert daughters.post(address, {"until": "langst"}).status_code == 404


def test_the_forms_are_there_in_english(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES, last_day=date(2027, 3, 1))
    assert "Untick what is no longer allowed." in text_of(
        mothers.get(f"/en/mijn/machtigingen/{mandate_id}/beperken/")
    )
    assert "As long as possible: up to and including 22 November 2029" in text_of(
        mothers.get(f"/en/mijn/machtigingen/{mandate_id}/verlengen/")
    )
