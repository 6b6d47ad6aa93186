"""Gemeente Voorbeeld as processes: people act there for others, and nobody gets in who should not.

On SQLite: what the municipality does is the same whatever Volmacht's database is.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import httpx
import pytest

from tests.cli.commands import eventually, free_port
from tests.journeys.site import Site, installed
from tests.standins.serving import served
from tests.standins.web_client import Visitor
from volmacht.standins.population_register.people import load_people

MOTHER, DAUGHTER, NOBODY_S_HELPER = "999900006", "999900018", "999900109"
NOT_LOGGED_IN = "U bent niet ingelogd"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation with the demo scenario."""
    with installed(tmp_path_factory.mktemp("provider")) as site:
        wait_for_provider(site)
        yield site


def wait_for_provider(site: Site) -> None:
    """Until the municipality answers too."""
    assert eventually(lambda: answers(f"{site.provider_address}/health"))


def answers(address: str) -> bool:
    """Whether somebody answers there."""
    try:
        return httpx.get(address, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def begin(visitor: Visitor, site: Site, *, own: bool = False, service: str = "belastingen") -> None:
    """From the municipality to the page on which to say who one is."""
    visitor.open(f"{site.provider_address}/")
    voor = "mijzelf" if own else "iemand-anders"
    form = next(form for form in visitor.page.forms if form.action == f"/inloggen/{service}/")
    assert ("voor", voor) in form.buttons
    visitor.post(f"{site.provider_address}{form.action}", **form.fields, voor=voor)
    visitor.send("")  # Inloggen met DigiD, on the page that explains


def log_in(
    visitor: Visitor, site: Site, bsn: str, *, own: bool = False, service: str = "belastingen"
) -> None:
    """Up to choosing for whom, or to the end when one acts for oneself."""
    begin(visitor, site, own=own, service=service)
    visitor.send("", persoon=bsn, niveau="hoogste")


def choose(visitor: Visitor, name: str) -> None:
    """Press the button with this name."""
    html = visitor.answer.text
    value = next(
        part.split('"')[0]
        for part in html.split('name="persoon" value="')[1:]
        if name in part.partition("</button>")[0]
    )
    visitor.press("persoon", value)


def test_a_daughter_acts_for_her_mother_and_then_for_somebody_else(site: Site) -> None:
    with Visitor() as daughter:
        log_in(daughter, site, DAUGHTER)
        choose(daughter, "Maria Johanna de Vries-Jansen")
        assert daughter.address == f"{site.provider_address}/dienst/belastingen/"
        assert (
            "U bent Annelies de Vries. U regelt dit voor Maria Johanna de Vries-Jansen ."
            in daughter.text.replace("Jansen.", "Jansen .")
        )
        of_mother = daughter.text
        log_in(daughter, site, DAUGHTER)
        choose(daughter, "Mulder")
        assert "Maria Johanna" not in daughter.text
        assert "U bent Annelies de Vries" in daughter.text
        assert daughter.text != of_mother
        daughter.open(f"{site.provider_address}/dienst/hulp-thuis/")
        assert daughter.address == f"{site.provider_address}/"  # logged in for another service only
        daughter.open(f"{site.provider_address}/dienst/belastingen/")
        daughter.send("/uitloggen/")
        daughter.open(f"{site.provider_address}/dienst/belastingen/")
        assert daughter.address == f"{site.provider_address}/"
        assert not [address for address in daughter.seen if "9999000" in address]


def test_on_own_behalf_it_says_so_in_english_too(site: Site) -> None:
    with Visitor() as mother:
        mother.open(f"{site.provider_address}/")
        mother.press("taal", "en")
        assert "What do you want to arrange?" in mother.text
        log_in(mother, site, MOTHER, own=True)
        assert any("/en/inloggen/voor/" in address for address in mother.seen)
        assert "You are Maria Johanna de Vries-Jansen. You arrange this for yourself" in mother.text
        assert 'lang="en"' in mother.answer.text


def test_who_may_not_is_told_so_and_who_stops_is_not_logged_in(site: Site) -> None:
    with Visitor() as somebody:
        log_in(somebody, site, NOBODY_S_HELPER)
        assert "door niemand gemachtigd" in somebody.text
        somebody.send("/stoppen/")
        assert somebody.answer.status_code == 403
        assert "U bent gestopt met inloggen" in somebody.text
        begin(somebody, site, own=True)
        somebody.press("stoppen", "1")
        assert "U bent gestopt met inloggen" in somebody.text
        somebody.open(f"{site.provider_address}/dienst/belastingen/")
        assert somebody.address == f"{site.provider_address}/"


def test_the_answer_of_one_browser_logs_nobody_in_elsewhere(site: Site) -> None:
    with Visitor() as attacker, Visitor() as victim, Visitor() as passer_by:
        log_in(attacker, site, DAUGHTER, own=True)
        used = next(address for address in attacker.seen if "/terug?artifact=" in address)
        begin(victim, site, own=True)
        for visitor in (victim, passer_by, attacker):
            visitor.open(used)
            assert (visitor.answer.status_code, NOT_LOGGED_IN in visitor.text) == (403, True)
        victim.open(f"{site.provider_address}/dienst/belastingen/")
        assert victim.address == f"{site.provider_address}/"


def test_an_answer_that_was_not_fetched_yet_is_of_no_use_to_another_session(site: Site) -> None:
    """An attacker stops just before coming back, and lures somebody to that address."""
    with Visitor() as attacker, Visitor() as victim:
        log_in(attacker, site, DAUGHTER)
        attacker.stop_following()
        choose(attacker, "Maria Johanna de Vries-Jansen")
        address = attacker.answer.headers["Location"]
        assert address.startswith(f"{site.provider_address}/terug?artifact=")
        begin(victim, site, own=True)
        victim.open(address)
        assert victim.answer.status_code == 403
        victim.open(f"{site.provider_address}/dienst/belastingen/")
        assert victim.address == f"{site.provider_address}/"


def test_pages_are_closed_to_other_sites_and_kept_by_nobody(site: Site) -> None:
    base = site.provider_address
    for path in ("/", "/terug", "/dienst/belastingen/", "/stijl.css", "/onbekend"):
        answer = httpx.get(base + path, trust_env=False)
        assert answer.status_code < 500
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
    for path in ("/inloggen/belastingen/", "/uitloggen/", "/taal/"):
        assert httpx.post(base + path, data={"voor": "mijzelf"}, trust_env=False).status_code == 403
    with Visitor() as visitor:
        visitor.open(base)
        form = visitor.page.forms[-1]
        for action, voor in (("/inloggen/onbekend/", "mijzelf"), (form.action, "niemand"), (form.action, "")):
            visitor.post(base + action, **form.fields, voor=voor)
            assert visitor.address == f"{base}/"


def test_an_address_that_does_not_exist_says_so_in_the_look_and_language_of_the_municipality(
    site: Site,
) -> None:
    with Visitor() as visitor:
        visitor.open(f"{site.provider_address}/onbekend")
        assert visitor.answer.status_code == 404
        assert "Deze pagina is er niet" in visitor.text
        assert "/stijl.css" in visitor.answer.text
        visitor.press("taal", "en")
        visitor.open(f"{site.provider_address}/onbekend")
        assert (visitor.answer.status_code, "This page does not exist" in visitor.text) == (404, True)


def test_after_a_start_on_another_port_people_come_back_to_the_right_place(site: Site) -> None:
    assert site.stop() == 0
    site.environment["PORT"] = str(free_port())
    site.start()
    wait_for_provider(site)
    with Visitor() as daughter:
        log_in(daughter, site, DAUGHTER)
        choose(daughter, "Maria Johanna de Vries-Jansen")
        assert daughter.address == f"{site.provider_address}/dienst/belastingen/"
    assert site.volmacht("audit", "verify").returncode == 0


def test_no_log_holds_a_bsn(site: Site) -> None:
    with Visitor() as daughter:
        log_in(daughter, site, DAUGHTER)
        choose(daughter, "Maria Johanna de Vries-Jansen")
    known = {person.bsn.value for person in load_people()}
    logs = [*(site.data / "log").glob("*"), site.data / "output"]
    assert len(logs) >= 4
    for log in logs:
        text = log.read_text()
        assert not [bsn for bsn in known if bsn in text], log.name


# --- when Volmacht does not answer as agreed ---


@contextmanager
def provider_with(register: str, folder: Path) -> Iterator[str]:
    """Gemeente Voorbeeld alone, with this address for Volmacht."""
    key, port = folder / "key", free_port()
    key.write_text("a-key\n")
    command = [sys.executable, "-m", "volmacht.standins.sample_provider", "--port", str(port)]
    env = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    with subprocess.Popen([*command, "--register", register, "--key-file", str(key)], env=env) as process:
        try:
            address = f"http://localhost:{port}"
            assert eventually(lambda: answers(f"{address}/health"))
            yield address
        finally:
            process.terminate()


def answering(*bodies: bytes) -> WSGIApplication:
    """A Volmacht that answers these, one after the other, and remembers nothing."""
    left = list(bodies)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response("200 OK", [("Content-Type", "application/json")])
        return [left.pop(0)]

    return application


STRANGE = [
    b"",
    b"no json",
    b"[]",
    b"null",
    b'{"status": "surprise"}',
    b'{"status": "ok"}',
    b'{"status": "ok", "relay_state": "\\u00e9", "acting": "999900006"}',
    b'{"status": "ok", "relay_state": null, "acting": null}',
    b'{"status": "ok", "relay_state": 7, "acting": ["x"]}',
]


def test_whatever_volmacht_answers_nobody_is_logged_in_by_it(tmp_path: Path) -> None:
    with served(answering(*STRANGE)) as register, provider_with(register, tmp_path) as address:
        for strange in STRANGE:
            with Visitor() as visitor:
                visitor.stop_following()
                visitor.open(address)
                form = next(form for form in visitor.page.forms if form.action == "/inloggen/belastingen/")
                visitor.post(address + form.action, **form.fields, voor="mijzelf")
                assert visitor.answer.headers["Location"].startswith(f"{register}/direct/inloggen?")
                visitor.open(f"{address}/terug?artifact=x")
                assert (visitor.answer.status_code, NOT_LOGGED_IN in visitor.text) == (403, True), strange


def test_while_volmacht_is_away_logging_in_fails_in_words(tmp_path: Path) -> None:
    with provider_with(f"http://localhost:{free_port()}", tmp_path) as address, Visitor() as visitor:
        visitor.stop_following()
        visitor.open(address)
        form = next(form for form in visitor.page.forms if form.action == "/inloggen/belastingen/")
        visitor.post(address + form.action, **form.fields, voor="mijzelf")
        visitor.open(f"{address}/terug?artifact=x")
        assert visitor.answer.status_code == 403
        assert "Het inloggen is niet gelukt" in visitor.text
