"""What is known about me, how I get messages, and taking everything along (DM-44, DM-50)."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.messages import with_email
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of, title_of
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.mandates.operations import answer_provider, end_mandate, restrict_mandate
from volmacht.mandates.queries import mandate_for
from volmacht.notifications.kinds import TO_ADDRESSES, MessageKind, MessageState
from volmacht.notifications.queries import messages_about
from volmacht.parties.operations import confirm_email_address, give_email_address
from volmacht.parties.queries import email_addresses, party
from volmacht.portals.citizen.mandates import happening_words, personal_words
from volmacht.rules.environment import Environment

PAGE, GIVE, REMOVE = "/mijn/gegevens/", "/mijn/gegevens/e-mail/", "/mijn/gegevens/e-mail/weghalen/"


def test_who_i_am_is_shown_with_a_masked_bsn(mothers: Client, mother: Someone) -> None:
    response = mothers.get(PAGE)
    text = text_of(response)
    assert f"Naam {mother.name} Geboren op 14 maart 1948" in text
    assert "Burgerservicenummer (BSN) ••••••006" in text
    assert mother.bsn.value not in response.content.decode()
    assert "U hebt geen e-mailadres gegeven." in text


def test_giving_an_address_sends_a_mail_and_waits_for_the_link(mothers: Client, mother: Someone) -> None:
    response = mothers.post(GIVE, {"email": "maria@voorbeeld.example"}, follow=True)
    text = text_of(response)
    assert "Kijk in uw e-mail Wij hebben een e-mail gestuurd naar maria@voorbeeld.example." in text
    assert "maria@voorbeeld.example is nog niet bevestigd." in text
    assert "Dat kan tot 25 november 2026 om 12.00 uur." in text
    assert [message.kind for message in messages_about(mother.id, environment=Environment.PRODUCTION)] == [
        MessageKind.EMAIL_CONFIRMATION
    ]


def test_a_double_click_sends_one_mail_so_that_its_link_works(mothers: Client, mother: Someone) -> None:
    for _ in range(2):
        mothers.post(GIVE, {"email": "maria@voorbeeld.example"})
    assert len(messages_about(mother.id, environment=Environment.PRODUCTION)) == 1
    mothers.post(GIVE, {"email": "johanna@voorbeeld.example"})
    assert [known.address for known in email_addresses(mother.id)] == ["johanna@voorbeeld.example"]


def test_a_confirmed_address_is_used_until_another_is_confirmed(mothers: Client, mother: Someone) -> None:
    with_email(mother)
    assert "Wij sturen e-mails naar lezer0@voorbeeld.example ." in text_of(mothers.get(PAGE))
    assert "Tot dan blijven wij mailen naar lezer0@voorbeeld.example." in text_of(mothers.get(GIVE))
    text = text_of(mothers.post(GIVE, {"email": "nieuw@voorbeeld.example"}, follow=True))
    assert "Wij sturen e-mails naar lezer0@voorbeeld.example ." in text
    assert "nieuw@voorbeeld.example is nog niet bevestigd." in text


def test_an_address_that_was_not_confirmed_in_time_says_so(
    clock_at: Clock, mothers: Client, mother: Someone
) -> None:
    give_email_address(mother.id, "maria@voorbeeld.example", "nl")
    clock_at(NOON + timedelta(days=3))
    assert "maar hebt het niet op tijd bevestigd" in text_of(mothers.get(PAGE))


def test_removing_asks_first_and_then_no_more_mail(mothers: Client, mother: Someone) -> None:
    assert mothers.get(REMOVE).headers["Location"] == PAGE
    with_email(mother)
    assert "Wilt u uw e-mailadres weghalen? lezer0@voorbeeld.example" in text_of(mothers.get(REMOVE))
    for _ in range(2):
        text = text_of(mothers.post(REMOVE, follow=True))
        assert "Uw e-mailadres is weg" in text
    assert email_addresses(mother.id) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Vul uw e-mailadres in."),
        ("maria", "Dit is geen goed e-mailadres."),
        ("a@localhost", "Dit is geen goed e-mailadres. Het hoort eruit te zien als naam@voorbeeld.nl."),
        ("a@[127.0.0.1]", "Dit is geen goed e-mailadres."),
        ("maria@voorbeeld.example, anna@voorbeeld.example", "Dit is geen goed e-mailadres."),
        ("maria@voorbeeld.example\r\nBcc: anna@voorbeeld.example", "Dit is geen goed e-mailadres."),
        (f"{'m' * 250}@voorbeeld.example", "Dit e-mailadres is te lang."),
        ("<script>@voorbeeld.example", "Dit is geen goed e-mailadres."),
    ],
)
def test_what_is_no_address_is_named(mothers: Client, mother: Someone, typed: str, said: str) -> None:
    response = mothers.post(GIVE, {"email": typed}, follow=True)
    assert response.status_code == 400
    assert said in text_of(response)
    assert title_of(response).startswith("Fout: ")
    assert email_addresses(mother.id) == []


def test_too_many_mails_are_refused_without_losing_what_was_typed(
    mothers: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, Limited.EMAIL_PER_PERSON, Limit(0, timedelta(hours=1)))
    response = mothers.post(GIVE, {"email": "maria@voorbeeld.example"}, follow=True)
    assert response.status_code == 429
    assert "U hebt het te vaak geprobeerd" in text_of(response)
    assert 'value="maria@voorbeeld.example"' in response.content.decode()


def test_the_language_of_mails_can_be_chosen(mothers: Client, mother: Someone) -> None:
    with_email(mother)
    text = text_of(mothers.post(PAGE, {"language": "en"}, follow=True))
    assert "Uw keuze is bewaard" in text
    assert [known.language for known in email_addresses(mother.id)] == ["en"]
    known = party(mother.id)
    assert known
    assert known.language == "en"
    assert 'value="en"' in mothers.get(PAGE).content.decode().partition("checked")[0].rpartition("<input")[2]


@pytest.mark.parametrize("typed", ["", "de", "nl,en"])
def test_a_language_that_we_do_not_have_is_refused(mothers: Client, mother: Someone, typed: str) -> None:
    assert mothers.post(PAGE, {"language": typed}, follow=True).status_code == 400
    known = party(mother.id)
    assert known
    assert known.language == "nl"


def full_life(mother: Someone, daughter: Someone, neighbour: Someone) -> None:
    """Something of everything that is kept about a person."""
    with_email(mother)
    give_email_address(mother.id, "tweede@voorbeeld.example", "en")
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    restrict_mandate(
        mandate_id=mandate_id,
        by=mother.id,
        last_day=date(2027, 3, 1),
        keep=entry.covered[:1],
        environment=Environment.PRODUCTION,
    )
    answer_provider(scene.asked(mother, daughter))
    answer_provider(scene.asked(mother, daughter, scene.PENSION))
    scene.grant_directly(mother, daughter)
    end_mandate(mandate_id=mandate_id, by=mother.id, disputed=True, environment=Environment.PRODUCTION)
    scene.mandate(daughter, mother)
    made = scene.request(mother, scene.PENSION)
    for _ in range(5):
        scene.try_code(daughter, neighbour.bsn, made.code)
    for _ in range(10):
        scene.try_code(mother, neighbour.bsn, scene.wrong_code())


def downloaded(browser: Client) -> dict[str, Any]:
    """The download, read."""
    response = browser.get(reverse("mandates:my-data-json"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    content: dict[str, Any] = json.loads(response.content)
    return content


def test_the_download_holds_everything_that_is_kept(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    full_life(mother, daughter, neighbour)
    everything = downloaded(mothers)
    assert everything["person"]["bsn"] == mother.bsn.value
    assert everything["person"]["birth_date"] == "1948-03-14"
    assert everything["person"]["birth_year"] == 1948
    assert [known["address"] for known in everything["email_addresses"]] != []
    assert {row["given_or_received"] for row in everything["mandates"]} == {"given", "received"}
    restricted = next(row for row in everything["mandates"] if row["end_reason"] == "disputed")
    assert restricted["covers"] == [scene.MUNICIPAL_TAXES]
    assert restricted["no_longer_covers"] == [scene.WATER_TAX]
    assert [row["state"] for row in everything["requests"]].count("locked") == 1
    assert {row["answer"] for row in everything["uses"]} == {"allowed", "service_not_covered"}
    assert {row["provider"] for row in everything["uses"]} == {"Gemeente Voorbeeld", "Sociale Bank Voorbeeld"}
    assert len(everything["wrong_tries"]) == 10
    assert everything["block"]
    assert {row["kind"] for row in everything["messages"]} >= {"mandate_activated", "code_locked"}
    assert {row["kind"] for row in everything["events"]} >= {"mandate.activated", "person.registered"}


def test_the_download_gives_nothing_away_about_others(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    full_life(mother, daughter, neighbour)
    answer_provider(scene.asked(mother, neighbour))
    text = json.dumps(downloaded(mothers), ensure_ascii=False)
    assert daughter.bsn.value not in text
    assert neighbour.bsn.value not in text
    assert neighbour.name not in text


def about_tries(browser: Client) -> list[Any]:
    """What download and printed page say of somebody's tries with codes."""
    content = downloaded(browser)
    events = [row for row in content["events"] if row["kind"].startswith(("code.", "representative."))]
    page = browser.get(reverse("mandates:my-data-print"))
    printed = text_of(page)
    lines = re.findall(r"(?s)<tr><td>[^<]*</td><td>(.*?)</td></tr>", page.text)
    return [
        *(content[part] for part in ("wrong_tries", "block", "messages")),
        sorted(events, key=lambda row: str(row["kind"])),
        sorted(line for line in lines if "code" in line),
        printed.partition("Machtigingen (0)")[2].partition("Alles wat er is gebeurd")[0],
    ]


