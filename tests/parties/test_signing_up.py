"""Signing an organisation up: registers are asked, each fault has its own answer, nobody else is named (CN-2)."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.accounts import Somebody, make_account
from volmacht import clock
from volmacht.parties import operations, queries
from volmacht.parties.models import ConnectingOrganisation, Party
from volmacht.parties.operations import SignUp
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.roles import MemberRole
from volmacht.standins.organisation_register.app import OrganisationRegisterStandIn
from volmacht.standins.organisation_register.organisations import load_organisations

pytestmark = pytest.mark.usefixtures("db")
GOOD = SignUp(
    oin="0000 0009 0001 0000 1000",
    kvk_number="9999.2002",
    is_supplier=False,
    alb_name="gemeente  ELZENDAM",
    public_task="Zorg",
    legal_basis="Gemeentewet",
)


@pytest.fixture
def signatory() -> Somebody:
    return make_account("teken@elzendam.example", "Tess Tekent")


def test_an_organisation_is_signed_up_by_its_signatory(signatory: Somebody) -> None:
    made = operations.sign_up_organisation(signatory.id, GOOD)
    assert isinstance(made, UUID), made
    known = queries.connecting_organisation(made)
    assert known is not None
    assert (known.name, known.oin, known.kvk_number) == (
        "Gemeente Elzendam",
        "00000009000100001000",
        "99992002",
    )
    assert not known.proven
    assert not known.signatory_proven
    member = queries.member(signatory.id, made)
    assert member is not None
    assert member.roles == {MemberRole.SIGNATORY}


@pytest.mark.parametrize(
    ("change", "objection"),
    [
        ({"oin": "123"}, AccountObjection.OIN_FORM),
        ({"oin": "0000000900010000100A"}, AccountObjection.OIN_FORM),
        ({"oin": "00000009999999999000"}, AccountObjection.OIN_UNKNOWN),
        ({"oin": "00000009000100043000", "kvk_number": "99993043"}, AccountObjection.OIN_WITHDRAWN),
        ({"kvk_number": "123"}, AccountObjection.KVK_FORM),
        ({"kvk_number": "99992003"}, AccountObjection.KVK_MISMATCH),
        ({"oin": "00000009000100044000", "kvk_number": "99990012"}, AccountObjection.KVK_MISMATCH),
        ({"alb_name": ""}, AccountObjection.ALB_NAME_UNKNOWN),
        ({"alb_name": "Gemeente Elzen"}, AccountObjection.ALB_NAME_UNKNOWN),
        ({"alb_name": "Gemeente Berkenrode"}, AccountObjection.ALB_OTHER_ORGANISATION),
        (
            {"oin": "00000009000100041000", "kvk_number": "99993041", "alb_name": "Stichting Zonder BSN"},
            AccountObjection.ALB_NAME_UNKNOWN,
        ),
        (
            {"oin": "00000009000100042000", "kvk_number": "99993042", "alb_name": "Gemeente Dwarsnummer"},
            AccountObjection.ALB_OTHER_ORGANISATION,
        ),
        ({"public_task": " "}, AccountObjection.TASK_MISSING),
        ({"legal_basis": ""}, AccountObjection.TASK_MISSING),
    ],
)
def test_each_fault_has_its_own_answer(
    signatory: Somebody, change: dict[str, str], objection: AccountObjection
) -> None:
    said = replace(GOOD, **change)  # type: ignore[arg-type]  # texts only
    assert operations.sign_up_organisation(signatory.id, said) is objection
    assert queries.organisations_of(signatory.id) == []


def test_one_that_is_proven_is_not_signed_up_again(signatory: Somebody) -> None:
    here = operations.sign_up_organisation(signatory.id, GOOD)
    ConnectingOrganisation.objects.update(proven_at=clock.now())
    other = make_account("ander@elzendam.example")
    assert operations.sign_up_organisation(other.id, GOOD) is AccountObjection.ORGANISATION_EXISTS
    assert queries.organisations_of(other.id) == []
    assert queries.claim_of(other.id) is None
    assert isinstance(here, UUID)


def test_signing_up_twice_is_signing_up_once(signatory: Somebody) -> None:
    here = operations.sign_up_organisation(signatory.id, GOOD)
    assert operations.sign_up_organisation(signatory.id, GOOD) == here
    assert queries.claim_of(signatory.id) is None


def test_a_supplier_needs_no_place_in_the_list_and_no_public_task(signatory: Somebody) -> None:
    said = SignUp(oin="00000009000100041000", kvk_number="99993041", is_supplier=True)
    made = operations.sign_up_organisation(signatory.id, said)
    assert isinstance(made, UUID)
    known = queries.connecting_organisation(made)
    assert known is not None
    assert known.is_supplier


def test_an_organisation_that_acted_for_people_stays_the_same_party(signatory: Somebody) -> None:
    before = operations.know_organisation(KvkNumber("99992002"))
    assert operations.sign_up_organisation(signatory.id, GOOD) == before
    assert Party.objects.get(id=before).name == "Gemeente Elzendam"


def test_a_register_that_is_away_is_told_as_such(
    signatory: Somebody, organisation_register: OrganisationRegisterStandIn
) -> None:
    organisation_register.away = True
    assert operations.sign_up_organisation(signatory.id, GOOD) is AccountObjection.REGISTER_AWAY


def test_the_stand_in_knows_forty_invented_organisations_and_every_demo_provider() -> None:
    import tomllib
    from pathlib import Path

    import volmacht.demo

    found = load_organisations()
    assert len(found) >= 40
    catalogue = Path(volmacht.demo.__file__).parent / "catalogue.toml"
    providers = {one["oin"] for one in tomllib.loads(catalogue.read_text("utf-8"))["provider"]}
    assert providers <= {one.oin for one in found}
    others = [one.oin for one in found if one.oin not in providers]
    assert all(oin.startswith("00000009") for oin in others)
    assert all(one.kvk.startswith("9999") for one in found if one.kvk)
