"""What the stand-in for an authentication service remembers, and for how long (AB-06, TM-03, TM-08, TM-09)."""

from volmacht.standins.authentication_service.expiring import Expiring


class Ticks:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The seconds so far."""
        return self.now


def test_a_value_lives_as_long_as_agreed() -> None:
    ticks = Ticks()
    memory: Expiring[str] = Expiring(10, ticks=ticks)
    assert memory.put("a", "first")
    assert not memory.put("a", "second")
    ticks.now = 9.9
    assert memory.get("a") == "first"
    ticks.now = 10
    assert memory.get("a") is None
    assert memory.put("a", "second")


def test_what_is_used_lives_longer_when_that_is_asked() -> None:
    ticks = Ticks()
    memory: Expiring[str] = Expiring(10, ticks=ticks)
    memory.put("used", "x")
    memory.put("not used", "y")
    ticks.now = 6
    assert memory.get("used", prolong=True) == "x"
    ticks.now = 12
    assert (memory.get("used"), memory.get("not used")) == ("x", None)
    ticks.now = 16
    assert memory.get("used") is None


def test_what_is_taken_is_gone_and_what_does_not_fit_stays() -> None:
    memory: Expiring[int] = Expiring(10)
    memory.put("a", 1)
    assert memory.take("a", lambda value: value > 1) is None
    assert memory.take("a") == 1
    assert memory.take("a") is None


def test_when_there_are_too_many_the_oldest_goes() -> None:
    memory: Expiring[int] = Expiring(10, most=2)
    for number in range(3):
        memory.put(str(number), number)
    assert [memory.get(str(number)) for number in range(3)] == [None, 1, 2]
