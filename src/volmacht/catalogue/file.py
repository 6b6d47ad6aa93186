"""A catalogue as a readable TOML file, read but not judged: `operations.loading` does that. Touches files only.

The file names `environments`, and holds `[[provider]]` (with its `[provider.connection]`, or several under
`[[provider.connection]]`), `[[service]]`, `[[set]]`, `[[cluster_member]]`, `[[peer]]` and `[[client]]` tables.
A service names its `providers` by OIN, the first of them with the connection it is reached over; a set names its
`services` by ServiceUUID. A cluster member names the `connection` of the LC or RD by entity id, its `provider` by OIN
and its `services` by ServiceUUID. The other fields are those of `contents`, `peer_contents` and `client_contents`.
Everything in the file exists in each environment that it names; a cluster member, peer or client with `environments`
of its own, only in those.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from volmacht.rules.environment import Environment

Table = Mapping[str, object]


class BadCatalogueFile(ValueError):
    """The file cannot be read or holds what cannot be; the message says where, for an employee."""


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """The tables of a file, in order."""

    environments: tuple[Environment, ...]
    providers: tuple[Table, ...]
    services: tuple[Table, ...]
    sets: tuple[Table, ...]
    cluster_members: tuple[Table, ...]
    peers: tuple[Table, ...]
    clients: tuple[Table, ...]


def read_file(source: Path | str | Table) -> CatalogueFile:
    """Read a file, or what was read from one. Raises BadCatalogueFile."""
    content = source if isinstance(source, Mapping) else _parse(Path(source))
    unknown = set(content) - {
        "environments",
        "provider",
        "service",
        "set",
        "cluster_member",
        "peer",
        "client",
    }
    if unknown:
        raise BadCatalogueFile(f"unknown: {', '.join(sorted(unknown))}")
    found = CatalogueFile(
        environments_in(content),
        providers=_tables(content, "provider"),
        services=_tables(content, "service"),
        sets=_tables(content, "set"),
        cluster_members=_tables(content, "cluster_member"),
        peers=_tables(content, "peer"),
        clients=_tables(content, "client"),
    )
    _each_once(found)
    return found


def without(table: Table, name: str) -> dict[str, object]:
    """A table without one of its lines."""
    return {key: value for key, value in table.items() if key != name}


def connections_of(table: Table) -> list[object]:
    """What a provider has under `connection`: one, several or none; whether each is a table is not judged here."""
    links = table.get("connection", [])
    return links if isinstance(links, list) else [links]


def _each_once(content: CatalogueFile) -> None:
    """What is named twice, each time otherwise, would change with every load. Raises BadCatalogueFile."""
    _once("oin", [("provider", table) for table in content.providers])
    _once(
        "uuid",
        [("service", table) for table in content.services] + [("set", table) for table in content.sets],
    )
    links = [link for table in content.providers for link in connections_of(table)]
    _once("entity_id", [("connection", link) for link in links if isinstance(link, Mapping)])
    for environment in Environment:
        for kind, tables in (("peer", content.peers), ("client", content.clients)):
            here = [table for table in tables if environment.value in _names_of(table, content)]
            _once("entity_id", [(kind, table) for table in here])


def _names_of(table: Table, content: CatalogueFile) -> Collection[object]:
    own = table.get("environments", list(content.environments))
    return own if isinstance(own, list) else ()


def _once(field: str, tables: Sequence[tuple[str, Table]]) -> None:
    seen: dict[str, str] = {}
    for kind, table in tables:
        value = str(table.get(field, ""))
        value = value.lower() if field == "uuid" else value
        here = f"{kind} '{table.get('name', table.get('entity_id'))}'"
        if value and value in seen:
            raise BadCatalogueFile(
                f"{here}: {field}: {value} is named twice, also by {seen[value]}; take one away"
            )
        seen[value] = here


def environments_in(table: Table) -> tuple[Environment, ...]:
    """The environments that a table names. Raises BadCatalogueFile."""
    names = table.get("environments")
    if not isinstance(names, list) or not names:
        raise BadCatalogueFile("environments: must be a list of environments")
    try:
        return tuple(Environment(name) for name in names)
    except ValueError as error:
        raise BadCatalogueFile(f"environments: {error}") from error


def tables_in(environment: Environment, tables: Sequence[Table]) -> Iterator[dict[str, object]]:
    """The tables that count in an environment, without their own list of environments."""
    for table in tables:
        if "environments" not in table or environment in environments_in(table):
            yield without(table, "environments")


def _parse(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadCatalogueFile(f"{path}: {error}") from error


def _tables(content: Table, name: str) -> tuple[Table, ...]:
    tables = content.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadCatalogueFile(f"{name}: write each one under [[{name}]]")
    return tuple(tables)
