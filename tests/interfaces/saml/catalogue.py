"""The catalogue of the conformance tests, put in with the operations that employees use, and our own keys on disk.

`load` writes to the database of the test; `install_keys` to a data folder.
"""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tests.catalogue.building import Building
from tests.interfaces.saml import parties
from tests.mandates.scene import Someone, main_character, mandate
from volmacht import clock
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.operations import ImportOutcome, import_metadata
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.keystore import KeyUse, OwnEntity, announce
from volmacht.parties.operations import create_staff_member
from volmacht.pki import Purpose, pem_of
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

PRODUCTION, PREPRODUCTION = Environment.PRODUCTION, Environment.PREPRODUCTION
_USES = {
    KeyUse.SIGNING: Purpose.SIGNING,
    KeyUse.ENCRYPTION: Purpose.ENCRYPTION,
    KeyUse.TLS: Purpose.TLS_CLIENT,
    KeyUse.SERVER: Purpose.TLS_SERVER,
}


@dataclass(frozen=True, slots=True)
class World:
    """Who is there. `mother` gave `daughter` a mandate for the town's taxes. `ids` are rows by entity id or service."""

    mother: Someone
    daughter: Someone
    ids: dict[str, UUID] = field(repr=False)
    building: Building = field(repr=False)

    def switch(self, kind: ChangeKind, what: str, **content: object) -> None:
        """Two employees switch something on or off; everybody notices at once."""
        self.building.change(kind, id=self.ids[what], **content)
        CATALOGUE.forget()


def install_keys(data: Path) -> None:
    """The keys of our own entities in both environments, and the authorities that we believe."""
    for environment in Environment:
        for part, authority in (
            ("anchors", parties.hierarchy().root),
            ("intermediates", parties.hierarchy().intermediate),
        ):
            folder = data / "pki" / environment.value / part
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "test.pem").write_bytes(pem_of(authority.certificate))
        for entity in OwnEntity:
            _install(environment, entity, KeyUse.SIGNING, KeyUse.ENCRYPTION)
    _install(PRODUCTION, OwnEntity.ENTRANCE, KeyUse.TLS, KeyUse.SERVER)
    _install(PRODUCTION, OwnEntity.PORTAL, KeyUse.TLS)
    _install(PREPRODUCTION, OwnEntity.ENTRANCE, KeyUse.TLS, KeyUse.SERVER)
    _install(PREPRODUCTION, OwnEntity.PORTAL, KeyUse.TLS)


def _install(environment: Environment, entity: OwnEntity, *uses: KeyUse) -> None:
    for use in uses:
        number = parties.own_number(environment, entity.value)
        issued = parties.issued(parties.OWN_OIN, _USES[use], number)
        announce(
            environment,
            entity,
            use,
            key=issued.own_key,
            chain=issued.intermediates,
            oin=Oin(parties.OWN_OIN),
            now=clock.wall_clock(),
        )


def take(own_id: str, data: bytes | None = None, environment: Environment = PRODUCTION) -> ImportOutcome:
    """An employee takes in the metadata of a peer; everybody notices at once."""
    document = parties.documents()[environment, own_id] if data is None else data
    outcome = import_metadata(environment=environment, entity_id=own_id, data=document, source="test")
    CATALOGUE.forget()
    return outcome


def load() -> World:
    """Everything."""
    gijs, hanna = (create_staff_member(name, f"{name}@volmacht.example") for name in ("gijs", "hanna"))
    building = Building(gijs, hanna)
    ids: dict[str, UUID] = {}
    _production(building, ids)
    _preproduction(Building(gijs, hanna, environment=PREPRODUCTION), ids)
    CATALOGUE.forget()
    for environment, own_id in parties.documents():
        outcome = take(own_id, environment=environment)
        assert outcome.is_good, (own_id, outcome)
    mother, daughter = main_character("mother"), main_character("daughter")
    for service in (parties.TAXES, parties.WATER_TAX, parties.CHOOSE):
        mandate(mother, daughter, parties.NAMES[service])
    return World(mother, daughter, ids, building)


