"""A sign-up that nobody proved keeps nobody out: whoever proves the organisation takes it over (decision 0044)."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from tests.accounts import Somebody, employ, make_account, make_organisation
from tests.parties.signed_texts import certificate, nothing_to_set_aside, prove_with, sign, started, trusted
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.parties import operations, queries
from volmacht.parties.models import Claim, Organisation, SupplierConsent
from volmacht.parties.operations import Claimed, EndedSignUp, SignUp
from volmacht.pki import pem_of
from volmacht.rules.accounts import CLAIM_TERM, AccountObjection, ProofHow, SignUpEnding
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.roles import MemberRole, StaffRole

pytestmark = pytest.mark.usefixtures("db")
OIN, KVK = "00000009000100001000", "99992002"
OTHER_OIN_OF_IT = "00000009000100001999"
EARLIER = SignUp(
    oin=OIN,
    kvk_number=KVK,
    is_supplier=False,
    alb_name="Gemeente Elzendam",
    public_task="Verzonnen taak",
    legal_basis="Verzonnen wet",
)
OWN = replace(EARLIER, public_task="Zorg", legal_basis="Gemeentewet")


@pytest.fixture
def squatter() -> Somebody:
    return make_account("eerder@elders.example", "Erik Eerder")


@pytest.fixture
def newcomer() -> Somebody:
    return make_account("secretaris@elzendam.example", "Sanne Secretaris")


@pytest.fixture
def here(squatter: Somebody) -> UUID:
    """Signed up by who does not work there."""
    made = operations.sign_up_organisation(squatter.id, EARLIER)
    assert isinstance(made, UUID), made
    return made


@pytest.fixture
def claimed(here: UUID, newcomer: Somebody) -> UUID:
    """And then by who does."""
    assert operations.sign_up_organisation(newcomer.id, OWN) == Claimed(here)
    return here


def by_eherkenning(who: Somebody, organisation: UUID, kvk: str = KVK) -> AccountObjection | None:
    """Nobody keeps anything else of an organisation here."""
    return operations.prove_by_eherkenning(
        account_id=who.id,
        organisation_id=organisation,
        kvk=KvkNumber(kvk),
        employee="P1",
        set_aside=lambda _ended: None,
    )


def test_a_claim_makes_nobody_a_member_and_tells_nothing_of_who_was_first(
    claimed: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    assert queries.organisations_of(newcomer.id) == []
    assert queries.rights_for(newcomer.id, claimed) == frozenset()
    claim = queries.claim_of(newcomer.id)
    assert claim is not None
    assert (claim.name, claim.oin, claim.proven) == ("Gemeente Elzendam", OIN, False)
    known = queries.connecting_organisation(claimed)
    assert known is not None
    assert known.public_task == "Verzonnen taak", "nothing changes before the proof"
    assert queries.member(squatter.id, claimed) is not None


@pytest.mark.parametrize("how", [ProofHow.CERTIFICATE, ProofHow.EHERKENNING])
def test_who_proves_it_is_the_only_one_there_from_then_on(
    how: ProofHow, claimed: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    ended: list[EndedSignUp] = []
    if how is ProofHow.CERTIFICATE:
        found = prove_with(newcomer, claimed, certificate(OIN), ended.append)
    else:
        found = operations.prove_by_eherkenning(
            account_id=newcomer.id,
            organisation_id=claimed,
            kvk=KvkNumber(KVK),
            employee="P1",
            set_aside=ended.append,
        )
    assert found is None
    known = queries.connecting_organisation(claimed)
    assert known is not None
    assert (known.proven, known.proven_how, known.signatory_proven) == (True, how, False)
    assert (known.public_task, known.legal_basis) == ("Zorg", "Gemeentewet")
    [member] = queries.members(claimed)
    assert (member.account_id, list(member.roles)) == (newcomer.id, [MemberRole.SIGNATORY])
    assert queries.rights_for(squatter.id, claimed) == frozenset()
    assert queries.claim_of(newcomer.id) is None
    [one] = ended
    assert (one.ending, [was.account_id for was in one.members]) == (SignUpEnding.TAKEN_OVER, [squatter.id])


def test_it_is_written_down_whom_it_ended_for(claimed: UUID, squatter: Somebody, newcomer: Somebody) -> None:
    by_eherkenning(newcomer, claimed)
    events = history_about(claimed)
    assert [one.kind for one in events][-3:] == [
        EventKind.MEMBER_LEFT,
        EventKind.ORGANISATION_TAKEN_OVER,
        EventKind.ORGANISATION_PROVEN,
    ]
    left, taken, proven = events[-3:]
    assert (left.object_id, taken.object_id, proven.object_id) == (squatter.id, newcomer.id, newcomer.id)
    assert {one.actor.id for one in events[-3:]} == {newcomer.id}


def test_an_open_invitation_of_before_lets_nobody_in(
    claimed: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    friend = make_account("vriend@elders.example")
    invited = operations.invite_member(
        by=squatter.id, organisation_id=claimed, email=friend.email, roles=[MemberRole.SIGNATORY]
    )
    assert isinstance(invited, tuple)
    by_eherkenning(newcomer, claimed)
    assert operations.accept_invitation(invited[1], friend.id) is AccountObjection.LINK_UNKNOWN
    assert queries.open_invitations(claimed) == [], "and the newcomer learns no address"


def test_a_supplier_that_was_let_act_before_acts_no_more(
    claimed: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    builder = make_account("sam@bouwers.example")
    oin = "00000003900000020000"
    firm = make_organisation(builder, oin=oin, name="Bouwers BV", kvk="90000002", is_supplier=True)
    operations.give_supplier_consent(by=squatter.id, provider_id=claimed, supplier_oin=oin)
    assert queries.rights_for(builder.id, claimed)
    by_eherkenning(newcomer, claimed)
    assert queries.rights_for(builder.id, claimed) == frozenset()
    assert queries.clients_of(firm) == []
    assert EventKind.SUPPLIER_CONSENT_ENDED in {one.kind for one in history_about(claimed)}
    assert SupplierConsent.objects.get().ended_at is not None


def test_a_member_of_before_who_is_the_one_to_prove_it_stays_and_signs(
    here: UUID, squatter: Somebody
) -> None:
    reader = make_account("lezer@elzendam.example")
    invited = operations.invite_member(
        by=squatter.id, organisation_id=here, email=reader.email, roles=[MemberRole.READER]
    )
    assert isinstance(invited, tuple)
    operations.accept_invitation(invited[1], reader.id)
    assert operations.sign_up_organisation(reader.id, OWN) == Claimed(here)
    ended: list[EndedSignUp] = []
    assert prove_with(reader, here, certificate(OIN), ended.append) is None
    assert [one.account_id for one in ended[0].members] == [squatter.id], "they are not told that they left"
    assert [one.account_id for one in queries.members(here)] == [reader.id]


def test_without_proof_nothing_is_taken_over(claimed: UUID, squatter: Somebody, newcomer: Somebody) -> None:
    text, wrong = started(newcomer, claimed), certificate("00000003900000020000")
    found = operations.prove_by_certificate(
        account_id=newcomer.id,
        challenge_id=text.id,
        signature=sign(text.text, wrong),
        certificate=pem_of(wrong.own_key.certificate),
        trust=trusted(),
        set_aside=nothing_to_set_aside,
    )
    assert found is AccountObjection.CERTIFICATE_OTHER_OIN
    assert by_eherkenning(newcomer, claimed, "99990012") is AccountObjection.KVK_OF_ANOTHER
    assert queries.member(squatter.id, claimed) is not None
    assert queries.organisations_of(newcomer.id) == []


def test_who_did_not_claim_it_takes_nothing_over(here: UUID, newcomer: Somebody) -> None:
    assert by_eherkenning(newcomer, here) is AccountObjection.NOT_ALLOWED
    made = operations.start_challenge(account_id=newcomer.id, organisation_id=here)
    assert made is AccountObjection.NOT_ALLOWED


def test_a_claim_counts_for_one_organisation_for_one_account_for_two_weeks(
    claimed: UUID, newcomer: Somebody
) -> None:
    stranger = make_account("vreemd@elders.example")
    assert by_eherkenning(stranger, claimed) is AccountObjection.NOT_ALLOWED
    with clock.stopped_at(clock.now() + CLAIM_TERM):
        assert queries.claim_of(newcomer.id) is None
        assert by_eherkenning(newcomer, claimed) is AccountObjection.NOT_ALLOWED
        assert operations.sweep_claims() == 1
    assert not Claim.objects.exists()


def test_a_proven_organisation_is_never_taken_over(
    claimed: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    assert by_eherkenning(squatter, claimed) is None, "they did work there after all"
    assert by_eherkenning(newcomer, claimed) is AccountObjection.ORGANISATION_EXISTS
    late = operations.start_challenge(account_id=newcomer.id, organisation_id=claimed)
    assert late is AccountObjection.ORGANISATION_EXISTS
    claim = queries.claim_of(newcomer.id)
    assert claim is not None
    assert claim.proven
    assert [one.account_id for one in queries.members(claimed)] == [squatter.id]
    third = make_account("derde@elders.example")
    assert operations.sign_up_organisation(third.id, OWN) is AccountObjection.ORGANISATION_EXISTS


def test_what_an_assessor_recorded_counts_as_proven(claimed: UUID, newcomer: Somebody) -> None:
    assessor = employ(make_account("asha@beheer.example"), StaffRole.ASSESSOR)
    operations.record_proof_of_organisation(by=assessor, organisation_id=claimed, how=ProofHow.LETTER)
    assert by_eherkenning(newcomer, claimed) is AccountObjection.ORGANISATION_EXISTS


def test_who_was_there_before_can_prove_nothing_afterwards(
    claimed: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    text, own = started(squatter, claimed), certificate(OIN)
    by_eherkenning(newcomer, claimed)
    found = operations.prove_by_certificate(
        account_id=squatter.id,
        challenge_id=text.id,
        signature=sign(text.text, own),
        certificate=pem_of(own.own_key.certificate),
        trust=trusted(),
        set_aside=nothing_to_set_aside,
    )
    assert found is AccountObjection.NOT_ALLOWED
    assert by_eherkenning(squatter, claimed) is AccountObjection.NOT_ALLOWED


def test_another_number_of_the_same_company_does_not_keep_it_out(here: UUID, newcomer: Somebody) -> None:
    """One company has one KvK number and may have several OINs: a sign-up with one of them must not bar the others."""
    Organisation.objects.filter(party_id=here).update(oin=OTHER_OIN_OF_IT)
    assert operations.sign_up_organisation(newcomer.id, OWN) == Claimed(here)
    wrong = partial(prove_with, newcomer, here, set_aside=nothing_to_set_aside)
    assert wrong(own=certificate(OTHER_OIN_OF_IT)) is AccountObjection.CERTIFICATE_OTHER_OIN
    assert prove_with(newcomer, here, certificate(OIN), lambda _ended: None) is None
    known = queries.connecting_organisation(here)
    assert known is not None
    assert known.oin == OIN


def test_two_parties_with_one_number_each_are_left_to_the_desk(here: UUID, newcomer: Somebody) -> None:
    Organisation.objects.filter(party_id=here).update(oin=OTHER_OIN_OF_IT)
    make_organisation(oin=OIN, kvk="90000003", proven=False)
    assert operations.sign_up_organisation(newcomer.id, OWN) is AccountObjection.ORGANISATION_EXISTS


def test_a_number_that_came_to_belong_to_another_is_not_taken_from_it(
    claimed: UUID, newcomer: Somebody
) -> None:
    Organisation.objects.filter(party_id=claimed).update(oin=OTHER_OIN_OF_IT)
    make_organisation(oin=OIN, kvk="90000003")
    found = operations.prove_by_eherkenning(
        account_id=newcomer.id,
        organisation_id=claimed,
        kvk=KvkNumber(KVK),
        employee="P1",
        set_aside=nothing_to_set_aside,
    )
    assert found is AccountObjection.ORGANISATION_EXISTS


def test_a_new_claim_takes_the_place_of_an_earlier_one_and_can_be_dropped(
    claimed: UUID, newcomer: Somebody
) -> None:
    assert operations.sign_up_organisation(newcomer.id, OWN) == Claimed(claimed)
    assert Claim.objects.count() == 1
    operations.drop_claim(newcomer.id)
    assert by_eherkenning(newcomer, claimed) is AccountObjection.NOT_ALLOWED


def test_who_is_invited_meanwhile_is_a_colleague_and_throws_nobody_out(
    claimed: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    invited = operations.invite_member(
        by=squatter.id, organisation_id=claimed, email=newcomer.email, roles=[MemberRole.TECHNICAL]
    )
    assert isinstance(invited, tuple)
    operations.accept_invitation(invited[1], newcomer.id)
    assert by_eherkenning(newcomer, claimed) is None
    assert {one.account_id for one in queries.members(claimed)} == {squatter.id, newcomer.id}


def test_when_what_was_there_cannot_be_set_aside_nothing_changes(
    claimed: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    def fails(_ended: EndedSignUp) -> None:
        raise RuntimeError("the cases could not be ended")

    with pytest.raises(RuntimeError):
        prove_with(newcomer, claimed, certificate(OIN), fails)
    assert queries.member(squatter.id, claimed) is not None
    assert queries.organisations_of(newcomer.id) == []


def test_the_moment_of_the_sign_up_is_that_of_the_newcomer(claimed: UUID, newcomer: Somebody) -> None:
    later = clock.now() + timedelta(days=3)
    with clock.stopped_at(later):
        by_eherkenning(newcomer, claimed)
    known = queries.connecting_organisation(claimed)
    assert known is not None
    assert known.created_at == later
