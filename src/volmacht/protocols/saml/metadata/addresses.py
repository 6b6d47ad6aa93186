"""Endpoints out of a role descriptor: bindings, addresses, indexes, the default one (MD-14 to MD-17, MD-31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from volmacht.protocols.saml.metadata.findings import FindingCode, Findings
from volmacht.protocols.saml.metadata.model import Endpoint
from volmacht.protocols.saml.metadata.profiles import ANY, Count
from volmacht.protocols.xml.gate import WHITE_SPACE
from volmacht.protocols.xml.names import BINDING_ARTIFACT, BINDING_POST, BINDING_SOAP

LONGEST_ADDRESS: Final = 2048


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of endpoint, as it is written."""

    rule: str
    tag: str
    binding: str
    indexed: bool = False
    has_default: bool = False


RESOLUTION: Final = Kind("MD-14", "ArtifactResolutionService", BINDING_SOAP, indexed=True)
SIGN_ON: Final = Kind("MD-15", "SingleSignOnService", BINDING_POST)
LOGOUT: Final = Kind("MD-16", "SingleLogoutService", BINDING_POST)
CONSUMER: Final = Kind("MD-17", "AssertionConsumerService", BINDING_ARTIFACT, indexed=True, has_default=True)


def address_fault(address: str, *, http_allowed: bool) -> FindingCode | None:
    """What is wrong with an address: https, absolute, nobody's name in it, no fragment, not too long (MD-31)."""
    if len(address) > LONGEST_ADDRESS:
        return FindingCode.ADDRESS_TOO_LONG
    if not all("!" <= character <= "~" for character in address) or set(address) & set('#\\<>"{}|^`'):
        return FindingCode.ADDRESS_MALFORMED
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return FindingCode.ADDRESS_MALFORMED
    if not parts.scheme or not parts.hostname or "@" in parts.netloc or port == 0:
        return FindingCode.ADDRESS_MALFORMED
    if parts.scheme == "https" or (parts.scheme == "http" and http_allowed):
        return None
    return FindingCode.ADDRESS_NOT_HTTPS


@dataclass(frozen=True, slots=True)
class AddressReader:
    """Reads the endpoints of one entity."""

    findings: Findings
    http_allowed: bool

    def read(self, nodes: Sequence[etree._Element], kind: Kind, count: Count = ANY) -> tuple[Endpoint, ...]:
        """The endpoints of one kind that have the right binding; `nodes` are the elements with its tag."""
        usable = []
        for node in nodes:
            if (node.get("Binding") or "").strip(WHITE_SPACE) == kind.binding:
                usable.append(node)
            else:
                self.findings.warning(kind.rule, FindingCode.OTHER_BINDING, node)
        found = tuple(self._endpoint(node, kind) for node in usable)
        if kind.indexed:
            self.check_indexes(nodes, kind.rule)
        if kind.has_default:
            self.check_default(usable, kind.rule)
        if count.too_many(len(found)):
            self.findings.error(kind.rule, FindingCode.ADDRESSES_TOO_MANY, usable[-1])
        return found

    def check_indexes(self, nodes: Sequence[etree._Element], rule: str) -> None:
        """No index twice, whatever the binding."""
        seen: set[int] = set()
        for node in nodes:
            index = number(node, "index")
            if index in seen:
                self.findings.error(rule, FindingCode.INDEX_TWICE, node)
            seen.add(index)

    def check_default(self, nodes: Sequence[etree._Element], rule: str) -> None:
        """One default when there are several; never more than one."""
        defaults = [node for node in nodes if flag(node, "isDefault")]
        if len(defaults) > 1:
            self.findings.error(rule, FindingCode.DEFAULT_SEVERAL, defaults[1])
        if len(nodes) > 1 and not defaults:
            self.findings.error(rule, FindingCode.DEFAULT_MISSING, nodes[0])

    def _endpoint(self, node: etree._Element, kind: Kind) -> Endpoint:
        response = node.get("ResponseLocation") if kind is LOGOUT else None
        return Endpoint(
            index=number(node, "index") if kind.indexed else None,
            location=self._address(node, node.get("Location") or ""),
            response_location=None if response is None else self._address(node, response),
            is_default=kind.has_default and flag(node, "isDefault"),
        )

    def _address(self, node: etree._Element, written: str) -> str:
        address = written.strip(WHITE_SPACE)
        fault = address_fault(address, http_allowed=self.http_allowed)
        if fault is not None:
            self.findings.error("MD-31", fault, node)
        return address


def number(node: etree._Element, name: str) -> int:
    """An index, which the schema has seen to be xs:unsignedShort."""
    return int((node.get(name) or "0").strip(WHITE_SPACE))


def flag(node: etree._Element, name: str) -> bool:
    """A boolean that is false when absent; the schema has seen to its form."""
    return (node.get(name) or "false").strip(WHITE_SPACE) in ("true", "1")
