"""Asks the stand-in for the population register over HTTP, without the adapter under test elsewhere."""

from collections.abc import Iterable
from typing import Any

import httpx

from volmacht.standins.population_register.person import Person

API_KEY = "a-key"
PEOPLE_PATH = "/haalcentraal/api/brp/personen"
QUERY_TYPE = "RaadpleegMetBurgerservicenummer"

# Every top-level field that may be asked for.
EVERYTHING = (
    "aNummer adressering burgerservicenummer datumEersteInschrijvingGBA datumInschrijvingInGemeente"
    " europeesKiesrecht geboorte gemeenteVanInschrijving geslacht gezag immigratie indicatieCurateleRegister"
    " indicatieGezagMinderjarige kinderen leeftijd naam nationaliteiten ouders overlijden partners"
    " uitsluitingKiesrecht verblijfplaats verblijfstitel"
)


class RegisterClient:
    """A client with the right key, unless a test says otherwise."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def post(self, body: object, path: str = PEOPLE_PATH, **headers: str) -> httpx.Response:
        """Post a body as JSON; headers by keyword, with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.post(path, json=body, headers={"X-API-KEY": API_KEY} | named)

    def ask(self, *bsns: str, fields: str = "burgerservicenummer", **more: object) -> httpx.Response:
        """Ask about people; `fields` as words."""
        question = {"type": QUERY_TYPE, "burgerservicenummer": list(bsns), "fields": fields.split()}
        return self.post(question | more)

    def person(self, person: Person, fields: str) -> dict[str, Any]:
        """The one person in the answer."""
        answer = self.ask(person.bsn.value, fields=fields)
        assert answer.status_code == 200, answer.text
        (found,) = answer.json()["personen"]
        assert isinstance(found, dict)
        return found


def by_case(people: Iterable[Person], case: str) -> Person:
    """The first person written down for a case."""
    return next(person for person in people if person.case == case)


def by_handle(people: Iterable[Person], handle: str) -> Person:
    """A main character."""
    return next(person for person in people if person.handle == handle)
