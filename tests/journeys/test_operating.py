"""An operator stops Volmacht and starts it again, or changes its keys: nothing is lost and nobody notices."""

import sys
import time

import pytest

from tests.journeys.conftest import Come
from tests.journeys.people import character
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


def test_a_restart_loses_nothing(come: Come, own_site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    mother, daughter = come(at=own_site), come(at=own_site)
    mother.has_logged_in()
    daughter.has_logged_in()
    daughter.has_activated(mother.has_mandated("Gemeentelijke belastingen"), mother)
    code = mother.has_mandated("Parkeervergunning")

    assert own_site.stop() == 0
    verified = own_site.volmacht("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    began = time.monotonic()
    own_site.start()
    with capsys.disabled():
        sys.stdout.write(f"second start: {time.monotonic() - began:.1f} s ")

    mother.goes_to("/mijn/machtigingen/")
    mother.sees("Gemeentelijke belastingen", daughter.name, "Parkeervergunning")
    daughter.activates(code, mother)
    daughter.sees(f"U mag dit nu regelen voor {mother.name}")
    daughter.logs_in_at_the_municipality()
    daughter.acts_for(mother)
    daughter.sees(f"U regelt dit voor {mother.name}")
    assert own_site.volmacht("audit", "verify").returncode == 0


KEYS = (
    ("entrance", "signing"),
    ("entrance", "server"),
    ("bvd", "encryption"),
    ("portal", "signing"),
)


def change_keys(site: Site, step: str, *more: str) -> None:
    """One step for a key of every kind of use and every entity of the log-in interface."""
    for entity, use in KEYS:
        done = site.volmacht("keys", step, entity, use, "--environment", "production", *more)
        assert done.returncode == 0, done.stderr


def test_keys_change_in_the_middle_of_a_log_in(come: Come, own_site: Site) -> None:
    """MD-40: announced before, switched while somebody is at DigiD and while she chooses, destroyed after.

    At a site of its own, where nobody read metadata before: Gemeente Voorbeeld reads them again after a minute only.
    """
    helper = come(character("neighbour"), at=own_site)
    change_keys(helper.site, "announce")
    helper.begins_at_the_municipality()
    helper.browser.presses("Inloggen met DigiD")
    change_keys(helper.site, "switch", "--now")
    helper.says_who_they_are()
    helper.browser.is_at("Voor wie doet u dit?")
    helper.browser.clicks("#persoon-1")
    helper.sees(f"U bent {helper.name}. U regelt dit voor")

    helper.logs_in_at_the_municipality()
    change_keys(helper.site, "retire", "--now")
    helper.browser.clicks("#persoon-1")
    helper.sees(f"U bent {helper.name}. U regelt dit voor")
    helper.logs_in()
    helper.browser.is_at("Mijn machtigingen")
