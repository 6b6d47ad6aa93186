"""Headers and cookies of every answer."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Cache-Control": "no-store",
}
EVERY_KIND = [
    "/hulp/",
    "/en/hulp/",
    "/health/live",
    "/metrics",
    "/bestaat-niet",
    "/?q=%00",
    "/dicht/",
    "/concept/",
]


@pytest.mark.parametrize("path", EVERY_KIND)
@pytest.mark.parametrize("name", FIXED)
def test_every_answer_has_the_security_headers(client: Client, path: str, name: str) -> None:
    assert client.get(path)[name] == FIXED[name]


@pytest.mark.parametrize("path", EVERY_KIND)
def test_the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere(
    client: Client, path: str
) -> None:
    policy = client.get(path)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("script-src", "style-src", "img-src", "font-src", "connect-src"):
        assert re.search(rf"{kind} 'self'(;|$)", policy)


def test_features_of_the_browser_that_are_not_used_are_switched_off(client: Client) -> None:
    policy = client.get("/hulp/")["Permissions-Policy"]

    for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{feature}=()" in policy


def test_behind_https_a_browser_keeps_to_https_for_two_years(client: Client) -> None:
    value = client.get("/hulp/", secure=True)["Strict-Transport-Security"]

    assert value == "max-age=63072000; includeSubDomains; preload"


def test_pages_hold_no_style_or_script_of_their_own(client: Client) -> None:
    for path in ("/hulp/", "/privacy/", "/cookies/", "/toegankelijkheid/", "/bestaat-niet"):
        page = client.get(path).text
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", page)


def test_static_files_are_kept_by_the_browser(client: Client, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "theme.css").write_text("a{}")
    settings.STATIC_ROOT = tmp_path

    response = Client().get("/static/theme.css")
    response.close()

    assert "max-age" in response["Cache-Control"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(anna: Client) -> None:
    cookie = anna.cookies["__Host-volmacht"]

    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (cookie["path"], cookie["domain"], cookie["max-age"]) == ("/", "", "")


def test_the_csrf_cookie_is_out_of_reach_too(anna: Client) -> None:
    anna.get("/uitloggen/")
    cookie = anna.cookies["__Host-csrf"]

    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_a_visitor_who_does_nothing_gets_no_session(client: Client) -> None:
    client.get("/hulp/")

    assert django_settings.SESSION_COOKIE_NAME not in client.cookies
