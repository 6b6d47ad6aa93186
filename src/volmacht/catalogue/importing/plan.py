"""What both layouts share in judging: the verdict on a row, and the changes that carrying it out takes. Only looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from volmacht.catalogue.differences import FieldChange, as_json
from volmacht.catalogue.importing.cells import Cells, Moment, shown_moment
from volmacht.catalogue.importing.verdicts import RowFault, RowOutcome, RowVerdict
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import InForce


@dataclass(frozen=True, slots=True)
class Step:
    """One change; `last` ones come after those of every row, as they name what other rows add."""

    kind: ChangeKind
    content: Mapping[str, object]
    last: bool = False


@dataclass(frozen=True, slots=True)
class OfferStep:
    """A service that the organisation with this OIN offers from now on, or no longer."""

    service_id: UUID
    oin: str
    offers: bool
    last: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the changes that it takes."""

    verdict: RowVerdict
    steps: list[Step | OfferStep] = field(default_factory=list)


def in_order(judged: Sequence[Judged]) -> list[Step | OfferStep]:
    """The changes of all rows in the order in which they are possible."""
    steps = [step for one in judged for step in one.steps]
    return sorted(steps, key=lambda step: step.last)


def differing(
    said: Mapping[str, object], stands: InForce | None
) -> tuple[list[FieldChange], dict[str, object]]:
    """What is said otherwise than it stands: to show, and as content of a change.

    A moment counts as another when it is shown otherwise: a cell knows neither seconds nor summer time.
    """
    shown: list[FieldChange] = []
    content: dict[str, object] = {}
    for name, value in said.items():
        before = getattr(stands, name) if stands else None
        if isinstance(value, Moment):
            stood = shown_moment(before) if stands else ""
            if stood != value.shown:
                content[name] = value.at
                shown.append(FieldChange(name, stood or None, value.shown or None))
        elif stands is None or before != value:
            content[name] = value
            was, becomes = as_json({"was": before, "becomes": value}).values()
            shown.append(FieldChange(name, was, becomes))
    return shown, content


def verdict_on(cells: Cells, key: str, name: str, new: bool, changes: Sequence[FieldChange]) -> RowVerdict:
    """What a row comes to."""
    if cells.faults:
        outcome, changes = RowOutcome.FAULTY, ()
    elif new:
        outcome = RowOutcome.NEW
    else:
        outcome = RowOutcome.CHANGED if changes else RowOutcome.UNCHANGED
    return RowVerdict(cells.line, key, name, outcome, tuple(cells.faults), tuple(cells.notes), tuple(changes))


def each_named_once(named: Sequence[tuple[Cells, object, int]]) -> None:
    """A second row about the same is a fault: which one counts?"""
    first: dict[object, int] = {}
    for cells, key, column in named:
        if key in first:
            cells.fault(column, RowFault.NAMED_TWICE, str(first[key]))
        elif key:
            first[key] = cells.line
