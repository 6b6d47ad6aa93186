"""Who may open a page."""

from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import Settings

from volmacht.audience import Audience, audience_of
from volmacht.config.options import Profile
from volmacht.portals.shared.audience import UndeclaredAudience, local_path
from volmacht.portals.shared.urls import machine_urlpatterns, urlpatterns

pytestmark = pytest.mark.django_db
ELSEWHERE = "192.0.2.7"


def test_a_view_without_an_audience_is_refused(client: Client) -> None:
    with pytest.raises(UndeclaredAudience, match="undeclared"):
        client.get("/vergeten/")


def test_a_visitor_of_an_undeclared_view_sees_an_error_page_and_nothing_else(client: Client) -> None:
    client.raise_request_exception = False

    response = client.get("/vergeten/")

    assert response.status_code == 500
    assert "geheim" not in response.text


def test_a_class_declares_its_audience_through_method_decorator(client: Client) -> None:
    assert client.get("/klasse/").text == "klasse"


def test_who_is_not_logged_in_logs_in_first_and_comes_back(client: Client) -> None:
    response = client.get("/concept/?onderwerp=belasting")

    assert response.status_code == 302
    assert response["Location"] == "/inloggen/?verder=%2Fconcept%2F%3Fonderwerp%3Dbelasting"


def test_a_page_for_trying_out_exists_in_the_demo_only(client: Client, settings: Settings) -> None:
    assert client.get("/proef/").status_code == 200

    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)

    assert client.get("/proef/").status_code == 404


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": ELSEWHERE}, 403),
        ({"REMOTE_ADDR": ""}, 403),
        ({"HTTP_X_FORWARDED_FOR": ELSEWHERE}, 403),
        ({"REMOTE_ADDR": ELSEWHERE, "HTTP_AUTHORIZATION": "Bearer figures"}, 200),
        ({"REMOTE_ADDR": ELSEWHERE, "HTTP_AUTHORIZATION": "Bearer guess"}, 403),
        ({"REMOTE_ADDR": ELSEWHERE, "HTTP_AUTHORIZATION": "Bearer ✗"}, 403),
    ],
)
def test_figures_are_for_this_machine_or_with_the_token(
    client: Client, settings: Settings, extra: dict[str, str], status: int
) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, metrics_token="figures")

    assert client.get("/metrics", **extra).status_code == status  # type: ignore[arg-type] # the stubs want headers here


def test_without_a_token_in_the_settings_an_empty_token_opens_nothing(client: Client) -> None:
    response = client.get("/metrics", REMOTE_ADDR=ELSEWHERE, HTTP_AUTHORIZATION="Bearer ")

    assert response.status_code == 403


@pytest.mark.parametrize("text", ["/", "/concept/?a=b", "/en/hulp/"])
def test_a_path_of_this_site_may_be_continued_at(text: str) -> None:
    assert local_path(text) == text


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "concept/",
    ],
)
def test_an_address_elsewhere_may_not_be_continued_at(text: str | None) -> None:
    assert local_path(text) is None


def test_every_shared_page_declares_its_audience() -> None:
    patterns = [*urlpatterns, *machine_urlpatterns]

    assert [
        pattern.name for pattern in patterns if not isinstance(audience_of(pattern.callback), Audience)
    ] == []
