"""The pages about connecting: what each says, in both languages, for anyone (CN-24)."""

import re
from html import unescape

import pytest
from django.test import Client

from volmacht.portals.shared.answers import AnswersForm
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, PageKey

pytestmark = pytest.mark.django_db
HEADINGS = {
    "/aansluiten/": ("Aansluiten op Volmacht", "Connecting to Volmacht"),
    "/aansluiten/stappen/": ("De zes stappen van aansluiten", "The six steps of connecting"),
    "/aansluiten/kosten/": ("Wat kost het?", "What does it cost?"),
    "/aansluiten/documentatie/": ("Documentatie over aansluiten", "Documentation about connecting"),
    "/aansluiten/documentatie/handleiding/": ("Handleiding aansluiten", "Guide to connecting"),
    "/aansluiten/contact/": ("Contact over aansluiten", "Contact about connecting"),
    "/aansluiten/plan/": ("Maak uw plan", "Make your plan"),
}


def text_of(client: Client, path: str) -> str:
    """What a person reads on a page: no markup, one space between words."""
    page = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", client.get(path).text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("path", HEADINGS)
def test_anyone_can_read_every_page_in_both_languages(client: Client, path: str) -> None:
    for prefix, heading in zip(("", "/en"), HEADINGS[path], strict=True):
        answer = client.get(prefix + path)
        assert answer.status_code == 200
        assert re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", answer.text) == [heading]


@pytest.mark.parametrize("path", HEADINGS)
def test_every_page_has_the_menu_and_says_where_you_are(client: Client, path: str) -> None:
    page = client.get(path).text
    for section in HEADINGS.keys() - {"/aansluiten/documentatie/handleiding/"}:
        assert f'href="{section}"' in page
    here = re.findall(r'<li><a href="([^"]+)" aria-current="page">', page.partition("sections-kop")[2])
    assert here == ([] if path.endswith("/handleiding/") else [path])


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_link_between_the_pages_leads_somewhere(client: Client, prefix: str) -> None:
    seen, waiting = set[str](), [f"{prefix}/aansluiten/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = client.get(path)
        assert page.status_code == 200, path
        is_page = page["Content-Type"].startswith("text/html")
        found = re.findall(r'href="(/[^"]*)"', page.text) if is_page else []
        links = {link.partition("#")[0] for link in found}
        waiting += [link for link in links if link.startswith(f"{prefix}/aansluiten/") and link not in seen]
    assert {prefix + path for path in HEADINGS} <= seen


def test_every_anchor_on_the_page_of_steps_exists(client: Client) -> None:
    page = client.get("/aansluiten/stappen/").text
    anchors = re.findall(r'href="#(stap-\d)"', page)
    assert anchors == [f"stap-{number}" for number in range(1, 7)]
    assert all(f'id="{anchor}"' in page for anchor in anchors)


def test_connecting_takes_three_to_six_months(client: Client) -> None:
    assert "Aansluiten duurt drie tot zes maanden." in text_of(client, "/aansluiten/")
    assert "Connecting takes three to six months." in text_of(client, "/en/aansluiten/")


def test_with_a_supplier_the_supplier_does_most_of_the_work(client: Client) -> None:
    assert "Dan doet de leverancier het meeste werk." in text_of(client, "/aansluiten/")


def test_the_conditions_must_be_accepted_before_connecting(client: Client) -> None:
    assert "U gaat akkoord met de aansluitvoorwaarden voordat u aansluit." in text_of(client, "/aansluiten/")


def test_it_says_who_may_connect(client: Client) -> None:
    words = text_of(client, "/aansluiten/")
    assert "U voert een taak uit voor de overheid." in words
    assert "U mag daarvoor het burgerservicenummer (BSN) gebruiken." in words


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (1, "wie verantwoordelijk wordt voor de aansluiting: een projectleider of een team"),
        (1, "hoeveel diensten één machtigingscode opent"),
        (1, "op welk moment in uw aanvraag blijkt voor wie iemand iets doet, en de code wordt ingevuld"),
        (1, "hoe lang een machtiging ten hoogste geldt"),
        (1, "of uw organisatie de Berichtenbox van MijnOverheid gebruikt"),
        (1, "of u nabestaanden wilt machtigen"),
        (1, "richt u uw machtigingsproces in en maakt u een uitvoeringsplan"),
        (2, "Met de handtekening gaat u akkoord met de aansluitvoorwaarden voor preproductie."),
        (2, "U krijgt uw aansluitgegevens binnen vijf werkdagen nadat wij het formulier hebben."),
        (2, "Met die gegevens kunt u in de preproductieomgeving."),
        (3, "test de koppeling met de eisen uit de checklist"),
        (3, "U bent klaar als uw aansluiting aan alle eisen voldoet."),
        (4, "Wij testen uw aansluiting met dezelfde checklist."),
        (4, "U krijgt binnen vijf werkdagen een testrapport."),
        (4, "Dan krijgt u met een e-mail het formulier en de voorwaarden voor productie."),
        (5, "U stuurt het formulier voor productie in dat u in stap 4 kreeg."),
        (5, "Met de handtekening gaat u akkoord met de voorwaarden voor productie."),
        (5, "U of uw leverancier regelt de aansluiting op productie."),
        (5, "of alles werkt op productie, en of uw teksten kloppen"),
        (5, "U krijgt binnen vijf werkdagen een testrapport."),
        (6, "Dan activeren wij uw aansluiting."),
    ],
)
def test_each_step_says_what_it_promises(client: Client, step: int, sentence: str) -> None:
    words = text_of(client, "/aansluiten/stappen/")
    _before, _heading, after = words.rpartition(f"Stap {step}: ")
    assert sentence in after.partition(f"Stap {step + 1}: ")[0]


def test_the_documentation_page_lists_what_can_be_read(client: Client) -> None:
    page = client.get("/aansluiten/documentatie/").text
    for path in ("/aansluiten/stappen/", "/aansluiten/documentatie/handleiding/", "/aansluiten/plan/"):
        assert f'href="{path}"' in page


def test_the_guide_has_a_chapter_for_every_question_of_the_planner(client: Client) -> None:
    page = client.get("/aansluiten/documentatie/handleiding/").text
    chapters = [field.chapter for field in FORMS[FormKey.APPLICATION].page(PageKey.CHOICES).fields]
    assert len(chapters) == len([name for name in AnswersForm.base_fields if name != "start"])
    for chapter in chapters:
        words = page.partition(f'<h2 id="{chapter}">')[2].partition("<h2")[0]
        assert "Ons advies:" in words
        assert "Het gevolg:" in words


@pytest.mark.parametrize("path", HEADINGS)
def test_no_page_needs_what_the_content_policy_forbids(client: Client, path: str) -> None:
    page = client.get(path).text
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page) == []


@pytest.mark.parametrize("path", sorted(HEADINGS.keys() - {"/aansluiten/contact/"}))
def test_pages_are_read_and_not_written(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_what_does_not_work_yet_is_said_so(client: Client) -> None:
    guide = client.get("/aansluiten/documentatie/handleiding/").text
    assert "Tijdens het inloggen werkt ook, als u dat voor uw dienst vraagt." in guide
    assert "Na het inloggen werkt nog niet helemaal" in guide
    assert "Dit werkt nog niet: nu krijgen zij bericht als de machtiging is gestopt." in guide
