"""What an authentication service sees of Volmacht: entrance, portal and BVD of one environment, with real keys.

Made with the test authority of `volmacht.pki`; `documents` are what it publishes, by path. Asks, resolves and reads
answers as Volmacht would, with the same pure code, over real HTTP and TLS.
"""

import ssl
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from tests.protocols.keyring import own_key
from volmacht.pki import Hierarchy, Organisation, Purpose, make_hierarchy, pem_of, private_key_pem
from volmacht.protocols import soap
from volmacht.protocols.saml import building
from volmacht.protocols.saml.bindings import post_fields
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.answers import Answered, Expected, Kind, NotAnswered, read_answer
from volmacht.protocols.saml.keys import OwnKey, PublishedKey, key_name
from volmacht.protocols.saml.messages import ArtifactResolve, AuthnRequest, LogoutRequest, Scoping
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.writing import idp_metadata, rd_sp_metadata, sp_metadata
from volmacht.protocols.saml.signing import new_id
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

OWN_OIN, PROVIDER_OIN, OTHER_OIN = (Oin(f"0000000900000000{number}000") for number in (1, 7, 8))
SERVICE, HIGH_SERVICE = "9d3c5f0e-6b1a-4c57-8f2e-0a1b2c3d4e01", "9d3c5f0e-6b1a-4c57-8f2e-0a1b2c3d4e02"
PORTAL_SERVICE = "5d0c9a52-6c07-4a53-9f2e-6b8a1f0c7d10"
PREFIXES = {Environment.PRODUCTION: "/saml", Environment.PREPRODUCTION: "/preprod/saml"}
LEVELS = {SERVICE: 20, HIGH_SERVICE: 25, PORTAL_SERVICE: 10}
XML_HEADERS = {"Content-Type": "text/xml; charset=utf-8"}