def test_the_download_does_not_tell_a_right_code_from_a_wrong_one(
    browser_of: Callable[[Someone], Client], mother: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    guessing, holding = scene.crowd(2)
    for _ in range(10):
        scene.try_code(guessing, neighbour.bsn, scene.wrong_code())
        scene.try_code(holding, neighbour.bsn, made.code)  # locks the code at the fifth try
    one, other = (about_tries(browser_of(person)) for person in (guessing, holding))
    assert one == other
    assert "Foute pogingen met een code (10)" in one[-1]
    mine = downloaded(browser_of(mother))["events"]  # whose code it was does learn all of it
    kinds = [row["kind"] for row in mine if row["about"] == str(made.id)]
    assert (kinds.count(EventKind.CODE_TRY_FAILED), kinds.count(EventKind.CODE_LOCKED)) == (9, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Er is een code ingevuld met een burgerservicenummer (BSN) dat er niet bij hoort"),
        ("en", "A code was entered with a citizen service number (BSN) that does not belong to it"),
    ],
)
def test_a_try_with_a_code_that_nobody_has_is_told_as_what_it_was(
    browser_of: Callable[[Someone], Client], daughter: Someone, mother: Someone, language: str, said: str
) -> None:
    scene.try_code(daughter, mother.bsn, scene.wrong_code())  # the BSN is somebody's: it was the code
    browser = browser_of(daughter)
    with translation.override(language):
        address = reverse("mandates:my-data-print")
    assert said in text_of(browser.get(address))


