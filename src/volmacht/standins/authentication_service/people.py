"""The accounts of DigiD: the invented people who have one, main characters with their story."""

from volmacht.standins.authentication_service.accounts import Account, Accounts, Remark
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person
from volmacht.standins.population_register.residences import AddressAbroad


def people_with_digid() -> Accounts:
    """Everybody who can log in."""
    return Accounts(_account(person) for person in load_people())


def _account(person: Person) -> Account:
    return Account(
        key=person.bsn.value,
        name=person.used_name,
        levels=person.digid_levels,
        number=f"BSN {person.bsn.value}",
        story_nl=person.story.nl if person.story else "",
        story_en=person.story.en if person.story else "",
        remark=None if person.story else _remark(person),
        bsn=person.bsn,
    )


def _remark(person: Person) -> Remark | None:
    """By what the files say; the population register may hear of a death while it runs."""
    facts = {
        Remark.DECEASED: person.deceased,
        Remark.UNDER_GUARDIANSHIP: person.under_guardianship,
        Remark.SECRET_ADDRESS: person.address_secret,
        Remark.ABROAD: isinstance(person.residence, AddressAbroad),
    }
    return next((remark for remark, holds in facts.items() if holds), None)
