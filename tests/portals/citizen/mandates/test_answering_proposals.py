"""Who is asked to renew sees it, and renews in one step or says no in one click (DM-34)."""

import json
import re
from datetime import date
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of
from volmacht.catalogue.kinds import ChangeKind
from volmacht.mandates.models import RenewalProposal
from volmacht.mandates.operations import end_mandate, propose_renewal
from volmacht.mandates.queries import mandate_for
from volmacht.parties.models import Party
from volmacht.rules.environment import Environment

MINE = "/mijn/machtigingen/"


@pytest.fixture
def asked(mother: Someone, daughter: Someone) -> UUID:
    """A mandate that ends soon, and that the daughter asked to renew."""
    mandate_id = scene.mandate(mother, daughter, last_day=date(2026, 12, 31))
    propose_renewal(mandate_ids=[mandate_id], by=daughter.id, environment=Environment.PRODUCTION)
    return mandate_id


def page_of(mandate_id: UUID) -> str:
    """The address of a mandate."""
    return reverse("mandates:mandate", args=[mandate_id])


def no_to(mandate_id: UUID) -> str:
    """Where no is said."""
    return reverse("mandates:decline-renewal", args=[mandate_id])


def outcome() -> str:
    """How the only proposal ended."""
    return RenewalProposal.objects.get().outcome


def test_the_question_stands_on_the_overview_and_on_the_page_of_the_mandate(
    mothers: Client, asked: UUID, daughter: Someone
) -> None:
    said = f"{daughter.name} vraagt of u de machtiging wilt verlengen"
    for address in (MINE, page_of(asked)):
        page = mothers.get(address)
        assert said in text_of(page)
        assert "De laatste dag is 31 december 2026." in text_of(page)
        html = page.content.decode()
        assert f'href="{reverse("mandates:renew", args=[asked])}"' in html
        assert f'action="{no_to(asked)}"' in html
    assert "Wacht op uw antwoord (1)" in text_of(mothers.get(MINE))


def test_who_asked_is_not_asked(daughters: Client, asked: UUID) -> None:
    assert "Wacht op uw antwoord" not in text_of(daughters.get(MINE))
    assert no_to(asked) not in daughters.get(page_of(asked)).content.decode()


def test_the_question_is_left_out_where_something_else_is_looked_for(mothers: Client, asked: UUID) -> None:
    for query in ({"zoek": "belasting"}, {"toon": "gestopt"}, {"kant": "ontvangen"}):
        assert "Wacht op uw antwoord" not in text_of(mothers.get(MINE, query))


def test_no_is_said_in_one_click_and_changes_nothing_about_the_mandate(
    mothers: Client, daughters: Client, asked: UUID, mother: Someone
) -> None:
    before = mandate_for(asked, mother.id, environment=Environment.PRODUCTION)
    text = text_of(mothers.post(no_to(asked), follow=True))
    assert "U hebt nee gezegd" in text
    assert "Op de vraag om te verlengen is nee gezegd (u)" in text
    assert "vraagt of u de machtiging wilt verlengen" not in text
    assert "Wacht op uw antwoord" not in text_of(mothers.get(MINE))
    assert mandate_for(asked, mother.id, environment=Environment.PRODUCTION) == before
    seen = text_of(daughters.get(page_of(asked)))
    assert "Op uw vraag is nee gezegd." in seen
    assert f"Op de vraag om te verlengen is nee gezegd ({mother.name})" in seen


def test_a_double_click_on_no_says_the_same_twice(mothers: Client, asked: UUID) -> None:
    texts = [text_of(mothers.post(no_to(asked), follow=True)) for _ in range(2)]
    assert texts[0] == texts[1]
    assert "U hebt nee gezegd" in texts[0]


def test_yes_is_the_page_of_renewing_in_one_step(mothers: Client, asked: UUID, mother: Someone) -> None:
    sent = {"until": "langst", "seen": "2026-12-31"}
    text = text_of(mothers.post(reverse("mandates:renew", args=[asked]), sent, follow=True))
    assert "De machtiging is verlengd" in text
    assert "vraagt of u de machtiging wilt verlengen" not in text
    assert outcome() == "renewed"
    assert "Wacht op uw antwoord" not in text_of(mothers.get(MINE))


