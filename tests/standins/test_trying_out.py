"""The page for trying out, and the stand-in for logging in: everything a newcomer clicks, and nothing for real use."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.cli.commands import environment
from tests.population_register import PopulationRegisterControl, people
from tests.portals.choosing.visit import text_of
from volmacht import clock
from volmacht.logins.models import Authentication
from volmacht.notifications.adapters.folder import FolderMail, mail_folder
from volmacht.parties.models import Party
from volmacht.parties.queries import party_with_bsn
from volmacht.standins.trying_out.people import everybody, main_characters

MOTHER, DAUGHTER, BOOKKEEPER = "999900006", "999900018", "999900031"
MINE = "/mijn/machtigingen/"
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def become(client: Client, bsn: str, prefix: str = "") -> str:
    """Become somebody in one click; where that ends."""
    back = client.post(f"{prefix}/proef/word/", {"persoon": bsn})["Location"]
    return client.get(back)["Location"]


def stand_in(client: Client) -> str:
    """The page on which to say who one is."""
    return client.post("/inloggen/")["Location"]


@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/en", "en")])
def test_a_newcomer_finds_everybody_with_a_story(client: Client, prefix: str, language: str) -> None:
    html = client.get(f"{prefix}/proef/").content.decode()
    assert f'<html lang="{language}"' in html
    for person in main_characters():
        assert person.story
        assert person.used_name in html
        assert person.bsn.value in html  # to type in, at entering a code
    assert str(len(everybody())) in html
    assert settings.VOLMACHT.sample_provider_url in html
    assert html.count('name="persoon"') == sum(bool(person.digid_levels) for person in main_characters())


def test_one_click_makes_somebody(client: Client) -> None:
    assert become(client, MOTHER) == MINE
    assert "Maria Johanna de Vries-Jansen" in client.get(MINE).content.decode()
    assert become(client, DAUGHTER) == MINE
    page = client.get(MINE).content.decode()
    assert "Annelies de Vries" in page
    assert "Maria Johanna" not in page


def test_one_click_works_in_english_too(client: Client) -> None:
    assert become(client, MOTHER, "/en") == f"/en{MINE}"


@pytest.mark.parametrize("who", ["", "x", "999900055", "123456782", "😀"])
def test_nobody_is_made_of_who_cannot_log_in(client: Client, who: str) -> None:
    assert client.post("/proef/word/", {"persoon": who})["Location"] == "/proef/"
    assert not Authentication.objects.exists()


def test_becoming_somebody_while_the_register_is_away_explains(
    client: Client, population_register: PopulationRegisterControl
) -> None:
    population_register.fail()
    page = client.post("/proef/word/", {"persoon": MOTHER})
    assert page.status_code == 503
    assert "geeft geen antwoord" in text_of(page)


def test_becoming_somebody_who_died_explains(
    client: Client, population_register: PopulationRegisterControl
) -> None:
    dead = population_register.with_case("deceased_with_digid").bsn.value
    assert "overleden" in text_of(client.post("/proef/word/", {"persoon": dead}))
    page = client.post(stand_in(client), {"persoon": dead, "niveau": "hoogste"})
    assert page.status_code == 400
    assert "overleden" in text_of(page)


def test_nobody_becomes_somebody_by_a_form_of_another_site() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/proef/word/", {"persoon": MOTHER}).status_code == 403
    assert client.post("/proef/klok/", {"stap": "90"}).status_code == 403
    assert client.get("/proef/word/").status_code == 405


# --- the stand-in for logging in ---


def radios(page: str) -> list[str]:
    """The people offered."""
    return re.findall(r'name="persoon" id="[^"]*" value="(\d+)"', page)


def test_everybody_with_a_digid_can_be_found_by_paging(client: Client) -> None:
    address = stand_in(client)
    seen: list[str] = []
    for number in range(1, 40):
        page = client.get(address, {"pagina": str(number), "naar": "/inloggen/terug/"}).content.decode()
        seen += radios(page)
        if f"pagina={number + 1}" not in page:
            break
    with_digid = {person.bsn.value for person in everybody() if person.digid_levels}
    assert set(seen) == with_digid
    first = radios(client.get(address).content.decode())
    assert len(first) == len(set(first))


@pytest.mark.parametrize(
    ("text", "found"), [("annelies", {DAUGHTER}), ("VRIES jansen", {MOTHER}), ("zzz", set()), ("%", set())]
)
def test_people_are_found_by_any_word_of_their_name(client: Client, text: str, found: set[str]) -> None:
    page = client.get(stand_in(client).partition("?")[0], {"zoek": text}).content.decode()
    assert set(radios(page)) >= found if found else radios(page) == []


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999", "1e3", "", "²"])
def test_a_page_number_of_nonsense_is_no_problem(client: Client, number: str) -> None:
    assert client.get(stand_in(client).partition("?")[0], {"pagina": number}).status_code == 200


LEVELS = [("hoogste", 30), ("", 30), ("10", 10), ("20", 20), ("25", 25), ("30", 30)]


@pytest.mark.parametrize(("chosen", "level"), LEVELS)
def test_the_level_is_the_one_that_was_chosen(client: Client, chosen: str, level: int) -> None:
    answer = client.post(stand_in(client), {"persoon": BOOKKEEPER, "niveau": chosen})
    assert answer.status_code == 302
    assert Authentication.objects.get().level == level


@pytest.mark.parametrize("chosen", ["30", "40", "x", "-1", "٢٠"])
def test_a_level_that_somebody_has_not_is_refused_and_the_choice_stays(client: Client, chosen: str) -> None:
    page = client.post(stand_in(client), {"persoon": MOTHER, "niveau": chosen})
    assert page.status_code == 400
    assert "kan niet op dit niveau inloggen" in text_of(page)
    assert re.search(rf'value="{MOTHER}" checked', page.content.decode())
    assert Authentication.objects.get().ticket_hash is None


@pytest.mark.parametrize("who", ["", "x", "999900055", "0" * 9, "<b>"])
def test_choosing_nobody_asks_again(client: Client, who: str) -> None:
    page = client.post(stand_in(client), {"persoon": who, "niveau": "hoogste"})
    assert page.status_code == 400
    assert "Kies een persoon uit de lijst" in text_of(page)


def test_an_unknown_visit_is_over_and_makes_nobody_known(client: Client) -> None:
    address = "/proef/inloggen/00000000-0000-4000-8000-000000000000/"
    for page in (client.get(address), client.post(address, {"persoon": MOTHER, "niveau": "hoogste"})):
        assert page.status_code == 400
        assert "Dit inloggen is voorbij" in text_of(page)
    assert not Party.objects.exists()


# --- mail and clock ---


@pytest.fixture
def _no_mail() -> Iterator[None]:
    for file in mail_folder().glob("*.eml"):
        file.unlink()
    yield
    for file in mail_folder().glob("*.eml"):
        file.unlink()


@pytest.mark.usefixtures("_no_mail")
def test_mail_is_shown_as_text_with_links_that_work(client: Client) -> None:
    from email.message import EmailMessage

    assert "Er is nog geen e-mail verstuurd" in text_of(client.get("/proef/post/"))
    message = EmailMessage()
    message["To"], message["From"] = "maria@voorbeeld.example", "volmacht@voorbeeld.example"
    message["Subject"] = "Bevestig <script>alert(1)</script>"
    message["Date"], message["Message-ID"] = NOON, "<1@volmacht.example>"
    message.set_content("Klik op http://localhost:8000/e-mail/bevestigen/abc/ <b>nu</b>")
    FolderMail().deliver(message)
    html = client.get("/proef/post/").content.decode()
    assert "Bevestig &lt;script&gt;" in html
    assert "<script>alert" not in html
    assert 'href="http://localhost:8000/e-mail/bevestigen/abc/"' in html
    assert "&lt;b&gt;nu&lt;/b&gt;" in html


@pytest.fixture
def offset_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clock of this test's own."""
    monkeypatch.setattr(clock, "_offset_file", tmp_path / "clock-offset")
    monkeypatch.setattr(clock, "_offset_seen", ((0, 0), timedelta()))
    return tmp_path / "clock-offset"


