"""Every state × every action × every role, against a table that people can read (CN-11, DM-64)."""

from itertools import product
from pathlib import Path

import pytest

from volmacht.rules.onboarding.cases import (
    ENDED,
    FIRST_STATE,
    Acting,
    Action,
    CaseKind,
    CaseState,
    Move,
    Objection,
    Side,
    judge,
    step_of,
    table_of,
    turn_of,
)
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.needed import DocumentStands, Needed, Signing, sentence
from volmacht.rules.onboarding.plan import Step
from volmacht.rules.roles import MemberRole, StaffRole, permissions_of, rights_of

TABLE = Path(__file__).parent / "tables" / "cases.txt"
KINDS: list[tuple[CaseKind, ChangeOf | None]] = [
    (CaseKind.APPLICATION, None),
    (CaseKind.NEW_SERVICE, None),
    *((CaseKind.CHANGE, change) for change in (None, *ChangeOf)),
    (CaseKind.QUESTION, None),
    (CaseKind.DISPUTE, None),
]
ROLES: dict[str, Acting] = {
    **{f"provider:{r}": Acting(side=Side.PROVIDER, rights=rights_of([r])) for r in MemberRole},
    **{
        f"supplier:{r}": Acting(side=Side.SUPPLIER, rights=rights_of([r], as_supplier=True))
        for r in MemberRole
    },
    **{f"operator:{r}": Acting(side=Side.OPERATOR, permissions=permissions_of([r])) for r in StaffRole},
    "system": Acting(side=Side.SYSTEM),
}


def lines() -> list[str]:
    """The table as the code has it: what leads where, and for whom."""
    found = []
    for kind, change in KINDS:
        for (state, action), move in table_of(kind, change).items():
            who = [
                name
                for name, acting in ROLES.items()
                if isinstance(judge(kind, state, action, acting, change), Move)
            ]
            name = f"{kind}/{change or 'unchosen'}" if kind is CaseKind.CHANGE else kind
            marks = " ".join(mark for mark in ("signed", "other_person") if getattr(move, mark))
            found.append(f"{name}: {state} + {action} = {move.to} [{marks}] {' '.join(who)}")
    return found


def test_the_table_is_the_one_that_was_read_by_people() -> None:
    assert lines() == TABLE.read_text().splitlines()


