"""What a figure is, how it is timed, and how it is printed. Used by every script of the bench."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    """Whether the goal is the least or the most that is fine."""

    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. Without a goal it is printed for information and always `ok`."""

    name: str
    value: float
    unit: str
    goal: float | None
    direction: Direction
    database: str
    note: str = ""
    ok: bool = field(init=False)

    def __post_init__(self) -> None:
        fine = self.goal is None or (
            self.value >= self.goal if self.direction is Direction.MIN else self.value <= self.goal
        )
        object.__setattr__(self, "ok", fine)

    def line(self) -> str:
        """`name value unit goal ok|short`."""
        goal = "-" if self.goal is None else f"{'≥' if self.direction is Direction.MIN else '≤'}{self.goal:g}"
        return f"{self.name:<52} {self.value:>10.3f} {self.unit:<8} {goal:<8} {'ok' if self.ok else 'short'}"

    def record(self) -> dict[str, object]:
        """For latest.json."""
        return asdict(self)


def seconds_each(work: Callable[[], object], *, times: int, rounds: int = 7) -> float:
    """The best round's mean seconds of one call: what else the machine does only ever adds; a first round warms up."""
    for _ in range(max(1, times // 5)):
        work()
    means = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(times):
            work()
        means.append((time.perf_counter() - start) / times)
    return min(means)


def compared(
    one: Callable[[], object], other: Callable[[], object], *, times: int, rounds: int = 9
) -> tuple[float, float]:
    """Seconds of one call of each, measured in turns so that the machine's mood falls on both alike."""
    for work in (one, other):
        for _ in range(max(1, times // 3)):
            work()
    ones: list[float] = []
    others: list[float] = []
    for _ in range(rounds):
        for work, means in ((one, ones), (other, others)):
            start = time.perf_counter()
            for _ in range(times):
                work()
            means.append((time.perf_counter() - start) / times)
    return min(ones), min(others)
