"""The services that a DV lists to ask for them by number (MD-18, MD-35)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from lxml import etree

from volmacht.protocols.saml.metadata.addresses import AddressReader, flag, number
from volmacht.protocols.saml.metadata.findings import FindingCode, Findings
from volmacht.protocols.saml.metadata.model import ServiceReference
from volmacht.protocols.xml.gate import WHITE_SPACE, XmlRefused, value_of
from volmacht.protocols.xml.names import MD, SAML, SERVICE_UUID, XML

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServiceReader:
    """Reads the services of a DV; `known` are those that the catalogue has for it, None when that is not asked."""

    findings: Findings
    addresses: AddressReader
    known: Collection[UUID] | None

    def read(self, nodes: Sequence[etree._Element]) -> tuple[ServiceReference, ...]:
        """The services that can be asked for. One that the catalogue does not have is left out, the rest stays."""
        self.addresses.check_indexes(nodes, "MD-18")
        self.addresses.check_default(nodes, "MD-18")
        read = [(node, self._service(node)) for node in nodes]
        return tuple(service for node, service in read if service and self._is_known(node, service))

    def _service(self, node: etree._Element) -> ServiceReference | None:
        names = self._names(node)
        requested = [
            one
            for one in node.findall(MD + "RequestedAttribute")
            if (one.get("Name") or "").strip(WHITE_SPACE) == SERVICE_UUID
        ]
        values = [value for one in requested for value in one.findall(SAML + "AttributeValue")]
        if len(requested) != 1 or len(values) != 1:
            self.findings.error("MD-18", FindingCode.SERVICE_UUID_COUNT, node)
            return None
        try:
            uuid = value_of(values[0])
        except XmlRefused:
            uuid = ""
        if not _UUID.fullmatch(uuid):
            self.findings.error("MD-18", FindingCode.SERVICE_UUID_MALFORMED, values[0])
            return None
        return ServiceReference(number(node, "index"), flag(node, "isDefault"), uuid, names)

    def _names(self, node: etree._Element) -> tuple[tuple[str, str], ...]:
        """One name for each language."""
        elements = node.findall(MD + "ServiceName")
        names = tuple(
            (
                (one.get(XML + "lang") or "").strip(WHITE_SPACE),
                " ".join("".join(str(text) for text in one.itertext()).split()),
            )
            for one in elements
        )
        if len({language.lower() for language, _ in names}) != len(names):
            self.findings.error("MD-18", FindingCode.SERVICE_NAME_LANGUAGE, elements[-1])
        return names

    def _is_known(self, node: etree._Element, service: ServiceReference) -> bool:
        if self.known is None or UUID(service.service_uuid) in self.known:
            return True
        self.findings.warning("MD-35", FindingCode.SERVICE_UUID_UNKNOWN, node)
        return False
