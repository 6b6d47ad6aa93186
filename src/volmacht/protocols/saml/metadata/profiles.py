"""What a document of each kind of party holds, as a table (MD-01 to MD-18; docs/interfaces/saml.md)."""

from dataclasses import dataclass
from typing import Final

from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.metadata.model import Descriptor
from volmacht.protocols.xml.names import MD


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something; `most` is None for any number."""

    least: int
    most: int | None = None

    def too_few(self, number: int) -> bool:
        """Whether there must be more."""
        return number < self.least

    def too_many(self, number: int) -> bool:
        """Whether there must be fewer."""
        return self.most is not None and number > self.most


NONE: Final = Count(0, 0)
ANY: Final = Count(0)
SOME: Final = Count(1)
SP_FLAGS: Final = ("AuthnRequestsSigned", "WantAssertionsSigned")
IDP_FLAGS: Final = ("WantAuthnRequestsSigned",)


@dataclass(frozen=True, slots=True)
class Profile:
    """One column of the table. `flags` must be true (MD-09, MD-10).

    `encryption` is None where such keys are ignored.
    """

    descriptor: Descriptor
    group: bool  # the root holds several entities (MD-01)
    signing: Count
    encryption: Count | None
    logout: Count
    flags: tuple[str, ...]
    keys_at_most: int | None = None
    valid_until_needed: bool = False  # and cacheDuration not listed (MD-04, MD-05)
    lists_services: bool = False

    @property
    def root(self) -> str:
        """The tag of the document."""
        return MD + ("EntitiesDescriptor" if self.group else "EntityDescriptor")

    @property
    def descriptor_tag(self) -> str:
        """The tag of the role descriptor."""
        return MD + self.descriptor


PROVIDER: Final = Profile(
    Descriptor.SERVICE_PROVIDER,
    group=False,
    signing=Count(1, 4),
    encryption=Count(1, 2),
    logout=ANY,
    flags=SP_FLAGS,
    lists_services=True,
)
CLUSTER: Final = Profile(
    Descriptor.SERVICE_PROVIDER,
    group=True,
    signing=Count(1, 4),
    encryption=None,
    logout=ANY,
    flags=SP_FLAGS,
)
INSIDE: Final = Profile(
    Descriptor.SERVICE_PROVIDER,
    group=False,
    signing=NONE,
    encryption=Count(1, 2),
    logout=NONE,
    flags=(),
)
ROUTING_AS_PROVIDER: Final = Profile(
    Descriptor.SERVICE_PROVIDER,
    group=True,
    signing=Count(1, 4),
    encryption=Count(0, 2),
    logout=ANY,
    flags=SP_FLAGS,
    keys_at_most=4,
    valid_until_needed=True,
)
ROUTING: Final = Profile(
    Descriptor.IDENTITY_PROVIDER,
    group=False,
    signing=SOME,
    encryption=None,
    logout=SOME,
    flags=IDP_FLAGS,
)
AUTHENTICATION: Final = Profile(
    Descriptor.IDENTITY_PROVIDER,
    group=False,
    signing=SOME,
    encryption=None,
    logout=Count(0, 1),
    flags=IDP_FLAGS,
    valid_until_needed=True,
)
REPRESENTATION: Final = Profile(
    Descriptor.IDENTITY_PROVIDER,
    group=False,
    signing=SOME,
    encryption=Count(1, 2),
    logout=NONE,
    flags=IDP_FLAGS,
    valid_until_needed=True,
)

_PROFILES: Final = {
    (Role.DV, Descriptor.SERVICE_PROVIDER): PROVIDER,
    (Role.LC, Descriptor.SERVICE_PROVIDER): CLUSTER,
    (Role.RD, Descriptor.SERVICE_PROVIDER): ROUTING_AS_PROVIDER,
    (Role.TD, Descriptor.SERVICE_PROVIDER): ROUTING_AS_PROVIDER,
    (Role.RD, Descriptor.IDENTITY_PROVIDER): ROUTING,
    (Role.TD, Descriptor.IDENTITY_PROVIDER): ROUTING,
    (Role.AD, Descriptor.IDENTITY_PROVIDER): AUTHENTICATION,
    (Role.BVD, Descriptor.IDENTITY_PROVIDER): REPRESENTATION,
}


def profile_of(role: Role, descriptor: Descriptor) -> Profile:
    """The column for a party that describes itself so. Raises ValueError for a combination that does not exist."""
    found = _PROFILES.get((role, descriptor))
    if found is None:
        raise ValueError(f"a {role} has no {descriptor}")
    return found


def usual_descriptor(role: Role) -> Descriptor:
    """As what a party is described to us; an RD asks us to log in (MD-20), others log in at it by exception."""
    if role in (Role.AD, Role.BVD):
        return Descriptor.IDENTITY_PROVIDER
    return Descriptor.SERVICE_PROVIDER
