"""Puts things into the catalogue the way employees do, for tests that need a catalogue of their own."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID, uuid4

from volmacht.catalogue.kinds import ChangeKind, NotJudged, RelationKind
from volmacht.catalogue.models import Proposal
from volmacht.catalogue.operations import approve, propose
from volmacht.rules.environment import Environment

_numbers = count(1)


@dataclass
class Building:
    """A catalogue being built in one environment: `proposer` proposes, `approver` approves."""

    proposer: UUID
    approver: UUID
    environment: Environment = Environment.PRODUCTION

    def change(self, kind: ChangeKind, /, **content: object) -> UUID:
        """Carry out a change; the id of the thing it is about."""
        proposal_id = propose(kind, content, by=self.proposer)
        objection = approve(proposal_id, by=self.approver)
        assert not isinstance(objection, NotJudged), objection
        stored = Proposal.objects.get(id=proposal_id).content
        return UUID(stored["id"] if "id" in stored else stored["source"])

    def provider(self, **content: object) -> UUID:
        number = next(_numbers)
        fields = {"environment": self.environment, "oin": f"{number:020}", "name": f"Provider {number}"}
        return self.change(ChangeKind.ADD_PROVIDER, **{**fields, **content})

    def connection(self, provider: UUID, **content: object) -> UUID:
        fields = {
            "environment": self.environment,
            "provider": provider,
            "entity_id": f"urn:test:{next(_numbers)}",
        }
        return self.change(ChangeKind.ADD_CONNECTION, **{**fields, **content})

    def service(
        self, provider: UUID | None = None, connection: UUID | None = None, **content: object
    ) -> UUID:
        """A service; without provider and connection it gets its own."""
        provider = provider or self.provider()
        connection = connection or self.connection(provider)
        return self.change(
            ChangeKind.ADD_SERVICE,
            **{**self.service_fields(), "providers": [provider], "connection": connection, **content},
        )

    def service_set(self, *members: UUID, **content: object) -> UUID:
        """A set with these members."""
        set_id = self.change(ChangeKind.ADD_SERVICE, **{**self.service_fields(), "is_set": True, **content})
        for member in members:
            self.relation(set_id, member)
        return set_id

    def relation(self, set_id: UUID, member: UUID, **content: object) -> UUID:
        fields = {"kind": RelationKind.SERVICE_SET, "source": set_id, "target": member}
        return self.change(ChangeKind.ADD_RELATION, **{**fields, **content})

    def service_fields(self) -> dict[str, object]:
        """The least a service needs, but its links."""
        return {
            "environment": self.environment,
            "service_uuid": uuid4(),
            "name": f"Dienst {next(_numbers)}",
            "minimum_level": 20,
            "representative_kind": "burger",
        }
