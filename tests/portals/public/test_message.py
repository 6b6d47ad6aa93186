"""A message to the desk from the site: what may be sent, what becomes of it, and what a stranger cannot do (CN-23)."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.onboarding.town import Town
from volmacht.audit.models import Event
from volmacht.limits.operations import LIMITS, Limited
from volmacht.onboarding import operations, queries
from volmacht.rules.onboarding.cases import CaseKind, CaseState
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.django_db
PAGE = "/aansluiten/contact/"
GOOD = {
    "naam": "Jan de Boer",
    "email": "jan@dorp.example",
    "organisatie": "Gemeente Dorp",
    "onderwerp": "technology",
    "bericht": "Mag een certificaat twee namen hebben?",
}


def sent(client: Client, **changed: str) -> str:
    """What the page says after a message was sent."""
    return unescape(client.post(PAGE, GOOD | changed, follow=True).text)


def desk(two_staff: tuple[object, object]) -> "queries.QueuePage":
    """What the desk has to do."""
    return queries.queue(Town().add_employee(StaffRole.ASSESSOR))


def test_a_message_becomes_a_case_with_a_number(client: Client, two_staff: tuple[object, object]) -> None:
    page = sent(client)
    number = re.search(r'Uw bericht heeft nummer <strong class="whole">(\S+)</strong>\.', page)
    assert number is not None
    (row,) = desk(two_staff).rows
    assert (row.kind, row.number) == (CaseKind.QUESTION, number[1])
    assert row.organisation_name == "Gemeente Dorp"
    assert row.subject == "Techniek en metadata"


def test_the_desk_opens_the_message_and_closes_it(client: Client, two_staff: tuple[object, object]) -> None:
    town = Town()
    assessor = town.add_employee(StaffRole.ASSESSOR)
    sent(client)
    (row,) = queries.queue(assessor).rows
    page = queries.case_page(row.id, assessor)
    assert page is not None
    assert ["Jan de Boer" in message.text for message in page.messages] == [True]
    assert operations.close(case_id=row.id, actor=assessor) is CaseState.CLOSED


def test_the_desk_reads_who_asks_and_the_record_does_not(client: Client) -> None:
    from volmacht.onboarding.models import CaseMessage

    sent(client)
    message = CaseMessage.objects.get()
    assert message.text == (
        "Mag een certificaat twee namen hebben?\n\nJan de Boer\njan@dorp.example\nGemeente Dorp"
    )
    recorded = " ".join(str(event.data) for event in Event.objects.all())
    for personal in ("Jan", "jan@", "certificaat"):
        assert personal not in recorded


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("naam", "", "Vul uw naam in."),
        ("email", "jan", "Vul een heel e-mailadres in"),
        ("email", "", "Vul een heel e-mailadres in"),
        ("onderwerp", "", "Kies een onderwerp."),
        ("onderwerp", "geheim", "Kies een onderwerp."),
        ("bericht", " ", "Vul uw bericht in."),
        ("bericht", "x" * 3001, "Gebruik ten hoogste 3000 tekens."),
        ("bericht", "Het gaat om 999990019 en zijn zoon.", "Dit lijkt op een burgerservicenummer."),
        ("bericht", "Het gaat om 9999.90.019.", "Dit lijkt op een burgerservicenummer."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, two_staff: tuple[object, object], field: str, value: str, words: str
) -> None:
    page = sent(client, **{field: value})
    assert words in page
    assert (GOOD["organisatie"]) in page
    assert desk(two_staff).rows == ()


def test_a_number_that_is_no_citizen_service_number_may_be_named(client: Client) -> None:
    assert "Wij hebben uw bericht ontvangen" in sent(client, bericht="Ons OIN is 00000001234567890000.")


def test_an_organisation_need_not_be_named(client: Client) -> None:
    assert "Wij hebben uw bericht ontvangen" in sent(client, organisatie="")


def test_the_english_page_takes_a_message_too(client: Client) -> None:
    answer = client.post(f"/en{PAGE}", GOOD, follow=True)
    assert "We have received your message" in answer.text


def test_nobody_sees_the_number_of_a_message_of_another(client: Client) -> None:
    sent(client)
    stranger = Client()
    assert stranger.get(f"{PAGE}ontvangen/").status_code == 302
    assert client.get(f"{PAGE}ontvangen/").status_code == 200


def test_the_number_and_nothing_personal_stands_in_the_address(client: Client) -> None:
    answer = client.post(PAGE, GOOD)
    assert answer["Location"] == f"{PAGE}ontvangen/"
    wrong = client.post(PAGE, GOOD | {"bericht": ""})
    assert re.fullmatch(rf"{PAGE}\?opnieuw=[0-9a-f]{{12}}", wrong["Location"])


def test_who_sends_too_many_messages_must_wait(client: Client, two_staff: tuple[object, object]) -> None:
    most = LIMITS[Limited.MESSAGE_PER_ADDRESS].count
    for _ in range(most):
        assert client.post(PAGE, GOOD).status_code == 302
    assert client.post(PAGE, GOOD).status_code == 429
    assert len(desk(two_staff).rows) == most


def test_a_message_from_another_site_is_not_taken_in(two_staff: tuple[object, object]) -> None:
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(PAGE, GOOD).status_code == 403
    assert desk(two_staff).rows == ()


def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    page = client.post(PAGE, GOOD | {"naam": "<script>alert(1)</script>", "bericht": ""}, follow=True).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
