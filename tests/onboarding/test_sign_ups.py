"""What becomes of a sign-up that nobody proved: its cases, its mail, its end by the clock (decision 0044)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from tests.accounts import Somebody, employ, make_account
from tests.onboarding import filled_in
from tests.onboarding.conftest import MONDAY
from tests.onboarding.filled_in import PDF, state
from tests.onboarding.test_racing import at_once
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.models import Message
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Case
from volmacht.parties import operations as parties
from volmacht.parties import queries as known
from volmacht.parties.models import Organisation
from volmacht.parties.operations import Claimed, SignUp
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.onboarding.cases import CaseState, Objection, Side
from volmacht.rules.onboarding.forms import FormKey
from volmacht.rules.roles import MemberRole, StaffRole

Clock = Callable[[datetime], None]
KVK = "99992002"
SAID = SignUp(
    oin="00000009000100001000",
    kvk_number=KVK,
    is_supplier=False,
    alb_name="Gemeente Elzendam",
    public_task="Zorg",
    legal_basis="Gemeentewet",
)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def squatter(a_database: None, monday: None) -> Somebody:
    return make_account("eerder@elders.example", "Erik Eerder")


@pytest.fixture
def newcomer(squatter: Somebody) -> Somebody:
    return make_account("secretaris@elzendam.example", "Sanne Secretaris")


@pytest.fixture
def here(squatter: Somebody) -> UUID:
    """Signed up on Monday, and not proven."""
    return signed_up(squatter)


@pytest.fixture
def actor(squatter: Somebody, here: UUID) -> CaseActor:
    """Who signed it up, at work."""
    return working(squatter, here)


def signed_up(who: Somebody) -> UUID:
    made = parties.sign_up_organisation(who.id, SAID)
    assert isinstance(made, UUID), made
    return made


def working(who: Somebody, organisation: UUID) -> CaseActor:
    return CaseActor(Side.PROVIDER, who.id, who.name, MemberRole.SIGNATORY.value, organisation)


def prove(who: Somebody, organisation: UUID) -> AccountObjection | None:
    return parties.prove_by_eherkenning(
        account_id=who.id,
        organisation_id=organisation,
        kvk=KvkNumber(KVK),
        employee="P1",
        set_aside=operations.set_aside,
    )


def take_over(who: Somebody, organisation: UUID) -> None:
    assert parties.sign_up_organisation(who.id, SAID) == Claimed(organisation)
    assert prove(who, organisation) is None


def mails(kind: MessageKind) -> int:
    return Message.objects.filter(kind=kind).count()


def is_here() -> bool:
    return known.organisation_with_oin(SAID.oin) is not None


# --- taken over ---


def test_the_newcomer_sees_nothing_of_what_was_typed_and_given_before(
    here: UUID, actor: CaseActor, newcomer: Somebody
) -> None:
    case_id = filled_in.prepared(here, actor)
    file = operations.add_file(
        case_id=case_id, kind=operations.FileKind.ATTACHMENT, name="a.pdf", content=PDF, actor=actor
    )
    assert isinstance(file, UUID)
    question = operations.ask_question(
        organisation_id=here, actor=actor, subject="Wie belt", text="Mijn nummer is"
    )
    assert isinstance(question, UUID)
    take_over(newcomer, here)
    new = working(newcomer, here)
    assert queries.cases_of(here, new) == ()
    assert queries.case_page(case_id, new) is None
    assert queries.case_page(question, new) is None
    assert queries.file_content(file, new) is None
    assert isinstance(operations.start_application(organisation_id=here, actor=new), UUID), (
        "what went on before does not keep it from beginning"
    )


def test_who_was_there_before_sees_nothing_of_before_or_after(
    here: UUID, actor: CaseActor, newcomer: Somebody
) -> None:
    before = filled_in.prepared(here, actor)
    take_over(newcomer, here)
    after = filled_in.prepared(here, working(newcomer, here))
    for case_id in (before, after):
        assert queries.case_page(case_id, actor) is None
    assert queries.cases_of(here, actor) == ()
    assert operations.start_application(organisation_id=here, actor=actor) is Objection.UNKNOWN
    told = operations.ask_question(organisation_id=here, actor=actor, subject="Hoe", text="Hoe?")
    assert told is Objection.UNKNOWN
    heard = Message.objects.filter(kind=MessageKind.CASE_NEWS, once__contains=str(actor.id))
    assert not heard.filter(once__contains=str(after)).exists()


@pytest.mark.parametrize("state_before", ["form", "review", "question", "answered", "closed"])
def test_a_case_of_before_has_ended_and_the_desk_keeps_it(
    state_before: str, here: UUID, actor: CaseActor, newcomer: Somebody
) -> None:
    desk = make_account("asha@beheer.example")
    judge = CaseActor(
        Side.OPERATOR, employ(desk, StaffRole.ASSESSOR, StaffRole.HELPDESK), desk.name, "assessor"
    )
    case_id = _in_state(state_before, here, actor, judge)
    take_over(newcomer, here)
    ended = {"answered": CaseState.CLOSED, "closed": CaseState.CLOSED}
    assert state(case_id) is ended.get(state_before, CaseState.WITHDRAWN)
    page = queries.case_page(case_id, judge)
    assert page is not None
    assert page.case.organisation_id is None
    assert Case.objects.get(id=case_id).organisation_name == "Gemeente Elzendam"


def _in_state(which: str, here: UUID, actor: CaseActor, judge: CaseActor) -> UUID:
    if which == "form":
        return filled_in.prepared(here, actor)
    if which == "review":
        case_id = filled_in.prepared(here, actor)
        own_id = f"urn:nl-eid-gdi:1.0:DV:{SAID.oin}:entities:9001"
        filled_in.fill_in(
            case_id,
            FormKey.PREPRODUCTION,
            actor,
            connection={"connection_kind": "own", "entity_id": own_id},
        )
        filled_in.sign(case_id, actor)
        assert operations.hand_in(case_id=case_id, actor=actor) is CaseState.PREPRODUCTION_REVIEW
        return case_id
    asked = operations.ask_question(organisation_id=here, actor=actor, subject="Hoe", text="Hoe?")
    assert isinstance(asked, UUID)
    if which != "question":
        operations.answer(case_id=asked, text="Zo.", actor=judge)
    if which == "closed":
        operations.close(case_id=asked, actor=judge)
    return asked


def test_who_was_there_before_is_told_once_and_by_no_name(
    here: UUID, actor: CaseActor, newcomer: Somebody
) -> None:
    filled_in.prepared(here, actor)
    before = mails(MessageKind.CASE_NEWS)
    take_over(newcomer, here)
    assert mails(MessageKind.SIGN_UP_TAKEN_OVER) == 1
    assert mails(MessageKind.CASE_NEWS) == before, "what was stopped stands in that mail"


# --- lapsed ---


def test_who_proves_nothing_is_reminded_after_76_days_and_the_sign_up_ends_after_90(
    clock_at: Clock, here: UUID, squatter: Somebody
) -> None:
    done = []
    for passed in (76 * DAY - SECOND, 76 * DAY, 90 * DAY - SECOND, 90 * DAY):
        clock_at(MONDAY + passed)
        done.append(operations.remind_and_lapse_sign_ups())
        assert operations.remind_and_lapse_sign_ups() == 0, "harmless to repeat"
    assert done == [0, 1, 0, 1]
    assert (mails(MessageKind.SIGN_UP_REMINDER), mails(MessageKind.SIGN_UP_LAPSED)) == (1, 1)
    assert not is_here()
    assert known.organisations_of(squatter.id) == []
    assert history_about(here)[-1].kind is EventKind.SIGN_UP_LAPSED


def test_what_a_worker_that_stood_still_comes_upon_is_reminded_first(clock_at: Clock, here: UUID) -> None:
    clock_at(MONDAY + 200 * DAY)
    assert operations.remind_and_lapse_sign_ups() == 1
    assert is_here()
    clock_at(MONDAY + 214 * DAY - SECOND)
    assert operations.remind_and_lapse_sign_ups() == 0
    clock_at(MONDAY + 214 * DAY)
    assert operations.remind_and_lapse_sign_ups() == 1
    assert not is_here()


def test_numbers_that_lapsed_are_free_for_anybody(clock_at: Clock, here: UUID, newcomer: Somebody) -> None:
    for days in (76, 90):
        clock_at(MONDAY + days * DAY)
        operations.remind_and_lapse_sign_ups()
    assert Organisation.objects.get(party_id=here).oin is None
    made = signed_up(newcomer)
    assert made == here, "the party that may have acted for people stays the same"
    assert [one.account_id for one in known.members(made)] == [newcomer.id]


def test_a_proven_organisation_never_lapses(clock_at: Clock, here: UUID, squatter: Somebody) -> None:
    clock_at(MONDAY + 80 * DAY)
    operations.remind_and_lapse_sign_ups()
    assert prove(squatter, here) is None
    clock_at(MONDAY + 400 * DAY)
    assert operations.remind_and_lapse_sign_ups() == 0
    assert is_here()


def test_a_case_that_goes_on_keeps_the_sign_up(clock_at: Clock, here: UUID, actor: CaseActor) -> None:
    case_id = filled_in.prepared(here, actor)
    clock_at(MONDAY + 100 * DAY)
    assert operations.remind_and_lapse_sign_ups() == 0
    operations.withdraw(case_id=case_id, actor=actor)
    clock_at(MONDAY + 176 * DAY - SECOND)
    assert operations.remind_and_lapse_sign_ups() == 0, "90 days begin when the case ends"
    for days in (176, 190):
        clock_at(MONDAY + days * DAY)
        assert operations.remind_and_lapse_sign_ups() == 1
    assert not is_here()
    assert queries.case_page(case_id, actor) is None


def test_whatever_happens_after_the_reminder_begins_the_time_anew(
    clock_at: Clock, here: UUID, actor: CaseActor, squatter: Somebody, newcomer: Somebody
) -> None:
    clock_at(MONDAY + 76 * DAY)
    operations.remind_and_lapse_sign_ups()
    clock_at(MONDAY + 80 * DAY)
    asked = operations.ask_question(organisation_id=here, actor=actor, subject="Hoe", text="Hoe?")
    assert isinstance(asked, UUID)
    operations.withdraw(case_id=asked, actor=actor)
    clock_at(MONDAY + 90 * DAY)
    assert operations.remind_and_lapse_sign_ups() == 0
    parties.invite_member(
        by=squatter.id, organisation_id=here, email=newcomer.email, roles=[MemberRole.READER]
    )
    clock_at(MONDAY + 156 * DAY)
    assert operations.remind_and_lapse_sign_ups() == 0
    clock_at(MONDAY + 166 * DAY)
    assert operations.remind_and_lapse_sign_ups() == 1
    assert mails(MessageKind.SIGN_UP_REMINDER) == 2
    assert is_here()


def test_what_lapses_is_told_to_everybody_who_worked_for_it(
    clock_at: Clock, here: UUID, squatter: Somebody, newcomer: Somebody
) -> None:
    invited = parties.invite_member(
        by=squatter.id, organisation_id=here, email=newcomer.email, roles=[MemberRole.READER]
    )
    assert isinstance(invited, tuple)
    parties.accept_invitation(invited[1], newcomer.id)
    for days in (76, 90):
        clock_at(MONDAY + days * DAY)
        operations.remind_and_lapse_sign_ups()
    assert (mails(MessageKind.SIGN_UP_REMINDER), mails(MessageKind.SIGN_UP_LAPSED)) == (2, 2)


def test_a_claim_on_a_sign_up_that_lapsed_proves_nothing(
    clock_at: Clock, here: UUID, newcomer: Somebody
) -> None:
    clock_at(MONDAY + 76 * DAY)
    operations.remind_and_lapse_sign_ups()
    clock_at(MONDAY + 85 * DAY)
    assert parties.sign_up_organisation(newcomer.id, SAID) == Claimed(here)
    clock_at(MONDAY + 90 * DAY)
    operations.remind_and_lapse_sign_ups()
    assert known.claim_of(newcomer.id) is None
    assert prove(newcomer, here) is AccountObjection.NOT_ALLOWED


# --- at the same moment ---


@pytest.fixture
def committed(committed_db: None, monday: None) -> tuple[Somebody, list[Somebody], UUID]:
    """Who was first, three who claim the same organisation, and that."""
    first = make_account("eerder@elders.example", "Erik Eerder")
    others = [make_account(f"nieuw{count}@elzendam.example") for count in range(3)]
    organisation = signed_up(first)
    filled_in.prepared(organisation, working(first, organisation))
    for one in others:
        assert parties.sign_up_organisation(one.id, SAID) == Claimed(organisation)
    return first, others, organisation


def test_of_several_who_prove_it_at_once_one_does(
    committed: tuple[Somebody, list[Somebody], UUID],
) -> None:
    first, others, organisation = committed
    found = at_once(*(partial(prove, one, organisation) for one in (first, *others)))
    [winner] = known.members(organisation)
    [place] = [place for place, one in enumerate((first, *others)) if one.id == winner.account_id]
    assert found[place] is None
    lost = {result for index, result in enumerate(found) if index != place}
    assert lost <= {AccountObjection.ORGANISATION_EXISTS, AccountObjection.NOT_ALLOWED}
    events = [one.kind for one in history_about(organisation)]
    assert events.count(EventKind.ORGANISATION_PROVEN) == 1
    assert events.count(EventKind.ORGANISATION_TAKEN_OVER) == (0 if place == 0 else 1)


def test_a_case_begun_while_it_is_taken_over_is_seen_by_its_own_side_only(
    committed: tuple[Somebody, list[Somebody], UUID],
) -> None:
    first, others, organisation = committed
    before = working(first, organisation)

    def ask() -> object:
        return operations.ask_question(organisation_id=organisation, actor=before, subject="Hoe", text="Hoe?")

    at_once(ask, lambda: prove(others[0], organisation), ask)
    assert queries.cases_of(organisation, working(others[0], organisation)) == ()


def test_of_a_proof_and_a_lapse_at_once_one_wins(
    clock_at: Clock, committed: tuple[Somebody, list[Somebody], UUID]
) -> None:
    first, others, organisation = committed
    case_id = Case.objects.get().id
    operations.withdraw(case_id=case_id, actor=working(first, organisation))
    clock_at(MONDAY + 76 * DAY)
    operations.remind_and_lapse_sign_ups()
    clock_at(MONDAY + 90 * DAY - SECOND)
    assert parties.sign_up_organisation(others[0].id, SAID) == Claimed(organisation)
    clock_at(MONDAY + 90 * DAY)
    proven, _lapsed = at_once(lambda: prove(others[0], organisation), operations.remind_and_lapse_sign_ups)
    if proven is None:
        assert [one.account_id for one in known.members(organisation)] == [others[0].id]
    else:
        assert proven is AccountObjection.NOT_ALLOWED
        assert not is_here()
