"""What is built can be read back, whole: for every message, with values that hypothesis thinks of."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.protocols import message_values as drawn
from tests.protocols.keyring import own_key
from volmacht.protocols.saml import building, parsing
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import (
    ArtifactResolve,
    ArtifactResponse,
    Assertion,
    AuthnRequest,
    LogoutRequest,
    LogoutResponse,
    Response,
)
from volmacht.protocols.xml.gate import parsed

V = TypeVar("V")
KEY = own_key("entrance")
embedded = drawn.assertions.map(lambda value: building.assertion(value, KEY))
some = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def read_back(value: V, build: Callable[[V, OwnKey], bytes], parse: Callable[[etree._Element], V]) -> V:
    """Built, which is canonical from the start, and parsed."""
    root = parsed(build(value, KEY))
    assert serialised(root) == build(value, KEY)
    return parse(root)


@some
@given(drawn.authn_requests(st.just(b"") | embedded))
def test_an_authn_request_reads_as_it_was_built(value: AuthnRequest) -> None:
    assert read_back(value, building.authn_request, parsing.authn_request) == value


@some
@given(drawn.resolves)
def test_an_artifact_resolve_reads_as_it_was_built(value: ArtifactResolve) -> None:
    assert read_back(value, building.artifact_resolve, parsing.artifact_resolve) == value


@some
@given(drawn.assertions, drawn.few(embedded))
def test_an_assertion_reads_as_it_was_built(value: Assertion, advice: tuple[bytes, ...]) -> None:
    value = replace(value, advice=advice)

    assert read_back(value, building.assertion, parsing.assertion) == value


@some
@given(drawn.responses(embedded))
def test_a_response_reads_as_it_was_built(value: Response) -> None:
    assert parsing.response(parsed(building.response(value))) == value


@some
@given(drawn.artifact_responses(embedded))
def test_an_artifact_response_reads_as_it_was_built(value: ArtifactResponse) -> None:
    assert read_back(value, building.artifact_response, parsing.artifact_response) == value


@some
@given(drawn.logout_requests)
def test_a_logout_request_reads_as_it_was_built(value: LogoutRequest) -> None:
    assert read_back(value, building.logout_request, parsing.logout_request) == value


@some
@given(drawn.logout_responses)
def test_a_logout_response_reads_as_it_was_built(value: LogoutResponse) -> None:
    assert read_back(value, building.logout_response, parsing.logout_response) == value
