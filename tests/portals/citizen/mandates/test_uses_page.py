"""Every use, for the two people it concerns (DM-40, DM-41); saying of one that it is not right (DM-39a)."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.mandates.operations import answer_provider
from volmacht.mandates.queries import list_uses
from volmacht.portals.citizen.mandates.use_words import REFUSED
from volmacht.portals.shared.wording import DECISION
from volmacht.rules.environment import Environment

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


def test_a_refused_attempt_can_be_called_not_right_and_says_that_nothing_happened(
    mothers: Client, mother: Someone, neighbour: Someone
) -> None:
    """DM-39a"""
    answer_provider(scene.asked(mother, neighbour))
    (use,) = list_uses(mother.id, environment=Environment.PRODUCTION).entries
    address = reverse("mandates:dispute-use", args=[use.id])
    assert f'action="{address}"' in mothers.get(PAGE).content.decode()
    asked = text_of(mothers.get(address))
    assert "Klopt deze poging niet?" in asked
    assert "Goed dat u het zegt" not in asked
    response = mothers.post(address, follow=True)
    text = text_of(response)
    assert (
        "Goed dat u het zegt. De poging was al geweigerd Er is niet ingelogd, en er is niets gebeurd." in text
    )
    assert "Wij hebben opgeschreven dat u zei dat het niet klopt." in text
    assert "Iemand die u niet hebt gemachtigd, voor u" in text
    assert neighbour.name not in text
    assert 'id="contactgegevens"' in response.content.decode()
    mothers.post(address)
    (noted,) = history_of(use.id)
    assert (noted.kind, noted.actor.id, noted.subject_id) == (EventKind.USE_DISPUTED, mother.id, mother.id)
    english = text_of(mothers.get(f"/en{address}"))
    assert "The attempt had been refused Nobody logged in, and nothing happened." in english


def test_only_for_whom_it_was_can_call_a_refused_attempt_not_right(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    """DM-39a, DM-41: not who tried, and not of a use that was allowed: of that the mandate is not right."""
    answer_provider(scene.asked(mother, neighbour))
    (refused,) = list_uses(mother.id, environment=Environment.PRODUCTION).entries
    scene.mandate(mother, daughter)
    answer_provider(scene.asked(mother, daughter))
    allowed = next(
        use for use in list_uses(mother.id, environment=Environment.PRODUCTION).entries if use.refusal is None
    )
    tried = logged_in_browser(neighbour)
    address = reverse("mandates:dispute-use", args=[refused.id])
    assert address not in tried.get(PAGE).content.decode()
    for browser, use_id in ((tried, refused.id), (mothers, allowed.id), (mothers, uuid4())):
        for method in (browser.get, browser.post):
            assert method(reverse("mandates:dispute-use", args=[use_id])).status_code == 404
        assert history_of(use_id) == []


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
