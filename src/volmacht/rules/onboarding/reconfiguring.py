"""Making the next configuration of a connection from the one that runs (CN-15, CN-20, CN-21). Pure.

A configuration is always whole: one published version says everything that runs over a connection.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any, Final

from volmacht.rules.onboarding.answers import Row
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.configuration import Incomplete
from volmacht.rules.periods import start_of

Content = Mapping[str, object]
Tables = dict[str, Any]  # as JSON gives it
_WITHOUT_A_TRACE: Final = frozenset(
    {ChangeOf.CERTIFICATE, ChangeOf.METADATA, ChangeOf.CONTACTS, ChangeOf.SUPPLIER}
)  # nothing of these stands in the configuration


def with_new(content: Content, added: Content) -> Tables:
    """What runs, with the services and sets of another configuration beside it."""
    whole, new = _copy(content), _copy(added)
    for name in ("service", "set"):
        if new.get(name):
            known = {table["uuid"] for table in new[name]}
            whole[name] = [table for table in whole.get(name, []) if table["uuid"] not in known] + new[name]
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
    for table in (*whole.get("service", []), *whole.get("set", [])):
        table["active"] = active
    for provider in whole["provider"]:
        if "connection" in provider:
            provider["connection"]["active"] = active
    return whole


def _copy(content: Content) -> Tables:
    return deepcopy(dict(content))


def _service(whole: Tables, answers: Row) -> Tables:
    wanted = str(answers.get("service", "")).strip().lower()
    for table in (*whole.get("service", []), *whole.get("set", [])):
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
    until = start_of(_day(answers)).isoformat()
    for table in (*whole.get("service", []), *whole.get("set", [])):
        table["active_until"] = until


_CHANGES: Final[Mapping[ChangeOf, Callable[[Tables, Row], None]]] = {
    ChangeOf.ORGANISATION_NAME: _rename,
    ChangeOf.LEVEL: _level,
    ChangeOf.TERM: _term,
    ChangeOf.DESCRIPTION: _description,
    ChangeOf.STOP_SERVICE: _stop_service,
    ChangeOf.STOP_CONNECTION: _stop_connection,
}