def _production(building: Building, ids: dict[str, UUID]) -> None:
    names = {
        parties.TOWN_OIN: "Gemeente Stad",
        parties.TAX_OIN: "Belastingdienst",
        parties.LC_OIN: "Leverancier",
        parties.WATER_OIN: "Waterschap",
        parties.RD_OIN: "Routeringsdienst",
    }
    bodies = {oin: building.provider(oin=oin, name=name) for oin, name in names.items()}
    ids |= bodies
    for own_id in (parties.TOWN, parties.TOWN_SHOP, parties.TAX, parties.LC, parties.WATER, parties.RD):
        town = parties.oin_of(own_id) == parties.TOWN_OIN
        ids[own_id] = building.connection(
            bodies[parties.oin_of(own_id)], entity_id=own_id, sso_domain="stad" if town else ""
        )
    _services(building, ids)
    for connection, own_id, service in (
        (parties.LC, parties.WATER, parties.WATER_TAX),
        (parties.RD, parties.TOWN, parties.TAXES),
        (parties.RD, parties.TAX, parties.RETURN),
    ):
        ids[f"{connection} {own_id}"] = building.change(
            ChangeKind.ADD_CLUSTER_MEMBER,
            connection=ids[connection],
            dv_entity_id=own_id,
            provider=bodies[parties.oin_of(own_id)],
            service=ids[service],
        )
    ids[parties.AD] = building.change(
        ChangeKind.ADD_PEER, environment=PRODUCTION, entity_id=parties.AD, role=Role.AD
    )
    ids[parties.OG] = building.change(
        ChangeKind.ADD_PEER,
        environment=PRODUCTION,
        entity_id=parties.OG,
        role=Role.BVD,
        representation_types=[parties.FULL_AUTHORITY],
        name="Ouderlijk gezag",
        name_en="Parental authority",
        purpose="Voor ouders van een kind dat jonger is dan 12 jaar.",
        purpose_en="For parents of a child under 12.",
    )


def pin_second_ad(world: World) -> None:
    """Employees pin another service at which people can log in."""
    world.ids[parties.SECOND_AD] = world.building.change(
        ChangeKind.ADD_PEER,
        environment=PRODUCTION,
        entity_id=parties.SECOND_AD,
        role=Role.AD,
        name="Reispas",
        name_en="Travel pass",
        purpose="Voor mensen uit een ander land van de Europese Unie.",
        purpose_en="For people from another country of the European Union.",
    )
    CATALOGUE.forget()
    outcome = take(parties.SECOND_AD, parties.ad_document(parties.SECOND_AD))
    assert outcome.is_good, outcome


def _services(building: Building, ids: dict[str, UUID]) -> None:
    differing: dict[str, dict[str, object]] = {
        parties.TAXES: {"code_at_login": True},
        parties.OWN_ONLY: {"mandatable": False},
        parties.HIGH_LEVEL: {"minimum_level": 25},
        parties.FOR_FIRMS: {"representative_kind": "organisatie"},
        parties.CHOOSE: {"representation_without_scoping": True},
    }
    owners = {
        **dict.fromkeys(parties.TOWN_SERVICES, parties.TOWN),
        parties.RETURN: parties.TAX,
        parties.WATER_TAX: parties.WATER,
    }
    for service, owner in owners.items():
        ids[service] = building.service(
            ids[parties.oin_of(owner)],
            ids[owner],
            service_uuid=service,
            name=parties.NAMES[service],
            **differing.get(service, {}),
        )


def _preproduction(building: Building, ids: dict[str, UUID]) -> None:
    town = building.provider(oin=parties.TOWN_OIN, name="Gemeente Stad")
    ids[parties.TOWN_TEST] = building.connection(town, entity_id=parties.TOWN_TEST)
    building.service(
        town, ids[parties.TOWN_TEST], service_uuid=parties.TAXES, name=parties.NAMES[parties.TAXES]
    )
    building.change(ChangeKind.ADD_PEER, environment=PREPRODUCTION, entity_id=parties.AD_TEST, role=Role.AD)
