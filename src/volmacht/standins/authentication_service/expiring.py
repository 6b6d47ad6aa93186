"""What is remembered for a while, in the memory of this process: every entry lives equally long. Safe for threads."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from volmacht import clock

Value = TypeVar("Value")
MOST = 100_000


class Expiring(Generic[Value]):
    """Values by key, for `seconds` since they were put there. When there are too many, the oldest goes."""

    def __init__(self, seconds: float, *, most: int = MOST, ticks: Callable[[], float] = clock.ticks) -> None:
        self._seconds, self._most, self._ticks = seconds, most, ticks
        self._entries: OrderedDict[str, tuple[float, Value]] = OrderedDict()
        self._lock = Lock()

    def put(self, key: str, value: Value) -> bool:
        """Remember it; False, and nothing changes, when the key is known already."""
        with self._lock:
            self._forget_old()
            if key in self._entries:
                return False
            self._entries[key] = (self._ticks() + self._seconds, value)
            if len(self._entries) > self._most:
                self._entries.popitem(last=False)
            return True

    def get(self, key: str, *, prolong: bool = False) -> Value | None:
        """The value; `prolong` lets it live as long again."""
        with self._lock:
            self._forget_old()
            found = self._entries.get(key)
            if found is None:
                return None
            if prolong:
                self._entries[key] = (self._ticks() + self._seconds, found[1])
                self._entries.move_to_end(key)
            return found[1]

    def take(self, key: str, fits: Callable[[Value], bool] = lambda _value: True) -> Value | None:
        """The value, once: whoever takes it first has it. One that does not fit stays (AB-06)."""
        with self._lock:
            self._forget_old()
            found = self._entries.get(key)
            if found is None or not fits(found[1]):
                return None
            del self._entries[key]
            return found[1]

    def _forget_old(self) -> None:
        """From the front, where the ones that end first stand."""
        while self._entries:
            key, (ends, _value) = next(iter(self._entries.items()))
            if ends > self._ticks():
                return
            del self._entries[key]
