"""The test authority of an environment on disk, and keys of our own that it certifies. Used by several verbs.

`<data>/pki/<environment>/`: `root` and `issuing`, each `.key` (0600) and `.crt`; `anchors/test-authority.pem`. Only for
pre-production and for trying out: in production certificates come from PKIoverheid.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from volmacht.cli.problem import CommandProblem
from volmacht.config.options import Options

if TYPE_CHECKING:
    from volmacht.keystore import KeyUse, OwnEntity
    from volmacht.pki import Authority, IssuedCertificate, Organisation, Purpose
    from volmacht.rules.environment import Environment
    from volmacht.rules.identifiers import Oin

# Other machines' clocks may be a little behind.
AUTHORITY_BEFORE, CERTIFICATE_BEFORE = timedelta(days=1), timedelta(hours=1)
BITS, DEMO_BITS = 3072, 2048
LOCAL = ("localhost", "127.0.0.1")


def refuse_real_production(options: Options, environment: "Environment") -> None:
    """Raises CommandProblem where only a real authority counts."""
    from volmacht.rules.environment import Environment

    if environment is Environment.PRODUCTION and not options.demo:
        raise CommandProblem("the test authority is for pre-production only; for production ask PKIoverheid")


def make_authority_files(options: Options, environment: "Environment", now: datetime) -> "Authority":
    """Make root, issuing authority and anchors, unless they are there. Raises CommandProblem."""
    from volmacht.keystore.believing import anchors_folder, trust_folder
    from volmacht.keystore.certifying import read_authority
    from volmacht.keystore.files import private_folder, write_private
    from volmacht.pki import make_hierarchy, private_key_pem

    refuse_real_production(options, environment)
    existing = read_authority(environment)
    if existing:
        return existing
    folder = private_folder(trust_folder(environment))
    made = make_hierarchy(now=now - AUTHORITY_BEFORE, bits=bits(options))
    anchor = private_folder(anchors_folder(environment)) / "test-authority.pem"
    write_private(anchor, made.intermediate.certificates_pem)
    for name, authority in (("root", made.root), ("issuing", made.intermediate)):
        write_private(folder / f"{name}.key", private_key_pem(authority.private_key))
        write_private(folder / f"{name}.crt", authority.certificates_pem)
    return made.intermediate


def bits(options: Options) -> int:
    """How long new keys are: shorter for trying out, where twenty are made at the first start."""
    return DEMO_BITS if options.demo else BITS


def own_oin(options: Options) -> "Oin":
    """Ours, as certificates carry it. Raises CommandProblem."""
    from volmacht.rules.identifiers import Oin

    if not options.oin:
        raise CommandProblem("set VOLMACHT_OIN to the OIN of your organisation: it stands in certificates")
    return Oin(options.oin)


def own_organisation(options: Options) -> "Organisation":
    """We, as in certificates. Raises CommandProblem."""
    from volmacht.pki import Organisation

    return Organisation(options.operator_name[:64], own_oin(options))


def own_hosts(options: Options, use: "KeyUse", given: Sequence[str] = ()) -> tuple[str, ...]:
    """The hosts of a server certificate: those given, or those of the back channel; nothing for another use."""
    from volmacht.keystore import KeyUse

    if use is not KeyUse.SERVER:
        return ()
    addresses = (options.back_channel_url, options.preproduction_back_channel_url)
    hosts = tuple(dict.fromkeys(urlsplit(address).hostname or LOCAL[0] for address in addresses))
    return tuple(given) or hosts


def common_name(entity: "OwnEntity", use: "KeyUse", hosts: Sequence[str]) -> str:
    """What a certificate is called: a server after its host, anything else after what it does."""
    return hosts[0] if hosts else f"{entity.value} {use.value}"


def purpose_of(use: "KeyUse") -> "Purpose":
    """The authority's word for a use."""
    from volmacht.keystore import KeyUse
    from volmacht.pki import Purpose

    return {
        KeyUse.SIGNING: Purpose.SIGNING,
        KeyUse.ENCRYPTION: Purpose.ENCRYPTION,
        KeyUse.TLS: Purpose.TLS_CLIENT,
        KeyUse.SERVER: Purpose.TLS_SERVER,
    }[use]


def issue_own(
    options: Options,
    authority: "Authority",
    entity: "OwnEntity",
    use: "KeyUse",
    *,
    now: datetime,
    hosts: Sequence[str] = (),
) -> "IssuedCertificate":
    """A new key of ours with a certificate of the test authority. Raises CommandProblem."""
    named = own_hosts(options, use, hosts)
    return authority.issue(
        own_organisation(options),
        purpose_of(use),
        common_name=common_name(entity, use, named),
        now=now - CERTIFICATE_BEFORE,
        bits=bits(options),
        hosts=named,
    )


def refuse_to_overwrite(files: Sequence[Path]) -> None:
    """Raises CommandProblem when one is there: of a private key there is often no other copy."""
    there = [str(file) for file in files if file.exists()]
    if there:
        raise CommandProblem(f"already there: {', '.join(there)}; to write over it: --replace")


def issued_files(folder: Path, name: str) -> tuple[Path, Path]:
    """Where key and chain of somebody else go."""
    return folder / f"{name}.key", folder / f"{name}.crt"


def write_issued(folder: Path, name: str, issued: "IssuedCertificate") -> tuple[Path, Path]:
    """Key and chain of somebody else, for them to take; returns the two files."""
    from volmacht.keystore.files import private_folder, write_private
    from volmacht.pki import private_key_pem

    key, certificate = issued_files(private_folder(folder), name)
    write_private(key, private_key_pem(issued.own_key.private_key))
    write_private(certificate, issued.chain_pem)
    return key, certificate