def now() -> datetime:
    """The real moment: the process under test has no other."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Party:
    """An entity with its keys. `tls` are PEM files: certificate with its chain, and key."""

    entity_id: str
    consumer: str
    logout: str
    signing: OwnKey
    client: OwnKey
    tls: tuple[Path, Path]
    encryption: tuple[OwnKey, ...] = ()


@dataclass(frozen=True)
class Provider:
    """A DV that logs in by way of the entrance."""

    entity_id: str
    encryption: tuple[OwnKey, ...]


@dataclass
class Volmacht:
    """One environment of Volmacht. `documents` are served as they stand there now."""

    environment: Environment
    base: str
    folder: Path
    documents: dict[str, bytes]
    hierarchy: Hierarchy = field(init=False)

    def __post_init__(self) -> None:
        self.hierarchy = make_hierarchy(now=now() - timedelta(days=1), bits=2048)
        (self.folder / "anchors" / self.environment).mkdir(parents=True)
        anchor = self.folder / "anchors" / self.environment / "authority.pem"
        anchor.write_bytes(self.hierarchy.intermediate.certificates_pem)
        self.entrance = self._party(Role.TD, 1, "entrance")
        self.portal = self._party(Role.DV, 3, "portal", self.key(Purpose.ENCRYPTION, "portal"))
        self.bvd_id = self._id(Role.BVD, OWN_OIN, 2)
        self.bvd_signing = self.key(Purpose.SIGNING, "bvd")
        self.bvd_encryption = self.key(Purpose.ENCRYPTION, "bvd reads")
        keys = tuple(self.key(Purpose.ENCRYPTION, f"provider {n}", PROVIDER_OIN) for n in (1, 2))
        self.provider = Provider(self._id(Role.DV, PROVIDER_OIN, 1), keys)
        self.publish()

    @property
    def prefix(self) -> str:
        """What the paths of the environment begin with."""
        return PREFIXES[self.environment]

    def _id(self, role: Role, oin: Oin, index: int) -> str:
        tested = 9000 if self.environment is Environment.PREPRODUCTION else 0
        return f"urn:nl-eid-gdi:1.0:{role}:{oin}:entities:{index + tested:04}"

    def key(self, purpose: Purpose, owner: str, oin: Oin = OWN_OIN, hosts: tuple[str, ...] = ()) -> OwnKey:
        """The key of this owner, with a new certificate of the authority of this environment."""
        private_key = own_key(owner).private_key
        asked = (
            x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(private_key, SHA256())
        )
        certificate = self.hierarchy.intermediate.issue_from_csr(
            asked,
            Organisation("Invented", oin),
            purpose,
            common_name=purpose.value,
            now=now() - timedelta(hours=1),
            hosts=hosts,
        )
        return OwnKey(private_key, certificate, key_name(certificate))

    def files(self, key: OwnKey, certificate: Path, key_file: Path) -> tuple[Path, Path]:
        """Write a key, and its certificate with the chain above it."""
        certificate.parent.mkdir(parents=True, exist_ok=True)
        certificate.write_bytes(pem_of(key.certificate, self.hierarchy.intermediate.certificate))
        key_file.write_bytes(private_key_pem(key.private_key))
        return certificate, key_file

    def client_files(self, key: OwnKey) -> tuple[Path, Path]:
        """The key of a TLS client, on disk."""
        folder = self.folder / "clients"
        return self.files(key, folder / f"{key.name}.crt", folder / f"{key.name}.key")

    def _party(self, role: Role, index: int, name: str, *encryption: OwnKey) -> Party:
        client = self.key(Purpose.TLS_CLIENT, f"{name} client {self.environment}")
        return Party(
            entity_id=self._id(role, OWN_OIN, index),
            consumer=f"{self.base}{self.prefix}/{name}/acs",
            logout=f"{self.base}{self.prefix}/{name}/logout_response",
            signing=self.key(Purpose.SIGNING, f"{name} {self.environment}"),
            client=client,
            tls=self.client_files(client),
            encryption=encryption,
        )

    def service_provider(self, party: Party, *services: ServiceReference) -> Entity:
        """How a party describes itself towards an authentication service."""
        return Entity(
            entity_id=party.entity_id,
            role=Role.DV if services else Role.TD,
            descriptor=Descriptor.SERVICE_PROVIDER,
            oin=OWN_OIN,
            signing=published(party.signing, party.client),
            encryption=published(*party.encryption),
            single_logout=(Endpoint(None, party.logout),),
            assertion_consumers=(Endpoint(0, party.consumer, is_default=True),),
            services=services,
        )

    def publish(self, *providers: Provider) -> None:
        """All documents, with these providers beside the usual one."""
        self.publish_entrance(*providers)
        self.documents[f"{self.prefix}/metadata/portal"] = self._portal()
        self.documents[f"{self.prefix}/metadata/bvd"] = self._bvd()
        self.publish_levels(LEVELS)

    def publish_levels(self, levels: dict[str, int]) -> None:
        """The minimum level of each service."""
        text = ", ".join(f'"{service}": {level}' for service, level in levels.items())
        self.documents[f"{self.prefix}/catalogue/levels"] = f"{{{text}}}".encode()

    def publish_entrance(self, *providers: Provider, party: Party | None = None) -> None:
        """The entrance towards authentication services, with the providers that it connects."""
        party = party or self.entrance
        entities = [
            Entity(
                entity_id=one.entity_id,
                role=Role.DV,
                descriptor=Descriptor.SERVICE_PROVIDER,
                oin=PROVIDER_OIN,
                encryption=published(*one.encryption),
            )
            for one in (self.provider, *providers)
        ]
        document = rd_sp_metadata(
            self.service_provider(party), entities, key=party.signing, valid_until=now() + timedelta(days=30)
        )
        self.documents[f"{self.prefix}/metadata/entrance-sp"] = document

    def _portal(self) -> bytes:
        service = ServiceReference(1, True, PORTAL_SERVICE, (("nl", "Mijn machtigingen"),))
        entity = self.service_provider(self.portal, service)
        return sp_metadata(entity, key=self.portal.signing, valid_until=now() + timedelta(days=30))

    def _bvd(self) -> bytes:
        entity = Entity(
            entity_id=self.bvd_id,
            role=Role.BVD,
            descriptor=Descriptor.IDENTITY_PROVIDER,
            oin=OWN_OIN,
            signing=published(self.bvd_signing),
            encryption=published(self.bvd_encryption),
            artifact_resolution=(Endpoint(0, "https://localhost:1/bvd/resolve_artifact"),),
            single_sign_on=(Endpoint(None, f"{self.base}{self.prefix}/bvd/request_authentication"),),
        )
        return idp_metadata(entity, key=self.bvd_signing, valid_until=now() + timedelta(days=30))


def published(*keys: OwnKey) -> tuple[PublishedKey, ...]:
    """What metadata lists of them."""
    return tuple(key.published() for key in keys)


@dataclass(frozen=True)
class Requester:
    """A party of Volmacht that asks one authentication service, which it knows from its metadata only."""

    volmacht: Volmacht
    party: Party
    service: Entity

    @property
    def address(self) -> str:
        """Where it sends browsers."""
        return self.service.single_sign_on[0].location

    def request(self, *, representation: bool = False, **changes: Any) -> AuthnRequest:
        """A request in order, for the usual provider or for the portal itself."""
        own = self.party is self.volmacht.portal
        usual = AuthnRequest(
            id=new_id(),
            version="2.0",
            issue_instant=now(),
            destination=self.address,
            issuer=self.party.entity_id,
            force_authn=True,
            acs_index=0,
            has_extensions=True,
            audiences=(self.party.entity_id if own else self.volmacht.provider.entity_id,),
            services=(PORTAL_SERVICE if own else SERVICE,),
            scoping=Scoping(None, (self.volmacht.bvd_id,)) if representation else None,
        )
        return replace(usual, **changes)

    def form(self, request: AuthnRequest, relay_state: str = "state") -> dict[str, str]:
        """The form that brings it."""
        return post_fields(building.authn_request(request, self.party.signing), relay_state)

    def logout_form(self, name_id: str, relay_state: str | None = "out", **changes: Any) -> dict[str, str]:
        """The form that ends the session with this NameID."""
        request = LogoutRequest(
            id=new_id(),
            version="2.0",
            issue_instant=now(),
            destination=self.service.single_logout[0].location,
            issuer=self.party.entity_id,
            name_id=name_id,
            session_indexes=(name_id,),
        )
        return post_fields(
            building.logout_request(replace(request, **changes), self.party.signing), relay_state
        )

    def resolve_message(self, artifact: str, **changes: Any) -> tuple[ArtifactResolve, bytes]:
        """An ArtifactResolve, as a value and in its envelope."""
        resolve = ArtifactResolve(
            id=new_id(),
            version="2.0",
            issue_instant=now(),
            destination=self.service.artifact_resolution[0].location,
            issuer=self.party.entity_id,
            artifact=artifact,
        )
        changed = replace(resolve, **changes)
        return changed, soap.envelope(building.artifact_resolve(changed, self.party.signing))

    def client(self, tls: tuple[Path, Path] | None) -> httpx.Client:
        """A client on the back channel that believes the authority of this environment."""
        authority = self.volmacht.hierarchy.root.certificates_pem.decode()
        context = ssl.create_default_context(cadata=authority)
        if tls:
            context.load_cert_chain(*tls)
        return httpx.Client(verify=context, trust_env=False, timeout=10)

    def call(
        self,
        message: bytes,
        *,
        tls: tuple[Path, Path] | None = None,
        headers: dict[str, str] = XML_HEADERS,
        address: str = "",
    ) -> httpx.Response:
        """Send a message to the back channel; with our own client certificate unless told otherwise."""
        location = address or self.service.artifact_resolution[0].location
        with self.client(tls or self.party.tls) as client:
            return client.post(location, content=message, headers=headers)

    def answer(self, request: AuthnRequest, address: str) -> Answered | NotAnswered:
        """Fetch what the browser came back for, and judge it as Volmacht does. Raises AnswerRefused."""
        resolve, message = self.resolve_message(artifact_in(address))
        response = self.call(message)
        assert response.status_code == 200
        bvd = request.scoping.requester_ids if request.scoping else ()
        expected = Expected(
            kind=Kind.AUTHENTICATION,
            issuer=self.service.entity_id,
            keys=self.service.signing,
            resolve_id=resolve.id,
            request_id=request.id,
            consumer=self.party.consumer,
            audiences=(self.party.entity_id, *bvd),
            service_uuid=request.services[0],
            readable_for=(*request.audiences, *bvd),
            organisations=self.party is self.volmacht.portal,
        )
        return read_answer(response.content, expected=expected, now=now())


def artifact_in(address: str) -> str:
    """The artifact with which a browser comes back."""
    return parse_qs(urlsplit(address).query)["SAMLart"][0]


def relay_state_in(address: str) -> str:
    """The RelayState with which a browser comes back."""
    return parse_qs(urlsplit(address).query)["RelayState"][0]
