"""What these tests ask for: `connected`, a provider at an installation of its own, and `xmlsec1`, the program.

One installation for the whole folder, for each worker that runs some of it. They need no browser, so they run beside
the tests on SQLite, where neighbours mostly stay with one worker. With the journeys, whose installations they would
share, every worker would have to connect the provider, and a machine without a browser would prove nothing.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from saml2.client import Saml2Client

from tests.foreign_clients import connecting, pysaml
from tests.foreign_clients.connecting import Connected
from tests.foreign_clients.xmlsec1 import PROGRAM, Xmlsec1
from tests.journeys.site import after_first_start, installed


@pytest.fixture(scope="session")
def connected(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[Connected]:
    """A provider that was connected by the guide, and a daughter who may do everything there for her mother."""
    folder = tmp_path_factory.mktemp("installation")
    with installed(folder, copied_from=after_first_start(shared_folder)) as site:
        made = connecting.connect(site, tmp_path_factory.mktemp("mine"))
        connecting.mandate(made)
        yield made


@pytest.fixture(scope="session")
def xmlsec1(tmp_path_factory: pytest.TempPathFactory) -> Xmlsec1:
    """The `xmlsec1` command. Without it these tests say so, and under CI they fail."""
    program = shutil.which(PROGRAM)
    if program is None:
        reason = f"no {PROGRAM} on this machine: see tools/system.sh"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Xmlsec1(program, tmp_path_factory.mktemp("xmlsec1"))


@pytest.fixture(scope="session")
def pysaml2(connected: Connected, xmlsec1: Xmlsec1) -> Saml2Client:
    """pysaml2 with the keys of the provider."""
    return pysaml.client(connected, xmlsec1.program)
