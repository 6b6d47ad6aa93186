"""The register in memory: who is in it, and what changes while it runs. A restart forgets that."""

from collections.abc import Callable, Iterable
from threading import Lock

from volmacht.standins.population_register.national_tables import MUNICIPALITIES
from volmacht.standins.population_register.person import Person

# Records removed as wrong are never delivered (feature file *opschorting bijhouding*).
_REMOVED = frozenset({"F", "W"})


class Register:
    """Everybody, by BSN. Safe for threads."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = {person.bsn.value: person for person in people}
        self._changing = Lock()

    def find(self, bsn: str, municipality_code: str = "") -> Person | None:
        """The person with this BSN, within a municipality when one is given; None when there is none."""
        person = self._people.get(bsn)
        if person is None or (person.suspension is not None and person.suspension.reason in _REMOVED):
            return None
        if municipality_code and MUNICIPALITIES.get(person.municipality) != municipality_code:
            return None
        return person

    def change(self, bsn: str, alter: Callable[[Person], Person]) -> Person | None:
        """Replace what is known of somebody; None when nobody has this BSN."""
        with self._changing:
            person = self._people.get(bsn)
            if person is None:
                return None
            self._people[bsn] = altered = alter(person)
            return altered
