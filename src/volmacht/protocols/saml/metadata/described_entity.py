"""One entity of a document that is believed, with all that is wrong with it (MD-07 to MD-19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.metadata.addresses import (
    CONSUMER,
    LOGOUT,
    RESOLUTION,
    SIGN_ON,
    AddressReader,
    Kind,
    flag,
)
from volmacht.protocols.saml.metadata.believing import entity_id_of
from volmacht.protocols.saml.metadata.expected import Expected
from volmacht.protocols.saml.metadata.findings import FindingCode, Findings
from volmacht.protocols.saml.metadata.listed_keys import KeyReader
from volmacht.protocols.saml.metadata.listed_services import ServiceReader
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.profiles import INSIDE, SOME, SP_FLAGS, Profile
from volmacht.protocols.saml.metadata.trust import Judge
from volmacht.protocols.xml.gate import WHITE_SPACE
from volmacht.protocols.xml.names import DS, MD, PROTOCOL
from volmacht.rules.identifiers import Oin

_FLAG_FINDINGS: Final = {
    "AuthnRequestsSigned": ("MD-09", FindingCode.REQUESTS_NOT_SIGNED),
    "WantAssertionsSigned": ("MD-09", FindingCode.ASSERTIONS_NOT_SIGNED),
    "WantAuthnRequestsSigned": ("MD-10", FindingCode.REQUESTS_NOT_SIGNED),
}
_OF_ENTITY: Final = {
    DS + "Signature",
    *(MD + tag for tag in ("Extensions", "Organization", "ContactPerson", "AdditionalMetadataLocation")),
}


@dataclass(frozen=True, slots=True)
class EntityReader:
    """Reads entities. `copied` are the consumers of the LC or RD that a DV inside must have a copy of."""

    expected: Expected
    judge: Judge
    findings: Findings
    copied: tuple[Endpoint, ...] = ()

    def read(
        self,
        node: etree._Element,
        profile: Profile,
        role: Role,
        oin: Oin,
        valid_until: datetime | None = None,
    ) -> Entity:
        """One entity as far as it can be read; what is wrong becomes findings."""
        self._check_descriptors(node, profile)
        descriptor = node.find(profile.descriptor_tag)
        if descriptor is None:
            return Entity(entity_id_of(node), role, profile.descriptor, oin)
        self._check_flags(descriptor, profile)
        keys = KeyReader(profile, self.judge, self.findings, oin).read(descriptor)
        is_provider = profile.descriptor is Descriptor.IDENTITY_PROVIDER
        return Entity(
            entity_id=entity_id_of(node),
            role=role,
            descriptor=profile.descriptor,
            oin=oin,
            signing=keys.signing,
            encryption=keys.encryption,
            artifact_resolution=self._endpoints(descriptor, RESOLUTION) if is_provider else (),
            single_sign_on=self._endpoints(descriptor, SIGN_ON) if is_provider else (),
            single_logout=self._logout(descriptor, profile),
            assertion_consumers=() if is_provider else self._consumers(descriptor, profile),
            services=self._services(descriptor, profile),
            valid_until=valid_until,
        )

    @property
    def _addresses(self) -> AddressReader:
        return AddressReader(self.findings, self.judge.trust.http_allowed)

    def _check_descriptors(self, node: etree._Element, profile: Profile) -> None:
        """Exactly one role descriptor, of the right kind (MD-07)."""
        roles = [child for child in node if child.tag not in _OF_ENTITY]
        right = [child for child in roles if child.tag == profile.descriptor_tag]
        if len(right) != 1:
            self.findings.error("MD-07", FindingCode.DESCRIPTOR_COUNT, right[1] if right else node)
        for other in roles:
            if other.tag != profile.descriptor_tag:
                self.findings.error("MD-07", FindingCode.OTHER_DESCRIPTOR, other)

    def _check_flags(self, descriptor: etree._Element, profile: Profile) -> None:
        """The protocol, and what must be signed (MD-08 to MD-10)."""
        if PROTOCOL not in (descriptor.get("protocolSupportEnumeration") or "").split():
            self.findings.error("MD-08", FindingCode.PROTOCOL_MISSING, descriptor)
        for name in profile.flags:
            if not flag(descriptor, name):
                rule, code = _FLAG_FINDINGS[name]
                self.findings.error(rule, code, descriptor)
        if profile is INSIDE:  # may be left out; when there, true
            for name in SP_FLAGS:
                if descriptor.get(name) is not None and not flag(descriptor, name):
                    rule, code = _FLAG_FINDINGS[name]
                    self.findings.warning(rule, code, descriptor)

    def _endpoints(self, descriptor: etree._Element, kind: Kind) -> tuple[Endpoint, ...]:
        """Endpoints of which there is at least one."""
        found = self._addresses.read(descriptor.findall(MD + kind.tag), kind)
        if SOME.too_few(len(found)):
            self.findings.error(kind.rule, FindingCode.ADDRESSES_TOO_FEW, descriptor)
        return found

    def _logout(self, descriptor: etree._Element, profile: Profile) -> tuple[Endpoint, ...]:
        """Log-out endpoints, as many as the kind of entity may have (MD-16)."""
        nodes = descriptor.findall(MD + LOGOUT.tag)
        if profile is INSIDE:
            self._ignore(nodes, LOGOUT.rule)
            return ()
        found = self._addresses.read(nodes, LOGOUT, profile.logout)
        if profile.logout.too_few(len(found)):
            self.findings.error(LOGOUT.rule, FindingCode.ADDRESSES_TOO_FEW, descriptor)
        return found

    def _consumers(self, descriptor: etree._Element, profile: Profile) -> tuple[Endpoint, ...]:
        """Where answers go. Those of a DV inside must be a copy and do not count (MD-17, MD-32)."""
        if profile is not INSIDE:
            return self._endpoints(descriptor, CONSUMER)
        nodes = descriptor.findall(MD + CONSUMER.tag)
        known = {endpoint.location for endpoint in self.copied}
        if len(nodes) > 1:
            self.findings.warning("MD-17", FindingCode.ADDRESSES_TOO_MANY, nodes[1])
        self._ignore(
            [node for node in nodes if (node.get("Location") or "").strip(WHITE_SPACE) not in known], "MD-32"
        )
        return ()

    def _services(self, descriptor: etree._Element, profile: Profile) -> tuple[ServiceReference, ...]:
        """The services of a DV with a document of its own; others have none (MD-18)."""
        nodes = descriptor.findall(MD + "AttributeConsumingService")
        if profile.lists_services:
            return ServiceReader(self.findings, self._addresses, self.expected.services).read(nodes)
        for node in nodes:
            self.findings.warning("MD-18", FindingCode.SERVICES_NOT_EXPECTED, node)
        return ()

    def _ignore(self, nodes: Sequence[etree._Element], rule: str) -> None:
        for node in nodes:
            self.findings.warning(rule, FindingCode.ADDRESS_IGNORED, node)
