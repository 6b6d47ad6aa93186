"""New keys while people log in: first beside the old ones, then instead of them, and nobody notices (MD-42, CN-21)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from time import sleep

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.conftest import Come
from tests.journeys.employees import Employee
from tests.journeys.officials import Official
from tests.journeys.own_service import Folder, OwnService, folder
from tests.journeys.site import Site
from tests.journeys.vocabulary import Visitor
from volmacht import clock
from volmacht.protocols.saml.entity_ids import EntityId
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.writing import sp_metadata
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin
from volmacht.standins.fetching import FRESH_SECONDS
from volmacht.standins.pem_files import own_key
from volmacht.standins.sample_provider.described import read_description

pytestmark = pytest.mark.browser
BERKENRODE, OIN = "Gemeente Berkenrode", Oin("00000009000100002000")
PARKING, SLUG = "Parkeervergunning voor bewoners", "parkeervergunning-voor-bewoners-1"


def both_keys(old: Folder, new: Folder) -> Path:
    """The document that lists the signing keys of both folders, signed with the old one, which counts now."""
    about = read_description(old.path / "service.toml")
    files = ((old, "signing"), (old, "tls"), (new, "signing"))
    signing = [own_key(one.path, name, OIN) for one, name in files]
    address = f"http://localhost:{old.port}/saml"
    entity = Entity(
        entity_id=about.entity_id,
        role=EntityId.parse(about.entity_id).role,
        descriptor=Descriptor.SERVICE_PROVIDER,
        oin=OIN,
        signing=tuple(key.published() for key in signing),
        encryption=(own_key(old.path, "encryption", OIN).published(),),
        single_logout=(Endpoint(None, f"{address}/logout"),),
        assertion_consumers=(Endpoint(0, f"{address}/acs", is_default=True),),
        services=tuple(
            ServiceReference(place, place == 0, one.uuid, one.names)
            for place, one in enumerate(about.services)
        ),
    )
    document = old.path / "both.xml"
    valid_until = clock.wall_clock() + timedelta(days=90)
    document.write_bytes(sp_metadata(entity, key=signing[0], valid_until=valid_until))
    return document


def made_with_another_signing_key(wieke: Official, number: str, old: Folder, new: Folder) -> None:
    """Everything as it was, beside a signing key of its own."""
    new.make_keys(wieke, number, OIN.value)
    for file in (*old.path.glob("encryption.*"), *old.path.glob("tls.*"), old.path / "service.toml"):
        copyfile(file, new.path / file.name)


def gets_in(daughter: Visitor, mother: Visitor, service: OwnService) -> None:
    """Having logged in, at the service for her mother."""
    daughter.acts_for(mother)
    daughter.sees(f"U bent {daughter.name}. U regelt dit voor {mother.name}.")
    assert daughter.browser.page.url.startswith(service.provider_address)


def first_document(wieke: Official, nadia: Employee, own: Folder) -> None:
    """None of the keys that count now are in it: an employee looks first."""
    application = wieke.opens_own_case("Aanvraag")
    number = wieke.passes_on("metadata", "Een nieuwe leverancier.")
    own.make_keys(wieke, application, OIN.value)
    wieke.gives_metadata(number, own.describe(wieke.settings_of_what_runs(application)))
    wieke.sees("Dit document is goed", "Er ontbreekt een sleutel die nu geldt")
    wieke.hands_in(number)
    wieke.sees("Formulier wordt beoordeeld")
    nadia.does(number, "goedkeuren")
    nadia.sees("Uitgevoerd")
    sleep(FRESH_SECONDS)  # DigiD encrypts for the keys in the document of Volmacht that it read last


def test_a_second_key_comes_in_the_middle_of_a_log_in(
    come: Come, open_window: Callable[..., Browsing], site: Site, tmp_path: Path
) -> None:
    wieke, nadia = Official(site, open_window()), Employee(site, open_window())
    wieke.becomes("Wieke Adema", BERKENRODE)
    nadia.becomes("Nadia Vermeer")
    old = folder(site, tmp_path / "old", Environment.PRODUCTION)
    first_document(wieke, nadia, old)
    mother, daughter = come(), come()
    mother.has_logged_in()
    daughter.has_logged_in()
    daughter.has_activated(mother.has_mandated(PARKING), mother)

    new = replace(old, path=tmp_path / "new")
    with old.running() as service:
        daughter = come(daughter.person, at=service)
        daughter.logs_in_at_the_municipality(SLUG)
        number = wieke.passes_on("certificate", "Het oude certificaat eindigt.")
        made_with_another_signing_key(wieke, number, old, new)
        wieke.gives_metadata(number, both_keys(old, new))
        wieke.sees("Dit document is goed")
        wieke.does_not_see("Er ontbreekt een sleutel")
        wieke.hands_in(number)
        wieke.sees("Uitgevoerd")
        gets_in(daughter, mother, service)

    with new.running() as service:
        daughter = come(daughter.person, at=service)
        daughter.logs_in_at_the_municipality(SLUG)
        gets_in(daughter, mother, service)
