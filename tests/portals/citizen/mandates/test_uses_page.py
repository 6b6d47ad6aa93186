"""Every use, for the two people it concerns (DM-40, DM-41)."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of
from volmacht.mandates.operations import answer_provider
from volmacht.portals.citizen.mandates.use_words import REFUSED
from volmacht.portals.shared.wording import DECISION

PAGE = "/mijn/gebruik/"


def test_given_and_own_uses_stand_together_newest_first(
    clock_at: Clock, mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    scene.mandate(mother, daughter)
    scene.mandate(neighbour, mother)
    answer_provider(scene.asked(mother, daughter))
    clock_at(NOON + timedelta(hours=1))
    answer_provider(scene.asked(neighbour, mother))
    text = text_of(mothers.get(PAGE))
    own, given = text.index(f"U, voor {neighbour.name}"), text.index(f"{daughter.name}, voor u")
    assert own < given
    assert "23 november 2026 om 13.00 uur" in text
    assert "Gemeente Voorbeeld" in text
    assert "Ingelogd met: DigiD-app met ID-check" in text


def test_refusals_are_worded_and_can_be_looked_at_alone(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    answer_provider(scene.asked(mother, daughter))
    answer_provider(scene.asked(mother, daughter, scene.PENSION))
    both = text_of(mothers.get(PAGE))
    assert "Geweigerd: de machtiging was voor iets anders" in both
    refused = text_of(mothers.get(PAGE, {"toon": "geweigerd"}))
    assert scene.PENSION in refused
    assert scene.MUNICIPAL_TAXES not in refused
    allowed = text_of(mothers.get(PAGE, {"toon": "ingelogd"}))
    assert scene.PENSION not in allowed
    assert scene.MUNICIPAL_TAXES in allowed


def test_somebody_without_a_mandate_stays_nameless(
    mothers: Client, mother: Someone, neighbour: Someone
) -> None:
    answer_provider(scene.asked(mother, neighbour))
    text = text_of(mothers.get(PAGE))
    assert "Iemand die u niet hebt gemachtigd, voor u" in text
    assert "Geweigerd: er was geen machtiging" in text
    assert neighbour.name not in text
    own = text_of(logged_in_browser(neighbour).get(PAGE))
    assert "U, voor iemand anders" in own
    assert mother.name not in own


def test_each_use_of_a_mandate_that_was_given_can_be_called_not_right(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    answer_provider(scene.asked(mother, daughter))
    address = reverse("mandates:dispute", args=[mandate_id])
    assert f'action="{address}"' in mothers.get(PAGE).content.decode()
    assert f'action="{address}"' not in daughters.get(PAGE).content.decode()


def test_uses_come_in_pages_and_keep_the_filter(mothers: Client, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    for _ in range(21):
        answer_provider(scene.asked(mother, daughter))
    html = mothers.get(PAGE, {"toon": "ingelogd"}).content.decode()
    assert "?toon=ingelogd&amp;pagina=2" in html
    assert text_of(mothers.get(PAGE, {"pagina": "2"})).count(f"{daughter.name}, voor u") == 1


def test_empty_lists_say_what_is_not_there(mothers: Client) -> None:
    assert "Er is nog niets gebeurd met uw machtigingen." in text_of(mothers.get(PAGE))
    assert "Er is niets geweigerd." in text_of(mothers.get(PAGE, {"toon": "geweigerd"}))
    assert "Er is nog niet ingelogd met een machtiging." in text_of(mothers.get(PAGE, {"toon": "ingelogd"}))
    assert "Er is nog niets gebeurd" in text_of(mothers.get(PAGE, {"toon": "onzin"}))


def test_every_answer_of_the_one_decision_has_words_that_both_may_read() -> None:
    assert set(REFUSED) == set(DECISION)


def test_the_uses_are_there_in_english(mothers: Client, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    answer_provider(scene.asked(mother, daughter, scene.PENSION))
    text = text_of(mothers.get("/en/mijn/gebruik/"))
    assert "State pension (AOW)" in text
    assert "Refused: the mandate was for something else" in text
