"""Levels of assurance as the messages name them (LA-01 to LA-05)."""

from typing import Final

from volmacht.rules.assurance import LevelOfAssurance

UNSPECIFIED: Final = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"
"""The class of a BVD's assertion; no level (AS-15, LA-05)."""

_WRITTEN: Final = {
    LevelOfAssurance.BASIC: "http://eID.logius.nl/LoA/basic",
    LevelOfAssurance.MIDDLE: "http://eidas.europa.eu/LoA/low",
    LevelOfAssurance.SUBSTANTIAL: "http://eidas.europa.eu/LoA/substantial",
    LevelOfAssurance.HIGH: "http://eidas.europa.eu/LoA/high",
}
_READ: Final = {uri: level for level, uri in _WRITTEN.items()} | {
    "http://eid.logius.nl/LoA/basic": LevelOfAssurance.BASIC,  # as the official examples spell it (LA-02)
}
_OLDER: Final = {
    "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport": LevelOfAssurance.BASIC,
    "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract": LevelOfAssurance.MIDDLE,
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard": LevelOfAssurance.SUBSTANTIAL,
    "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI": LevelOfAssurance.HIGH,
}


def uri_of(level: LevelOfAssurance) -> str:
    """How we write a level (LA-01)."""
    return _WRITTEN[level]


def level_of(uri: str) -> LevelOfAssurance | None:
    """The level that an assertion names; None when it names none that is known (LA-02, LA-05)."""
    return _READ.get(uri)


def level_requested(uri: str) -> LevelOfAssurance | None:
    """The level that a request or a REST call names: the classes of DigiD 3.x count too (LA-03)."""
    return _READ.get(uri) or _OLDER.get(uri)
