"""A catalogue as a readable TOML file, read but not judged: `operations.loading` does that. Touches files only.

The file names `environments`, and holds `[[provider]]` (with its `[provider.connection]`, or several under
`[[provider.connection]]`), `[[service]]`, `[[set]]`, `[[cluster_member]]` and `[[peer]]` tables. A service names its
`providers` by OIN, the first of them with the connection it is reached over; a set names its `services` by
ServiceUUID. A cluster member names the `connection` of the LC or RD by entity id, its `provider` by OIN and its
`services` by ServiceUUID. The other fields are those of `contents` and `peer_contents`. Everything in the file exists
in each environment that it names; a cluster member or peer that names `environments` of its own, only in those.
"""

import tomllib
from collections.abc import Mapping
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


def read_file(source: Path | str | Table) -> CatalogueFile:
    """Read a file, or what was read from one. Raises BadCatalogueFile."""
    content = source if isinstance(source, Mapping) else _parse(Path(source))
    unknown = set(content) - {"environments", "provider", "service", "set", "cluster_member", "peer"}
    if unknown:
        raise BadCatalogueFile(f"unknown: {', '.join(sorted(unknown))}")
    return CatalogueFile(
        environments_in(content),
        providers=_tables(content, "provider"),
        services=_tables(content, "service"),
        sets=_tables(content, "set"),
        cluster_members=_tables(content, "cluster_member"),
        peers=_tables(content, "peer"),
    )


def environments_in(table: Table) -> tuple[Environment, ...]:
    """The environments that a table names. Raises BadCatalogueFile."""
    names = table.get("environments")
    if not isinstance(names, list) or not names:
        raise BadCatalogueFile("environments: must be a list of environments")
    try:
        return tuple(Environment(name) for name in names)
    except ValueError as error:
        raise BadCatalogueFile(f"environments: {error}") from error


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
