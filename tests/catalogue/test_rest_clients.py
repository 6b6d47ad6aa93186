"""Clients of the REST calls: by file, by command, four eyes, each certificate once (BR-05, BR-11, DM-64, RO-03)."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.catalogue.publishing import AD, AD_OIN, DV_OIN
from volmacht import clock
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, NotJudged, Objection
from volmacht.catalogue.models import Proposal, RestClient
from volmacht.catalogue.operations import BadCatalogueFile, InvalidContent, Loaded, load_catalogue, propose
from volmacht.cli.main import main
from volmacht.pki import Organisation, Purpose, make_hierarchy, pem_of
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

PRODUCTION, PREPRODUCTION = Environment.PRODUCTION, Environment.PREPRODUCTION
Said = pytest.CaptureFixture[str]
TEST_AD = AD.replace(":0001", ":9001")
ONE, TWO, THREE = "1" * 64, "2" * 64, "ab" * 32
RETURN = "https://inloggen.example/terug"
HERE = ["--environment", "production", "--entity-id", AD]
BOTH = ["--proposed-by", "anne@volmacht.example", "--approved-by", "bram@volmacht.example"]


def content(**changes: object) -> dict[str, Any]:
    """A file with one client in production and one in pre-production."""
    client = {"entity_id": AD, "return_url": RETURN, "certificates": [ONE], "environments": ["production"]}
    tester = {"entity_id": TEST_AD, "return_url": RETURN, "certificates": [TWO]}
    return {
        "environments": ["production", "preproduction"],
        "client": [client | changes, tester | {"environments": ["preproduction"]}],
    }


def load(source: dict[str, Any], staff: tuple[UUID, UUID]) -> Loaded | NotJudged:
    return load_catalogue(source, proposed_by=staff[0], approved_by=staff[1])


def standing(environment: Environment) -> list[tuple[str, str, set[str], bool]]:
    return [
        (one.entity_id, one.return_url, set(one.certificates), one.active)
        for one in queries.rest_clients(environment)
    ]


def test_clients_of_a_file_stand_in_the_catalogue_and_change_with_it(two_staff: tuple[UUID, UUID]) -> None:
    assert load(content(), two_staff) == Loaded(2)
    assert standing(PRODUCTION) == [(AD, RETURN, {ONE}, True)]
    assert standing(PREPRODUCTION) == [(TEST_AD, RETURN, {TWO}, True)]
    assert load(content(), two_staff) == Loaded(0)
    colons = ":".join([THREE[:2].upper()] * 32)
    changed = content(return_url=f"{RETURN}/2", certificates=[ONE, colons], active=False)
    assert load(changed, two_staff) == Loaded(1)
    assert standing(PRODUCTION) == [(AD, f"{RETURN}/2", {ONE, THREE}, False)]
    assert load(changed, two_staff) == Loaded(0)
    assert load(content(active=True), two_staff) == Loaded(1)
    assert standing(PRODUCTION) == [(AD, RETURN, {ONE}, True)]


def test_a_client_is_found_by_its_certificate_in_its_environment_only(two_staff: tuple[UUID, UUID]) -> None:
    """RO-03."""
    load(content(), two_staff)
    found = queries.rest_client_showing(PRODUCTION, ONE)
    assert found
    assert (found.entity_id, found.oin) == (AD, Oin(AD_OIN))
    assert queries.rest_client(found.id) == found
    assert queries.rest_client_showing(PREPRODUCTION, ONE) is None
    assert queries.rest_client_showing(PRODUCTION, TWO) is None


def test_one_employee_registers_nobody_alone(two_staff: tuple[UUID, UUID]) -> None:
    """DM-64."""
    assert load(content(), (two_staff[0], two_staff[0])) == NotJudged(Objection.OWN_PROPOSAL)
    assert not RestClient.objects.exists()


FAULTS: list[tuple[dict[str, object], str]] = [
    ({"entity_id": TEST_AD}, "entity_id: names a test system"),
    ({"entity_id": AD.replace(":AD:", ":DV:")}, "entity_id: must have the role AD, RD or TD"),
    ({"entity_id": "urn:ad"}, "entity_id: must look like"),
    ({"return_url": "http://inloggen.example/terug"}, "return_url: must be an https address"),
    ({"return_url": f"{RETURN}?x=1"}, "return_url: must be an https address without"),
    ({"return_url": f"{RETURN}?"}, "return_url: must be an https address without"),
    ({"return_url": f"{RETURN}#x"}, "return_url: must be an https address without"),
    ({"return_url": "https://naam@inloggen.example/"}, "return_url: must be an https address"),
    ({"return_url": ""}, "return_url: may not be empty"),
    ({"certificates": []}, "certificates: must be SHA-256 fingerprints"),
    ({"certificates": ["1" * 40]}, "certificates: must be SHA-256 fingerprints"),
    ({"certificates": ["g" * 64]}, "certificates: must be SHA-256 fingerprints"),
    ({"certificates": [str(number) * 64 for number in range(5)]}, "certificates: may hold 4 values"),
    ({"certificates": [TWO], "entity_id": AD.replace(":0001", ":0002")}, f"one is that of {TEST_AD}"),
    ({"oin": AD_OIN}, "oin: is not a field"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), FAULTS)
def test_an_error_says_where_in_the_file(
    two_staff: tuple[UUID, UUID], changes: dict[str, object], message: str
) -> None:
    if "one is that of" in message:
        load(content(), two_staff)
    before = Proposal.objects.count()
    with pytest.raises(BadCatalogueFile, match=f"production, client '.*{message}"):
        load(content(**changes), two_staff)
    assert Proposal.objects.count() == before


def test_a_client_twice_in_a_file_is_refused(two_staff: tuple[UUID, UUID]) -> None:
    twice = content()
    twice["client"].append(dict(twice["client"][0]))
    with pytest.raises(BadCatalogueFile, match="is named twice"):
        load(twice, two_staff)


def test_which_client_it_is_does_not_change(two_staff: tuple[UUID, UUID]) -> None:
    load(content(), two_staff)
    client = queries.rest_clients(PRODUCTION)[0]
    with pytest.raises(InvalidContent, match="entity_id: cannot be changed"):
        propose(ChangeKind.CHANGE_CLIENT, {"id": client.id, "entity_id": TEST_AD}, by=two_staff[0])


# --- by command ---


def certificate(folder: Path, oin: str, purpose: Purpose = Purpose.TLS_CLIENT) -> Path:
    """A file with a certificate of this organisation."""
    now = clock.wall_clock()
    issued = make_hierarchy(now=now, bits=2048).intermediate.issue(
        Organisation("Inloggen", Oin(oin)),
        purpose,
        common_name="x",
        now=now,
        bits=2048,
        hosts=("inloggen.example",) if purpose is Purpose.TLS_SERVER else (),
    )
    file = folder / f"{oin}-{purpose}.pem"
    file.write_bytes(pem_of(issued.own_key.certificate))
    return file


def test_a_client_is_registered_changed_switched_and_listed(
    two_staff: tuple[UUID, UUID], tmp_path: Path, capsys: Said
) -> None:
    file = str(certificate(tmp_path, AD_OIN))
    assert main(["clients", "list", "--environment", "production"]) == 0
    assert capsys.readouterr().out == "No client is registered in production.\n"
    assert main(["clients", "add", *HERE, "--return-url", RETURN, "--certificate", file, *BOTH]) == 0
    assert f"{AD} may ask over REST in production." in capsys.readouterr().out
    assert main(["clients", "change", *HERE, "--return-url", f"{RETURN}/2", *BOTH]) == 0
    other = str(certificate(tmp_path, AD_OIN, Purpose.SIGNING))
    assert main(["clients", "change", *HERE, "--certificate", other, *BOTH]) == 1
    assert main(["clients", "off", *HERE, *BOTH]) == 0
    capsys.readouterr()
    assert main(["clients", "list", "--environment", "production"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{AD} off, returns to {RETURN}/2"
    assert second.startswith("  SHA-256 ")
    assert main(["clients", "on", *HERE, *BOTH]) == 0
    assert [one.active for one in queries.rest_clients(PRODUCTION)] == [True]


def test_what_cannot_be_is_refused_in_a_sentence(
    two_staff: tuple[UUID, UUID], tmp_path: Path, capsys: Said
) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("x")
    cases = {
        str(tmp_path / "gone.pem"): "gone.pem: No such file",
        str(nonsense): "is not a certificate in PEM",
        str(certificate(tmp_path, DV_OIN)): f"its OIN is {DV_OIN}, and not the one in {AD}",
    }
    for file, sentence in cases.items():
        assert main(["clients", "add", *HERE, "--return-url", RETURN, "--certificate", file, *BOTH]) == 1
        assert sentence in capsys.readouterr().err
    for purpose in (Purpose.SIGNING, Purpose.ENCRYPTION, Purpose.TLS_SERVER):
        file = str(certificate(tmp_path, AD_OIN, purpose))
        assert main(["clients", "add", *HERE, "--return-url", RETURN, "--certificate", file, *BOTH]) == 1
        assert f"{file}: is not for TLS clients" in capsys.readouterr().err
    assert main(["clients", "off", *HERE, *BOTH]) == 1
    assert f"no client {AD} is registered in production" in capsys.readouterr().err
    assert main(["clients", "change", *HERE, *BOTH]) == 1
    assert "say what changes" in capsys.readouterr().err
    assert not RestClient.objects.exists()
