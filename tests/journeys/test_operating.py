"""An operator stops Volmacht and starts it again: nothing is lost."""

import sys
import time

import pytest

from tests.journeys.conftest import Come
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


def test_a_restart_loses_nothing(come: Come, own_site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    mother, daughter = come(at=own_site), come(at=own_site)
    mother.logs_in()
    daughter.logs_in()
    daughter.activates(mother.mandates("Gemeentelijke belastingen"), mother)
    code = mother.mandates("Parkeervergunning")

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
