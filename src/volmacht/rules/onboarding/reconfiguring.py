"""Making the next configuration of a connection from the one that runs (CN-15, CN-20, CN-21). Pure.

A configuration is always whole: one published version says everything that runs over a connection.
"""

from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from datetime import date
from typing import Any, Final

from volmacht.rules.onboarding.answers import Row
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.configuration import Incomplete, member
from volmacht.rules.periods import start_of

Content = Mapping[str, object]
Tables = dict[str, Any]  # as JSON gives it
_WITHOUT_A_TRACE: Final = frozenset(
    {ChangeOf.CERTIFICATE, ChangeOf.METADATA, ChangeOf.CONTACTS}
)  # nothing of these stands in the configuration


def with_new(content: Content, added: Content) -> Tables:
    """What runs, with the services and sets of another configuration beside it."""
    whole, new = _copy(content), _copy(added)
    for name in ("service", "set"):
        if new.get(name):
            known = {table["uuid"] for table in new[name]}
            whole[name] = [table for table in whole.get(name, []) if table["uuid"] not in known] + new[name]
    for one in whole.get("cluster_member", []):
        if one["active"]:
            one["services"] = [table["uuid"] for table in whole.get("service", [])]
    return whole


def changed(content: Content, change: ChangeOf, answers: Row) -> Tables:
    """What runs after a change. Raises Incomplete for one that names no service of this connection, or no day."""
    whole = _copy(content)
    if change not in _WITHOUT_A_TRACE:
        _CHANGES[change](whole, answers)
    return whole


def switched(content: Content, *, active: bool) -> Tables:
    """Everything of a connection on or off."""
    whole = _copy(content)
    for table in (*_all_services(whole), *whole.get("cluster_member", [])):
        table["active"] = active
    for provider in whole["provider"]:
        provider["connection"]["active"] = active
    return whole


def without(content: Content, services: Collection[str]) -> Tables:
    """What runs, with some of its services and sets off."""
    whole = _copy(content)
    for table in _all_services(whole):
        if table["uuid"] in services:
            table["active"] = False
    return whole


def runs(content: Content) -> bool:
    """Whether anything of it is switched on: a service, or of a supplier its connection."""
    whole = _copy(content)
    links = [provider["connection"] for provider in whole["provider"]]
    return any(table.get("active", True) for table in _all_services(whole) or links)


def restored(before: Content, after: Content) -> Tables:
    """What ran before, said so that nothing of what came after is left: fields emptied, members off."""
    whole, later = _copy(before), _copy(after)
    tables = {table["uuid"]: table for table in _all_services(later)}
    for table in _all_services(whole):
        added = tables.get(table["uuid"], {}).keys() - table.keys() - {"active"}
        table.update(dict.fromkeys(added))
    members = whole.get("cluster_member", [])
    known = {(one["connection"], one["dv_entity_id"]) for one in members}
    left = [
        {**one, "active": False}
        for one in later.get("cluster_member", [])
        if (one["connection"], one["dv_entity_id"]) not in known
    ]
    if left:
        whole["cluster_member"] = [*members, *left]
    return whole


def over_cluster(content: Content, *, entity_id: str, cluster: str) -> Tables:
    """What runs, over the connection of a supplier from now on; that of another supplier is left.

    The provider's own connection stays, as its services belong to it.
    """
    whole = _copy(content)
    provider = whole["provider"][0]
    left = [
        {**table, "active": False}
        for table in whole.get("cluster_member", [])
        if (table["connection"], table["dv_entity_id"]) != (cluster, entity_id)
    ]
    new = member(provider["oin"], entity_id, cluster, whole.get("service", []))
    whole["cluster_member"] = [*left, new]
    return whole


def _all_services(whole: Tables) -> list[Tables]:
    return [*whole.get("service", []), *whole.get("set", [])]


def _copy(content: Content) -> Tables:
    return deepcopy(dict(content))


def _service(whole: Tables, answers: Row) -> Tables:
    wanted = str(answers.get("service", "")).strip().lower()
    for table in _all_services(whole):
        if table["uuid"] == wanted:
            found: Tables = table
            return found
    raise Incomplete("service")


def _day(answers: Row) -> date:
    try:
        return date.fromisoformat(str(answers.get("from_day")))
    except ValueError as error:
        raise Incomplete("from_day") from error


def _rename(whole: Tables, answers: Row) -> None:
    _day(answers)
    whole["provider"][0]["name"] = str(answers["new_name"]).strip()


def _level(whole: Tables, answers: Row) -> None:
    """Announced, and counting from its day (DM-60)."""
    _service(whole, answers).update(
        announced_level=int(str(answers["new_level"])), announced_on=_day(answers).isoformat()
    )


def _term(whole: Tables, answers: Row) -> None:
    _service(whole, answers)["longest_months"] = int(str(answers["new_months"]))


def _description(whole: Tables, answers: Row) -> None:
    _service(whole, answers)["description"] = str(answers["new_description"]).strip()


def _stop_service(whole: Tables, answers: Row) -> None:
    _service(whole, answers)["active_until"] = start_of(_day(answers)).isoformat()


def _stop_connection(whole: Tables, answers: Row) -> None:
    """Carried out on its day, when everything is off at once."""
    _day(answers)
    whole.update(switched(whole, active=False))


def _other_cluster(whole: Tables, answers: Row) -> None:
    """`cluster` and `entity_id` are found by who asks: the connection of the new supplier, and the provider's own.

    With `by_itself` it goes on over its own, without a supplier.
    """
    _day(answers)
    if answers.get("by_itself") is True:
        for one in whole.get("cluster_member", []):
            one["active"] = False
        return
    whole.update(
        over_cluster(whole, entity_id=str(answers["entity_id"]), cluster=str(answers.get("cluster") or ""))
    )


_CHANGES: Final[Mapping[ChangeOf, Callable[[Tables, Row], None]]] = {
    ChangeOf.ORGANISATION_NAME: _rename,
    ChangeOf.LEVEL: _level,
    ChangeOf.TERM: _term,
    ChangeOf.DESCRIPTION: _description,
    ChangeOf.STOP_SERVICE: _stop_service,
    ChangeOf.STOP_CONNECTION: _stop_connection,
    ChangeOf.SUPPLIER: _other_cluster,
}
