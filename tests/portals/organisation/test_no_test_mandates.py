"""Why test mandates cannot be put back, told as it is: no register, a silent one, or one that knows them not (CN-2)."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.population_register import KEY, PopulationRegisterControl
from tests.portals.organisation import walking
from volmacht.standins.population_register.app import PopulationRegisterStandIn
from volmacht.standins.population_register.register import Register


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("none", "Deze omgeving heeft nog geen bevolkingsregister."),
        ("away", "Het bevolkingsregister antwoordt nu niet."),
        ("empty", "Het bevolkingsregister kent een van de testpersonen niet."),
    ],
)
def test_why_test_mandates_cannot_be_put_back_is_told(
    member: Client,
    authority: Path,
    settings: Settings,
    population_register: PopulationRegisterControl,
    why: str,
    told: str,
) -> None:
    if why == "empty":
        population_register.stand_in = PopulationRegisterStandIn(Register(()), KEY, faults_enabled=True)
    else:
        population_register.fail()
    number = walking.start(member)
    walking.first_form(member, number)
    walking.second_form(member, number)
    if why == "none":
        settings.VOLMACHT = replace(settings.VOLMACHT, population_register_url="")
    page = member.post(f"/organisatie/dossiers/{number}/gegevens/terugzetten/", follow=True).text
    assert told in page
