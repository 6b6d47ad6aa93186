"""From the answers of the forms to one configuration (CN-15, CN-16): the choices of step 1 are its draft. Pure.

`content` has the layout of a catalogue file (`volmacht.catalogue.file`). `kept` holds the answers that no table of the
catalogue has a place for; they wait for what they are about, such as the relation to the Message Box.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import CLUSTER_CONNECTION, ROW, Row, choices_in, connection_kind
from volmacht.rules.onboarding.choices import Choices, CodeMoment

_TEXTS: Final = (
    "name_en",
    "website",
    "description",
    "description_en",
    "explanation",
    "explanation_en",
    "permission_question",
    "permission_question_en",
    "keywords",
)
_SET_NAME: Final = {"name": "Alle diensten van {}", "name_en": "All services of {}"}
_LONGEST_NAME: Final = 255


class Incomplete(ValueError):
    """The answers are not complete: there is no configuration of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """What a configuration says of the provider."""

    oin: str
    name: str
    website: str = ""
    supplier_oin: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What runs once it is carried out; `connection` is its key: the entity id."""

    connection: str
    environment: Environment
    content: dict[str, object]
    kept: dict[str, object]


def service_uuid(case: UUID, row: object) -> UUID:
    """The ServiceUUID of a row of the page SERVICES: always the same one, and nobody can name another's."""
    return uuid5(case, f"service {row}")


def set_uuid(case: UUID) -> UUID:
    """The ServiceUUID of the set of all services of a case."""
    return uuid5(case, "set")


def configuration(
    *,
    case: UUID,
    environment: Environment,
    organisation: Organisation,
    choices: Row,
    services: Sequence[Row],
    connection: Row,
) -> Configuration:
    """The configuration that follows from all answers. Raises Incomplete."""
    chosen, entity_id = choices_in(choices), str(connection.get("entity_id", "")).strip()
    if chosen is None or not entity_id or not services:
        raise Incomplete("choices, connection or services")
    tables = [_service(case, row, organisation, chosen) for row in services]
    kind = str(connection.get("connection_kind") or connection_kind(chosen))
    content: dict[str, object] = {
        "environments": [environment.value],
        **_providers(organisation, entity_id),
        "service": tables,
    }
    cluster = str(connection.get(CLUSTER_CONNECTION) or "").strip()
    if kind == "cluster":
        content["cluster_member"] = [member(organisation.oin, entity_id, cluster, tables)]
    if chosen.is_set and len(tables) > 1:
        content["set"] = [_set(case, organisation, tables)]
    kept: dict[str, object] = {
        "lead": chosen.lead.value,
        "code_moment": chosen.code_moment.value,
        "message_box": chosen.message_box,
        "services_per_code": chosen.services_per_code,
        "connection_kind": kind,
    }
    return Configuration(entity_id, environment, content, kept)


def of_supplier(*, environment: Environment, organisation: Organisation, connection: Row) -> Configuration:
    """The connection of a supplier, for the clients that come over it; it has no services. Raises Incomplete."""
    entity_id = str(connection.get("entity_id", "")).strip()
    if not entity_id:
        raise Incomplete("connection")
    content = {"environments": [environment.value], **_providers(organisation, entity_id)}
    return Configuration(entity_id, environment, content, {"connection_kind": "supplier"})


def _providers(organisation: Organisation, entity_id: str) -> dict[str, object]:
    """The provider, with its own connection: a service belongs to one.

    In a cluster it is a name without metadata, over which nobody logs in; the supplier's connection stands already.
    """
    provider: dict[str, object] = {"oin": organisation.oin, "name": organisation.name}
    if organisation.website:
        provider["website"] = organisation.website
    provider["connection"] = {"entity_id": entity_id, "active": True}
    return {"provider": [provider]}


def member(oin: str, entity_id: str, cluster: str, services: Sequence[Row]) -> dict[str, object]:
    """The services of a provider over the connection of its supplier. Raises Incomplete."""
    if not cluster:
        raise Incomplete(CLUSTER_CONNECTION)
    return {
        "connection": cluster,
        "dv_entity_id": entity_id,
        "provider": oin,
        "services": [str(table["uuid"]) for table in services],
        "active": True,
    }


def _service(case: UUID, row: Row, organisation: Organisation, choices: Choices) -> dict[str, object]:
    """The catalogue fields of a service (DM-60), with what step 1 chose for it (CN-16)."""
    try:
        table: dict[str, object] = {
            "uuid": str(service_uuid(case, row[ROW])),
            "providers": [organisation.oin],
            "name": str(row["name"]).strip(),
            "minimum_level": int(str(row["minimum_level"])),
            "representative_kind": str(row["representative_kind"]),
            "request_days": int(str(row["request_days"])),
            "minimum_age": int(str(row["minimum_age"])),
        }
    except (KeyError, ValueError) as error:
        raise Incomplete("services") from error
    texts = {key: str(row[key]).strip() for key in _TEXTS if row.get(key)}
    return table | texts | _chosen(choices)


def _chosen(choices: Choices) -> dict[str, object]:
    return {
        "longest_months": choices.validity_months,
        "survivors_allowed": choices.survivors,
        "code_at_login": choices.code_moment is CodeMoment.DURING_LOGIN,
    }


def _set(
    case: UUID, organisation: Organisation, services: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """One code for all services: the strictest of what they ask, and what step 1 chose."""
    first = services[0]
    alike = {
        key: first[key]
        for key in ("longest_months", "survivors_allowed", "code_at_login", "website")
        if key in first
    }
    kinds = {str(service["representative_kind"]) for service in services}
    both = {"burger", "organisatie"}
    return {
        **alike,
        "uuid": str(set_uuid(case)),
        "services": [service["uuid"] for service in services],
        "providers": [organisation.oin],
        "minimum_level": max(int(str(service["minimum_level"])) for service in services),
        "minimum_age": max(int(str(service["minimum_age"])) for service in services),
        "request_days": min(int(str(service["request_days"])) for service in services),
        "representative_kind": "niet" if both <= kinds else _narrowest(kinds),
        **{key: text.format(organisation.name)[:_LONGEST_NAME] for key, text in _SET_NAME.items()},
    }


def _narrowest(kinds: set[str]) -> str:
    """Who may act at every service of the set."""
    one_kind = kinds - {"burger_en_organisatie"}
    return one_kind.pop() if one_kind else "burger_en_organisatie"
