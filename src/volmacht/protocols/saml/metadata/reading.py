"""Reads and judges a metadata document of somebody else (MD-21 to MD-35). Bytes, registration, trust and now go in.

Until a document is believed, reading ends at the first error; after that every finding is collected, so that the
publisher can mend all at once. A document with any error is not used: the caller keeps the last good one (MD-21).
The daily look at certificates (SG-12) is this same function over the bytes that were kept.
"""

from dataclasses import dataclass
from datetime import datetime

from volmacht.protocols.saml.metadata.believing import believed
from volmacht.protocols.saml.metadata.contents import ContentReader
from volmacht.protocols.saml.metadata.expected import Expected, Stopped
from volmacht.protocols.saml.metadata.findings import Finding, Findings
from volmacht.protocols.saml.metadata.model import Document
from volmacht.protocols.saml.metadata.trust import Judge, Trust

__all__ = ["Expected", "Read", "read_metadata"]


@dataclass(frozen=True, slots=True)
class Read:
    """The document, when it can be used, and everything that was found; warnings do not keep it from being used."""

    document: Document | None
    findings: tuple[Finding, ...]


def read_metadata(data: bytes, *, expected: Expected, trust: Trust, now: datetime) -> Read:
    """Judge a document. Raises ValueError only for an expectation that contradicts itself: a DV that one logs in at."""
    findings = Findings()
    judge = Judge(trust, now)
    document = None
    try:
        source = believed(data, expected=expected, judge=judge, findings=findings)
        entities = ContentReader(expected, judge, findings).read(source)
        document = Document(
            root_entity_id=expected.entity_id,
            entities=entities,
            valid_until=source.dates.valid_until,
            cache_duration=source.dates.cache_duration,
            signed_with=source.signed_with,
        )
    except Stopped as stopped:
        findings.error(stopped.rule, stopped.code, stopped.line)
    return Read(None if findings.has_error else document, tuple(findings.found))
