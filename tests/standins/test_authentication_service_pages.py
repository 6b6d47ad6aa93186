"""The pages of the stand-ins for authentication services: in both languages, findable, and closed to other sites."""

import httpx
import pytest

from tests.standins.login_service import LoginService
from tests.standins.test_authentication_service_log_in import go
from tests.standins.volmacht_for_logins import Requester
from tests.standins.web_client import Visitor

ENGLISH_WORDS = (
    "Who are you?",
    "Search by name",
    "Cancel",
    "Let something go wrong",
    "This is not the real DigiD",
)
DUTCH_WORDS = ("Wie bent u?", "Zoek op naam", "Annuleren", "Iets laten misgaan", "Dit is niet de echte DigiD")


@pytest.fixture
def entrance(digid: LoginService) -> Requester:
    """The entrance in pre-production."""
    return digid.requester()


def test_the_page_is_in_the_language_of_the_browser_and_can_be_changed(entrance: Requester) -> None:
    with Visitor("en") as visitor:
        go(visitor, entrance, entrance.request())
        address = visitor.address
        assert [word for word in ENGLISH_WORDS if word not in visitor.text] == []
        assert "Annelies de Vries arranges things for her mother" in visitor.text
        assert 'lang="en"' in visitor.answer.text
        assert visitor.page.title == "Log in – DigiD (imitation)"
        visitor.press("taal", "nl")
        assert visitor.address == address  # in the middle of the same log-in
        assert [word for word in DUTCH_WORDS if word not in visitor.text] == []
        assert "Annelies de Vries regelt zaken voor haar moeder" in visitor.text
        assert visitor.page.title == "Inloggen – DigiD (nagemaakt)"


def test_the_language_never_leads_to_another_site(digid: LoginService) -> None:
    with Visitor() as visitor:
        visitor.open(f"{digid.address}/")
        visitor.press("taal", "en", naar="//example.test/")
        assert visitor.address == f"{digid.address}/"
        assert "Practise logging in" in visitor.text
        visitor.press("taal", "nl", naar="https://example.test/")
        assert visitor.address == f"{digid.address}/"


def test_everybody_with_digid_can_be_found_by_name(entrance: Requester) -> None:
    with Visitor() as visitor:
        go(visitor, entrance, entrance.request())
        assert "Willem Frederik Bakker" not in visitor.text  # has no DigiD
        search = next(form for form in visitor.page.forms if form.method == "get")
        assert [name for name, _ in search.typed] == ["zoek"]
        address = visitor.address
        visitor.open(f"{address}?zoek=FATIMA")
        assert visitor.text.count("(BSN ") == 1
        assert "Fatima Yılmaz" in visitor.text
        visitor.open(f"{address}?zoek=bestaat-niet")
        assert "Niemand met die naam kan inloggen" in visitor.text
        visitor.open(f"{address}?pagina=2")
        assert visitor.text.count("(BSN ") == 20
        assert "Annelies de Vries regelt zaken" not in visitor.text
        assert {"?zoek=&pagina=1", "?zoek=&pagina=3"} <= set(visitor.page.links)
        visitor.open(f"{address}?pagina=-1")
        assert "Annelies de Vries regelt zaken" in visitor.text


@pytest.mark.parametrize(
    ("name", "nl", "en"),
    [
        ("Hanna Peeters", "Staat geregistreerd als overleden.", "Is registered as deceased."),
        ("Bram Verhoeven", "Staat onder curatele.", "Is under guardianship."),
    ],
)
def test_who_is_a_special_case_is_known_by_the_line(entrance: Requester, name: str, nl: str, en: str) -> None:
    for language, remark in (("nl", nl), ("en", en)):
        with Visitor(language) as visitor:
            go(visitor, entrance, entrance.request())
            visitor.open(f"{visitor.address}?zoek={name}")
            assert visitor.text.count("(BSN ") == 1
            assert remark in visitor.text
            visitor.open(f"{visitor.address.partition('?')[0]}?zoek=Annelies de Vries")
            assert remark not in visitor.text


def test_a_page_has_labels_for_all_that_can_be_filled_in(entrance: Requester) -> None:
    with Visitor() as visitor:
        go(visitor, entrance, entrance.request())
        page, html = visitor.page, visitor.answer.text
    assert page.headings == 1
    assert len(page.ids) == len(set(page.ids))
    inputs = [one for one in page.ids if one.startswith(("persoon-", "niveau-", "zoek"))]
    assert len(inputs) > 20
    assert [one for one in inputs if f'for="{one}"' not in html] == []


def test_pages_are_closed_to_other_sites_and_kept_by_nobody(digid: LoginService) -> None:
    for path in ("/", "/stijl.css", "/verder.js", "/onbekend", "/saml/idp/inloggen/x", "/saml/metadata/idp"):
        answer = httpx.get(digid.address + path, trust_env=False)
        assert answer.status_code in {200, 400, 404}, path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "no-store" in answer.headers["Cache-Control"]
    assert httpx.get(f"{digid.address}/onbekend", trust_env=False).status_code == 404


def test_cookies_are_of_one_kind_of_service_and_have_all_flags(
    digid: LoginService, eherkenning: LoginService
) -> None:
    found = {}
    for service in (digid, eherkenning):
        answer = httpx.get(f"{service.address}/", trust_env=False)
        cookie = answer.headers["Set-Cookie"]
        found[service.kind] = cookie.partition("=")[0]
        assert cookie.startswith("__Host-")
        assert [flag for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/") if flag not in cookie] == []
    assert len(set(found.values())) == 2


def test_an_artifact_goes_along_without_a_trace(entrance: Requester) -> None:
    with Visitor() as visitor:
        visitor.stop_following()
        go(visitor, entrance, entrance.request(), persoon="999900006")
        headers = visitor.answer.headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Pragma"] == "no-cache"
    assert headers["Cache-Control"] == "no-cache, no-store"
