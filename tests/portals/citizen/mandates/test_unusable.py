"""What the one decision refuses for what is known of its people is never called valid (DM-04, decision 0028)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import text_of
from tests.portals.citizen.mandates.test_exporting import paper, table, words_of
from volmacht import clock
from volmacht.mandates.operations import propose_renewal
from volmacht.parties.models import Party
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal

MINE = "/mijn/machtigingen/"
OF_REPRESENTED = [
    ({"deceased": True}, "overleden", Refusal.REPRESENTED_DECEASED),
    ({"under_guardianship": True}, "onder curatele", Refusal.UNDER_GUARDIANSHIP),
    ({"blocked": True}, "geblokkeerd", Refusal.BLOCKED),
]


def now_is(person: Someone, facts: dict[str, Any]) -> None:
    """What the register has been told of somebody."""
    died = {"died_on": clock.today()} if facts.get("deceased") else {}
    Party.objects.filter(id=person.id).update(**facts, **died)


def pages(browser: Client, mandate_id: Any) -> list[str]:
    """Everything on which the mandate stands."""
    return [
        text_of(browser.get(MINE, {"kant": "ontvangen"})),
        text_of(browser.get(reverse("mandates:mandate", args=[mandate_id]))),
        text_of(browser.get(reverse("mandates:my-data-print"))),
        words_of(paper(browser)),
        ";".join(";".join(row) for row in table(browser)[1:]),
    ]


@pytest.mark.parametrize(("facts", "words", "refusal"), OF_REPRESENTED)
def test_who_helps_reads_why_it_cannot_be_used(
    daughters: Client, mother: Someone, daughter: Someone, facts: dict[str, Any], words: str, refusal: Refusal
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    assert "Geldig" in pages(daughters, mandate_id)[0]
    now_is(mother, facts)
    assert scene.refused(scene.asked(mother, daughter)) is refusal
    for text in pages(daughters, mandate_id):
        assert f"Nu niet te gebruiken: {words}" in text
        assert "Geldig" not in text
    page = pages(daughters, mandate_id)[1]
    assert f"U kunt dit nu niet regelen voor {mother.name}" in page
    assert "Vraag om verlenging" not in page
    (found,) = (one for one in daughters.get(reverse("mandates:my-data-json")).json()["mandates"])
    assert found["not_usable"] == refusal


def test_who_is_under_guardianship_reads_it_too_and_is_offered_no_renewal(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=clock.today())
    page = reverse("mandates:mandate", args=[mandate_id])
    propose_renewal(mandate_ids=[mandate_id], by=daughter.id, environment=Environment.PRODUCTION)
    assert "Ja, verlengen" in text_of(mothers.get(page))
    now_is(mother, {"under_guardianship": True})
    text = text_of(mothers.get(page))
    assert "Nu niet te gebruiken: onder curatele" in text
    assert f"{daughter.name} kan dit nu niet voor u regelen" in text
    assert "U staat onder curatele." in text
    for offered in ("Ja, verlengen", "Verlengen Dit kan nu"):
        assert offered not in text
        assert offered not in text_of(mothers.get(MINE))
    assert "Nu niet te gebruiken: onder curatele" in text_of(mothers.get(MINE))


def test_who_gave_it_reads_that_the_representative_died(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    now_is(daughter, {"deceased": True})
    assert scene.refused(scene.asked(mother, daughter)) is Refusal.REPRESENTATIVE_DECEASED
    text = text_of(mothers.get(reverse("mandates:mandate", args=[mandate_id])))
    assert "Nu niet te gebruiken: overleden" in text
    assert "De gemachtigde is overleden." in text
    assert "Verlengen" not in text
    assert "Intrekken" in text


def test_guardianship_of_the_representative_changes_nothing(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    """DM-04: only that of the represented person counts, in the decision and here."""
    mandate_id = scene.mandate(mother, daughter)
    now_is(daughter, {"under_guardianship": True})
    assert scene.allowed(scene.asked(mother, daughter)) == mandate_id
    assert "Geldig" in text_of(mothers.get(MINE))


def test_of_a_mandate_that_has_ended_nothing_is_told(
    daughters: Client, mother: Someone, daughter: Someone
) -> None:
    """Decision 0028: who no longer helps does not learn it."""
    mandate_id = scene.mandate(mother, daughter)
    daughters.post(reverse("mandates:end", args=[mandate_id]))
    now_is(mother, {"under_guardianship": True, "deceased": True})
    for text in [
        *pages(daughters, mandate_id),
        text_of(daughters.get(MINE, {"kant": "ontvangen", "toon": "gestopt"})),
    ]:
        assert "Nu niet te gebruiken" not in text
        assert "overleden" not in text.replace("Overleden op", "")
        assert "curatele" not in text.replace("Onder curatele", "")


def test_who_wants_to_ask_for_renewal_reads_why_not(
    daughters: Client, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter, last_day=clock.today())
    now_is(mother, {"under_guardianship": True})
    text = text_of(daughters.get(reverse("mandates:propose-renewals")))
    assert "Deze persoon staat onder curatele" in text


def test_it_is_there_in_english(daughters: Client, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    now_is(mother, {"under_guardianship": True})
    text = text_of(daughters.get("/en" + MINE, {"kant": "ontvangen"}))
    assert "Cannot be used now: under guardianship" in text
    assert f"You cannot arrange this for {mother.name} now" in text
