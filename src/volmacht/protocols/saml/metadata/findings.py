"""What was found in a metadata document, each with the rule it breaks and the line where it stands.

A closed list of codes: how each is worded and how it is mended is told elsewhere. A finding repeats no input other
than the entity id. A warning does not keep a document from being used; an error does (MD-21).
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Final

from lxml import etree

MOST_FINDINGS: Final = 1000  # of each severity: enough to mend by; a hostile document has a million
LAST_LINE: Final = 65_535  # lxml can note no later one: from here on a line is not known


class Severity(StrEnum):
    """Whether the document can be used all the same."""

    ERROR = "error"
    WARNING = "warning"


class FindingCode(StrEnum):
    """What is wrong."""

    # --- the bytes (XM) ---
    TOO_LARGE = auto()
    NOT_UTF8 = auto()
    DOCTYPE = auto()
    PROCESSING_INSTRUCTION = auto()
    COMMENT = auto()
    NOT_WELL_FORMED = auto()
    TOO_DEEP = auto()
    TOO_MANY_ELEMENTS = auto()
    TOO_MANY_ATTRIBUTES = auto()
    ATTRIBUTE_TOO_LONG = auto()
    DUPLICATE_ID = auto()
    SCHEMA = auto()
    NOT_TEXT = auto()
    INNER_WHITE_SPACE = auto()

    # --- whose document it is ---
    WRONG_ROOT = auto()
    ID_MISSING = auto()
    PUBLISHER_MISSING = auto()
    OTHER_PUBLISHER = auto()
    ENTITY_ID_MALFORMED = auto()
    WRONG_ROLE = auto()
    WRONG_INDEX_RANGE = auto()
    ENTITY_TWICE = auto()
    NESTED_GROUP = auto()
    NOT_REGISTERED = auto()
    REGISTERED_NOT_LISTED = auto()

    # --- its signature ---
    SIGNATURE_MISSING = auto()
    SIGNATURE_SEVERAL = auto()
    SIGNATURE_MISPLACED = auto()
    SIGNATURE_REFERENCE = auto()
    SIGNATURE_ALGORITHM = auto()
    SIGNATURE_TRANSFORM = auto()
    SIGNATURE_CONTENT = auto()
    SIGNATURE_KEY_UNKNOWN = auto()
    SIGNATURE_INVALID = auto()
    SIGNATURE_KEY_NOT_NAMED = auto()
    INNER_SIGNATURE = auto()

    # --- certificates ---
    CERTIFICATE_UNTRUSTED = auto()
    CERTIFICATE_EXPIRED = auto()
    CERTIFICATE_NOT_YET_VALID = auto()
    CERTIFICATE_REVOKED = auto()
    REVOCATION_UNKNOWN = auto()
    CERTIFICATE_OF_AUTHORITY = auto()
    KEY_USAGE = auto()
    KEY_UNSUITABLE = auto()
    OTHER_OIN = auto()
    CERTIFICATE_UNREADABLE = auto()

    # --- dates ---
    DATE_MISSING = auto()
    BOTH_DATES = auto()
    DATE_UNREADABLE = auto()
    EXPIRED = auto()
    DATE_NOT_AT_ROOT = auto()

    # --- descriptor ---
    DESCRIPTOR_COUNT = auto()
    OTHER_DESCRIPTOR = auto()
    PROTOCOL_MISSING = auto()
    REQUESTS_NOT_SIGNED = auto()
    ASSERTIONS_NOT_SIGNED = auto()
    PERSONAL_DATA = auto()

    # --- keys ---
    KEY_WITHOUT_USE = auto()
    KEY_NAME_COUNT = auto()
    KEY_NAME_LENGTH = auto()
    KEY_NAME_TWICE = auto()
    CERTIFICATE_COUNT = auto()
    SIGNING_KEYS_TOO_FEW = auto()
    SIGNING_KEYS_TOO_MANY = auto()
    ENCRYPTION_KEYS_TOO_FEW = auto()
    ENCRYPTION_KEYS_TOO_MANY = auto()
    KEYS_TOO_MANY = auto()
    NO_USABLE_ENCRYPTION_KEY = auto()

    # --- addresses ---
    ADDRESSES_TOO_FEW = auto()
    ADDRESSES_TOO_MANY = auto()
    OTHER_BINDING = auto()
    ADDRESS_NOT_HTTPS = auto()
    ADDRESS_MALFORMED = auto()
    ADDRESS_TOO_LONG = auto()
    ADDRESS_IGNORED = auto()
    INDEX_TWICE = auto()
    DEFAULT_MISSING = auto()
    DEFAULT_SEVERAL = auto()

    # --- services ---
    SERVICES_NOT_EXPECTED = auto()
    SERVICE_UUID_COUNT = auto()
    SERVICE_UUID_MALFORMED = auto()
    SERVICE_UUID_UNKNOWN = auto()
    SERVICE_NAME_LANGUAGE = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. `line` counts from 1 in the bytes that were read."""

    rule: str
    severity: Severity
    code: FindingCode
    line: int | None = None
    entity_id: str | None = None


@dataclass(slots=True)
class Findings:
    """Collects findings, under the entity they are about."""

    found: list[Finding] = field(default_factory=list)
    entity_id: str | None = None
    counted: Counter[Severity] = field(default_factory=Counter)

    @property
    def has_error(self) -> bool:
        """Whether the document cannot be used."""
        return self.counted[Severity.ERROR] > 0

    def error(self, rule: str, code: FindingCode, at: etree._Element | int | None = None) -> None:
        """Note what keeps the document from being used."""
        self._note(rule, Severity.ERROR, code, at)

    def warning(self, rule: str, code: FindingCode, at: etree._Element | int | None = None) -> None:
        """Note what is tolerated."""
        self._note(rule, Severity.WARNING, code, at)

    def _note(
        self, rule: str, severity: Severity, code: FindingCode, at: etree._Element | int | None
    ) -> None:
        self.counted[severity] += 1
        if self.counted[severity] <= MOST_FINDINGS:
            line = at if isinstance(at, int) or at is None else at.sourceline
            known = line if line is None or line < LAST_LINE else None
            self.found.append(Finding(rule, severity, code, known, self.entity_id))