def test_who_comes_to_no_by_a_log_in_gets_the_button_as_long_as_it_is_asked(
    mothers: Client, asked: UUID, mother: Someone
) -> None:
    page = mothers.get(no_to(asked))
    assert "Wilt u deze machtiging niet verlengen?" in page.content.decode()
    assert outcome() == "", "looking changes nothing"
    mothers.post(no_to(asked))
    assert mothers.get(no_to(asked)).headers["Location"] == page_of(asked)
    end_mandate(mandate_id=asked, by=mother.id, environment=Environment.PRODUCTION)
    for answer in (mothers.get(no_to(asked), follow=True), mothers.post(no_to(asked), follow=True)):
        assert "Deze machtiging was al gestopt" in text_of(answer)


def test_nobody_else_says_no(daughters: Client, asked: UUID, neighbour: Someone) -> None:
    for browser in (daughters, logged_in_browser(neighbour)):
        for answer in (browser.get(no_to(asked)), browser.post(no_to(asked))):
            assert answer.status_code == 404
    assert outcome() == ""


def test_no_without_a_question_confirms_nothing(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    assert "U hebt nee gezegd" not in text_of(mothers.post(no_to(mandate_id), follow=True))
    for said in ("gevraagd", "niet-verlengd"):
        text = text_of(mothers.get(page_of(mandate_id), {"gedaan": said}))
        assert "U hebt nee gezegd" not in text
        assert "U hebt om verlenging gevraagd" not in text


def test_when_renewing_is_impossible_only_no_is_offered(mothers: Client, asked: UUID) -> None:
    scene.change_catalogue(
        ChangeKind.SWITCH_SERVICE, id=scene.service(scene.MUNICIPAL_TAXES).id, active=False
    )
    for address in (MINE, page_of(asked)):
        page = mothers.get(address)
        assert "Verlengen kan op dit moment niet." in text_of(page)
        assert "Ja, verlengen" not in text_of(page)
        assert no_to(asked) in page.content.decode()


def test_of_many_questions_the_first_to_end_are_shown_with_how_many_there_are(
    mothers: Client, mother: Someone
) -> None:
    helpers = scene.crowd(13)
    ids = scene.bulk([mother.id] * 13, [person.id for person in helpers])
    for id_, helper in zip(ids, helpers, strict=True):
        propose_renewal(mandate_ids=[id_], by=helper.id, environment=Environment.PRODUCTION)
    page = mothers.get(MINE)
    assert "Wacht op uw antwoord (13) U ziet hier de eerste 10." in text_of(page)
    shown = [address for address in map(no_to, ids) if f'action="{address}"' in page.content.decode()]
    assert shown == [no_to(id_) for id_ in ids[:10]]


def test_each_button_says_to_a_screen_reader_what_it_answers(
    mothers: Client, asked: UUID, daughter: Someone
) -> None:
    html = mothers.get(MINE).content.decode()
    buttons = [
        re.sub(r"<[^>]+>", "", unescape(found))
        for found in re.findall(r"<(?:button|a) [^>]*utrecht-button[^>]*>(.*?)</(?:button|a)>", html)
    ]
    for words in ("Ja, verlengen", "Nee, niet verlengen"):
        assert f"{words} ({scene.MUNICIPAL_TAXES}, {daughter.name})" in buttons


def test_a_name_is_never_markup_in_a_question(mothers: Client, asked: UUID, daughter: Someone) -> None:
    Party.objects.filter(id=daughter.id).update(name='<script>alert("x")</script>')
    for address in (MINE, page_of(asked), no_to(asked)):
        content = mothers.get(address).content.decode()
        assert "<script>alert" not in content
        assert "&lt;script&gt;" in content


def test_everything_kept_about_a_question_can_be_read_by_both(
    mothers: Client, daughters: Client, asked: UUID
) -> None:
    mothers.post(no_to(asked))
    for browser in (mothers, daughters):
        text = text_of(browser.get(reverse("mandates:my-data-print")))
        part = text.partition("Vragen om te verlengen")[2]
        assert part.startswith(f" {scene.MUNICIPAL_TAXES} U was ")
        assert "Wat ervan kwam er is nee gezegd" in part
        (kept,) = json.loads(browser.get(reverse("mandates:my-data-json")).content)["renewal_proposals"]
        assert (kept["mandate"], kept["outcome"]) == (str(asked), "declined")


def test_the_question_and_its_answer_are_there_in_english(
    mothers: Client, asked: UUID, daughter: Someone
) -> None:
    declining = f"/en{no_to(asked)}"
    text = text_of(mothers.get(f"/en{MINE}"))
    assert (
        f"Waiting for your answer (1) Municipal taxes ({daughter.name}) {daughter.name} asks you to renew the mandate."
        in text
    )
    assert "Yes, renew" in text
    answered = text_of(mothers.post(declining, follow=True))
    assert "You said no" in answered
    assert "The answer to the question to renew was no (you)" in answered
