"""A form that could not be accepted is shown by its own page: kept in the session, for one window, not for long."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.urls import ResolverMatch

from volmacht.portals.shared.kept_forms import KEY, MOST, accepted, show_again, shown_again, typed
from volmacht.portals.shared.sealed_sessions import SessionStore
from volmacht.rules.refusals import Refusal, Refused

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
PAGE, OTHER = "example:form", "example:other"


@pytest.fixture
def session() -> SessionBase:
    """A session that nobody stored yet."""
    return SessionStore()


def asked(
    session: SessionBase, address: str, fields: dict[str, str] | None = None, page: str = PAGE
) -> HttpRequest:
    """A page that is asked for, or a form that is sent to it."""
    factory = RequestFactory()
    request: HttpRequest = factory.get(address) if fields is None else factory.post(address, fields)
    request.session = session
    namespace, name = page.split(":")
    request.resolver_match = ResolverMatch(typed, (), {}, name, namespaces=[namespace])
    return request


def test_what_was_typed_comes_back_with_its_status_and_refusal(session: SessionBase) -> None:
    refused = Refused(Refusal.MANDATE_EXISTS, NOON.date())
    answer = show_again(
        asked(session, "/a/?wijzig=1", {"x": "é", "csrfmiddlewaretoken": "t"}), refused=refused, status=409
    )
    assert answer.status_code == 303
    assert answer.url.startswith("/a/?wijzig=1&opnieuw=")

    kept = shown_again(asked(session, answer.url))

    assert kept
    assert (kept.status, kept.refused, kept.fields) == (409, refused, QueryDict("x=é"))


def test_it_comes_back_as_often_as_it_is_asked_for_until_it_is_accepted(session: SessionBase) -> None:
    address = show_again(asked(session, "/a/", {"x": "1"})).url
    for _ in range(3):
        assert typed(asked(session, address)) == QueryDict("x=1")

    accepted(asked(session, address, {"x": "2"}))

    assert typed(asked(session, address)) is None
    assert session[KEY] == {}


def test_another_wrong_try_in_the_same_window_takes_its_place(session: SessionBase) -> None:
    first = show_again(asked(session, "/a/", {"x": "1"})).url
    second = show_again(asked(session, first, {"x": "2"})).url

    assert first == second
    assert typed(asked(session, second)) == QueryDict("x=2")
    assert len(session[KEY]) == 1


def test_two_windows_do_not_mix(session: SessionBase) -> None:
    one = show_again(asked(session, "/a/", {"x": "1"})).url
    other = show_again(asked(session, "/a/", {"x": "2"})).url

    assert typed(asked(session, one)) == QueryDict("x=1")
    assert typed(asked(session, other)) == QueryDict("x=2")
    assert typed(asked(session, "/a/")) is None


def test_another_page_does_not_get_it(session: SessionBase) -> None:
    address = show_again(asked(session, "/a/", {"x": "1"})).url

    assert typed(asked(session, address, page=OTHER)) is None


def test_it_is_kept_no_longer_than_a_log_in_is_idle(
    session: SessionBase, monkeypatch: pytest.MonkeyPatch, clock_at: Callable[[datetime], None]
) -> None:
    address = show_again(asked(session, "/a/", {"bsn": "1"})).url
    [kept] = session[KEY].values()
    kept["at"] = (datetime.fromisoformat(kept["at"]) - timedelta(minutes=16)).isoformat()

    assert typed(asked(session, address)) is None
    show_again(asked(session, "/b/", {"x": "1"}))
    assert "bsn" not in str(session[KEY])


def test_only_the_last_few_are_kept(session: SessionBase) -> None:
    for number in range(MOST + 3):
        show_again(asked(session, "/a/", {"x": f"{number}"}))

    assert [form["fields"] for form in session[KEY].values()] == [
        f"x={number}" for number in range(3, MOST + 3)
    ]


@pytest.mark.parametrize("number", ["", "x", "' OR 1=1", "💥", "ABCDEF012345", "0" * 5000])
def test_a_number_that_was_made_up_finds_nothing(session: SessionBase, number: str) -> None:
    show_again(asked(session, "/a/", {"x": "1"}))

    assert typed(asked(session, f"/a/?{urlencode({'opnieuw': number})}")) is None


def test_a_form_too_long_to_keep_keeps_the_beginning_of_each_value(session: SessionBase) -> None:
    address = show_again(asked(session, "/a/", {"x": "a" * 100_000, "y": "b"})).url

    kept = typed(asked(session, address))

    assert kept
    assert (len(kept["x"]), kept["y"]) == (1000, "b")
