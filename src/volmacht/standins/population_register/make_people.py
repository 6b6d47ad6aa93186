"""Makes `people_crowd.toml`: ordinary invented people around the main characters and the special cases.

`python -m volmacht.standins.population_register.make_people` writes the file anew; the same program gives
the same people, on every version of Python (only `Random.random()` is used, which never changes). Families
of one or two people share an address; ages are those of grown-ups on 23 November 2026.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from stdnum.nl import bsn as eleven_test

CROWD_FILE = Path(__file__).with_name("people_crowd.toml")

_PEOPLE = 260
_SEED = 20261123
_REFERENCE_DAY = date(2026, 11, 23)
_FIRST_NUMBER, _LAST_NUMBER = 999_920_000, 999_929_999

_WOMEN = (
    "Johanna", "Elisabeth", "Anna", "Emma", "Sophie", "Julia", "Esther", "Marieke", "Willemijn", "Trijntje",
    "Fatma", "Samira", "Khadija", "Shanti", "Agnieszka", "Mei", "Ayşe", "Zoë", "Renée", "Marloes",
    "Jacoba", "Hendrika", "Lieke", "Nadia", "Olga", "Priya", "Soraya", "Wilma", "Yara", "Geertruida",
)  # fmt: skip
_MEN = (
    "Cornelis", "Pieter", "Jacob", "Lucas", "Noah", "Ruud", "Sjoerd", "Wim", "Theo", "Bart",
    "Mehmet", "Hassan", "Rachid", "Anil", "Krzysztof", "Wei", "Ömer", "André", "René", "Gijs",
    "Adriaan", "Dirk", "Erwin", "Floris", "Ivan", "Kees", "Marvin", "Nico", "Quinten", "Stijn",
)  # fmt: skip
_FAMILIES = (
    ("", "Visser"), ("", "Meijer"), ("", "Mulders"), ("de", "Groot"), ("van den", "Berg"), ("van", "Vliet"),
    ("", "Bosman"), ("", "Vos"), ("", "Peters"), ("de", "Wit"), ("van der", "Linden"), ("ter", "Horst"),
    ("", "Hoekstra"), ("", "Veenstra"), ("", "Sietsema"), ("", "Kuiper"), ("", "Postma"), ("in 't", "Veld"),
    ("", "Yıldız"), ("", "Demir"), ("el", "Idrissi"), ("", "Bouzid"), ("", "Ramdin"), ("", "Wijngaarde"),
    ("", "Nowak"), ("", "Wójcik"), ("", "Chen"), ("", "Martina"), ("van", "Oosterhout"), ("", "Claessens"),
    ("", "Janssens"), ("op den", "Kamp"), ("", "Gerritsen"), ("", "Schmidt"), ("le", "Fèvre"), ("", "Fernandes"),
)  # fmt: skip
_PLACES = (
    ("Almere", "1315"), ("Amsterdam", "1053"), ("Apeldoorn", "7311"), ("Arnhem", "6811"), ("Assen", "9401"),
    ("Breda", "4811"), ("Delft", "2611"), ("Den Helder", "1781"), ("Deventer", "7411"), ("Eindhoven", "5611"),
    ("Enschede", "7511"), ("Goes", "4461"), ("Groningen", "9712"), ("Leeuwarden", "8911"), ("Leiden", "2311"),
    ("Maastricht", "6211"), ("Middelburg", "4331"), ("Nijmegen", "6511"), ("Rotterdam", "3011"),
    ("Tilburg", "5038"), ("Utrecht", "3511"), ("Venlo", "5911"), ("Zwolle", "8011"),
)  # fmt: skip
_STREETS = (
    "Beukenlaan", "Dorpsstraat", "Eikenstraat", "Gasthuisstraat", "Havenkade", "Julianastraat", "Kastanjelaan",
    "Kerkweg", "Langestraat", "Lindenhof", "Marktplein", "Molenweg", "Nieuwstraat", "Parkweg", "Schoolstraat",
    "Stationsweg", "Torenplein", "Vijverlaan", "Wilgenpad", "Zonnebloemstraat",
)  # fmt: skip
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"

# A level of DigiD and everything below it, as most people come by them; the first is nobody's.
_DIGID = ((), (10,), (10, 20), (10, 20), (10, 20), (10, 20, 25), (10, 20, 25), (10, 20, 25, 30))

Item = TypeVar("Item")


def crowd_toml() -> str:
    """The text of the file."""
    lots = _Lots(_SEED)
    numbers = _numbers()
    people: list[str] = []
    while len(people) < _PEOPLE:
        people += _household(lots, numbers)
    head = (
        "# Made by make_people.py: change that, not this. How a person is written down: people_main.toml.\n"
    )
    return head + "".join(people[:_PEOPLE])


class _Lots:
    """Chance that repeats itself."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - invented people, no secrets

    def draw(self, items: Sequence[Item]) -> Item:
        return items[int(self._random.random() * len(items))]

    def number(self, lowest: int, highest: int) -> int:
        return lowest + int(self._random.random() * (highest - lowest + 1))

    def once_in(self, times: int) -> bool:
        return self._random.random() * times < 1


