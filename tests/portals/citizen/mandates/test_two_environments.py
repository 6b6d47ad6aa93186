"""Pre-production has the same pages under /preprod/, and nothing crosses: no mandate, no session, no block, no name."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_script_prefix, reverse
from pypdf import PdfReader

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import logged_in_browser, new_session, text_of, title_of
from volmacht import clock
from volmacht.audit.queries import history_about
from volmacht.mandates import operations
from volmacht.mandates.operations import ActivationDone, answer_provider, decline_renewal, propose_renewal
from volmacht.mandates.queries import Asked, blocked_until, everything_about, list_uses
from volmacht.portals.citizen.granting.urls import urlpatterns as granting
from volmacht.portals.citizen.mandates.urls import urlpatterns as mandates
from volmacht.rules.environment import PAGES_UNDER, Environment
from volmacht.rules.refusals import Refusal, Refused

PRODUCTION, PREPRODUCTION = Environment.PRODUCTION, Environment.PREPRODUCTION
OTHER = {PRODUCTION: PREPRODUCTION, PREPRODUCTION: PRODUCTION}
MARK = "Testomgeving (preproductie): hier gelden machtigingen alleen voor testen."
OF_A_PARTY = {
    "mandates:my-data", "mandates:my-data-print", "mandates:my-data-json", "mandates:email-give",
    "mandates:email-remove", "granting:confirm-email", "granting:email-confirmed",
}  # fmt: skip
PAGES = {
    f"{space}:{route.name}": route
    for space, routes in (("granting", granting), ("mandates", mandates))
    for route in routes
}
BY_ID = {
    name: kind
    for name, route in PAGES.items()
    for kind in ("service_id", "request_id", "mandate_id", "use_id")
    if kind in str(route.pattern)
}


def used(mother: Someone, daughter: Someone, environment: Environment) -> UUID:
    """A use of a mandate that the mother gave there."""
    entry = scene.service(scene.MUNICIPAL_TAXES, environment)
    assert entry.connection_id
    answer_provider(Asked(daughter.id, mother.id, entry.id, entry.connection_id, scene.LEVEL))
    return list_uses(mother.id, environment=environment).entries[0].id


def everything(mother: Someone, daughter: Someone, environment: Environment) -> dict[str, UUID]:
    """One of everything that has an id, between the same two people."""
    return {
        "mandate_id": scene.mandate(mother, daughter, environment=environment),
        "request_id": scene.request(mother, scene.PENSION, environment=environment).id,
        "use_id": used(mother, daughter, environment),
        "service_id": scene.service(scene.PENSION, environment).id,
    }


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("name", BY_ID)
def test_what_is_of_the_other_environment_is_not_there(
    mother: Someone, daughter: Someone, environment: Environment, name: str
) -> None:
    elsewhere = everything(mother, daughter, OTHER[environment])[BY_ID[name]]
    address = PAGES_UNDER[environment] + reverse(name, args=[elsewhere])
    before = [(event.kind, event.object_id) for event in history_about(mother.id)]
    for person in (mother, daughter):
        browser = logged_in_browser(person, environment=environment)
        for method in (browser.get, browser.post):
            assert method(address).status_code in {404, 405}, method
        assert browser.get(address).status_code in {404, 405}
    assert [(event.kind, event.object_id) for event in history_about(mother.id)] == before


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("name", sorted(PAGES.keys() - BY_ID.keys() - {"granting:confirm-email"}))
def test_no_list_file_or_form_shows_anything_of_the_other_environment(
    mother: Someone, daughter: Someone, environment: Environment, name: str
) -> None:
    ids = everything(mother, daughter, OTHER[environment])
    for person, other in ((mother, daughter), (daughter, mother)):
        browser = logged_in_browser(person, environment=environment)
        page = browser.get(PAGES_UNDER[environment] + reverse(name), follow=True)
        assert page.status_code == 200, page.status_code
        html = page.content.decode("utf-8", "ignore")
        assert other.name not in html
        assert not [kind for kind, id_ in ids.items() if str(id_) in html or id_.hex in html]


@pytest.mark.parametrize("environment", Environment)
def test_no_operation_acts_on_what_is_of_the_other_environment(
    mother: Someone, daughter: Someone, environment: Environment
) -> None:
    ids = everything(mother, daughter, OTHER[environment])
    mandate, request = ids["mandate_id"], ids["request_id"]
    here: dict[str, Any] = {"environment": environment}
    not_yours = Refused(Refusal.NOT_YOURS)
    last = date(2027, 1, 1)
    assert operations.end_mandate(mandate_id=mandate, by=mother.id, **here) == not_yours
    assert operations.restrict_mandate(mandate_id=mandate, by=mother.id, last_day=last, **here) == not_yours
    assert operations.dispute_mandate(mandate_id=mandate, by=mother.id, **here) == not_yours
    assert operations.dispute_refused_use(use_id=ids["use_id"], by=mother.id, **here) == not_yours
    assert decline_renewal(mandate_id=mandate, by=mother.id, **here) == not_yours
    assert propose_renewal(mandate_ids=[mandate], by=daughter.id, **here)[0].refused == not_yours
    assert operations.replace_code(request_id=request, represented=mother.id, **here) == not_yours
    assert operations.withdraw_request(request_id=request, represented=mother.id, **here) == not_yours
    renewed = operations.renew_mandate(
        mandate_id=mandate, represented=mother.id, level=scene.LEVEL, last_day=last, **here
    )
    assert renewed == not_yours
    order: dict[str, Any] = {
        "represented": mother.id, "level": scene.LEVEL, "service_id": ids["service_id"],
        "first_day": clock.today(), "last_day": last, "once": uuid4(), **here,
    }  # fmt: skip
    assert operations.request_mandate(**order) == Refused(Refusal.SERVICE_UNKNOWN)
    directly = operations.grant_directly(**order, representative=daughter.id)
    assert directly == Refused(Refusal.SERVICE_UNKNOWN)


@pytest.mark.parametrize("environment", Environment)
def test_a_code_of_the_other_environment_is_no_code(
    mother: Someone, daughter: Someone, environment: Environment
) -> None:
    made = scene.request(mother, environment=OTHER[environment])
    tried = scene.try_code(daughter, mother.bsn, made.code, environment=environment)
    assert tried == Refused(Refusal.CODE_NOT_RECOGNISED)
    done = scene.activate(daughter, mother, made.code, environment=OTHER[environment])
    assert isinstance(done, ActivationDone)


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("employee", ["", "P1"])
def test_wrong_tries_block_where_they_were_made_and_nowhere_else(
    mother: Someone, daughter: Someone, environment: Environment, employee: str
) -> None:
    for _ in range(12):
        operations.try_code(
            representative=daughter.id, level=scene.LEVEL, code=scene.wrong_code(), bsn=mother.bsn,
            employee=employee, environment=environment,
        )  # fmt: skip
    assert blocked_until(daughter.id, environment=environment, employee=employee)
    assert blocked_until(daughter.id, environment=OTHER[environment], employee=employee) is None


def test_a_download_of_production_holds_nothing_that_happened_in_pre_production(
    mother: Someone, daughter: Someone
) -> None:
    before = {person.id: everything_about(person.id, environment=PRODUCTION) for person in (mother, daughter)}
    everything(mother, daughter, PREPRODUCTION)
    scene.try_code(daughter, mother.bsn, scene.wrong_code(), environment=PREPRODUCTION)
    for person in (mother, daughter):
        assert everything_about(person.id, environment=PRODUCTION) == before[person.id]
        assert everything_about(person.id, environment=PREPRODUCTION)["events"]


@pytest.mark.parametrize("environment", Environment)
def test_a_session_opens_nothing_in_the_other_environment(mother: Someone, environment: Environment) -> None:
    session = new_session(mother, environment=environment)
    mine = f"{PAGES_UNDER[OTHER[environment]]}/mijn/machtigingen/"
    for suffix in ("", settings.PREPRODUCTION_COOKIES):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME + suffix] = str(session.session_key)
        assert browser.get(mine).status_code == 302


def test_cookies_have_names_and_flags_of_their_own(mother: Someone) -> None:
    answer = logged_in_browser(mother, environment=PREPRODUCTION).post("/preprod/uitloggen/")
    entering = Client().get("/preprod/inloggen/")
    names = {*answer.cookies, *entering.cookies}
    assert names
    assert all(name.startswith("__Host-") and name.endswith("-preprod") for name in names)
    for cookie in entering.cookies.values():
        assert (cookie["secure"], cookie["path"], cookie["httponly"]) == (True, "/", True)


def test_logging_out_of_one_leaves_the_other(mother: Someone) -> None:
    browser = logged_in_browser(mother)
    browser.cookies["__Host-volmacht-preprod"] = str(
        new_session(mother, environment=PREPRODUCTION).session_key
    )
    browser.post("/preprod/uitloggen/")
    assert browser.get("/preprod/mijn/machtigingen/").status_code == 302
    assert browser.get("/mijn/machtigingen/").status_code == 200


@pytest.mark.parametrize("name", sorted(OF_A_PARTY - {"granting:confirm-email"}))
def test_what_a_party_has_once_is_left_out_with_a_word_why(mother: Someone, name: str) -> None:
    browser = logged_in_browser(mother, environment=PREPRODUCTION)
    page = browser.get(f"/preprod{reverse(name)}")
    assert "Gegevens over uzelf en uw e-mailadres ziet en verandert u hier niet." in text_of(page)
    assert mother.bsn.value[-3:] not in text_of(page)
    assert browser.post(f"/preprod{reverse(name)}", {"email": "a@b.nl", "language": "en"}).status_code in {
        404,
        405,
    }


@pytest.mark.parametrize(
    ("address", "language"),
    [("/preprod/", "nl"), ("/preprod/en/", "en"), ("/preprod/mijn/machtigingen/", "nl")],
)
def test_every_page_says_that_it_is_for_testing(mother: Someone, address: str, language: str) -> None:
    page = logged_in_browser(mother, environment=PREPRODUCTION).get(address)
    html = page.content.decode()
    assert (MARK in html) is (language == "nl")
    assert title_of(page).endswith("testomgeving" if language == "nl" else "test environment")
    assert 'href="/aansluiten/' in html or 'href="/en/aansluiten/' in html
    assert "/preprod/aansluiten" not in html
    assert 'href="/preprod/en/' in html


def test_production_does_not_say_so(mother: Someone) -> None:
    assert MARK not in logged_in_browser(mother).get("/mijn/machtigingen/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["aansluiten/", "en/aansluiten/", "proef/", "health/live", "metrics", "robots.txt", "static/volmacht/theme.css",
     "preprod/", "preprod/saml/metadata/portal", ".well-known/security.txt"],
)  # fmt: skip
def test_what_exists_once_is_not_under_the_prefix(at_noon: None, path: str) -> None:
    assert Client().get(f"/preprod/{path}").status_code == 404


def test_the_prefix_is_gone_after_a_request(at_noon: None) -> None:
    assert Client().get("/preprod/").status_code == 200
    assert get_script_prefix() == "/"
    assert Client().get("/preprod").headers["Location"] == "/preprod/"
    assert Client().get("/preprod/onbekend/").status_code == 404
    assert get_script_prefix() == "/"


def test_who_must_log_in_comes_back_in_the_same_environment(at_noon: None) -> None:
    there = Client().get("/preprod/mijn/machtigingen/").headers["Location"]
    assert there == "/preprod/inloggen/?verder=%2Fpreprod%2Fmijn%2Fmachtigingen%2F"


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("name", ["mandates:mine-pdf", "granting:helper-sheet-pdf"])
def test_what_is_on_paper_says_so_on_each_page(mother: Someone, environment: Environment, name: str) -> None:
    browser = logged_in_browser(mother, environment=environment)
    drawn = PdfReader(BytesIO(browser.get(PAGES_UNDER[environment] + reverse(name)).content))
    marked = ["Testomgeving (preproductie)" in page.extract_text() for page in drawn.pages]
    assert set(marked) == {environment is PREPRODUCTION}