@pytest.mark.parametrize("kind", KINDS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_every_state_action_and_role_gives_a_move_or_one_objection(
    kind: tuple[CaseKind, ChangeOf | None],
) -> None:
    table = table_of(*kind)
    for state, action, acting in product(CaseState, Action, ROLES.values()):
        outcome = judge(kind[0], state, action, acting, kind[1])
        move = table.get((state, action))
        if move is None:
            assert outcome is Objection.NOT_NOW
            continue
        theirs = (move.needs is None) is (acting.side is Side.SYSTEM)
        allowed = move.needs is None or move.needs in acting.rights | acting.permissions
        if allowed and theirs:
            assert outcome == move
        else:
            assert outcome in {Objection.NOT_YOUR_SIDE, Objection.NO_RIGHT}


@pytest.mark.parametrize("kind", KINDS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_who_proposed_never_confirms_and_who_belongs_to_it_never_judges(
    kind: tuple[CaseKind, ChangeOf | None],
) -> None:
    judge_rights = permissions_of([StaffRole.ASSESSOR])
    proposer = Acting(side=Side.OPERATOR, permissions=judge_rights, proposed_it=True)
    relative = Acting(side=Side.OPERATOR, permissions=judge_rights, of_the_organisation=True)
    for (state, action), move in table_of(*kind).items():
        if move.other_person:
            assert judge(kind[0], state, action, proposer, kind[1]) is Objection.OWN_PROPOSAL
        assert action is not Action.CONFIRM or move.other_person
        if isinstance(judge(kind[0], state, action, ROLES["operator:assessor"], kind[1]), Move):
            outcome = judge(kind[0], state, action, relative, kind[1])
            assert outcome is Objection.OWN_ORGANISATION or kind[0] is CaseKind.QUESTION


@pytest.mark.parametrize("kind", KINDS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_every_state_can_be_reached_and_left_or_is_an_end(kind: tuple[CaseKind, ChangeOf | None]) -> None:
    table = table_of(*kind)
    reached = {FIRST_STATE[kind[0]]} | {move.to for move in table.values()}
    left = {state for state, _ in table}
    assert left <= reached
    assert reached - left <= ENDED | {CaseState.ACTIVE}


@pytest.mark.parametrize("kind", KINDS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_whose_turn_it_is_can_move_the_case(kind: tuple[CaseKind, ChangeOf | None]) -> None:
    for state in {state for state, _ in table_of(*kind)}:
        turn = turn_of(state)
        able = {
            acting.side
            for acting, action in product(ROLES.values(), Action)
            if action not in {Action.WITHDRAW, Action.LAPSE}
            and isinstance(judge(kind[0], state, action, acting, kind[1]), Move)
        }
        assert turn is None or turn in able


def test_no_way_leads_into_production_without_two_people() -> None:
    for kind, change in KINDS:
        for (_, action), move in table_of(kind, change).items():
            if move.to in {CaseState.ACTIVATING, CaseState.DEACTIVATED}:
                assert action in {Action.CONFIRM, Action.STOP}  # what a change asks that two people approved
            if move.to is CaseState.ACTIVE:
                assert action in {Action.CONFIRM, Action.ACTIVATE, Action.SEND_BACK}


def test_the_six_steps_come_in_their_order() -> None:
    order = [step_of(state) for state in CaseState if step_of(state) is not None]
    assert order == sorted(order, key=lambda step: list(Step).index(step) if step else 0)
    assert set(order) == set(Step)


def test_every_state_needs_something_of_somebody_or_nothing_of_nobody() -> None:
    for kind, change in KINDS:
        for state in {FIRST_STATE[kind]} | {move.to for move in table_of(kind, change).values()}:
            now = sentence(kind, state)
            assert (now.needed in {Needed.NOTHING, Needed.WAIT_FOR_DAY}) is (now.of is None)


def test_what_is_needed_of_a_form_depends_on_how_it_stands() -> None:
    kind, state = CaseKind.APPLICATION, CaseState.PREPRODUCTION_FORM
    assert sentence(kind, state).needed is Needed.FILL_PREPRODUCTION
    assert sentence(kind, state, complete=True).needed is Needed.SIGN
    for signing, needed in (
        (Signing.NOTHING_TO_SIGN, Needed.HAND_IN),
        (Signing.NOBODY, Needed.FIND_SIGNATORY),
        (Signing.NEW_CONDITIONS, Needed.SIGN_NEW_CONDITIONS),
    ):
        assert sentence(kind, state, complete=True, signing=signing).needed is needed
        assert sentence(kind, state, signing=signing).needed is Needed.FILL_PREPRODUCTION
    assert sentence(kind, state, complete=True, returned=True).needed is Needed.MEND_FORM
    for document, needed in (
        (DocumentStands.NOT_ASKED, Needed.SIGN),
        (DocumentStands.MISSING, Needed.GIVE_METADATA),
        (DocumentStands.FAULTY, Needed.MEND_METADATA),
        (DocumentStands.GOOD, Needed.SIGN),
    ):
        assert sentence(kind, state, complete=True, document=document).needed is needed
        assert sentence(kind, state, document=document).needed is Needed.FILL_PREPRODUCTION
        nobody = sentence(kind, state, complete=True, document=document, signing=Signing.NOBODY)
        assert nobody.needed is Needed.FIND_SIGNATORY
    assert sentence(kind, CaseState.TESTING, failed=True).needed is Needed.MEND_FINDINGS
    assert sentence(CaseKind.CHANGE, CaseState.CONFIRM).needed is Needed.CONFIRM_FORM
    assert sentence(CaseKind.CHANGE, CaseState.CONFIRM, tested=True).needed is Needed.CONFIRM_REPORT
    assert sentence(CaseKind.DISPUTE, CaseState.OPEN).needed is Needed.HANDLE_DISPUTE
