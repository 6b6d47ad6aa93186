"""Employees and members in a browser: a passkey, made and used; becoming somebody on the page for trying out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession

from tests.journeys.browsing import Browsing
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
MANAGERS = ("--proposed-by", "mariam@volmacht.example", "--approved-by", "joost@volmacht.example")


def link_for(site: Site, email: str) -> str:
    """The link that the command prints for a new employee."""
    made = site.volmacht("staff", "create", "Vera Proef", email, "--role", "assessor", *MANAGERS)
    assert made.returncode == 0, made.stderr
    found = re.search(r"http\S+/account/link/\S+", made.stdout)
    assert found, made.stdout
    return found[0]


def with_authenticator(somebody: Browsing) -> CDPSession:
    """The browser gets a device that makes passkeys and checks its owner."""
    session = somebody.page.context.new_cdp_session(somebody.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_an_employee_makes_a_passkey_and_logs_in_with_it_alone(
    open_window: Callable[..., Browsing], site: Site
) -> None:
    vera = open_window()
    with_authenticator(vera)
    vera.opens(link_for(site, "vera@volmacht.example"))
    vera.is_at("Maak uw account")
    vera.page.locator("#id_name").fill("Vera Proef")
    vera.page.locator("#id_wachtwoord").fill("vijf groene fietsen")
    vera.presses("Verder")

    vera.is_at("Stel de tweede stap in")
    vera.page.locator("#naam").fill("Proefsleutel")
    vera.presses("Passkey maken")
    vera.is_at("Uw herstelcodes")
    assert vera.page.locator("#herstelcodes li").count() == 10
    vera.page.locator("#verder").click()
    vera.opens(f"{site.address}/account/")
    vera.sees("Proefsleutel")

    vera.clicks("#uitloggen")
    vera.opens(f"{site.address}/account/inloggen/")
    vera.presses("Inloggen met een passkey")
    vera.opens(f"{site.address}/account/")
    vera.sees("vera@volmacht.example")


def test_without_the_device_a_passkey_says_so_and_a_password_is_asked(
    open_window: Callable[..., Browsing], site: Site
) -> None:
    somebody = open_window()
    session = with_authenticator(somebody)
    somebody.opens(f"{site.address}/account/inloggen/")
    session.send("WebAuthn.disable")
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}},
    )
    somebody.page.locator("#met-passkey").click()
    somebody.sees("Het is niet gelukt met de passkey.")


def test_a_newcomer_becomes_a_member_or_an_employee_in_one_click(
    open_window: Callable[..., Browsing], site: Site
) -> None:
    newcomer = open_window()
    newcomer.opens(f"{site.address}/proef/")
    newcomer.page.get_by_role("button", name="Word Daan Kuipers").click()
    newcomer.opens(f"{site.address}/account/")
    newcomer.sees("Gemeente Voorbeeld")
    newcomer.opens(f"{site.address}/proef/")
    newcomer.page.get_by_role("button", name="Word Mariam Haddad").click()
    newcomer.opens(f"{site.address}/bureau/medewerkers/")
    newcomer.is_at("Medewerkers")
