"""Everything the register can tell of a person, as JSON of the API.

What is asked of it is chosen in `fields`. A text that is empty and a boolean that is false are left out, as
the published interface says.
"""

from datetime import date

from volmacht.standins.population_register.national_tables import (
    GENDERS,
    MUNICIPALITIES,
    NAME_USES,
    SUSPENSION_REASONS,
)
from volmacht.standins.population_register.person import Person, Suspension
from volmacht.standins.population_register.residences import (
    Answer,
    address_lines,
    not_living_there,
    residence_answer,
    table_value,
)


def complete_answer(person: Person, today: date) -> Answer:
    """All fields of *Persoon* that this person has; `today` gives the age."""
    answer: Answer = {
        "burgerservicenummer": person.bsn.value,
        "geslacht": table_value(person.gender, GENDERS[person.gender]),
        "naam": _name(person),
        "geboorte": {"datum": person.born.answer()},
        "adressering": _addressing(person),
        "indicatieCurateleRegister": person.under_guardianship,
        "geheimhoudingPersoonsgegevens": person.address_secret,
        "nationaliteiten": [],
        "kinderen": [],
        "ouders": [],
        "partners": _partners(person),
    }
    if person.municipality:
        code = MUNICIPALITIES[person.municipality]
        answer["gemeenteVanInschrijving"] = table_value(code, person.municipality)
    if person.residence is not None:
        answer["verblijfplaats"] = residence_answer(person.residence)
    if person.died is not None:
        answer["overlijden"] = {"datum": person.died.answer()}
    if person.suspension is not None:
        answer["opschortingBijhouding"] = _suspension(person.suspension)
    if not person.deceased and (age := person.born.age_on(today)) is not None:
        answer["leeftijd"] = age
    return {name: value for name, value in answer.items() if value is not False}


def _name(person: Person) -> Answer:
    name = person.name
    answer = {
        "voornamen": name.given_names,
        "voorvoegsel": name.prefix,
        "geslachtsnaam": name.family_name,
        "voorletters": name.initials,
        "volledigeNaam": name.full,
    }
    return _filled(answer) | {"aanduidingNaamgebruik": table_value(name.use, NAME_USES[name.use])}


def _addressing(person: Person) -> Answer:
    name, gender = person.name, person.gender
    answer = _filled(
        {"aanhef": name.salutation(gender), "gebruikInLopendeTekst": name.in_running_text(gender)}
    )
    if name.on_envelope:
        answer["aanschrijfwijze"] = {"naam": name.on_envelope}
    if person.residence is not None:
        answer |= address_lines(person.residence, person.municipality)
        answer |= not_living_there(person.residence)
    return answer


def _partners(person: Person) -> list[Answer]:
    name = person.name
    if not name.partner_family_name:
        return []
    return [
        {"naam": _filled({"voorvoegsel": name.partner_prefix, "geslachtsnaam": name.partner_family_name})}
    ]


def _suspension(suspension: Suspension) -> Answer:
    answer: Answer = {"reden": table_value(suspension.reason, SUSPENSION_REASONS[suspension.reason])}
    if suspension.since is not None:
        answer["datum"] = suspension.since.answer()
    return answer


def _filled(fields: dict[str, str]) -> Answer:
    return {name: value for name, value in fields.items() if value}
