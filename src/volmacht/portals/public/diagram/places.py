"""Where the steps of a process stand and how its arrows run: lanes side by side, one per actor. Pure.

Steps stand in rows from top to bottom. Arrows run only through the strips between the rows and the gutters
between the lanes (or straight down through a lane that is empty there), so none ever crosses a step.
All lengths are in pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from volmacht.rules.onboarding import Actor, Condition, Exit, ProcessKey, ProcessStep

LANE_WIDTH = 156
BOX_WIDTH = 132
LINE_HEIGHT = 17
BOX_PADDING = 14
STRIP_HEIGHT = 62
FIRST_TRACK = 22
TRACK = 13  # two arrows beside each other must not look like one
GUTTER_TRACK = 7
ASIDE = 24

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A step in its place; `number` is its place in reading order, from 1."""

    step: ProcessStep
    number: int
    lane: int
    row: int
    x: float
    y: float
    height: float

    @property
    def centre(self) -> float:
        """The middle, from the left."""
        return self.x + BOX_WIDTH / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one step to another: straight pieces from corner to corner."""

    points: tuple[Point, ...]
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of steps with the strip for arrows below it."""

    top: float
    height: float

    @property
    def strip(self) -> float:
        """Where the strip below the row begins."""
        return self.top + self.height

    @property
    def end(self) -> float:
        """Where the next row begins."""
        return self.strip + STRIP_HEIGHT


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything there is to draw."""

    lanes: tuple[Actor, ...]
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def width(self) -> float:
        """All lanes together."""
        return LANE_WIDTH * len(self.lanes)


def place(steps: Sequence[ProcessStep], lines: Mapping[ProcessKey, int]) -> Drawing:
    """Give every step a place and every exit a way. `lines` says how many lines of text each step needs."""
    lanes = tuple(actor for actor in Actor if any(step.actor is actor for step in steps))
    row_of = _rows_of(steps)
    rows = _rows(steps, row_of, lines)
    boxes = {
        step.key: Box(
            step=step,
            number=number,
            lane=lanes.index(step.actor),
            row=row_of[step.key],
            x=lanes.index(step.actor) * LANE_WIDTH + (LANE_WIDTH - BOX_WIDTH) / 2,
            y=rows[row_of[step.key]].top,
            height=_height(lines[step.key]),
        )
        for number, step in enumerate(steps, start=1)
    }
    router = _Router(rows, boxes)
    arrows = tuple(arrow for step in steps for arrow in router.arrows(boxes[step.key]))
    return Drawing(lanes, rows, tuple(boxes.values()), arrows)


def _height(lines: int) -> float:
    return lines * LINE_HEIGHT + 2 * BOX_PADDING


def _rows_of(steps: Sequence[ProcessStep]) -> dict[ProcessKey, int]:
    """Below everything that leads to it, and never two steps of one actor side by side."""
    row_of: dict[ProcessKey, int] = {}
    taken: set[tuple[Actor, int]] = set()
    for step in steps:
        before = [row_of[other.key] for other in steps if any(way.to is step.key for way in other.exits)]
        row = max(before, default=-1) + 1
        while (step.actor, row) in taken:
            row += 1
        row_of[step.key] = row
        taken.add((step.actor, row))
    return row_of


def _rows(
    steps: Sequence[ProcessStep], row_of: Mapping[ProcessKey, int], lines: Mapping[ProcessKey, int]
) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number in range(max(row_of.values()) + 1):
        height = max(_height(lines[step.key]) for step in steps if row_of[step.key] == number)
        rows.append(Row(rows[-1].end if rows else 0, height))
    return tuple(rows)


class _Router:
    """Finds the ways; remembers how many arrows a strip holds already, so that they don't lie on each other."""

    def __init__(self, rows: tuple[Row, ...], boxes: Mapping[ProcessKey, Box]) -> None:
        self._rows = rows
        self._boxes = boxes
        self._used: dict[int, int] = {}
        self._in_gutter = 0

    def arrows(self, start: Box) -> list[Arrow]:
        """All ways out of a step, from left to right."""
        ways = sorted(start.step.exits, key=lambda way: self._from_left(start, self._boxes[way.to]))
        share = BOX_WIDTH / (len(ways) + 1)
        return [self._arrow(start, start.x + share * turn, way) for turn, way in enumerate(ways, start=1)]

    def _from_left(self, start: Box, end: Box) -> tuple[float, int]:
        """Sorts ways out of one step so that they do not cross: of two in one lane, the longer goes outside."""
        to_the_left = end.lane < start.lane or end.lane == start.lane == 0
        return end.centre, end.row if to_the_left else -end.row

    def _arrival(self, start: Box, end: Box) -> Point:
        """The middle of the upper edge; a little aside when another step of that lane stands right above."""
        covered = any(box.lane == end.lane and box.row == end.row - 1 for box in self._boxes.values())
        aside = 0 if start.lane == end.lane or not covered else ASIDE if start.lane > end.lane else -ASIDE
        return end.centre + aside, end.y

    def _arrow(self, start: Box, across: float, way: Exit) -> Arrow:
        """From the lower edge of a step to the upper edge of the next."""
        end = self._boxes[way.to]
        leave, arrive = (across, start.bottom), self._arrival(start, end)
        if leave[0] == arrive[0] and self._is_free(end.lane, start.row, end.row):
            return Arrow((leave, arrive), way.when)
        down = self._track(start.row)
        if self._is_free(end.lane, start.row, end.row):
            return Arrow(_corners(leave, [(arrive[0], down)], arrive), way.when)
        into = self._track(end.row - 1)
        if self._is_free(start.lane, start.row, end.row):
            return Arrow(_corners(leave, [(arrive[0], into)], arrive), way.when)
        side = self._gutter(start, end)
        return Arrow(_corners(leave, [(side, down), (arrive[0], into)], arrive), way.when)

    def _is_free(self, lane: int, above: int, below: int) -> bool:
        return not any(box.lane == lane and above < box.row < below for box in self._boxes.values())

    def _track(self, row: int) -> float:
        used = self._used.get(row, 0)
        self._used[row] = used + 1
        return self._rows[row].strip + FIRST_TRACK + TRACK * (used % 3)

    def _gutter(self, start: Box, end: Box) -> float:
        edge = end.lane + (1 if start.lane > end.lane or (start.lane == end.lane and end.lane == 0) else 0)
        self._in_gutter += 1
        return edge * LANE_WIDTH - GUTTER_TRACK / 2 + GUTTER_TRACK * (self._in_gutter % 2)


def _corners(leave: Point, bends: list[Point], arrive: Point) -> tuple[Point, ...]:
    """Down to the height of each bend, then across to it; at last down to the end."""
    points = [leave]
    for across, height in bends:
        points += [(points[-1][0], height), (across, height)]
    return (*points, arrive)
