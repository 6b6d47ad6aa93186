"""The entities of a document that is believed: the publisher, and the DVs inside (MD-02 to MD-06, MD-28, MD-32)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from lxml import etree

from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.metadata.believing import Believed, entity_id_of, publisher_of, read_valid_until
from volmacht.protocols.saml.metadata.described_entity import EntityReader
from volmacht.protocols.saml.metadata.expected import Expected, Stopped, oin_in
from volmacht.protocols.saml.metadata.findings import FindingCode, Findings
from volmacht.protocols.saml.metadata.model import Entity
from volmacht.protocols.saml.metadata.profiles import INSIDE
from volmacht.protocols.saml.metadata.trust import Judge
from volmacht.protocols.xml.names import DS, MD

_PERSONAL: Final = [MD + tag for tag in ("GivenName", "SurName", "EmailAddress", "TelephoneNumber")]


@dataclass(frozen=True, slots=True)
class ContentReader:
    """Reads the entities of one document; the publisher first, because the others lean on its addresses."""

    expected: Expected
    judge: Judge
    findings: Findings

    def read(self, document: Believed) -> tuple[Entity, ...]:
        """The publisher, then the DVs inside its document that count. Raises Stopped when it is not the publisher's."""
        root, profile = document.root, self.expected.profile
        reader = EntityReader(self.expected, self.judge, self.findings)
        publisher = publisher_of(root, self.expected.entity_id, profile)
        if not profile.group:
            return (reader.read(publisher, profile, self.expected.role, document.oin),)
        self._check_head(publisher)
        until = self._own_date(publisher)
        if until is not None and until <= self.judge.now:
            self.findings.error("MD-26", FindingCode.EXPIRED, publisher)
        entity = reader.read(publisher, profile, self.expected.role, document.oin, until)
        inside = self._inside(root, publisher, replace(reader, copied=entity.assertion_consumers))
        self.findings.entity_id = self.expected.entity_id
        return (entity, *inside)

    def _inside(self, root: etree._Element, publisher: etree._Element, reader: EntityReader) -> list[Entity]:
        """The DVs of an LC or RD: each once, and only those registered under it (MD-28)."""
        found: list[Entity] = []
        seen = {self.expected.entity_id}
        for node in root.iterchildren(MD + "EntityDescriptor", MD + "EntitiesDescriptor"):
            if node is publisher:
                continue
            if node.tag == MD + "EntitiesDescriptor":
                self.findings.entity_id = self.expected.entity_id
                self.findings.error("MD-01", FindingCode.NESTED_GROUP, node)
                continue
            self.findings.entity_id = entity_id_of(node)
            if self.findings.entity_id in seen:
                self.findings.error("MD-28", FindingCode.ENTITY_TWICE, node)
                continue
            seen.add(self.findings.entity_id)
            entity = self._provider(node, reader)
            if entity is not None:
                found.append(entity)
        for missing in sorted((self.expected.registered or frozenset()) - seen):
            self.findings.entity_id = missing
            self.findings.warning("MD-28", FindingCode.REGISTERED_NOT_LISTED, root)
        return found

    def _provider(self, node: etree._Element, reader: EntityReader) -> Entity | None:
        """A DV inside, or None for one that is not to be used."""
        entity_id = entity_id_of(node)
        if self.expected.registered is not None and entity_id not in self.expected.registered:
            self.findings.warning("MD-28", FindingCode.NOT_REGISTERED, node)
            return None
        try:
            oin = oin_in(entity_id, Role.DV, self.expected.environment)
        except Stopped as stopped:
            self.findings.error(stopped.rule, stopped.code, node)
            return None
        self._check_head(node)
        until = self._own_date(node)
        if until is not None and until <= self.judge.now:
            self.findings.warning("MD-26", FindingCode.EXPIRED, node)  # the others go on
            return None
        return reader.read(node, INSIDE, Role.DV, oin, until)

    def _check_head(self, node: etree._Element) -> None:
        """An entity within a group: an id of its own, no date and signature, nobody's name (MD-02, MD-04 to MD-06)."""
        if node.get("ID") is None:
            self.findings.error("MD-02", FindingCode.ID_MISSING, node)
        if node.get("validUntil") is not None:
            self.findings.warning("MD-04", FindingCode.DATE_NOT_AT_ROOT, node)
        if node.get("cacheDuration") is not None:
            self.findings.warning("MD-05", FindingCode.DATE_NOT_AT_ROOT, node)
        if node.find(DS + "Signature") is not None:
            self.findings.warning("MD-06", FindingCode.INNER_SIGNATURE, node)
        if any(True for _ in node.iter(*_PERSONAL)):
            self.findings.warning("CK-M", FindingCode.PERSONAL_DATA, node)

    def _own_date(self, node: etree._Element) -> datetime | None:
        """@validUntil of an entity within a group."""
        try:
            return read_valid_until(node)
        except Stopped as stopped:
            self.findings.error(stopped.rule, stopped.code, node)
            return None
