"""What people see when something is not possible."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.portals.shared.example_site import ANNA
from volmacht.portals.shared.parked_work import LOGIN

pytestmark = pytest.mark.django_db
TYPED = {"bsn": "999990019", "wish": "Wens <b>"}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def lenient(client: Client) -> Client:
    """A browser: a fault is a page, not an exception."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("path", "status", "dutch", "english"),
    [
        ("bestaat-niet/", 404, "Deze pagina is er niet", "This page does not exist"),
        ("dicht/", 403, "U mag deze pagina niet zien", "You may not see this page"),
        ("stuk/", 500, "Er ging iets mis", "Something went wrong"),
        ("slot/", 503, "Het lukt nu even niet", "This does not work right now"),
        ("wie/?q=%00", 400, "Dit kunnen wij niet lezen", "We cannot read this"),
        ("post/", 405, "Dit kan hier niet", "This is not possible here"),
    ],
)
def test_every_refusal_has_a_page_in_both_languages(
    lenient: Client, path: str, status: int, dutch: str, english: str
) -> None:
    for prefix, heading in (("/", dutch), ("/en/", english)):
        response = lenient.get(prefix + path)

        assert response.status_code == status
        assert re.findall(r"<h1[^>]*>(.*?)</h1>", response.text) == [heading]
        assert response["X-Request-Id"] in response.text


def test_refusal_pages_ask_the_database_nothing(
    lenient: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator] # pytest-django's fixture is a callable
        for path in ("/bestaat-niet", "/slot/", "/stuk/", "/?q=%00"):
            lenient.get(path)


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("GET", "/wie/?naam=a%00b", ""),
        ("GET", "/wie/?a%00b=naam", ""),
        ("GET", "/wie/a%00b/", ""),
        ("POST", "/post/", "naam=a%00b"),
        ("POST", "/post/", "a%00b=naam"),
    ],
)
def test_a_nul_in_address_or_field_gives_a_clear_page(
    client: Client, method: str, path: str, data: str
) -> None:
    assert client.generic(method, path, data, content_type=FORM).status_code == 400


def test_a_nul_in_a_cookie_gives_a_clear_page(client: Client) -> None:
    assert client.get("/wie/", headers={"cookie": '__Host-volmacht="abcdefgh\\000"'}).status_code == 400


def test_ten_megabytes_are_refused_with_a_clear_page(client: Client) -> None:
    response = client.post("/post/", "naam=" + "x" * 10_000_000, content_type=FORM)

    assert response.status_code == 413
    assert "256 kB" in response.text


def test_ten_megabytes_as_a_file_are_refused_too(client: Client) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
        + b"x" * 10_000_000
        + b"\r\n--x--\r\n"
    )

    response = client.post("/post/", body, content_type="multipart/form-data; boundary=x")

    assert response.status_code == 413


def test_far_too_many_fields_give_a_clear_page(client: Client) -> None:
    assert client.post("/post/", urlencode([("a", "b")] * 500), content_type=FORM).status_code == 400


def test_nonsense_as_a_length_gives_a_clear_page(client: Client) -> None:
    assert client.get("/wie/", CONTENT_LENGTH="veel").status_code == 400


def test_a_page_that_only_takes_forms_says_so_and_names_the_method(client: Client) -> None:
    assert client.get("/post/")["Allow"] == "POST"


def test_a_busy_page_repeats_what_was_asked(client: Client) -> None:
    response = client.get("/slot/?pagina=3")

    assert response["Retry-After"] == "10"
    assert 'href="/slot/?pagina=3"' in response.text


def test_a_form_sent_while_busy_is_offered_again_with_everything_in_it(client: Client) -> None:
    response = client.post("/slot/", {**TYPED, "dag": ["ma", "di"], "csrfmiddlewaretoken": "oud"})

    assert response.status_code == 503
    fields = re.findall(
        r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', response.text.split("<main")[1]
    )
    kept = [field for field in fields if field[0] != "csrfmiddlewaretoken"]
    assert kept == [("bsn", "999990019"), ("wish", "Wens &lt;b&gt;"), ("dag", "ma"), ("dag", "di")]
    assert 'value="oud"' not in response.text
    assert 'action="/slot/"' in response.text


def strict() -> Client:
    """A browser whose CSRF tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.get(f"/inloggen/?als={ANNA.int}")
    return client


def test_a_form_without_a_good_token_is_not_carried_out() -> None:
    browser = strict()

    response = browser.post("/formulier/", TYPED)

    assert response.status_code == 403
    assert "Dit formulier is verlopen" in response.text
    assert "sent" not in browser.session


def test_what_was_typed_in_an_expired_form_comes_back() -> None:
    browser = strict()
    response = browser.post("/formulier/", TYPED)
    assert 'href="/formulier/"' in response.text
    assert "hebben wij bewaard" in response.text

    assert 'value="999990019"' in browser.get("/formulier/").text


def test_a_form_that_another_site_sent_is_not_kept() -> None:
    browser = strict()

    response = browser.post("/formulier/", TYPED, headers={"origin": "https://evil.example"})

    assert response.status_code == 403
    assert "hebben wij bewaard" not in response.text
    assert "999990019" not in browser.get("/formulier/").text


def test_an_expired_form_of_somebody_who_is_not_logged_in_is_not_kept() -> None:
    browser = Client(enforce_csrf_checks=True)

    response = browser.post("/formulier/", TYPED)

    assert response.status_code == 403
    assert LOGIN not in browser.session
    assert "form" not in browser.session


def test_what_is_too_big_is_told_to_who_is_logged_in_as_such(anna: Client) -> None:
    response = anna.generic("POST", "/post/", b"a" * (3 * 1024 * 1024), content_type=FORM)

    assert response.status_code == 413
    assert 'id="uitloggen"' in response.text
    assert ">Inloggen<" not in response.text
