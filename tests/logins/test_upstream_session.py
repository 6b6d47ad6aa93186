"""What a log-in keeps of the session upstream is what a log-out finds with it (AD-12, LO-09)."""

import pytest

from volmacht.logins.upstream_session import Session


@pytest.mark.parametrize("index", ["", "index"])
def test_what_was_written_of_a_session_is_read_as_the_same_session(index: str) -> None:
    session = Session("urn:ad", "name", index)
    assert Session.read("urn:ad", session.written()) == session


def test_a_session_is_found_under_the_hash_with_which_it_was_kept() -> None:
    session = Session("urn:ad", "name", "index")
    assert session.hash in session.hashes
    for other in (Session("urn:other", "name", "index"), Session("urn:ad", "name", "")):
        assert session.hash not in other.hashes
