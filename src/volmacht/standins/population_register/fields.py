"""The parameter `fields`: which paths may be asked for, and choosing from a complete answer what was asked.

Rules: feature files *velden vragen met fields* and *fields alias*. A path names a field or a whole group;
part of a date or of a table value gives all of it; some fields come unasked and may not be asked for.
"""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import Any

from volmacht.standins.population_register.published_fields import PERSON, Branch, Whole
from volmacht.standins.population_register.residences import Answer

# Come unasked wherever they apply: the first four of a person, the others of any group.
_OF_A_PERSON = frozenset({"geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie"})
_NOT_LIVING_THERE = "indicatieVastgesteldVerblijftNietOpAdres"
_OF_A_GROUP = frozenset({"inOnderzoek", _NOT_LIVING_THERE})

# Another name for a group, that gives nothing of a residence outside the Netherlands.
_ALIASES = {"verblijfplaatsBinnenland": "verblijfplaats", "adresseringBinnenland": "adressering"}
_LINES = frozenset({"adresregel1", "adresregel2", "adresregel3", "land"})

Wanted = dict[str, "Wanted | None"]  # None: all of it


class Verdict(Enum):
    """Whether a path may be asked for."""

    FINE = auto()
    COMES_UNASKED = auto()
    UNKNOWN = auto()


def judge(path: str) -> Verdict:
    """Whether this path may stand in `fields`."""
    names = path.split(".")
    if names[0] in _OF_A_PERSON:
        return Verdict.COMES_UNASKED
    node: Branch | Whole = PERSON
    for name in names:
        if isinstance(node, Whole):
            return Verdict.FINE if names[-1] == name and name in node.parts else Verdict.UNKNOWN
        if name in _OF_A_GROUP:
            return Verdict.COMES_UNASKED
        if name not in node:
            return Verdict.UNKNOWN
        node = node[name]
    return Verdict.FINE


def choose(complete: Answer, paths: Iterable[str]) -> Answer:
    """What these paths (each judged fine) ask of a complete answer, with what comes unasked."""
    wanted: Wanted = {}
    for path in paths:
        _want(wanted, path.split("."), PERSON)
        _want_companions(wanted, path.split("."))
    chosen: Answer = _prune(complete | _alias_groups(complete), wanted)
    for alias, group in _ALIASES.items():
        if alias in chosen:
            chosen[group] = _merged(chosen.get(group, {}), chosen.pop(alias))
    if not chosen.get("adressering", True):
        del chosen["adressering"]
    return chosen | {name: complete[name] for name in complete if name in _OF_A_PERSON}


def _want(wanted: Wanted, names: Sequence[str], tree: Branch) -> None:
    """Add one path to the tree of what is wanted; a group that is wanted whole stays so."""
    name, *rest = names
    below = tree[name]
    if not rest or isinstance(below, Whole):
        wanted[name] = None
    elif (deeper := wanted.setdefault(name, {})) is not None:
        _want(deeper, rest, below)


def _want_companions(wanted: Wanted, names: Sequence[str]) -> None:
    """Part of a residence brings its type; part of one, or a line of an address, the sign that it is wrong."""
    group, name = wanted[names[0]], _ALIASES.get(names[0], names[0])
    if group is None:
        return
    if name == "verblijfplaats":
        group |= {"type": None, _NOT_LIVING_THERE: None}
    if name == "adressering" and names[1] in _LINES:
        group[_NOT_LIVING_THERE] = None


def _alias_groups(complete: Answer) -> Answer:
    """The groups under their other names, as far as those reach."""
    if complete.get("verblijfplaats", {}).get("type") in {"Adres", "Locatie"}:
        return {alias: complete[group] for alias, group in _ALIASES.items()}
    addressing = {name: value for name, value in complete["adressering"].items() if name not in _LINES}
    return {"adresseringBinnenland": addressing}


def _prune(value: Any, wanted: Wanted | None) -> Any:
    """Of a group, and of every group in a list, what is wanted of it."""
    if wanted is None:
        return value
    if isinstance(value, list):
        return [_prune(item, wanted) for item in value]
    return {name: _prune(value[name], deeper) for name, deeper in wanted.items() if name in value}


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return one | {name: _merged(one.get(name, value), value) for name, value in other.items()}
    return other
