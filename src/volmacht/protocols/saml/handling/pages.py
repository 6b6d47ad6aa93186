"""Refusals that are shown as a page, because nobody can be trusted yet (ST-01 to ST-13)."""

from enum import StrEnum


class PageRefusal(StrEnum):
    """Why a message from a browser is not answered over SAML (ST-01 to ST-13). The value is the id in the log."""

    NOT_POST = "ST-01"
    MEDIA_TYPE = "ST-02-type"
    TOO_LARGE = "ST-02-size"
    FORM = "ST-03"
    XML = "ST-04"
    ISSUER = "ST-05"
    METADATA = "ST-06"
    SIGNATURE = "ST-07"
    DESTINATION = "ST-08"
    CONSUMER = "ST-09"
    RELAY_STATE = "ST-10"
    TOO_MANY = "ST-11"
    NOT_THIS_BROWSER = "ST-12"
    EXPIRED = "ST-13"

    @property
    def http_status(self) -> int:
        """The status of the page."""
        return _STATUSES.get(self, 400)

    @property
    def is_before_proof(self) -> bool:
        """Whether no signature has yet shown whose message it is."""
        return self in _BEFORE_PROOF


_BEFORE_PROOF = {PageRefusal.XML, PageRefusal.METADATA, PageRefusal.SIGNATURE}
_STATUSES = {
    PageRefusal.NOT_POST: 405,
    PageRefusal.MEDIA_TYPE: 415,
    PageRefusal.TOO_LARGE: 413,
    PageRefusal.TOO_MANY: 429,
}
