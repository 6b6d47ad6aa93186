"""`volmacht peers` and `volmacht metadata`: what an operator types and reads."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.catalogue.building import Building
from tests.catalogue.publishing import AD, AD_OIN, BVD, DV, DV_OIN, dv_document, idp_document, pin
from tests.catalogue.web_server import document, serving
from volmacht.catalogue import queries
from volmacht.cli.main import main
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.environment import Environment

PRODUCTION = Environment.PRODUCTION
Said = pytest.CaptureFixture[str]
HERE = ["--environment", "production", "--entity-id"]
BOTH = ["--proposed-by", "anne@volmacht.example", "--approved-by", "bram@volmacht.example"]


@pytest.fixture
def data(settings: Settings, tmp_path: Path, two_staff: tuple[UUID, UUID]) -> Path:
    """An installation with two employees, in which the test authority is pinned."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path)
    pin(tmp_path)
    return tmp_path


def pinned() -> list[str]:
    return [one.entity_id for role in (Role.AD, Role.BVD) for one in queries.pinned_peers(PRODUCTION, role)]


def test_a_peer_is_pinned_switched_and_listed(data: Path, capsys: Said) -> None:
    assert main(["peers", "list", "--environment", "production"]) == 0
    assert capsys.readouterr().out == "No peer is pinned in production.\n"
    assert main(["peers", "add", *HERE, AD, "--role", "AD", *BOTH]) == 0
    types = ["--representation-type", "urn:rt:b", "--representation-type", "urn:rt:a"]
    words = ["--name", "Ouderlijk gezag", "--purpose", "Voor ouders."]
    assert main(["peers", "add", *HERE, BVD, "--role", "BVD", *types, *words, *BOTH]) == 0
    assert "Next: `volmacht metadata import`" in capsys.readouterr().out
    assert main(["peers", "list", "--environment", "production"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"AD {AD} (OIN {AD_OIN})"
    assert second.endswith("“Ouderlijk gezag” urn:rt:a urn:rt:b")
    assert main(["peers", "off", *HERE, AD, *BOTH]) == 0
    assert pinned() == [BVD]
    assert main(["peers", "on", *HERE, AD, *BOTH]) == 0
    assert pinned() == [AD, BVD]


def test_words_and_kinds_of_a_peer_are_changed_and_what_is_left_out_stays(data: Path, capsys: Said) -> None:
    types = ["--representation-type", "urn:rt:a"]
    main(["peers", "add", *HERE, BVD, "--role", "BVD", *types, "--name", "Gezag", *BOTH])
    assert main(["peers", "change", *HERE, BVD, "--name-en", "Authority", *BOTH]) == 0
    (bvd,) = queries.pinned_peers(PRODUCTION, Role.BVD)
    assert (bvd.name_in("nl"), bvd.name_in("en")) == ("Gezag", "Authority")
    assert bvd.representation_types == {"urn:rt:a"}
    assert main(["peers", "change", *HERE, BVD, "--representation-type", "urn:rt:b", *BOTH]) == 0
    (bvd,) = queries.pinned_peers(PRODUCTION, Role.BVD)
    assert (bvd.name, bvd.name_en) == ("Gezag", "Authority")
    assert bvd.representation_types == {"urn:rt:b"}
    capsys.readouterr()
    assert main(["peers", "change", *HERE, BVD, *BOTH]) == 1
    assert "of these one must be given" in capsys.readouterr().err
    assert main(["peers", "change", *HERE, BVD, "--name", "", *BOTH]) == 1
    assert "name: is needed for a BVD" in capsys.readouterr().err


def test_one_employee_pins_and_switches_nothing(data: Path, capsys: Said) -> None:
    """DM-64."""
    alone = [*BOTH[:3], "anne@volmacht.example"]
    assert main(["peers", "add", *HERE, AD, "--role", "AD", *alone]) == 1
    assert "somebody else must approve" in capsys.readouterr().err
    assert pinned() == []
    main(["peers", "add", *HERE, AD, "--role", "AD", *BOTH])
    assert main(["peers", "off", *HERE, AD, *alone]) == 1
    assert pinned() == [AD]


def test_a_peer_that_cannot_be_is_refused_in_a_sentence(data: Path, capsys: Said) -> None:
    assert main(["peers", "add", *HERE, "urn:ad", "--role", "AD", *BOTH]) == 1
    assert capsys.readouterr().err.startswith("volmacht: oin: is needed")
    assert main(["peers", "off", *HERE, AD, *BOTH]) == 1
    assert f"no peer {AD} is pinned in production" in capsys.readouterr().err


def test_metadata_is_taken_in_by_file(data: Path, building: Building, capsys: Said) -> None:
    file = data / "dv.xml"
    file.write_bytes(dv_document())
    assert main(["metadata", "import", str(file), *HERE, DV]) == 1
    assert f"{DV} is not registered in production" in capsys.readouterr().err
    building.connection(building.provider(oin=DV_OIN), entity_id=DV)
    assert main(["metadata", "import", str(file), *HERE, DV]) == 0
    assert capsys.readouterr().out.startswith("Taken in: accepted, valid until ")
    assert queries.peer(PRODUCTION, DV)
    assert main(["metadata", "import", str(data / "gone.xml"), *HERE, DV]) == 1
    assert "gone.xml: No such file" in capsys.readouterr().err


def test_what_is_wrong_with_a_document_is_said_line_by_line(
    data: Path, building: Building, capsys: Said
) -> None:
    building.connection(building.provider(oin=DV_OIN), entity_id=DV)
    file = data / "dv.xml"
    file.write_bytes(dv_document(encryption_oin=AD_OIN))
    assert main(["metadata", "import", str(file), *HERE, DV]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("error MD-24 other_oin line ")
    assert DV in said.out
    assert "not taken in: refused; what was stored before stays" in said.err
    assert main(["metadata", "list"]) == 0
    listed = capsys.readouterr().out
    assert f"production {DV}: no metadata" in listed
    assert "error MD-24 other_oin" in listed


def test_metadata_is_taken_in_from_an_address_and_listed(data: Path, capsys: Said) -> None:
    main(["peers", "add", *HERE, AD, "--role", "AD", *BOTH])
    capsys.readouterr()
    with serving() as web:
        web.answers["/metadata"] = document(idp_document(AD))
        assert main(["metadata", "import", web.address(), *HERE, AD]) == 0
        assert main(["metadata", "list", "--environment", "production"]) == 0
    said = capsys.readouterr().out
    assert f"refreshed from {web.address()}" in said
    assert "last reading" in said
    assert main(["metadata", "import", web.address(), *HERE, AD]) == 1
    assert "error MD-27 unreachable" in capsys.readouterr().out
    assert queries.peer(PRODUCTION, AD)
