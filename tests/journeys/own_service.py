"""The sample service of an organisation of its own, beside an installation: made and run as the guide says."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cli.commands import COMMAND, eventually, free_port
from tests.journeys.officials import Official
from tests.journeys.site import STOP_SECONDS, Site
from volmacht.cli import ports
from volmacht.rules.environment import Environment

PREPRODUCTION = "/preprod"
PURPOSES = {"signing": "signing", "encryption": "encryption", "tls": "tls-client"}
WORDS = {Environment.PREPRODUCTION: "preproductie", Environment.PRODUCTION: "productie"}


@dataclass
class OwnService(Site):
    """The same installation, whose provider is the organisation of the journey."""

    provider_port: int = 0
    prefix: str = ""

    @property
    def address(self) -> str:
        """Where the pages of its environment are."""
        return f"{super().address}{self.prefix}"

    @property
    def provider_address(self) -> str:
        """Where the service is."""
        return f"http://localhost:{self.provider_port}"


@dataclass
class Folder:
    """Keys, certificates and settings of the service in one environment."""

    site: Site
    path: Path
    environment: Environment
    port: int

    def make(self, technician: Official, number: str, oin: str) -> Path:
        """Keys on the own machine, certificates and settings from the portal; the document with metadata."""
        self.make_keys(technician, number, oin)
        return self.describe(technician.settings_for_the_sample(number))

    def make_keys(self, technician: Official, number: str, oin: str) -> None:
        """Keys on the own machine, and a certificate for each from the portal."""
        self._volmacht("keys", str(self.path), "--oin", oin)
        for name, purpose in PURPOSES.items():
            request = self.path / f"{name}.csr"
            given = technician.certificate_for(number, WORDS[self.environment], purpose, request)
            (self.path / f"{name}.crt.pem").write_bytes(given)

    def describe(self, settings: bytes) -> Path:
        """Whose service it is; the document with metadata that comes of it."""
        (self.path / "service.toml").write_bytes(settings)
        self._volmacht("metadata", str(self.path), "--port", str(self.port))
        return self.path / "metadata.xml"

    def _volmacht(self, *words: str) -> None:
        done = self.site.volmacht("sample", *words)
        assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def running(self) -> Iterator[OwnService]:
        """The service, until the block ends."""
        with (self.site.data / "log" / "own-service.log").open("ab") as log:
            process = subprocess.Popen(
                (*COMMAND, "sample", "run", str(self.path), "--port", str(self.port)),
                env=self.site.environment,
                stdout=log,
                stderr=log,
            )
        try:
            assert eventually(lambda: ports.answers(self.port, "/saml/metadata"), 30)
            prefix = PREPRODUCTION if self.environment is Environment.PREPRODUCTION else ""
            yield OwnService(self.site.data, self.site.environment, self.site.process, self.port, prefix)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def folder(site: Site, path: Path, environment: Environment) -> Folder:
    """A folder that is not there yet, for a service at a free port."""
    return Folder(site, path / environment.value, environment, free_port())


def in_preproduction(site: Site) -> OwnService:
    """The pages where people try out what organisations connect."""
    return OwnService(site.data, site.environment, site.process, prefix=PREPRODUCTION)
