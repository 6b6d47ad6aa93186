"""Levels of assurance on the wire: what is written, which spelling is understood where (LA-01 to LA-05, TC-42)."""

import pytest

from volmacht.protocols.saml.assurance import UNSPECIFIED, level_of, level_requested, uri_of
from volmacht.rules.assurance import LevelOfAssurance

WRITTEN = {
    10: "http://eID.logius.nl/LoA/basic",
    20: "http://eidas.europa.eu/LoA/low",
    25: "http://eidas.europa.eu/LoA/substantial",
    30: "http://eidas.europa.eu/LoA/high",
}
CLASSES_OF_DIGID_3 = {
    10: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
    20: "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
    25: "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard",
    30: "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
}


@pytest.mark.parametrize("level", LevelOfAssurance)
def test_a_level_is_written_as_the_specification_spells_it(level: LevelOfAssurance) -> None:
    assert uri_of(level) == WRITTEN[level]


@pytest.mark.parametrize("level", LevelOfAssurance)
def test_what_is_written_is_understood_in_assertions_and_requests(level: LevelOfAssurance) -> None:
    assert level_of(WRITTEN[level]) is level
    assert level_requested(WRITTEN[level]) is level


@pytest.mark.parametrize("level", LevelOfAssurance)
def test_the_older_classes_are_understood_in_requests_only(level: LevelOfAssurance) -> None:
    assert level_requested(CLASSES_OF_DIGID_3[level]) is level
    assert level_of(CLASSES_OF_DIGID_3[level]) is None


def test_basic_is_also_understood_in_lower_case_and_written_with_capitals() -> None:
    assert level_of("http://eid.logius.nl/LoA/basic") is LevelOfAssurance.BASIC
    assert uri_of(LevelOfAssurance.BASIC) == "http://eID.logius.nl/LoA/basic"


@pytest.mark.parametrize(
    "uri",
    [
        "",
        UNSPECIFIED,
        "http://EID.logius.nl/LoA/basic",
        "http://eid.logius.nl/loa/basic",
        "http://eidas.europa.eu/LoA/Low",
        "https://eidas.europa.eu/LoA/low",
        "http://eidas.europa.eu/LoA/low ",
        "http://eidas.europa.eu/LoA/basic",
    ],
)
def test_any_other_spelling_is_no_level(uri: str) -> None:
    assert level_of(uri) is None
    assert level_requested(uri) is None
