"""What each approved change of a client of the REST calls does to the tables (DM-64, BR-11).

Beside `changes`, in the same manner. A certificate is that of one client in one environment: nothing crosses (RO-03).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from volmacht.catalogue.carrying_out import TERM, Change, columns, existing, switching
from volmacht.catalogue.client_contents import NewClient, identity_unchanged, read_client
from volmacht.catalogue.contents import Content, read_switch
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import RestClient
from volmacht.catalogue.reading import Fields, InvalidContent


def _check_client(content: NewClient) -> None:
    rows = RestClient.objects.filter(environment=content.environment, entity_id=content.entity_id)
    if rows.exists():
        raise InvalidContent("entity_id", "is in the catalogue already")
    _check_certificates(content)


def _check_certificates(content: NewClient) -> None:
    """One that was switched off keeps its certificates: switching it on again must not give them to two."""
    for other in RestClient.objects.exclude(id=content.id):
        if not set(other.certificates).isdisjoint(content.certificates):
            raise InvalidContent("certificates", f"one is that of {other.entity_id} in {other.environment}")


def _add_client(content: NewClient) -> UUID:
    return RestClient.objects.create(**_columns(content)).id


def read_client_change(content: Content) -> NewClient:
    """The client with the fields that the content names changed; which client it is stays."""
    named = dict(content)
    row = existing("id", RestClient.objects, Fields({"id": named.pop("id", None)}).identifier("id"))
    identity_unchanged(named)
    names = ("id", "environment", "entity_id", "return_url", "certificates", *TERM)
    return read_client({name: getattr(row, name) for name in names} | named)


def _change_client(content: NewClient) -> UUID:
    RestClient.objects.filter(id=content.id).update(**_columns(content, "id", "environment", "entity_id"))
    return content.id


def _columns(content: NewClient, *without: str) -> dict[str, Any]:
    return columns(content, *without) | {"certificates": list(content.certificates)}


CLIENT_CHANGES: Mapping[ChangeKind, Change[Any]] = {
    ChangeKind.ADD_CLIENT: Change(read_client, _check_client, _add_client),
    ChangeKind.CHANGE_CLIENT: Change(read_client_change, _check_certificates, _change_client),
    ChangeKind.SWITCH_CLIENT: Change(read_switch, *switching(RestClient.objects)),
}