def _numbers() -> Iterator[str]:
    candidates = (str(number) for number in range(_FIRST_NUMBER, _LAST_NUMBER + 1))
    return (number for number in candidates if eleven_test.is_valid(number))


def _household(lots: _Lots, numbers: Iterator[str]) -> list[str]:
    """One person, or a couple of which one may use the other's name."""
    home = _home(lots)
    family, partner = lots.draw(_FAMILIES), lots.draw(_FAMILIES)
    years = lots.number(19, 92)
    if lots.once_in(2):
        return [_person(lots, next(numbers), lots.draw("MV"), family, years, home)]
    use = lots.draw(("", "", "P", "V", "N"))
    years_of_other = max(19, years + lots.number(-6, 6))
    return [
        _person(lots, next(numbers), "M", partner, years, home),
        _person(lots, next(numbers), "V", family, years_of_other, home, _name_use(use, partner)),
    ]


def _name_use(use: str, partner: tuple[str, str]) -> list[str]:
    if not use:
        return []
    prefix = f'prefix = "{partner[0]}", ' if partner[0] else ""
    return [f'name_use = "{use}"', f'partner = {{ {prefix}family_name = "{partner[1]}" }}']


def _home(lots: _Lots) -> list[str]:
    city, digits = lots.draw(_PLACES)
    postcode = digits + lots.draw(_LETTERS) + lots.draw(_LETTERS)
    letter = ', letter = "a"' if lots.once_in(9) else ""
    street, number = lots.draw(_STREETS), lots.number(1, 240)
    address = f'street = "{street}", number = {number}{letter}, postcode = "{postcode}", city = "{city}"'
    return [f'municipality = "{city}"', f"address = {{ {address} }}"]


def _person(
    lots: _Lots,
    number: str,
    gender: str,
    family: tuple[str, str],
    years: int,
    home: list[str],
    name_use: Sequence[str] = (),
) -> str:
    names = _MEN if gender == "M" else _WOMEN
    given_names, second = lots.draw(names), lots.draw(names)
    if second != given_names and lots.once_in(3):
        given_names += f" {second}"
    born = _REFERENCE_DAY - timedelta(days=years * 365 + lots.number(30, 330))
    lines = [f'bsn = "{number}"', f'gender = "{gender}"', f'given_names = "{given_names}"']
    lines += [f'prefix = "{family[0]}"'] if family[0] else []
    lines += [f'family_name = "{family[1]}"', *name_use, f'born = "{born}"']
    died = lots.once_in(30)
    if died:
        lines.append(f'died = "{_REFERENCE_DAY - timedelta(days=lots.number(20, 900))}"')
    if lots.once_in(40):
        lines.append("secret = true")
    levels = () if died or years > lots.number(70, 110) else lots.draw(_DIGID)
    return "\n".join(["", "[[person]]", *lines, *home, f"digid = {list(levels)}", ""])


if __name__ == "__main__":
    CROWD_FILE.write_text(crowd_toml(), "utf-8")
