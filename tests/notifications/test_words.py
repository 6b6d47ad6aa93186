"""The words of every message, for each side and in both languages (DM-51, DM-53)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.template.loader import get_template

from volmacht.notifications.kinds import TO_ADDRESSES, WORDED_FOR, MessageKind, Side
from volmacht.notifications.rendering import Words, compose, template_name, word

BSN = "999993653"
NAME = "Hendrika Geheimenaam"
SECRET = "geheim-van-de-link"
SERVICE, SERVICE_EN = "Kinderopvang <regelen> & wijzigen", "Childcare <arrange> & change"


def every_wording() -> Iterator[tuple[MessageKind, Side | None, str]]:
    for kind, sides in WORDED_FOR.items():
        for side in sides:
            for language in ("nl", "en"):
                yield kind, side, language


def worded(kind: MessageKind, side: Side | None, language: str) -> Words:
    """With more in the values than any text may use."""
    values = {
        "service": SERVICE,
        "service_en": SERVICE_EN,
        "last_day": "2027-03-01",
        "secret": SECRET,
        "bsn": BSN,
        "name": NAME,
        "representative": NAME,
        "represented": NAME,
        "organisation": "Gemeente Voorbeeld",
        "case_number": "VM-2026-0001",
        "sentence": "Het formulier is teruggestuurd.",
        "sentence_en": "The form was returned.",
        "path": "/account/",
    }
    return word(kind, side, values, language)


everything = pytest.mark.parametrize(("kind", "side", "language"), list(every_wording()))


def test_every_kind_of_message_is_worded() -> None:
    assert set(WORDED_FOR) == set(MessageKind)
    for kind, sides in WORDED_FOR.items():
        for side in sides:
            assert get_template(template_name(kind, side))


@everything
def test_a_message_has_a_subject_a_greeting_and_something_to_do(
    kind: MessageKind, side: Side | None, language: str
) -> None:
    words = worded(kind, side, language)
    assert 10 < len(words.subject) < 100
    assert "\n" not in words.subject
    assert words.paragraphs[0] == {"nl": "Goedendag,", "en": "Hello,"}[language]
    assert len(words.paragraphs) >= 5
    assert "%(" not in words.text
    assert "{{" not in words.text


DISPUTES = {MessageKind.MANDATE_DISPUTED, MessageKind.REQUEST_DISPUTED}


@pytest.mark.parametrize("kind", sorted(DISPUTES))
def test_who_said_that_something_is_not_right_reads_what_to_do_now(kind: MessageKind) -> None:
    text = worded(kind, Side.REPRESENTED, "nl").text
    assert "Misschien kent iemand anders uw DigiD." in text
    assert "Bel dan de helpdesk van DigiD: 088 123 65 55." in text
    assert "Dat kan op werkdagen van 08.00 tot 17.00 uur." in text
    assert "hulp@volmacht.example" in text
    assert "nieuwe machtiging" not in text
    assert "Hebt u dit niet zelf gedaan?" not in text


NOT_RIGHT = ("Klopt", "Hebt u dit niet zelf", "Vertrouwt u het niet")


@everything
def test_who_gave_a_mandate_gets_the_advice_of_the_pages_for_what_is_not_right(
    kind: MessageKind, side: Side | None, language: str
) -> None:
    """*This is not right* stops it, and leaves a record that it was not right; revoking leaves none (DM-39a)."""
    asked = [part for part in worded(kind, side, "nl").paragraphs if part.startswith(NOT_RIGHT)]
    if side is not Side.REPRESENTED or kind is MessageKind.MANDATE_GIVEN_UP or not asked:
        return  # who helps has no such button, and nobody did anything wrong by stopping to help
    button = {"nl": "‘Dit klopt niet’", "en": "‘This is not right’"}[language]
    assert button in worded(kind, side, language).text
    assert all(button in part for part in asked) or language == "en"


def test_the_mail_about_an_address_names_the_button_that_confirms_it() -> None:
    assert (
        "kies daar ‘Ja, gebruik dit e-mailadres’" in worded(MessageKind.EMAIL_CONFIRMATION, None, "nl").text
    )
    assert "‘Yes, use this e-mail address’" in worded(MessageKind.EMAIL_CONFIRMATION, None, "en").text


@everything
def test_a_message_holds_no_bsn_no_name_and_no_link_that_logs_in(
    kind: MessageKind, side: Side | None, language: str
) -> None:
    words = worded(kind, side, language)
    whole = words.subject + words.text + words.html
    assert BSN not in whole
    assert NAME not in whole
    prefix = {"nl": "", "en": "/en"}[language]
    path = "/account/" if kind in TO_ADDRESSES else "/mijn/machtigingen/"
    if kind is MessageKind.EMAIL_CONFIRMATION:
        path = f"/e-mail/bevestigen/{SECRET}/"
    page = f"http://localhost:8000{prefix}{path}"
    assert set(re.findall(r"https?://[^\s<\"]+", words.text)) == {page}
    ours = {"mailto:hulp@volmacht.example"} if kind in DISPUTES else set()
    assert set(re.findall(r"href=\"([^\"]+)\"", words.html)) == {page} | ours


@everything
def test_a_message_about_a_service_names_it_in_the_reader_s_language(
    kind: MessageKind, side: Side | None, language: str
) -> None:
    words = worded(kind, side, language)
    if kind is MessageKind.EMAIL_CONFIRMATION or kind in TO_ADDRESSES:
        assert SERVICE not in words.text
        return
    name = {"nl": SERVICE, "en": SERVICE_EN}[language]
    assert words.subject.endswith(name)
    assert f"‘{name}’" in words.text
    assert name not in words.html, "in the HTML the signs of the name are escaped"


@everything
def test_the_two_languages_differ_everywhere(kind: MessageKind, side: Side | None, language: str) -> None:
    other = worded(kind, side, {"nl": "en", "en": "nl"}[language])
    mine = worded(kind, side, language)
    signed = {"Volmacht"}
    same = {part for part in mine.paragraphs if part in other.paragraphs and part not in signed}
    assert not same


@everything
def test_sentences_in_messages_are_short(kind: MessageKind, side: Side | None, language: str) -> None:
    text = worded(kind, side, language).text.replace(SERVICE, "dienst").replace(SERVICE_EN, "service")
    sentences = re.split(r"[.?!:]\s+|\n\n", text)
    assert max(len(sentence.split()) for sentence in sentences) <= 20


@pytest.mark.parametrize(
    "kind", [MessageKind.MANDATE_RENEWED, MessageKind.MANDATE_ENDED, MessageKind.MANDATE_RESTRICTED]
)
@pytest.mark.parametrize(("language", "day"), [("nl", "1 maart 2027"), ("en", "1 March 2027")])
def test_the_last_day_is_written_the_dutch_way(kind: MessageKind, language: str, day: str) -> None:
    for side in Side:
        assert day in worded(kind, side, language).text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            (
                "Uw helper vraagt of u een machtiging wilt verlengen.",
                "De laatste dag is nu 1 maart 2027.",
                "U hoeft niets te doen.",
            ),
        ),
        (
            "en",
            (
                "Your helper asks whether you want to renew a mandate.",
                "The last day is now 1 March 2027.",
                "You do not have to do anything.",
            ),
        ),
    ],
)
def test_a_question_to_renew_says_what_is_asked_until_when_and_that_nothing_must_be_done(
    language: str, said: tuple[str, ...]
) -> None:
    text = worded(MessageKind.RENEWAL_PROPOSED, Side.REPRESENTED, language).text
    for sentence in said:
        assert sentence in text
    assert WORDED_FOR[MessageKind.RENEWAL_PROPOSED] == (Side.REPRESENTED,)


def test_a_message_without_last_day_or_service_is_still_a_message() -> None:
    words = word(MessageKind.MANDATE_ENDED, Side.REPRESENTED, {}, "nl")
    assert words.subject == "Machtiging afgelopen: een dienst"
    assert "laatste dag" not in words.text


def test_a_service_name_cannot_add_a_header() -> None:
    values = {"service": "Dienst\r\nBcc: ander@voorbeeld.example\n\nx"}
    words = word(MessageKind.MANDATE_ENDED, Side.REPRESENTED, values, "nl")
    message = compose(
        UUID(int=7), words, to="a@b.example", language="nl", written_at=datetime(2026, 11, 23, tzinfo=UTC)
    )
    assert message["Bcc"] is None
    assert "Bcc: ander@voorbeeld.example x" in words.subject


def test_the_same_message_is_composed_the_same_way() -> None:
    words = worded(MessageKind.MANDATE_ENDED, Side.REPRESENTED, "nl")
    written_at = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    one, two = (
        compose(UUID(int=7), words, to="a@b.example", language="nl", written_at=written_at) for _ in range(2)
    )
    assert one["Message-ID"] == two["Message-ID"] == "<00000000-0000-0000-0000-000000000007@localhost>"
    assert one["Date"] == "Mon, 23 Nov 2026 12:30:00 +0000"
    assert one["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in one.iter_parts()] == ["text/plain", "text/html"]


def test_the_html_stands_alone_and_tells_its_language() -> None:
    html = worded(MessageKind.MANDATE_ENDED, Side.REPRESENTATIVE, "en").html
    assert '<html lang="en">' in html
    assert html.count("<h1>") == 1
    assert "<img" not in html
    assert "<link" not in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("kind", "side"),
    [
        (kind, side)
        for kind in (MessageKind.DIRECT_GRANT, MessageKind.MANDATE_ACTIVATED)
        for side in (Side.REPRESENTED, Side.REPRESENTATIVE)
    ],
)
def test_who_gives_or_gets_a_mandate_reads_from_when_until_when(kind: MessageKind, side: Side) -> None:
    values = {"service": "Zorg", "service_en": "Care", "first_day": "2026-11-23", "last_day": "2027-11-22"}

    assert "De machtiging geldt van" not in word(kind, side, {"service": "Zorg"}, "nl").text
    assert (
        "De machtiging geldt van 23 november 2026 tot en met 22 november 2027."
        in word(kind, side, values, "nl").text
    )
    assert (
        "from 23 November 2026 up to and including 22 November 2027." in word(kind, side, values, "en").text
    )


@everything
def test_mails_say_u_hebt_as_the_site_does(kind: MessageKind, side: Side | None, language: str) -> None:
    assert not re.search(r"(?i)\bu heeft\b|\bheeft u\b", worded(kind, side, language).text)
