"""People are at one address: by another name of this machine everything that leads elsewhere would fail."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
OTHER = ["127.0.0.1:8000", "[::1]:8000", "127.0.0.1"]


@pytest.mark.parametrize("host", OTHER)
@pytest.mark.parametrize("path", ["/hulp/?a=b&c=%20d", "/en/hulp/", "/formulier/"])
def test_a_page_by_another_name_leads_to_the_base_address(client: Client, host: str, path: str) -> None:
    response = client.get(path, headers={"Host": host})

    assert response.status_code == 302
    assert response["Location"] == f"http://localhost:8000{path}"
    assert "__Host-volmacht" not in client.cookies


def test_a_form_by_another_name_is_refused_like_one_for_a_host_we_do_not_know(client: Client) -> None:
    for host in ("127.0.0.1:8000", "elsewhere.example"):
        response = client.post("/formulier/", {"wish": "x"}, headers={"Host": host})
        assert response.status_code == 400
        assert "Dit kunnen wij niet lezen" in response.text


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
def test_machines_may_come_by_any_name(client: Client, path: str) -> None:
    assert client.get(path, headers={"Host": "127.0.0.1:8000"}).status_code == 200


@pytest.mark.parametrize("path", ["/robots.txt", "/saml/catalogue/levels", "/preprod/saml/catalogue/levels"])
def test_so_may_who_reads_what_we_publish(client: Client, settings: Settings, path: str) -> None:
    settings.ROOT_URLCONF = "volmacht.config.urls"

    assert client.get(path, headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_the_base_address_itself_is_no_other_name(client: Client) -> None:
    assert client.get("/hulp/", headers={"Host": "localhost:8000"}).status_code == 200
