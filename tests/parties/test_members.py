"""Members of organisations: invitations, roles, leaving, suppliers. And who tries what they may not."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.accounts import Somebody, join, make_account, make_organisation
from volmacht import clock
from volmacht.parties import operations, queries
from volmacht.parties.models import Account
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.roles import MemberRole, Right

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def signatory() -> Somebody:
    return make_account("teken@gemeente.example", "Tess Tekent")


@pytest.fixture
def organisation(signatory: Somebody) -> UUID:
    return make_organisation(signatory)


def invite(by: Somebody, organisation: UUID, email: str, *roles: MemberRole) -> str:
    """The secret of an invitation."""
    made = operations.invite_member(by=by.id, organisation_id=organisation, email=email, roles=roles)
    assert isinstance(made, tuple), made
    return made[1]


def test_an_invitation_makes_a_member_once(signatory: Somebody, organisation: UUID) -> None:
    petra = make_account()
    secret = invite(signatory, organisation, petra.email.upper(), MemberRole.TECHNICAL)
    joined = operations.accept_invitation(secret, petra.id)
    assert not isinstance(joined, AccountObjection)
    assert joined.roles == {MemberRole.TECHNICAL}
    assert operations.accept_invitation(secret, petra.id) is AccountObjection.LINK_USED


def test_an_invitation_is_for_its_address_only(signatory: Somebody, organisation: UUID) -> None:
    other = make_account("ander@elders.example")
    secret = invite(signatory, organisation, "petra@gemeente.example", MemberRole.READER)
    assert operations.accept_invitation(secret, other.id) is AccountObjection.LINK_FOR_ANOTHER
    assert queries.member(other.id, organisation) is None


def test_an_invitation_ends_and_can_be_withdrawn(signatory: Somebody, organisation: UUID) -> None:
    petra = make_account()
    secret = invite(signatory, organisation, petra.email, MemberRole.READER)
    with clock.stopped_at(clock.now() + timedelta(days=15)):
        assert operations.accept_invitation(secret, petra.id) is AccountObjection.LINK_EXPIRED
    [waiting] = queries.open_invitations(organisation)
    assert operations.withdraw_invitation(waiting.id, by=petra.id) is AccountObjection.NOT_ALLOWED
    assert operations.withdraw_invitation(waiting.id, by=signatory.id) is None
    assert operations.accept_invitation(secret, petra.id) is AccountObjection.LINK_UNKNOWN


def test_an_invitation_counts_only_as_long_as_who_gave_it_may(
    signatory: Somebody, organisation: UUID
) -> None:
    leader, petra = make_account("leider@gemeente.example"), make_account()
    join(leader, organisation, MemberRole.PROJECT_LEADER, by=signatory)
    secret = invite(leader, organisation, petra.email, MemberRole.READER)
    assert (
        operations.remove_member(by=signatory.id, organisation_id=organisation, account_id=leader.id) is None
    )
    assert operations.accept_invitation(secret, petra.id) is AccountObjection.LINK_UNKNOWN


@pytest.mark.parametrize("role", sorted(set(MemberRole) - {MemberRole.SIGNATORY}))
def test_only_who_signs_makes_a_signatory(signatory: Somebody, organisation: UUID, role: MemberRole) -> None:
    climber = make_account("klim@gemeente.example")
    join(climber, organisation, role, by=signatory)
    to_friend = operations.invite_member(
        by=climber.id, organisation_id=organisation, email="vriend@x.example", roles=[MemberRole.SIGNATORY]
    )
    to_self = operations.change_member_roles(
        by=climber.id, organisation_id=organisation, account_id=climber.id, roles=[MemberRole.SIGNATORY]
    )
    out = operations.remove_member(by=climber.id, organisation_id=organisation, account_id=signatory.id)
    assert (to_friend, to_self, out) == (AccountObjection.NOT_ALLOWED,) * 3


def test_who_is_of_another_organisation_may_nothing(signatory: Somebody, organisation: UUID) -> None:
    stranger = make_account("vreemd@elders.example")
    elsewhere = make_organisation(stranger, oin="00000003900000020000", kvk="90000002", name="Elders")
    assert (
        operations.invite_member(
            by=stranger.id, organisation_id=organisation, email="x@y.example", roles=[MemberRole.READER]
        )
        is AccountObjection.NOT_ALLOWED
    )
    assert (
        operations.remove_member(by=stranger.id, organisation_id=organisation, account_id=signatory.id)
        is AccountObjection.NOT_ALLOWED
    )
    assert queries.rights_for(stranger.id, organisation) == frozenset()
    assert [one.id for one in queries.organisations_of(stranger.id)] == [elsewhere]


def test_the_last_signatory_leaves_only_knowingly(signatory: Somebody, organisation: UUID) -> None:
    def leave(*, knowing: bool) -> AccountObjection | None:
        return operations.remove_member(
            by=signatory.id,
            organisation_id=organisation,
            account_id=signatory.id,
            without_signatory=knowing,
        )

    assert leave(knowing=False) is AccountObjection.LAST_SIGNATORY
    assert queries.has_signatory(organisation)
    assert leave(knowing=True) is None
    assert not queries.has_signatory(organisation)
    known = queries.connecting_organisation(organisation)
    assert known is not None
    assert not known.signatory_proven


def test_who_stops_signing_is_proven_anew(signatory: Somebody, organisation: UUID) -> None:
    second = make_account("tweede@gemeente.example")
    join(second, organisation, MemberRole.SIGNATORY, by=signatory)
    for roles in ([MemberRole.READER], [MemberRole.SIGNATORY]):
        assert (
            operations.change_member_roles(
                by=second.id, organisation_id=organisation, account_id=signatory.id, roles=roles
            )
            is None
        )
    member = queries.member(signatory.id, organisation)
    assert member is not None
    assert not member.proven


def test_a_role_is_needed(signatory: Somebody, organisation: UUID) -> None:
    assert (
        operations.invite_member(by=signatory.id, organisation_id=organisation, email="x@y.example", roles=[])
        is AccountObjection.NO_ROLE
    )


def test_an_account_that_is_not_active_is_no_member(signatory: Somebody, organisation: UUID) -> None:
    Account.objects.filter(id=signatory.id).update(active=False)
    assert queries.member(signatory.id, organisation) is None
    assert queries.members(organisation) == []
    assert not queries.has_signatory(organisation)


@pytest.fixture
def worker() -> Somebody:
    return make_account("bouwer@leverancier.example", "Bo Bouwer")


@pytest.fixture
def supplier(worker: Somebody) -> UUID:
    return make_organisation(
        worker, oin="00000003900000090000", kvk="90000009", name="Leverancier BV", is_supplier=True
    )


def consent(by: Somebody, provider: UUID, oin: str = "0000 0003 9000 0009 0000") -> UUID | AccountObjection:
    """Give consent, to the supplier of these tests unless told otherwise."""
    return operations.give_supplier_consent(by=by.id, provider_id=provider, supplier_oin=oin)


def test_a_supplier_acts_for_a_provider_until_the_signatory_ends_it(
    signatory: Somebody, organisation: UUID, worker: Somebody, supplier: UUID
) -> None:
    assert queries.rights_for(worker.id, organisation) == frozenset()
    assert consent(signatory, organisation) == supplier
    rights = queries.rights_for(worker.id, organisation)
    assert Right.OFFER in rights
    assert not rights & {Right.SIGN, Right.MANAGE_MEMBERS}
    assert [one.provider_id for one in queries.clients_of(supplier)] == [organisation]
    assert consent(signatory, organisation) is AccountObjection.CONSENT_EXISTS
    ended = operations.end_supplier_consent(by=signatory.id, provider_id=organisation, supplier_id=supplier)
    assert ended is None
    assert queries.rights_for(worker.id, organisation) == frozenset()


def test_a_supplier_gives_no_consent_to_itself(organisation: UUID, worker: Somebody, supplier: UUID) -> None:
    assert consent(worker, organisation) is AccountObjection.NOT_ALLOWED
    assert (
        operations.end_supplier_consent(by=worker.id, provider_id=organisation, supplier_id=supplier)
        is AccountObjection.NOT_ALLOWED
    )


def test_only_a_proven_supplier_gets_consent_and_nobody_learns_who_is_here(
    signatory: Somebody, organisation: UUID
) -> None:
    make_organisation(
        oin="00000003900000070000", kvk="90000007", name="Vals BV", is_supplier=True, proven=False
    )
    make_organisation(oin="00000003900000060000", kvk="90000006", name="Gemeente Anders")
    for oin in ("00000003900000070000", "00000003900000060000", "00000003900000050000"):
        assert consent(signatory, organisation, oin) is AccountObjection.NOT_A_SUPPLIER
    assert consent(signatory, organisation, "123") is AccountObjection.OIN_FORM
