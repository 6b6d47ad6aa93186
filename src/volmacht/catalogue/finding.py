"""Finding entries of the catalogue for an employee: by words, page by page. From memory; only looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final
from uuid import UUID

from volmacht.catalogue.searching import folded, matches, words_in
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.catalogue.view import View
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus

PAGE_SIZE: Final = 50


class EntryKind(StrEnum):
    """What an entry is."""

    PROVIDER = auto()
    CONNECTION = auto()
    SERVICE = auto()
    SET = auto()


@dataclass(frozen=True, slots=True)
class EntryFound:
    """One entry: `identifier` is its OIN, entity id or ServiceUUID; `in_force` whether it can be used now."""

    kind: EntryKind
    id: UUID
    name: str
    identifier: str
    providers: tuple[str, ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """One page of what was found; `page` counts from 1."""

    entries: tuple[EntryFound, ...]
    page: int
    pages: int
    total: int


def search_entries(
    environment: Environment, words: str = "", page: int = 1, *, kind: EntryKind | None = None
) -> EntriesPage:
    """Providers, connections, services and sets in which every word occurs, by name, fifty on a page.

    A page that does not exist is the nearest that does.
    """
    asked = words_in(words)
    found = [
        entry
        for entry in _entries(CATALOGUE.view(), environment)
        if kind in {None, entry.kind}
        and matches(folded(" ".join((entry.name, entry.identifier, *entry.providers))), asked)
    ]
    found.sort(key=lambda entry: (folded(entry.name), entry.kind, entry.identifier))
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = tuple(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    return EntriesPage(shown, page, pages, len(found))


def _entries(view: View, environment: Environment) -> Iterator[EntryFound]:
    for one in view.providers.values():
        if one.environment is environment:
            in_force = one.active and one.role_active
            yield EntryFound(EntryKind.PROVIDER, one.id, one.name, one.oin, (), in_force)
    for link in view.connections.values():
        if link.environment is environment:
            yield EntryFound(
                EntryKind.CONNECTION,
                link.id,
                link.entity_id,
                link.entity_id,
                (link.provider_name,),
                link.active,
            )
    for entry in view.services.values():
        if entry.environment is environment:
            kind = EntryKind.SET if entry.is_set else EntryKind.SERVICE
            in_force = view.statuses[entry.id] is LookUpStatus.STATUS_OK
            yield EntryFound(
                kind, entry.id, entry.name, str(entry.service_uuid), entry.provider_names, in_force
            )