STEPS = [
    ("1", timedelta(days=1), timedelta(days=5)),
    ("5", timedelta(days=7), timedelta(days=12)),
    ("90", timedelta(days=89, hours=23), timedelta(days=90, hours=1)),
]


@pytest.mark.parametrize(("step", "least", "most"), STEPS)
def test_the_clock_goes_forward_in_steps_and_every_page_says_so(
    client: Client, offset_file: Path, step: str, least: timedelta, most: timedelta
) -> None:
    before = clock.now()
    answer = client.post("/proef/klok/", {"stap": step})
    assert answer["Location"] == "/proef/?klok=verzet"
    assert least - timedelta(minutes=1) - timedelta(hours=1) <= clock.now() - before <= most
    assert "De klok is verzet" in text_of(client.get(answer["Location"]))


@pytest.mark.parametrize("step", ["", "-1", "0", "365000", "x"])
def test_the_clock_takes_no_other_steps(client: Client, offset_file: Path, step: str) -> None:
    assert client.post("/proef/klok/", {"stap": step})["Location"] == "/proef/"
    assert not offset_file.exists()
    assert client.get("/proef/klok/").status_code == 405


@pytest.mark.parametrize(
    ("moment", "step", "later"),
    [
        (datetime(2026, 11, 27, 11, 0, tzinfo=UTC), "1", datetime(2026, 11, 30, 11, 0, tzinfo=UTC)),  # Friday
        (datetime(2026, 12, 24, 11, 0, tzinfo=UTC), "1", datetime(2026, 12, 28, 11, 0, tzinfo=UTC)),
        (
            datetime(2027, 1, 10, 11, 0, tzinfo=UTC),
            "90",
            datetime(2027, 4, 10, 10, 0, tzinfo=UTC),
        ),  # summer time
    ],
)
def test_a_step_ends_at_the_same_time_of_day_and_skips_days_without_work(
    client: Client,
    offset_file: Path,
    clock_at: Callable[[datetime], None],
    moment: datetime,
    step: str,
    later: datetime,
) -> None:
    clock_at(moment)
    client.post("/proef/klok/", {"stap": step})
    assert timedelta(seconds=int(offset_file.read_text())) == later - moment


