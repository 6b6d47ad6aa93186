"""Somebody who was erased while they were logged in: nothing more is kept about them (DM-44)."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import text_of
from volmacht import clock
from volmacht.audit.kinds import DATA_OF_PEOPLE
from volmacht.audit.queries import history_about
from volmacht.mandates.operations import erase_unless_kept, grant_directly, request_mandate
from volmacht.notifications.queries import messages_about
from volmacht.parties import queries
from volmacht.parties.operations import ErasedPerson, choose_language, give_email_address
from volmacht.parties.queries import email_addresses
from volmacht.portals.citizen.mandates import personal_words
from volmacht.portals.citizen.mandates.my_data import everything
from volmacht.portals.shared.email_address import offer_address
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal, Refused

NOBODY = Refused(Refusal.PERSON_UNKNOWN)


def erase(person: Someone, staff: tuple[UUID, UUID]) -> None:
    """Nothing is kept about them, and two employees agree."""
    assert erase_unless_kept(person=person.id, proposed_by=staff[0], approved_by=staff[1]) == ()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/mijn/machtigingen/"),
        ("get", "/mijn/gegevens/alles/"),
        ("get", "/hulp/"),
        ("post", "/mijn/gegevens/e-mail/"),
        ("post", "/sessie/verlengen/"),
    ],
)
def test_the_log_in_ends_with_the_next_request_and_a_clear_page(
    mothers: Client, mother: Someone, two_staff: tuple[UUID, UUID], method: str, path: str
) -> None:
    erase(mother, two_staff)
    before = len(history_about(mother.id))
    response = getattr(mothers, method)(
        path, {"email": "maria@voorbeeld.example"} if method == "post" else {}
    )
    assert response.status_code == 403
    text = text_of(response)
    assert "Uw gegevens zijn gewist" in text
    assert "Daarom bent u nu uitgelogd." in text
    assert mother.name not in response.content.decode()
    assert not mothers.session.keys()
    assert "/inloggen/" in mothers.get("/mijn/machtigingen/").headers["Location"]
    assert email_addresses(mother.id) == []
    assert messages_about(mother.id, environment=Environment.PRODUCTION) == []
    assert len(history_about(mother.id)) == before


def test_the_page_is_there_in_english(mothers: Client, mother: Someone, two_staff: tuple[UUID, UUID]) -> None:
    erase(mother, two_staff)
    assert "Your details have been erased" in text_of(mothers.get("/en/mijn/machtigingen/"))


def test_no_operation_keeps_anything_about_who_was_erased(
    mother: Someone, daughter: Someone, two_staff: tuple[UUID, UUID]
) -> None:
    erase(mother, two_staff)
    service = scene.service(scene.MUNICIPAL_TAXES).id
    period = {"first_day": clock.today(), "last_day": clock.today()}
    order: dict[str, Any] = {
        "level": scene.LEVEL,
        "service_id": service,
        "represented": mother.id,
        "once": uuid4(),
        **period,
    }
    before = len(history_about(mother.id))
    assert offer_address(mother.id, "maria@voorbeeld.example", "nl") == NOBODY
    assert choose_language(mother.id, "en") == NOBODY
    assert request_mandate(**order, environment=Environment.PRODUCTION) == NOBODY
    assert grant_directly(**order, representative=daughter.id, environment=Environment.PRODUCTION) == NOBODY
    assert scene.try_code(mother, daughter.bsn, scene.request(daughter).code) == NOBODY
    with pytest.raises(ErasedPerson), transaction.atomic():
        give_email_address(mother.id, "maria@voorbeeld.example", "nl")
    assert email_addresses(mother.id) == []
    assert len(history_about(mother.id)) == before


def test_everything_an_event_about_a_person_may_hold_has_words(
    mother: Someone, two_staff: tuple[UUID, UUID]
) -> None:
    assert not DATA_OF_PEOPLE - personal_words.KEYS.keys()
    erase(mother, two_staff)
    gone = queries.party(mother.id)
    assert gone
    sections = personal_words.readable(everything(gone))
    assert any("gewist" in str(record.heading) for section in sections for record in section.records)
