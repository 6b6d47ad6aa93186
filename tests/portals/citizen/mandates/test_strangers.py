"""Nobody sees or changes what is somebody else's, and no form works without its token."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of
from volmacht.mandates.operations import ActivationDone
from volmacht.mandates.queries import mandate_for
from volmacht.portals.citizen.mandates.urls import urlpatterns
from volmacht.rules.environment import Environment

OF_A_MANDATE = [
    "mandate", "restrict", "renew", "propose-renewal", "decline-renewal", "end", "dispute", "code-done",
]  # fmt: skip
OF_A_USE = ["dispute-use"]  # in test_uses_page
OF_A_PERSON = [str(route.name) for route in urlpatterns if str(route.name) not in OF_A_MANDATE + OF_A_USE]
CHANGES_A_MANDATE = ["restrict", "renew", "propose-renewal", "decline-renewal", "end", "dispute"]


@pytest.mark.parametrize("name", OF_A_MANDATE)
def test_somebody_elses_mandate_is_answered_exactly_like_an_unknown_one(
    mother: Someone, daughter: Someone, neighbour: Someone, name: str
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    browser = logged_in_browser(neighbour)
    for method in (browser.get, browser.post):
        answers = [method(reverse(f"mandates:{name}", args=[id_])) for id_ in (mandate_id, uuid4())]
        assert {answer.status_code for answer in answers} <= {404, 405}
        pages = [text_of(answer).partition("Noem dan dit nummer")[0] for answer in answers]
        assert pages[0] == pages[1]
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.ended_at is None


@pytest.mark.parametrize("name", OF_A_PERSON)
def test_pages_of_a_person_need_a_log_in(at_noon: None, name: str) -> None:
    address = reverse(f"mandates:{name}")
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("entering:log-in"))


@pytest.mark.parametrize("name", OF_A_MANDATE)
def test_pages_of_a_mandate_need_a_log_in(mother: Someone, daughter: Someone, name: str) -> None:
    address = reverse(f"mandates:{name}", args=[scene.mandate(mother, daughter)])
    for answer in (Client().get(address), Client().post(address)):
        assert answer.headers["Location"].startswith(reverse("entering:log-in"))


@pytest.mark.parametrize("name", CHANGES_A_MANDATE)
def test_a_form_without_its_token_changes_nothing(mother: Someone, daughter: Someone, name: str) -> None:
    mandate_id = scene.mandate(mother, daughter)
    browser = logged_in_browser(mother, enforce_csrf_checks=True)
    answer = browser.post(reverse(f"mandates:{name}", args=[mandate_id]))
    assert answer.status_code == 403
    assert "Dit formulier is verlopen" in text_of(answer)
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.ended_at is None


def test_a_code_without_its_token_is_not_tried_and_comes_back_filled(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    browser = logged_in_browser(daughter, enforce_csrf_checks=True)
    address = reverse("mandates:enter-code")
    for _ in range(6):
        answer = browser.post(address, {"code": made.code.display, "bsn": neighbour.bsn.value})
        assert answer.status_code == 403
    assert made.code.display in browser.get(address).content.decode()
    assert isinstance(scene.activate(daughter, mother, made.code), ActivationDone)


@pytest.mark.parametrize("name", ["mine", "mine-pdf", "mine-csv", "uses", "my-data-json", "my-data-print"])
def test_what_only_shows_takes_no_form(mothers: Client, name: str) -> None:
    assert mothers.post(reverse(f"mandates:{name}")).status_code == 405


def test_an_address_that_is_no_number_of_a_mandate_is_not_found(mothers: Client) -> None:
    assert mothers.get("/mijn/machtigingen/1/").status_code == 404


def test_no_page_is_kept_by_browsers_or_proxies(mothers: Client) -> None:
    for name in OF_A_PERSON:
        assert "no-store" in mothers.get(reverse(f"mandates:{name}")).headers["Cache-Control"]
