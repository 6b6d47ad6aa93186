"""From bytes to a document that is believed, in the order of MD-22; the first error ends it.

The keys that the document lists are only tried on its signature. What makes it believed is the certificate: issued
below a pinned authority, to the organisation in the entity id that was registered (MD-23, MD-24, WK-04, WK-05).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from lxml import etree

from volmacht.protocols.saml.instants import read_instant
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.metadata.durations import read_duration
from volmacht.protocols.saml.metadata.expected import Expected, Stopped
from volmacht.protocols.saml.metadata.findings import LAST_LINE, FindingCode, Findings
from volmacht.protocols.saml.metadata.listed_keys import CODES, signing_candidates
from volmacht.protocols.saml.metadata.profiles import Profile
from volmacht.protocols.saml.metadata.trust import Judge, Purpose
from volmacht.protocols.saml.verifying import SignatureFault, SignatureRefused, Verified, verified
from volmacht.protocols.xml.gate import METADATA, WHITE_SPACE, XmlFault, XmlRefused, read
from volmacht.protocols.xml.names import DS, MD
from volmacht.protocols.xml.schemas import Schema, validate
from volmacht.rules.identifiers import Oin

NO_SUCH_DIGEST: Final = "http://www.w3.org/2001/04/xmldsig-more#sha256"  # in two official examples (MD-34)

_XML_RULES = {
    XmlFault.TOO_LARGE: "XM-04",
    XmlFault.NOT_UTF8: "XM-05",
    XmlFault.COMMENT: "XM-02",
    XmlFault.TOO_DEEP: "XM-04",
    XmlFault.TOO_MANY_ELEMENTS: "XM-04",
    XmlFault.TOO_MANY_ATTRIBUTES: "XM-04",
    XmlFault.ATTRIBUTE_TOO_LONG: "XM-04",
    XmlFault.DUPLICATE_ID: "SG-09",
    XmlFault.SCHEMA: "XM-06",
    XmlFault.NOT_TEXT: "XM-03",
}
_SIGNATURE_RULES = {
    SignatureFault.MISSING: "MD-06",
    SignatureFault.SEVERAL: "SG-02",
    SignatureFault.MISPLACED: "SG-02",
    SignatureFault.REFERENCE: "SG-03",
    SignatureFault.ALGORITHM: "SG-04",
    SignatureFault.TRANSFORM: "SG-11",
    SignatureFault.CONTENT: "SG-11",
    SignatureFault.KEY_UNKNOWN: "MD-25",
    SignatureFault.INVALID: "SG-05",
}


@dataclass(frozen=True, slots=True)
class Dates:
    """Until when a document counts and how often to look for another (MD-04, MD-05)."""

    valid_until: datetime | None
    cache_duration: timedelta | None


@dataclass(frozen=True, slots=True)
class Believed:
    """The root of what was signed, by whom. Lines are those of the bytes that came in."""

    root: etree._Element
    signed_with: PublishedKey
    oin: Oin
    dates: Dates


def believed(data: bytes, *, expected: Expected, judge: Judge, findings: Findings) -> Believed:
    """Read a document and decide whether it is its publisher's. Raises Stopped."""
    oin = expected.certificate_oin()
    profile = expected.profile
    original = _tree(data)
    publisher = publisher_of(original, expected.entity_id, profile)
    findings.entity_id = expected.entity_id
    signed = _signed(original, signing_candidates(_descriptor(publisher, profile)), judge)
    if not signed.key_named:
        findings.warning("SG-06", FindingCode.SIGNATURE_KEY_NOT_NAMED, original)
    line = original.sourceline
    faults = judge.faults(signed.key.certificate, Purpose.SIGNING)
    if faults:
        raise Stopped("MD-23", CODES[faults[0]], line)
    if not judge.belongs_to(signed.key.certificate, oin):
        raise Stopped("MD-24", FindingCode.OTHER_OIN, line)
    _restore_lines(original, signed.element)
    return Believed(signed.element, signed.key, oin, _dates(signed.element, profile, judge.now, findings))


def publisher_of(root: etree._Element, entity_id: str, profile: Profile) -> etree._Element:
    """The EntityDescriptor of the party whose document it is. Raises Stopped (MD-01, MD-22, MD-28)."""
    if root.tag != profile.root:
        raise Stopped("MD-01", FindingCode.WRONG_ROOT, root.sourceline)
    nodes = root.findall(MD + "EntityDescriptor") if profile.group else [root]
    found = [node for node in nodes if entity_id_of(node) == entity_id]
    if not found:
        code = FindingCode.PUBLISHER_MISSING if profile.group else FindingCode.OTHER_PUBLISHER
        raise Stopped("MD-28", code, root.sourceline)
    if len(found) > 1:
        raise Stopped("MD-28", FindingCode.ENTITY_TWICE, found[1].sourceline)
    return found[0]


