"""Ending a mandate in two clicks (DM-39), and saying in one that it is not right (DM-39a)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import text_of
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.mandates.operations import answer_provider, end_mandate
from volmacht.mandates.queries import mandate_for
from volmacht.notifications.kinds import MessageKind
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import Denied


def test_revoking_takes_two_clicks_and_counts_at_once(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    detail = mothers.get(reverse("mandates:mandate", args=[mandate_id]))
    address = reverse("mandates:end", args=[mandate_id])
    assert f'href="{address}"' in detail.content.decode()
    asked = text_of(mothers.get(address))
    assert "Wilt u deze machtiging intrekken?" in asked
    assert f"{daughter.name} kan met deze machtiging dan meteen niets meer voor u regelen." in asked
    text = text_of(mothers.post(address, follow=True))
    assert (
        f"De machtiging is gestopt {daughter.name} kan niets meer voor u regelen met deze machtiging." in text
    )
    answer = answer_provider(scene.asked(mother, daughter))
    assert answer == Denied(Refusal.MANDATE_ENDED, EndReason.REVOKED)


def test_looking_at_the_question_changes_nothing(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    for name in ("mandates:end", "mandates:dispute"):
        mothers.get(reverse(name, args=[mandate_id]))
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.ended_at is None


def test_the_representative_gives_up(daughters: Client, mother: Someone, daughter: Someone) -> None:
    with_email(mother)
    mandate_id = scene.mandate(mother, daughter)
    address = reverse("mandates:end", args=[mandate_id])
    assert "Wilt u stoppen met deze machtiging?" in text_of(daughters.get(address))
    text = text_of(daughters.post(address, follow=True))
    assert f"U kunt niets meer regelen voor {mother.name} met deze machtiging." in text
    assert MessageKind.MANDATE_GIVEN_UP in kinds_to(mother)


def test_saying_that_it_is_not_right_takes_one_click_and_explains_what_happened(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    address = reverse("mandates:dispute", args=[mandate_id])
    assert (
        f'action="{address}"' in mothers.get(reverse("mandates:mandate", args=[mandate_id])).content.decode()
    )
    text = text_of(mothers.post(address, follow=True))
    assert "Goed dat u het zegt. De machtiging is gestopt Niemand kan er nog mee inloggen." in text
    assert "Wat u nu het beste kunt doen" in text
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.end_reason is EndReason.DISPUTED


@pytest.mark.parametrize("name", ["mandates:end", "mandates:dispute"])
def test_a_second_click_hears_the_same(
    mothers: Client, mother: Someone, daughter: Someone, name: str
) -> None:
    address = reverse(name, args=[scene.mandate(mother, daughter)])
    first, second = mothers.post(address), mothers.post(address)
    assert first.headers["Location"] == second.headers["Location"]


def test_who_comes_too_late_hears_that_it_had_ended(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION)
    address = reverse("mandates:end", args=[mandate_id])
    for response in (mothers.get(address, follow=True), mothers.post(address, follow=True)):
        assert "Deze machtiging was al gestopt" in text_of(response)


def test_an_ended_mandate_can_be_called_not_right_and_says_when_and_why_it_ended_and_whom_to_reach(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION)
    address, page = (reverse(f"mandates:{name}", args=[mandate_id]) for name in ("dispute", "mandate"))
    assert f'action="{address}"' in mothers.get(page).content.decode()
    assert "Deze machtiging was al gestopt" in text_of(mothers.get(address))
    response = mothers.post(address, follow=True)
    text = text_of(response)
    assert "Goed dat u het zegt. Deze machtiging was al gestopt" in text
    assert "Geëindigd op 23 november 2026 om 12.00 uur: gestopt door de gemachtigde." in text
    assert "Niemand kan de machtiging nog gebruiken. Wij hebben opgeschreven" in text
    assert 'id="contactgegevens"' in response.content.decode()
    assert "Er is gezegd dat de machtiging niet klopt (u)" in text
    assert f'action="{address}"' not in mothers.get(page).content.decode()
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.end_reason is EndReason.GIVEN_UP


def test_saying_twice_that_an_ended_mandate_is_not_right_is_noted_once(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION)
    first, second = (mothers.post(reverse("mandates:dispute", args=[mandate_id])) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert [event.kind for event in history_of(mandate_id)].count(EventKind.MANDATE_DISPUTED) == 1


def test_who_says_at_once_that_it_is_not_right_has_said_so_in_ending_it(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    for _ in range(2):
        mothers.post(reverse("mandates:dispute", args=[mandate_id]))
    assert EventKind.MANDATE_DISPUTED not in {event.kind for event in history_of(mandate_id)}


def test_the_other_does_not_see_who_said_afterwards_that_it_was_not_right(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION)
    mothers.post(reverse("mandates:dispute", args=[mandate_id]))
    page = reverse("mandates:mandate", args=[mandate_id])
    assert "niet klopt" not in text_of(daughters.get(page))
    assert "Goed dat u het zegt" not in text_of(daughters.get(page, {"gedaan": "opgeschreven"}))


def test_a_made_up_address_does_not_say_that_it_was_noted(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION)
    page = reverse("mandates:mandate", args=[mandate_id])
    assert "Goed dat u het zegt" not in text_of(mothers.get(page, {"gedaan": "opgeschreven"}))


def test_the_representative_cannot_say_that_it_is_not_right(
    daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    address = reverse("mandates:dispute", args=[mandate_id])
    assert daughters.get(address).status_code == 404
    assert daughters.post(address).status_code == 404
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.ended_at is None


def test_who_comes_to_the_one_click_by_logging_in_gets_the_button(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    address = reverse("mandates:dispute", args=[scene.mandate(mother, daughter)])
    assert "Klopt deze machtiging niet?" in text_of(mothers.get(address))


def test_ending_is_there_in_english(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    assert "Do you want to revoke this mandate?" in text_of(
        mothers.get(f"/en/mijn/machtigingen/{mandate_id}/stoppen/")
    )
    text = text_of(mothers.post(f"/en/mijn/machtigingen/{mandate_id}/klopt-niet/", follow=True))
    assert "Good that you say so. The mandate has ended" in text
    ended = scene.mandate(mother, daughter)
    end_mandate(mandate_id=ended, by=daughter.id, environment=Environment.PRODUCTION)
    text = text_of(mothers.post(f"/en/mijn/machtigingen/{ended}/klopt-niet/", follow=True))
    assert "Good that you say so. This mandate had already ended" in text
    assert "Nobody can use the mandate any more." in text
