"""A browser in which somebody is logged in, and reading what a page says."""

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test import Client

from tests.mandates.scene import LEVEL, Someone
from volmacht.portals.shared.login_session import log_in
from volmacht.portals.shared.sealed_sessions import SessionStore
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


def new_session(
    person: Someone, level: LevelOfAssurance = LEVEL, environment: Environment = Environment.PRODUCTION
) -> SessionBase:
    """A session of an environment in which the frame has logged somebody in."""
    request = HttpRequest()
    session = SessionStore()
    session.environment = environment
    request.session = session
    log_in(request, party_id=person.id, level=level, name=person.name)
    request.session.save()
    return request.session


def logged_in_browser(
    person: Someone,
    level: LevelOfAssurance = LEVEL,
    environment: Environment = Environment.PRODUCTION,
    **options: Any,
) -> Client:
    """A new browser with such a session."""
    client = Client(**options)
    suffix = "" if environment is Environment.PRODUCTION else settings.PREPRODUCTION_COOKIES
    session = new_session(person, level, environment)
    client.cookies[settings.SESSION_COOKIE_NAME + suffix] = str(session.session_key)
    return client


def text_of(response: "Response") -> str:
    """What the main part of a page says, without markup; spaces are single."""
    html = response.content.decode()
    main = html.partition("<main")[2].partition("</main>")[0] or html
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main))).strip()


def title_of(response: "Response") -> str:
    """The title of a page."""
    return unescape(response.content.decode().partition("<title>")[2].partition("</title>")[0])


def value_of(response: "Response", name: str) -> str:
    """What a text box of a page holds."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    assert found, name
    value = re.search(r'value="([^"]*)"', found[0])
    return unescape(value[1]) if value else ""


def enter(client: Client, code: str, bsn: str) -> "Response":
    """Send the form of entering a code, and go on to where it leads."""
    return client.post("/code/", {"code": code, "bsn": bsn}, follow=True)


def log_in_again(client: Client, person: Someone, level: LevelOfAssurance = LEVEL) -> None:
    """Log in within the session that this browser has already, as coming back from the log-in does."""
    request = HttpRequest()
    request.session = client.session
    log_in(request, party_id=person.id, level=level, name=person.name)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