@pytest.mark.parametrize("name", ["mandates:my-data-json", "mandates:my-data-print"])
def test_taking_everything_along_is_recorded(mothers: Client, mother: Someone, name: str) -> None:
    mothers.get(reverse(name))
    kinds = [event.kind for event in history_about(mother.id)]
    assert kinds.count(EventKind.PERSONAL_DATA_DOWNLOADED) == 1


def test_everything_can_be_read_in_plain_words(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    full_life(mother, daughter, neighbour)
    text = text_of(mothers.get(reverse("mandates:my-data-print")))
    for part in (
        f"Burgerservicenummer (BSN) {mother.bsn.value}",
        "Geldt niet meer voor Waterschapsbelasting",
        "Waarom gestopt gestopt omdat u zei dat het niet klopt",
        "Hoe gegeven online gegeven, met een code",
        "Geweigerd: de machtiging was voor iets anders",
        "Hoe het ermee staat Code op slot",
        "Foute pogingen met een code (10)",
        "Er is een code op slot gezet",
        "De machtiging is korter of kleiner gemaakt",
        "Onder curatele nee",
        "Taal Nederlands",
    ):
        assert part in text
    assert "disputed" not in text
    assert "mandate." not in text


def test_everything_stands_under_headings_and_in_tables_without_numbers(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    full_life(mother, daughter, neighbour)
    page = mothers.get(reverse("mandates:my-data-print")).text.partition("<main")[2]
    for part in ("Gebruik", "Berichten die wij u stuurden", "Alles wat er is gebeurd"):
        assert f'<caption class="visually-hidden">{part}</caption>' in page
    assert page.count("<h3>") >= 5
    assert page.count("<dt>Eerste dag</dt>") >= 4
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", page)
    assert "; " not in text_of(mothers.get(reverse("mandates:my-data-print")))


def test_who_has_nothing_reads_that_there_is_nothing(mothers: Client) -> None:
    text = text_of(mothers.get(reverse("mandates:my-data-print")))
    assert "Machtigingen (0) Niets." in text


def test_every_kind_of_event_and_message_has_words() -> None:
    assert set(happening_words.EVENTS) == set(EventKind)
    assert set(personal_words.MESSAGES) == set(MessageKind) - TO_ADDRESSES
    assert set(personal_words.MESSAGE_STATES) == set(MessageState)


def test_the_pages_are_there_in_english(mother: Someone, daughter: Someone, neighbour: Someone) -> None:
    full_life(mother, daughter, neighbour)
    browser = logged_in_browser(mother)
    assert "Everything that we keep about you" in text_of(browser.get("/en/mijn/gegevens/"))
    text = text_of(browser.get("/en/mijn/gegevens/alles/"))
    assert "Refused: the mandate was for something else" in text
    assert "Send me the mail" in text_of(browser.get("/en/mijn/gegevens/e-mail/"))
    assert "Do you want to remove your e-mail address?" in text_of(
        browser.get("/en/mijn/gegevens/e-mail/weghalen/")
    )
    assert (
        'filename="my-data.json"'
        in browser.get("/en/mijn/gegevens/alles.json").headers["Content-Disposition"]
    )


def test_a_new_address_replaces_a_confirmed_one_only_when_confirmed(mothers: Client, mother: Someone) -> None:
    with_email(mother)
    _, secret = give_email_address(mother.id, "nieuw@voorbeeld.example", "nl")
    assert confirm_email_address(secret)
    text = text_of(mothers.get(PAGE))
    assert "nieuw@voorbeeld.example" in text
    assert "lezer0@voorbeeld.example" not in text


def test_services_have_their_english_names_in_english(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    full_life(mother, daughter, neighbour)
    with translation.override("en"):
        pages = [mothers.get(reverse(f"mandates:{name}")) for name in ("my-data-print", "my-data-json")]
    for response in pages:
        text = response.content.decode()
        for dutch, english in (
            (scene.PENSION, "State pension (AOW)"),
            (scene.MUNICIPAL_TAXES, "Municipal taxes"),
        ):
            assert english in text
            assert dutch not in text
    assert scene.PENSION in json.dumps(downloaded(mothers), ensure_ascii=False)
