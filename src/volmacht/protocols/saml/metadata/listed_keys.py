"""Keys out of the KeyDescriptors of one entity (MD-11 to MD-13, MD-24, MD-29, SG-12).

Two readers: `signing_candidates` for keys with which a signature is tried and which nobody believes yet, and
`KeyReader` for those of a document that is believed, with every fault as a finding.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from volmacht.protocols.saml.keys import PublishedKey, UnsuitableKey
from volmacht.protocols.saml.metadata.certificates import load_certificate
from volmacht.protocols.saml.metadata.findings import FindingCode, Findings
from volmacht.protocols.saml.metadata.profiles import Count, Profile
from volmacht.protocols.saml.metadata.trust import CertificateFault, Judge, Purpose
from volmacht.protocols.xml.gate import WHITE_SPACE, XmlFault, XmlRefused, text_of, value_of
from volmacht.protocols.xml.names import DS, MD
from volmacht.rules.identifiers import Oin

LONGEST_NAME: Final = 255
MOST_CANDIDATES: Final = 16  # each may cost a canonicalisation of a document that nobody believes yet

_NO_WHITE_SPACE = str.maketrans("", "", WHITE_SPACE)
_PURPOSES = {"signing": Purpose.SIGNING, "encryption": Purpose.ENCRYPTION}

CODES: Final = {
    CertificateFault.KEY_UNSUITABLE: FindingCode.KEY_UNSUITABLE,
    CertificateFault.OF_AUTHORITY: FindingCode.CERTIFICATE_OF_AUTHORITY,
    CertificateFault.EXPIRED: FindingCode.CERTIFICATE_EXPIRED,
    CertificateFault.NOT_YET_VALID: FindingCode.CERTIFICATE_NOT_YET_VALID,
    CertificateFault.UNTRUSTED: FindingCode.CERTIFICATE_UNTRUSTED,
    CertificateFault.REVOKED: FindingCode.CERTIFICATE_REVOKED,
    CertificateFault.REVOCATION_UNKNOWN: FindingCode.REVOCATION_UNKNOWN,
    CertificateFault.KEY_USAGE: FindingCode.KEY_USAGE,
}
# Time alone does not make a document wrong: such keys do not count, but the others do (MD-43, SG-12).
_TOLERATED = {CertificateFault.EXPIRED, CertificateFault.NOT_YET_VALID, CertificateFault.REVOKED}


class _Unusable(ValueError):
    """A KeyDescriptor out of which no key comes."""

    def __init__(self, rule: str, code: FindingCode, line: int | None) -> None:
        super().__init__(code.value)
        self.rule = rule
        self.code = code
        self.line = line


@dataclass(frozen=True, slots=True)
class ListedKeys:
    """The keys of one entity that may count."""

    signing: tuple[PublishedKey, ...]
    encryption: tuple[PublishedKey, ...]


def signing_candidates(descriptor: etree._Element) -> list[PublishedKey]:
    """The keys listed for signing, as they stand there: to be tried, not to be believed (MD-25)."""
    nodes = islice(_with_use(descriptor, Purpose.SIGNING), MOST_CANDIDATES)
    return [key for node in nodes if (key := _key_or_none(node))]


@dataclass(frozen=True, slots=True)
class KeyReader:
    """Reads the keys of one entity, whose certificates must be of `oin`."""

    profile: Profile
    judge: Judge
    findings: Findings
    oin: Oin

    def read(self, descriptor: etree._Element) -> ListedKeys:
        """The keys of a role descriptor, for each purpose that its kind of entity has."""
        for node in descriptor.iterchildren(MD + "KeyDescriptor"):
            if node.get("use") is None:
                self.findings.warning("MD-29", FindingCode.KEY_WITHOUT_USE, node)
        names: dict[str, PublishedKey] = {}
        signing = self._of_purpose(descriptor, Purpose.SIGNING, names)
        encryption = self._of_purpose(descriptor, Purpose.ENCRYPTION, names)
        self._check_total(descriptor)
        return ListedKeys(signing, encryption)

    def _of_purpose(
        self, descriptor: etree._Element, purpose: Purpose, names: dict[str, PublishedKey]
    ) -> tuple[PublishedKey, ...]:
        """The keys for one purpose; nothing where the kind of entity has none."""
        count = self.profile.signing if purpose is Purpose.SIGNING else self.profile.encryption
        if count is None:
            return ()
        nodes = list(_with_use(descriptor, purpose))
        self._check_count(descriptor, len(nodes), count, purpose)
        if count.most == 0:
            return ()
        found: list[PublishedKey] = []
        for node in nodes:
            key = self._counting(node, purpose)
            if key is not None:
                self._check_name(node, key, found, names)
                found.append(key)
        if (
            purpose is Purpose.ENCRYPTION
            and nodes
            and not any(key.counts_at(self.judge.now) for key in found)
        ):
            self.findings.warning("AR-37", FindingCode.NO_USABLE_ENCRYPTION_KEY, descriptor)
        return tuple(found)

    def _counting(self, node: etree._Element, purpose: Purpose) -> PublishedKey | None:
        """The key of a KeyDescriptor, unless it counts as absent; what is wrong with it becomes a finding."""
        try:
            key = _key(node)
        except _Unusable as error:
            self.findings.error(error.rule, error.code, error.line)
            return None
        faults = self.judge.faults(key.certificate, purpose)
        for fault in faults:
            note = self.findings.warning if fault in _TOLERATED else self.findings.error
            note("MD-43" if fault is CertificateFault.EXPIRED else "SG-12", CODES[fault], node)
        if not self.judge.belongs_to(key.certificate, self.oin):
            self.findings.error("MD-24", FindingCode.OTHER_OIN, node)
        return None if CertificateFault.REVOKED in faults else key

    def _check_name(
        self,
        node: etree._Element,
        key: PublishedKey,
        of_purpose: list[PublishedKey],
        names: dict[str, PublishedKey],
    ) -> None:
        """A name means one key: the same certificate may have it once for each purpose."""
        known = names.setdefault(key.name, key)
        if known != key or any(other.name == key.name for other in of_purpose):
            self.findings.error("MD-29", FindingCode.KEY_NAME_TWICE, node)

    def _check_count(self, descriptor: etree._Element, number: int, count: Count, purpose: Purpose) -> None:
        few, many, rule = (
            (FindingCode.SIGNING_KEYS_TOO_FEW, FindingCode.SIGNING_KEYS_TOO_MANY, "MD-11")
            if purpose is Purpose.SIGNING
            else (FindingCode.ENCRYPTION_KEYS_TOO_FEW, FindingCode.ENCRYPTION_KEYS_TOO_MANY, "MD-12")
        )
        if count.too_few(number):
            self.findings.error(rule, few, descriptor)
        if count.too_many(number):
            self.findings.error(rule, many, descriptor)

    def _check_total(self, descriptor: etree._Element) -> None:
        most = self.profile.keys_at_most
        total = sum(1 for purpose in _PURPOSES.values() for _ in _with_use(descriptor, purpose))
        if most is not None and total > most:
            self.findings.error("MD-19", FindingCode.KEYS_TOO_MANY, descriptor)


def _with_use(descriptor: etree._Element, purpose: Purpose) -> Iterator[etree._Element]:
    return (
        node
        for node in descriptor.iterchildren(MD + "KeyDescriptor")
        if _PURPOSES.get(node.get("use", "")) is purpose
    )


def _key_or_none(node: etree._Element) -> PublishedKey | None:
    try:
        return _key(node)
    except _Unusable:
        return None


def _key(node: etree._Element) -> PublishedKey:
    """Name and certificate of one KeyDescriptor (MD-13, MD-29). Raises _Unusable."""
    names = node.findall(f"{DS}KeyInfo/{DS}KeyName")
    data = node.findall(f"{DS}KeyInfo/{DS}X509Data")
    certificates = node.findall(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate")
    if len(names) != 1:
        raise _Unusable("MD-29", FindingCode.KEY_NAME_COUNT, node.sourceline)
    if len(data) != 1 or len(certificates) != 1:
        raise _Unusable("MD-29", FindingCode.CERTIFICATE_COUNT, node.sourceline)
    name = _name(names[0])
    try:
        der = base64.b64decode(text_of(certificates[0]).translate(_NO_WHITE_SPACE), validate=True)
        return PublishedKey(name, load_certificate(der))
    except UnsuitableKey:
        raise _Unusable("MD-23", FindingCode.KEY_UNSUITABLE, certificates[0].sourceline) from None
    except ValueError:  # not base64, not a certificate, or not a text
        raise _Unusable("MD-13", FindingCode.CERTIFICATE_UNREADABLE, certificates[0].sourceline) from None


def _name(node: etree._Element) -> str:
    """A KeyName. Raises _Unusable."""
    try:
        name = value_of(node)
    except XmlRefused as error:
        inner = error.fault is XmlFault.INNER_WHITE_SPACE
        code = FindingCode.INNER_WHITE_SPACE if inner else FindingCode.NOT_TEXT
        raise _Unusable("MD-29", code, node.sourceline) from None
    if not 1 <= len(name) <= LONGEST_NAME:
        raise _Unusable("MD-29", FindingCode.KEY_NAME_LENGTH, node.sourceline)
    return name