# --- for real use there is none of this ---

PROGRAM = """
import json, sys
import django
from django.conf import settings
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
client = Client(headers={"host": "volmacht.example"})
paths = ["/proef/", "/en/proef/", "/proef/post/", "/proef/inloggen/00000000-0000-4000-8000-000000000000/"]
answers = [client.get(path, secure=True).status_code for path in paths]
answers += [client.post(path, secure=True).status_code for path in ("/proef/word/", "/proef/klok/")]
page = client.get("/", secure=True)
log_in = client.get("/inloggen/", secure=True)
print(json.dumps({
    "answers": answers,
    "home": [page.status_code, "proef" in page.content.decode()],
    "log in": [log_in.status_code, "verbonden" in log_in.content.decode()],
    "stand-ins": sorted(name for name in sys.modules if name.startswith("volmacht.standins")),
    "policy": page["Content-Security-Policy"],
    "service": settings.AUTHENTICATION_SERVICE,
}))
"""


def test_for_real_use_the_pages_and_the_stand_ins_do_not_exist(tmp_path: Path) -> None:
    env = environment(
        tmp_path,
        VOLMACHT_DEMO="0",
        VOLMACHT_BASE_URL="https://volmacht.example",
        DJANGO_SETTINGS_MODULE="volmacht.config.settings",
    )
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert told["answers"] == [404] * 6
    assert told["home"] == [200, False]
    assert told["log in"] == [503, True]
    assert told["stand-ins"] == []
    assert "localhost" not in told["policy"]
    assert told["service"] == ""


def test_invented_people_are_invented() -> None:
    """9999 at the start is given to nobody."""
    assert all(person.bsn.value.startswith("9999") for person in people())
    assert party_with_bsn(people()[0].bsn) is None