def entity_id_of(node: etree._Element) -> str:
    """@entityID, trimmed."""
    return (node.get("entityID") or "").strip(WHITE_SPACE)


def read_valid_until(node: etree._Element) -> datetime | None:
    """@validUntil, None when absent. Raises Stopped for one that is not in UTC with `Z` (TM-11)."""
    written = node.get("validUntil")
    if written is None:
        return None
    moment = read_instant(written.strip(WHITE_SPACE))
    if moment is None:
        raise Stopped("TM-11", FindingCode.DATE_UNREADABLE, node.sourceline)
    return moment


def _tree(data: bytes) -> etree._Element:
    """Through the gate and the schema. Raises Stopped."""
    try:
        root = read(data, METADATA)
        validate(root, Schema.METADATA)
    except XmlRefused as error:
        rule = _XML_RULES.get(error.fault, "XM-01")
        raise Stopped(rule, FindingCode[error.fault.name], error.line) from None
    return root


def _descriptor(publisher: etree._Element, profile: Profile) -> etree._Element:
    """Where the publisher lists its keys; that there is only one is looked at later. Raises Stopped."""
    descriptor = publisher.find(profile.descriptor_tag)
    if descriptor is None:
        raise Stopped("MD-07", FindingCode.DESCRIPTOR_COUNT, publisher.sourceline)
    return descriptor


def _signed(root: etree._Element, candidates: list[PublishedKey], judge: Judge) -> Verified:
    """What the signature covers. Raises Stopped."""
    try:
        return verified(root, candidates, now=judge.now)
    except SignatureRefused as error:
        line = root.sourceline
        if error.fault is SignatureFault.KEY_UNKNOWN:
            _tell_of_dates(root, candidates, judge)
        digests = (method.get("Algorithm") for method in root.iterfind(f"{DS}Signature//{DS}DigestMethod"))
        rule = _SIGNATURE_RULES[error.fault]
        if error.fault is SignatureFault.ALGORITHM and NO_SUCH_DIGEST in digests:
            rule = "MD-34"
        raise Stopped(rule, FindingCode[f"SIGNATURE_{error.fault.name}"], line) from None


def _tell_of_dates(root: etree._Element, candidates: list[PublishedKey], judge: Judge) -> None:
    """Whether it was signed with a listed key that does not count today, which is a clearer answer. Raises Stopped."""
    for key in candidates:
        certificate = key.certificate
        if key.counts_at(judge.now):
            continue
        try:
            verified(root, [key], now=certificate.not_valid_after_utc)
        except SignatureRefused:
            continue
        expired = certificate.not_valid_after_utc < judge.now
        code = FindingCode.CERTIFICATE_EXPIRED if expired else FindingCode.CERTIFICATE_NOT_YET_VALID
        raise Stopped("MD-23", code, root.sourceline)


def _restore_lines(original: etree._Element, signed: etree._Element) -> None:
    """Give what was signed the lines of the input; it has the same elements in the same order, save the signature."""
    others = (child.iter() for child in original if child.tag != DS + "Signature")
    for old, new in zip(chain([original], chain.from_iterable(others)), signed.iter(), strict=False):
        new.sourceline = min(old.sourceline or LAST_LINE, LAST_LINE)  # type: ignore[misc]  # its types do not say so, but lxml can


def _dates(root: etree._Element, profile: Profile, now: datetime, findings: Findings) -> Dates:
    """The dates at the root, which has one of the two (MD-04, MD-05, MD-26). Raises Stopped."""
    line = root.sourceline
    valid_until = read_valid_until(root)
    cache = root.get("cacheDuration")
    duration = None if cache is None else read_duration(cache.strip(WHITE_SPACE))
    if valid_until is None and (cache is None or profile.valid_until_needed):
        raise Stopped("MD-26", FindingCode.DATE_MISSING, line)
    if cache is not None and duration is None:
        raise Stopped("MD-05", FindingCode.DATE_UNREADABLE, line)
    if valid_until is not None and valid_until <= now:
        raise Stopped("MD-26", FindingCode.EXPIRED, line)
    if valid_until is not None and cache is not None:
        if not profile.valid_until_needed:
            raise Stopped("MD-05", FindingCode.BOTH_DATES, line)
        findings.warning("MD-05", FindingCode.BOTH_DATES, line)
    return Dates(valid_until, duration)
