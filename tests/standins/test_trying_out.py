"""The page for trying out: everything a newcomer clicks, and nothing for real use. Becoming: `test_becoming`."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from tests.cli.commands import environment
from tests.population_register import people
from tests.portals.choosing.visit import text_of
from volmacht import clock
from volmacht.logins.models import Visit
from volmacht.notifications.adapters.folder import FolderMail, mail_folder
from volmacht.parties.queries import party_with_bsn
from volmacht.standins.trying_out.people import everybody, main_characters, main_employees

MOTHER = "999900006"
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_newcomer_finds_employees_of_organisations(client: Client, prefix: str) -> None:
    html = client.get(f"{prefix}/proef/").content.decode()
    for account in main_employees():
        assert account.name in html
        assert (account.story_en if prefix else account.story_nl) in unescape(html)
        assert f'name="medewerker" value="{account.key}"' in html
    buttons = re.findall(r"<button[^>]*>(.*?)</button>", html.partition("<main")[2])
    names = [unescape(re.sub(r"<[^>]+>", "", button)) for button in buttons]
    assert len(names) == len(set(names))  # some work for an organisation too


@pytest.mark.parametrize(
    ("prefix", "sentences"),
    [
        ("", "verzet de klok. De klok staat op 2 januari 2031."),
        ("/en", "move the clock. The clock is set to 2 January 2031."),
    ],
)
def test_the_banner_is_made_of_whole_sentences(
    client: Client, clock_at: Callable[[datetime], None], prefix: str, sentences: str
) -> None:
    clock_at(datetime(2031, 1, 2, 12, tzinfo=UTC))
    page = client.get(f"{prefix}/hulp/").content.decode()
    assert sentences in " ".join(re.sub(r"<[^>]+>", "", page).split())


@pytest.mark.parametrize("who", ["", "x", "999900055", "123456782", "😀"])
def test_nobody_is_made_of_who_cannot_log_in(client: Client, who: str) -> None:
    assert client.post("/proef/word/", {"persoon": who})["Location"] == "/proef/"
    assert client.post("/proef/word/", {"medewerker": who, "persoon": who})["Location"] == "/proef/"
    assert not Visit.objects.exists()


def test_becoming_somebody_while_the_log_in_service_is_away_explains(client: Client) -> None:
    page = client.post("/proef/word/", {"persoon": MOTHER})
    assert page.status_code == 503
    assert "nu niet bereikbaar" in text_of(page)


def test_nobody_becomes_somebody_by_a_form_of_another_site() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/proef/word/", {"persoon": MOTHER}).status_code == 403
    assert client.post("/proef/klok/", {"stap": "90"}).status_code == 403
    assert client.get("/proef/word/").status_code == 405


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


@pytest.mark.usefixtures("_no_mail")
def test_mail_is_shown_in_pages_the_newest_first(client: Client) -> None:
    for number in range(45):
        message = EmailMessage()
        message["To"], message["From"] = "maria@voorbeeld.example", "volmacht@voorbeeld.example"
        message["Subject"] = f"Bericht {number}."
        message["Date"] = format_datetime(datetime(2026, 11, 2, 12, number, tzinfo=UTC))
        message["Message-ID"] = f"<{number}@volmacht.example>"
        message.set_content("Dag.")
        FolderMail().deliver(message)
    told = [
        re.findall(r"Bericht (\d+)\.", client.get(f"/proef/post/?pagina={page}").text) for page in (1, 2, 3)
    ]
    assert [len(one) for one in told] == [20, 20, 5]
    assert [int(one) for page in told for one in page] == list(reversed(range(45)))
    assert "Pagina 1 van 3" in client.get("/proef/post/").text
    beyond = text_of(client.get("/proef/post/?pagina=9"))
    assert "nog geen e-mail" not in beyond
    assert "Vorige" in beyond


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
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from pytest_django import Settings
client = Client(headers={"host": "volmacht.example"})
paths = ["/proef/", "/en/proef/", "/proef/post/"]
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
    assert told["answers"] == [404] * 5
    assert told["home"] == [200, False]
    assert told["log in"] == [503, True]
    assert told["stand-ins"] == []
    assert "localhost" not in told["policy"]


def test_invented_people_are_invented() -> None:
    """9999 at the start is given to nobody."""
    assert all(person.bsn.value.startswith("9999") for person in people())
    assert party_with_bsn(people()[0].bsn) is None


def test_a_newcomer_finds_members_and_employees_with_an_account_and_becomes_one(client: Client) -> None:
    from tests.accounts import employ, make_account, make_organisation
    from volmacht.rules.roles import StaffRole

    make_organisation(make_account("floor@gemeente.example", "Floor Fictief"))
    employ(make_account("nadia@beheer.example", "Nadia Nep"), StaffRole.ASSESSOR)
    html = client.get("/proef/").content.decode()
    assert "Word Floor Fictief" in html
    assert "Word Nadia Nep" in html
    client.post("/account/word/", {"account": "nadia@beheer.example"})
    assert "Nadia Nep" in client.get("/account/").content.decode()
    assert client.session["account"]["method"] == "demo"
    assert client.post("/account/word/", {"account": "niemand@x.example"}).status_code == 404


def test_that_door_is_shut_outside_the_demo(client: Client, settings: Settings) -> None:
    from dataclasses import replace

    from tests.accounts import make_account
    from volmacht.config.options import Profile

    make_account("floor@gemeente.example", "Floor Fictief")
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    assert client.post("/account/word/", {"account": "floor@gemeente.example"}).status_code == 404
    assert "account" not in client.session
