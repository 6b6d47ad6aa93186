"""The tables of statuses: complete, exact, and never more codes than the specification names (ST-20 to ST-85)."""

from enum import Enum

import pytest

from volmacht.protocols.saml.messages import RESPONDER, SUCCESS, Status
from volmacht.protocols.saml.status import (
    LONGEST_MESSAGE,
    LogoutOutcome,
    Outcome,
    ResolveOutcome,
    canonical_code,
    cleaned,
    unsupported_upstream,
)

PREFIX = "urn:oasis:names:tc:SAML:2.0:status:"
NUMBERS = [*range(20, 34), 35, *range(40, 49), *range(50, 54)]
SITUATIONS: list[Outcome | ResolveOutcome | LogoutOutcome] = [*Outcome, *ResolveOutcome, *LogoutOutcome]


def test_every_situation_of_the_front_channel_has_its_outcome() -> None:
    assert [outcome.rule for outcome in Outcome] == [f"ST-{number}" for number in NUMBERS]


def test_no_situation_hides_another_with_the_same_status() -> None:
    assert [len(table.__members__) for table in (Outcome, ResolveOutcome, LogoutOutcome)] == [28, 6, 5]


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
def test_only_the_listed_codes_are_used(situation: Outcome | ResolveOutcome | LogoutOutcome) -> None:
    status = situation.status()

    assert isinstance(situation, Enum)
    assert status.top in {f"{PREFIX}{code}" for code in ("Success", "Requester", "Responder")}
    if status.succeeded:
        assert status == Status(SUCCESS)
    else:
        assert status.second in {
            f"{PREFIX}{code}"
            for code in (
                "AuthnFailed",
                "NoAuthnContext",
                "RequestUnsupported",
                "RequestDenied",
                "NoSupportedIDP",
            )
        }


def test_cancelling_has_exactly_the_prescribed_status() -> None:
    expected = Status(f"{PREFIX}Responder", f"{PREFIX}AuthnFailed", "Authentication cancelled")

    assert Outcome.CANCELLED.status() == expected
    assert expected.cancelled
    assert not Outcome.AUTHENTICATION_FAILED.status().cancelled


def test_nobody_can_tell_a_missing_mandate_from_a_cancelled_login() -> None:
    assert Outcome.NO_MANDATE.status() == Outcome.CANCELLED.status()


def test_the_text_of_another_service_is_passed_on_cleaned_and_short() -> None:
    status = unsupported_upstream("  Not\r\n\x1b[31m supported\u202e\u0000 here " + "x" * 300)

    assert (status.top, status.second) == (RESPONDER, f"{PREFIX}RequestUnsupported")
    assert status.message is not None
    assert status.message.startswith("Not [31m supported here xxx")
    assert len(status.message) == LONGEST_MESSAGE


@pytest.mark.parametrize("received", [None, "", " \n"])
def test_without_a_text_there_is_no_message(received: str | None) -> None:
    assert unsupported_upstream(received).message is None


def test_a_text_is_not_cut_before_a_space() -> None:
    assert cleaned("a" * 199 + " b") == "a" * 199


@pytest.mark.parametrize(
    "code", [f"{PREFIX}NoSupportedIDP", "urn:oasis:names:tc:saml:2.0:status:NoSupportedIDP"]
)
def test_a_code_is_known_in_the_spelling_of_either_source(code: str) -> None:
    assert canonical_code(code) == f"{PREFIX}NoSupportedIDP"


def test_an_unknown_code_stays_as_it_is() -> None:
    assert canonical_code("urn:example:Status") == "urn:example:Status"
