"""Gemeente Voorbeeld as a process: people act there for themselves and for others, and log out.

Its neighbour is an entrance made of the same pure code as the real one; what that answers, a test decides. On SQLite or
not makes no difference: nothing here has a database.
"""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from tests.standins.entrance_for_providers import LOGOUT, SIGN_ON, Entrance, Says
from tests.standins.sample_provider import Scene, scene_in
from tests.standins.web_client import Visitor
from volmacht.protocols.saml.handling.requests import Way
from volmacht.protocols.saml.status import LogoutOutcome, Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.standins.population_register.people import load_people

MOTHER, DAUGHTER = "999900006", "999900018"
STRANGER = "111222333"  # a number that is well formed, of nobody
HERSELF = Says(acting=MOTHER)
FOR_MOTHER = Says(acting=DAUGHTER, represented=MOTHER)


@pytest.fixture(scope="module")
def running_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Both, started once."""
    with scene_in(tmp_path_factory.mktemp("provider")) as scene:
        yield scene


@pytest.fixture
def scene(running_scene: Scene) -> Scene:
    """Both, with an entrance that is honest again."""
    entrance = running_scene.entrance
    entrance.says, entrance.logout_outcome, entrance.logout_key = HERSELF, LogoutOutcome.DONE, None
    return running_scene


@pytest.fixture
def entrance(scene: Scene) -> Entrance:
    """The entrance alone."""
    return scene.entrance


# --- logging in ---


def test_its_metadata_is_taken_in_without_any_finding(scene: Scene) -> None:
    read = scene.entrance.read_provider()
    assert read.findings == ()
    assert read.document is not None
    described = read.document.publisher
    assert [one.location for one in described.assertion_consumers] == [f"{scene.provider.address}/saml/acs"]
    assert [one.location for one in described.single_logout] == [f"{scene.provider.address}/saml/logout"]
    assert [one.service_uuid[-2:] for one in described.services] == ["01", "02"]
    assert (len(described.signing), len(described.encryption)) == (2, 1)
    answer = httpx.get(f"{scene.provider.address}/saml/metadata", trust_env=False)
    assert answer.headers["Content-Type"] == "application/samlmetadata+xml"


def test_somebody_logs_in_for_herself(scene: Scene, entrance: Entrance) -> None:
    with Visitor() as mother:
        scene.log_in(mother)
        assert mother.address == f"{scene.provider.address}/dienst/belastingen/"
        assert "U bent Maria Johanna de Vries-Jansen. U regelt dit voor uzelf" in mother.text
        asked = entrance.requests[-1]
        assert (asked.way, asked.representation_services) == (Way.OWN, ())
        assert asked.service_uuid == "9d3c5f0e-6b1a-4c57-8f2e-0a1b2c3d4e01"
        assert not scene.is_logged_in(mother, "hulp-thuis")  # logged in for the other service only


def test_each_page_says_who_is_logged_in_for_whom_and_lets_them_out(scene: Scene, entrance: Entrance) -> None:
    for says, words in (
        (HERSELF, "U bent ingelogd als Maria Johanna de Vries-Jansen, voor uzelf."),
        (FOR_MOTHER, "U bent ingelogd als Annelies de Vries, voor Maria Johanna de Vries-Jansen."),
    ):
        entrance.says = says
        with Visitor() as visitor:
            visitor.open(f"{scene.provider.address}/")
            assert "U bent ingelogd" not in visitor.text
            scene.log_in(visitor, own=says is HERSELF)
            for path in ("/", "/dienst/belastingen/", "/bestaat-niet/"):
                visitor.open(f"{scene.provider.address}{path}")
                assert words in " ".join(visitor.text.split())
                assert [form.action for form in visitor.page.forms].count("/uitloggen/") == 1
            visitor.open(f"{scene.provider.address}/saml/acs?SAMLart=x&RelayState=y")
            assert "U bent niet ingelogd" not in visitor.text
            assert words in " ".join(visitor.text.split())
            visitor.send("/uitloggen/")
            visitor.open(f"{scene.provider.address}/")
            assert "U bent ingelogd" not in visitor.text


def test_a_page_by_another_name_of_this_machine_leads_to_our_address(scene: Scene) -> None:
    other = scene.provider.address.replace("localhost", "127.0.0.1")
    answer = httpx.get(f"{other}/?a=b", trust_env=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{scene.provider.address}/?a=b")
    assert httpx.post(f"{other}/inloggen/belastingen/", trust_env=False).status_code == 403
    for path in ("/health", "/saml/metadata"):
        assert httpx.get(other + path, trust_env=False).status_code == 200


def test_a_daughter_acts_for_her_mother(scene: Scene, entrance: Entrance) -> None:
    entrance.says = FOR_MOTHER
    with Visitor() as daughter:
        scene.log_in(daughter, own=False)
        asked = entrance.requests[-1]
        assert (asked.way, asked.representation_services) == (Way.MANDATORY, (entrance.volmacht.bvd_id,))
        assert "U bent Annelies de Vries. U regelt dit voor Maria Johanna de Vries-Jansen" in daughter.text
        of_mother = daughter.text.partition("Aanslag")[2]
        entrance.says = HERSELF
        with Visitor() as mother:
            scene.log_in(mother)
            assert mother.text.partition("Aanslag")[2] == of_mother
        assert not [address for address in daughter.seen if "9999000" in address]


def test_all_of_it_is_in_english_for_who_wants_that(scene: Scene, entrance: Entrance) -> None:
    with Visitor() as mother:
        mother.open(f"{scene.provider.address}/")
        mother.press("taal", "en")
        assert "What do you want to arrange?" in mother.text
        scene.ask(mother)
        assert "You are going to log in" in mother.text
        mother.send(SIGN_ON)
        assert "You are Maria Johanna de Vries-Jansen. You arrange this for yourself" in mother.text
        assert 'lang="en"' in mother.answer.text
        mother.send("/uitloggen/")
        mother.send(LOGOUT)
        mother.send("/saml/logout")
        assert "You are logged out here, and at DigiD too" in mother.text
        entrance.says = Says(status=Outcome.CANCELLED.status())
        scene.log_in(mother)
        assert "You stopped logging in" in mother.text


def test_the_page_that_posts_works_without_script_and_may_post_to_the_entrance_only(scene: Scene) -> None:
    with Visitor() as visitor:
        scene.ask(visitor)
        (form,) = visitor.page.forms
        assert form.action == scene.entrance.door.sign_on
        assert set(form.fields) == {"SAMLRequest", "RelayState"}
        assert form.buttons
        policy = visitor.answer.headers["Content-Security-Policy"]
        assert f"form-action 'self' {scene.entrance.volmacht.base};" in policy
        assert "script-src 'self';" in policy
        assert "<script>" not in visitor.answer.text
        script = httpx.get(f"{scene.provider.address}/verder.js", trust_env=False)
        assert script.headers["Content-Type"].startswith("text/javascript")


def test_each_log_in_gets_a_session_of_its_own(scene: Scene) -> None:
    with Visitor() as visitor:
        scene.ask(visitor)
        before = visitor.cookie("__Host-voorbeeld")
        visitor.send(SIGN_ON)
        assert "voor uzelf" in visitor.text
        assert before != visitor.cookie("__Host-voorbeeld")


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Outcome.CANCELLED, "U bent gestopt met inloggen"),
        (Outcome.NO_MANDATE, "U bent gestopt met inloggen"),
        (Outcome.NO_LONGER_VALID, "U mag dit nu niet voor deze persoon regelen"),
        (Outcome.NOT_MANDATABLE, "Deze dienst kunt u niet voor iemand anders regelen"),
        (Outcome.AUTHENTICATION_FAILED, "niet duidelijk wie u bent"),
        (Outcome.LEVEL_TOO_LOW, "op een veiliger manier inloggen"),
        (Outcome.AUTHENTICATION_SERVICE_ERROR, "Het inloggen is niet gelukt"),
        (Outcome.NOT_ACTIVE, "Het inloggen is niet gelukt"),
    ],
)
def test_whoever_is_not_logged_in_is_told_why_in_words(scene: Scene, outcome: Outcome, told: str) -> None:
    with Visitor() as visitor:
        scene.log_in(visitor)
        assert scene.is_logged_in(visitor)
        scene.entrance.says = Says(status=outcome.status())
        scene.log_in(visitor)
        assert (visitor.answer.status_code, visitor.page.headings) == (403, 1)
        assert "U bent niet ingelogd" in visitor.text
        assert told in visitor.text
        assert not scene.is_logged_in(visitor)  # not as before either (SE-08)


def test_a_number_on_the_page_stands_in_the_log_with_the_reason(scene: Scene) -> None:
    scene.entrance.says = Says(status=Outcome.NOT_ACTIVE.status())
    with Visitor() as visitor:
        scene.log_in(visitor)
        reference = visitor.text.partition("noem dit nummer: ")[2][:8]
        line = next(line for line in scene.provider.log.read_text().splitlines() if reference in line)
        assert "status:RequestDenied" in line


def test_a_level_that_is_too_low_for_the_service_is_seen_here_too(scene: Scene) -> None:
    scene.entrance.says = replace(HERSELF, level=LevelOfAssurance.MIDDLE)
    with Visitor() as visitor:
        scene.log_in(visitor)
        assert scene.is_logged_in(visitor)
        scene.log_in(visitor, service="hulp-thuis")
        assert "op een veiliger manier inloggen" in visitor.text
        scene.entrance.says = HERSELF
        scene.log_in(visitor, service="hulp-thuis")
        assert scene.is_logged_in(visitor, "hulp-thuis")


def test_somebody_of_whom_there_is_no_file_gets_nobody_elses(scene: Scene) -> None:
    for says, own in (
        (Says(STRANGER), True),
        (Says(DAUGHTER, STRANGER), False),
        (Says(STRANGER, MOTHER), False),
    ):
        scene.entrance.says = says
        with Visitor() as visitor:
            scene.log_in(visitor, own=own)
            assert "Wij hebben geen gegevens van deze persoon" in visitor.text
            assert not scene.is_logged_in(visitor)


# --- logging out ---


def test_logging_out_ends_it_here_first_and_then_at_the_entrance(scene: Scene, entrance: Entrance) -> None:
    with Visitor() as visitor:
        scene.log_in(visitor)
        visitor.send("/uitloggen/")
        (form,) = visitor.page.forms
        assert form.action == entrance.door.logout
        assert "U logt uit" in visitor.text
        fields = form.fields
        assert not scene.is_logged_in(visitor)
        visitor.post(form.action, **fields)
        assert entrance.logouts[-1].name_id == entrance.name_ids[-1]
        visitor.send("/saml/logout")
        assert visitor.address == f"{scene.provider.address}/uitgelogd/"
        assert "U bent hier uitgelogd, en ook bij DigiD." in visitor.text


def test_who_logged_out_is_told_that_volmacht_itself_is_a_log_in_apart(
    scene: Scene, entrance: Entrance
) -> None:
    for language, sentence, path in (
        ("nl", "Daar bent u niet uitgelogd. Ga naar Volmacht en log daar ook uit.", "/"),
        ("en", "You are not logged out there. Go to Volmacht and log out there too.", "/en/"),
    ):
        with Visitor(language) as visitor:
            for ending in ("", "alleen-hier/"):
                visitor.open(f"{scene.provider.address}/uitgelogd/{ending}")
                assert sentence in visitor.text
                assert f'href="{entrance.volmacht.base}{path}"' in visitor.answer.text


def test_the_answer_to_a_log_out_needs_no_cookie(scene: Scene, entrance: Entrance) -> None:
    """Another site posts it: a browser then sends no Lax cookie."""
    with Visitor() as visitor:
        scene.log_in(visitor)
        visitor.send("/uitloggen/")
        visitor.send(LOGOUT)
        (form,) = visitor.page.forms
    answer = httpx.post(form.action, data=form.fields, trust_env=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/uitgelogd/")
    assert "Set-Cookie" not in answer.headers
    assert httpx.post(form.action, data=form.fields, trust_env=False).status_code == 403  # once


def test_who_is_perhaps_still_logged_in_elsewhere_is_told(scene: Scene, entrance: Entrance) -> None:
    def log_out() -> str:
        with Visitor() as visitor:
            scene.log_in(visitor)
            visitor.send("/uitloggen/")
            visitor.send(LOGOUT)
            visitor.send("/saml/logout")
            return visitor.text

    entrance.logout_outcome = LogoutOutcome.NOT_CONFIRMED
    assert "bent u misschien nog ingelogd" in log_out()
    entrance.logout_outcome, entrance.logout_key = LogoutOutcome.DONE, entrance.volmacht.bvd_signing
    assert "bent u misschien nog ingelogd" in log_out()


def test_an_answer_to_a_log_out_that_nobody_asked_for_says_nothing(scene: Scene, entrance: Entrance) -> None:
    with Visitor() as visitor:
        scene.log_in(visitor)
        visitor.send("/uitloggen/")
        visitor.send(LOGOUT)
        (form,) = visitor.page.forms
        for fields in (
            {**form.fields, "RelayState": "guessed"},
            {"RelayState": form.fields["RelayState"]},
            {},
        ):
            visitor.post(form.action, **fields)
            assert (visitor.answer.status_code, "U bent niet ingelogd" in visitor.text) == (403, True)
        visitor.post(form.action, **form.fields)
        assert "en ook bij DigiD" in visitor.text


def test_who_is_logged_in_is_never_told_the_contrary(scene: Scene) -> None:
    with Visitor() as visitor:
        scene.log_in(visitor)
        for path in ("/uitgelogd/", "/uitgelogd/alleen-hier/"):
            visitor.open(scene.provider.address + path)
            assert visitor.address == f"{scene.provider.address}/"
        assert scene.is_logged_in(visitor)


# --- pages ---


def test_pages_are_closed_to_other_sites_and_kept_by_nobody(scene: Scene) -> None:
    base = scene.provider.address
    for path in ("/", "/saml/acs", "/saml/metadata", "/dienst/belastingen/", "/stijl.css", "/onbekend"):
        answer = httpx.get(base + path, trust_env=False)
        assert answer.status_code < 500
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
    for path in ("/inloggen/belastingen/", "/uitloggen/", "/taal/"):
        answer = httpx.post(base + path, data={"voor": "mijzelf"}, trust_env=False)
        assert (answer.status_code, "U bent niet ingelogd" in answer.text) == (403, True)
    with Visitor() as visitor:
        visitor.open(base)
        form = visitor.page.forms[-1]
        for action, voor in (("/inloggen/onbekend/", "mijzelf"), (form.action, "niemand"), (form.action, "")):
            visitor.post(base + action, **form.fields, voor=voor)
            assert visitor.address == f"{base}/"


@pytest.mark.parametrize(
    ("language", "told"), [("nl", "Deze pagina is er niet"), ("en", "This page does not exist")]
)
def test_an_address_that_is_not_there_has_a_page_of_its_own(scene: Scene, language: str, told: str) -> None:
    with Visitor(language) as visitor:
        visitor.open(f"{scene.provider.address}/onbekend/")
        assert (visitor.answer.status_code, visitor.page.headings) == (404, 1)
        assert told in visitor.text
        assert "Gemeente Voorbeeld" in visitor.text


def test_no_log_holds_a_number_of_a_person_or_an_artifact(scene: Scene, entrance: Entrance) -> None:
    entrance.says = FOR_MOTHER
    with Visitor() as daughter:
        scene.log_in(daughter, own=False)
        daughter.open(f"{scene.provider.address}/saml/acs?SAMLart={entrance.calls[-1].artifact}")
    log = scene.provider.log.read_text()
    assert not [person.bsn.value for person in load_people() if person.bsn.value in log]
    assert not [call.artifact for call in entrance.calls if call.artifact in log]
