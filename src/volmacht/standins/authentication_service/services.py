"""This service as others address it: entity id, addresses, key and metadata; one set an environment, nothing shared.

Made once from settings and key files, when the process starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from volmacht import clock
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Door
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.protocols.saml.metadata.writing import idp_metadata
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service import key_files, settings
from volmacht.standins.authentication_service.accounts import Accounts
from volmacht.standins.authentication_service.kinds import PREFIXES, Kind
from volmacht.standins.authentication_service.organisations import employees
from volmacht.standins.authentication_service.people import people_with_digid
from volmacht.standins.authentication_service.volmacht_documents import VolmachtDocuments

VALID_FOR = timedelta(days=365)

# One port and one host cannot show two server certificates: each environment has a name of this machine of its own.
BACK_HOSTS = {Environment.PRODUCTION: "localhost", Environment.PREPRODUCTION: "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class Service:
    """The service in one environment."""

    environment: Environment
    entity_id: str
    key: OwnKey
    trust: Trust
    documents: VolmachtDocuments

    @property
    def prefix(self) -> str:
        """What its paths begin with."""
        return f"{PREFIXES[self.environment]}/idp"

    @property
    def sign_on(self) -> str:
        """Where AuthnRequests come."""
        return f"{settings.FRONT}/{self.prefix}/request_authentication"

    @property
    def logout(self) -> str:
        """Where LogoutRequests come."""
        return f"{settings.FRONT}/{self.prefix}/request_logout"

    @property
    def resolution(self) -> str:
        """Where artifacts are resolved, over mutual TLS."""
        host = BACK_HOSTS[self.environment]
        return f"https://{host}:{settings.BACK_PORT}/{self.prefix}/resolve_artifact"

    def door(self) -> Door:
        """What requests are judged by: a request may ask for the one representation service that we know."""
        bvd = self.documents.bvd() if settings.KIND is Kind.DIGID else None
        return Door(
            entity_id=self.entity_id,
            environment=self.environment,
            accepts=settings.KIND.accepts,
            sign_on=self.sign_on,
            resolution=self.resolution,
            logout=self.logout,
            authentication_services=(self.entity_id,),
            representation_services=(bvd.entity.entity_id,) if bvd else (),
        )

    def metadata(self) -> bytes:
        """The signed document, valid for a year from now (MD-01 to MD-18)."""
        entity = Entity(
            entity_id=self.entity_id,
            role=Role.AD,
            descriptor=Descriptor.IDENTITY_PROVIDER,
            oin=settings.KIND.oin,
            signing=(self.key.published(),),
            artifact_resolution=(Endpoint(0, self.resolution),),
            single_sign_on=(Endpoint(None, self.sign_on),),
            single_logout=(Endpoint(None, self.logout),),
        )
        return idp_metadata(entity, key=self.key, valid_until=clock.wall_clock() + VALID_FOR)


@cache
def services() -> Mapping[Environment, Service]:
    """The environments in which it exists. Raises KeyFileProblem."""
    return {environment: _service(environment) for environment in key_files.environments(settings.KEYS)}


def _service(environment: Environment) -> Service:
    trust = Trust(key_files.anchors(settings.ANCHORS, environment), http_allowed=True)
    base = f"{settings.VOLMACHT}/{PREFIXES[environment]}"
    return Service(
        environment=environment,
        entity_id=settings.KIND.entity_id(environment),
        key=key_files.signing_key(settings.KEYS, environment, settings.KIND.oin),
        trust=trust,
        documents=VolmachtDocuments(base, environment, trust, settings.KIND.accepts),
    )


@cache
def accounts() -> Accounts:
    """Who can log in here."""
    return people_with_digid() if settings.KIND is Kind.DIGID else employees()
