"""Keys of the stand-ins when trying out, certified by the test authority of each environment (AD-14, MD-44).

`<data>/stand-ins/<digid|eherkenning>/<environment>/` and `<data>/stand-ins/gemeente/`, for production only; in each
`<name>.key.pem` (0600) and `<name>.crt.pem`. What is there is left alone.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from volmacht import clock
from volmacht.cli.authority_files import CERTIFICATE_BEFORE, DEMO_BITS, LOCAL, make_authority_files
from volmacht.config.options import Options

if TYPE_CHECKING:
    from volmacht.pki import Authority, Organisation, Purpose

AUTHENTICATION_SERVICES = ("digid", "eherkenning")
SAMPLE_PROVIDER = "gemeente"


def folder_of(options: Options, stand_in: str) -> Path:
    """Where the keys of a stand-in are."""
    return options.data / "stand-ins" / stand_in


@dataclass(frozen=True, slots=True)
class _Wanted:
    folder: Path
    name: str
    organisation: "Organisation"
    purpose: "Purpose"
    authority: "Authority"

    @property
    def files(self) -> tuple[Path, Path]:
        return self.folder / f"{self.name}.key.pem", self.folder / f"{self.name}.crt.pem"

    def make(self, now: datetime) -> None:
        from volmacht.keystore.files import private_folder, write_private
        from volmacht.pki import Purpose, private_key_pem

        issued = self.authority.issue(
            self.organisation,
            self.purpose,
            common_name=LOCAL[0]
            if self.purpose is Purpose.TLS_SERVER
            else f"{self.organisation.name} {self.name}",
            now=now - CERTIFICATE_BEFORE,
            bits=DEMO_BITS,
            hosts=LOCAL if self.purpose is Purpose.TLS_SERVER else (),
        )
        key, certificate = self.files
        private_folder(self.folder)
        write_private(key, private_key_pem(issued.own_key.private_key))
        write_private(certificate, issued.chain_pem)  # last: a key without it is made again


def make_stand_in_keys(options: Options) -> int:
    """Make what is missing; how many. Raises CommandProblem outside profile demo."""
    missing = [one for one in _wanted(options) if not one.files[1].exists()]
    now = clock.wall_clock()
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda one: one.make(now), missing))
    return len(missing)


def _wanted(options: Options) -> list[_Wanted]:
    from volmacht.demo.scenario import SAMPLE_ENTITY
    from volmacht.pki import Organisation, Purpose
    from volmacht.protocols.saml.entity_ids import EntityId
    from volmacht.rules.environment import Environment
    from volmacht.standins.authentication_service.kinds import Kind

    now = clock.wall_clock()
    authorities = {one: make_authority_files(options, one, now) for one in Environment}
    wanted = [
        _Wanted(
            folder_of(options, kind.value) / environment.value,
            name,
            Organisation(f"{kind.label} (stand-in)", kind.oin),
            purpose,
            authority,
        )
        for kind in Kind
        for environment, authority in authorities.items()
        for name, purpose in (("signing", Purpose.SIGNING), ("server", Purpose.TLS_SERVER))
    ]
    purposes = {
        "signing": Purpose.SIGNING,
        "encryption": Purpose.ENCRYPTION,
        "tls": Purpose.TLS_CLIENT,
    }
    town = Organisation("Gemeente Voorbeeld", EntityId.parse(SAMPLE_ENTITY).oin)
    production = authorities[Environment.PRODUCTION]
    return wanted + [
        _Wanted(folder_of(options, SAMPLE_PROVIDER), name, town, purpose, production)
        for name, purpose in purposes.items()
    ]
