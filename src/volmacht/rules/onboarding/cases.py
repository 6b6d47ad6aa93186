"""The life of a case as one table: in which state who may do what, and what comes of it (CN-2 to CN-6, CN-11). Pure.

`judge` is the only way from one state to the next. Four eyes (DM-64): what one employee proposes another confirms, and
nobody judges the case of an organisation they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from volmacht.rules.onboarding.changes import NEEDS, ChangeOf
from volmacht.rules.onboarding.plan import Step
from volmacht.rules.roles import Permission, Right


class Side(StrEnum):
    """Who acts, and whose turn it is. A supplier acts for its client; the turn is the provider's then."""

    PROVIDER = auto()
    SUPPLIER = auto()
    OPERATOR = auto()
    SYSTEM = auto()


class CaseKind(StrEnum):
    """What a case is about. Values are stored: never rename one."""

    APPLICATION = auto()
    NEW_SERVICE = auto()  # CN-20
    CHANGE = auto()  # CN-21
    QUESTION = auto()  # a message to the desk (CN-23)
    DISPUTE = auto()  # DM-39a


class CaseState(StrEnum):
    """How far a case is. Values are stored: never rename one."""

    PREPARING = auto()
    PREPRODUCTION_FORM = auto()
    PREPRODUCTION_REVIEW = auto()
    PREPRODUCTION_CONFIRM = auto()
    FORM = auto()  # of a new service or a change
    REVIEW = auto()
    REVIEW_CONFIRM = auto()  # before it comes to a test
    TESTING = auto()
    ACCEPTANCE = auto()
    ACCEPTANCE_CONFIRM = auto()
    PRODUCTION_FORM = auto()
    PRODUCTION_REVIEW = auto()
    PRODUCTION_CONFIRM = auto()
    CONFIRM = auto()  # the last judgement of a new service or a change
    PLANNED = auto()  # a change that is approved, and carried out on its day (CN-21)
    ACTIVATING = auto()
    ACTIVE = auto()
    DEACTIVATING = auto()  # one employee proposed it, another confirms
    DEACTIVATED = auto()
    DONE = auto()
    OPEN = auto()
    ANSWERED = auto()
    CLOSED = auto()
    REFUSED = auto()
    WITHDRAWN = auto()
    LAPSED = auto()


class Action(StrEnum):
    """What moves a case. Values are stored: never rename one."""

    HAND_IN = auto()
    ISSUE = auto()  # all automatic checks passed: nobody needs to judge (CN-2, DM-64)
    CARRY_OUT = auto()  # what was planned, on its day; or at once, where nobody needs to judge (DM-64)
    STOP = auto()  # the connection, as a change asked
    RETURN = auto()  # with reasons per field
    REFUSE = auto()
    PROPOSE = auto()  # approval
    CONFIRM = auto()
    SEND_BACK = auto()  # to who judged first
    OFFER = auto()  # for testing
    REPORT_PASSED = auto()
    REPORT_FAILED = auto()
    ACTIVATE = auto()
    PROPOSE_DEACTIVATION = auto()
    WITHDRAW = auto()
    LAPSE = auto()
    ANSWER = auto()
    CLOSE = auto()
    REOPEN = auto()


class Objection(StrEnum):
    """Why something is not done to a case: a closed list. Values are sent: never rename one."""

    UNKNOWN = auto()  # no such thing, or somebody else's: the same
    NOT_NOW = auto()  # not in this state
    NOT_YOUR_SIDE = auto()
    NO_RIGHT = auto()
    OWN_PROPOSAL = auto()  # who proposes does not confirm
    OWN_ORGANISATION = auto()  # who belongs to the organisation does not judge it
    NOT_PROVEN = auto()  # the organisation or its signatory
    NOT_COMPLETE = auto()
    METADATA_NOT_GOOD = auto()  # missing, or not what the connection may take in
    NOT_SIGNED = auto()  # or another version, or other answers, than those that stand now
    OLD_DOCUMENT = auto()  # what is signed is not the current version
    NO_REASON = auto()
    NOT_A_FIELD = auto()  # a reason for something that the form does not ask
    TOO_LONG = auto()
    TOO_LARGE = auto()
    NOT_ACCEPTED_FILE = auto()
    OPEN_CASE_EXISTS = auto()  # one application at a time
    NOT_CONNECTED = auto()  # a change or a new service of who has no connection
    BEFORE_ITS_DAY = auto()  # the organisation asked for a later day, and nobody said that earlier is meant
    NOT_CARRIED_OUT = auto()  # the catalogue refused it; the case has the reason
    VERDICT_MISSING = auto()  # a check without a verdict, or a verdict without its reason
    NOT_STAFF = auto()  # assigned to somebody who does not judge


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: where an action leads, and the right or permission that it asks; None: the system."""

    to: CaseState
    needs: Right | Permission | None
    other_person: bool = False  # than the employee who proposed
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who wants to do something, seen from this case."""

    side: Side
    rights: frozenset[Right] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    proposed_it: bool = False
    of_the_organisation: bool = False  # an employee who is also a member of the organisation or its supplier


_JUDGE: Final = Permission.JUDGE_CASES
_WRITE: Final = Permission.WRITE_TO_ORGANISATIONS
_DISPUTES: Final = Permission.HANDLE_DISPUTES
_S, _A = CaseState, Action
Table = Mapping[tuple[CaseState, Action], Move]


def _form(form: CaseState, review: CaseState) -> dict[tuple[CaseState, Action], Move]:
    """A form with its judging: hand in, return, refuse."""
    return {
        (form, _A.HAND_IN): Move(review, Right.OFFER, signed=True),
        (review, _A.RETURN): Move(form, _JUDGE),
        (review, _A.REFUSE): Move(_S.REFUSED, _JUDGE),
    }


def _confirmed(review: CaseState, confirm: CaseState, to: CaseState) -> dict[tuple[CaseState, Action], Move]:
    """A second person confirms, or sends it back to the first."""
    return {
        (confirm, _A.CONFIRM): Move(to, _JUDGE, other_person=True),
        (confirm, _A.SEND_BACK): Move(review, _JUDGE),
    }


def _ways_out(
    open_states: tuple[CaseState, ...], waiting: tuple[CaseState, ...]
) -> dict[tuple[CaseState, Action], Move]:
    """Withdrawn by the provider; lapsed when it is silent while it is to move (CN-11)."""
    return {(state, _A.WITHDRAW): Move(_S.WITHDRAWN, Right.OFFER) for state in open_states} | {
        (state, _A.LAPSE): Move(_S.LAPSED, None) for state in waiting
    }


_TEST: Final[Table] = {
    (_S.TESTING, _A.OFFER): Move(_S.ACCEPTANCE, Right.OFFER),
    (_S.ACCEPTANCE, _A.REPORT_FAILED): Move(_S.TESTING, _JUDGE),
}

_APPLICATION: Final[Table] = {
    (_S.PREPARING, _A.HAND_IN): Move(_S.PREPRODUCTION_FORM, Right.OFFER),
    **_form(_S.PREPRODUCTION_FORM, _S.PREPRODUCTION_REVIEW),
    (_S.PREPRODUCTION_REVIEW, _A.ISSUE): Move(_S.TESTING, None),
    (_S.PREPRODUCTION_REVIEW, _A.PROPOSE): Move(_S.PREPRODUCTION_CONFIRM, _JUDGE),
    **_confirmed(_S.PREPRODUCTION_REVIEW, _S.PREPRODUCTION_CONFIRM, _S.TESTING),
    **_TEST,
    (_S.ACCEPTANCE, _A.REPORT_PASSED): Move(_S.ACCEPTANCE_CONFIRM, _JUDGE),
    **_confirmed(_S.ACCEPTANCE, _S.ACCEPTANCE_CONFIRM, _S.PRODUCTION_FORM),
    **_form(_S.PRODUCTION_FORM, _S.PRODUCTION_REVIEW),
    (_S.PRODUCTION_REVIEW, _A.REPORT_PASSED): Move(_S.PRODUCTION_CONFIRM, _JUDGE),
    (_S.PRODUCTION_REVIEW, _A.REPORT_FAILED): Move(_S.PRODUCTION_FORM, _JUDGE),
    **_confirmed(_S.PRODUCTION_REVIEW, _S.PRODUCTION_CONFIRM, _S.ACTIVATING),
    (_S.ACTIVATING, _A.ACTIVATE): Move(_S.ACTIVE, _JUDGE),
    (_S.ACTIVE, _A.PROPOSE_DEACTIVATION): Move(_S.DEACTIVATING, _JUDGE),
    **_confirmed(_S.ACTIVE, _S.DEACTIVATING, _S.DEACTIVATED),
    (_S.DEACTIVATED, _A.PROPOSE): Move(_S.PRODUCTION_CONFIRM, _JUDGE),
    (_S.ACTIVE, _A.STOP): Move(_S.DEACTIVATED, None),
    (_S.DEACTIVATING, _A.STOP): Move(_S.DEACTIVATED, None),
    **_ways_out(
        (
            _S.PREPARING,
            _S.PREPRODUCTION_FORM,
            _S.PREPRODUCTION_REVIEW,
            _S.PREPRODUCTION_CONFIRM,
            _S.TESTING,
            _S.ACCEPTANCE,
            _S.ACCEPTANCE_CONFIRM,
            _S.PRODUCTION_FORM,
            _S.PRODUCTION_REVIEW,
            _S.PRODUCTION_CONFIRM,
            _S.ACTIVATING,
        ),
        (_S.PREPARING, _S.PREPRODUCTION_FORM, _S.TESTING, _S.PRODUCTION_FORM),
    ),
}

_NEW_SERVICE: Final[Table] = {
    **_form(_S.FORM, _S.REVIEW),
    (_S.REVIEW, _A.ISSUE): Move(_S.TESTING, None),
    (_S.REVIEW, _A.PROPOSE): Move(_S.REVIEW_CONFIRM, _JUDGE),
    **_confirmed(_S.REVIEW, _S.REVIEW_CONFIRM, _S.TESTING),
    **_TEST,
    (_S.ACCEPTANCE, _A.REPORT_PASSED): Move(_S.CONFIRM, _JUDGE),
    **_confirmed(_S.ACCEPTANCE, _S.CONFIRM, _S.ACTIVE),
    **_ways_out(
        (_S.FORM, _S.REVIEW, _S.REVIEW_CONFIRM, _S.TESTING, _S.ACCEPTANCE, _S.CONFIRM), (_S.FORM, _S.TESTING)
    ),
}

_QUESTION: Final[Table] = {
    (_S.OPEN, _A.ANSWER): Move(_S.ANSWERED, _WRITE),
    (_S.OPEN, _A.CLOSE): Move(_S.CLOSED, _WRITE),
    (_S.ANSWERED, _A.CLOSE): Move(_S.CLOSED, _WRITE),
    (_S.ANSWERED, _A.REOPEN): Move(_S.OPEN, Right.WRITE),
    (_S.CLOSED, _A.REOPEN): Move(_S.OPEN, Right.WRITE),
    (_S.OPEN, _A.WITHDRAW): Move(_S.WITHDRAWN, Right.WRITE),
    (_S.ANSWERED, _A.LAPSE): Move(_S.CLOSED, None),
}
_DISPUTE: Final[Table] = {  # who said so is no party of the case: nobody to answer in it
    (_S.OPEN, _A.CLOSE): Move(_S.CLOSED, _DISPUTES),
    (_S.CLOSED, _A.REOPEN): Move(_S.OPEN, _DISPUTES),
}


def _change(change: ChangeOf) -> Table:
    """What this kind of change needs: a signature, a test, a second person (CN-21)."""
    needs, form = NEEDS[change], _form(_S.FORM, _S.REVIEW)
    form[_S.FORM, _A.HAND_IN] = Move(_S.REVIEW, Right.OFFER, signed=needs.signature)
    states = [_S.FORM, _S.REVIEW]
    last = _S.ACCEPTANCE if needs.new_test else _S.REVIEW
    judged = _A.REPORT_PASSED if needs.new_test else _A.PROPOSE
    if needs.new_test:
        form |= _TEST
        states += [_S.TESTING, _S.ACCEPTANCE]
        form[_S.REVIEW, _A.PROPOSE] = Move(_S.REVIEW_CONFIRM if needs.second_person else _S.TESTING, _JUDGE)
    if needs.new_test and needs.second_person:
        form |= _confirmed(_S.REVIEW, _S.REVIEW_CONFIRM, _S.TESTING)
        states.append(_S.REVIEW_CONFIRM)
    form[last, judged] = Move(_S.CONFIRM if needs.second_person else _S.DONE, _JUDGE)
    if needs.at_once:
        form[_S.REVIEW, _A.CARRY_OUT] = Move(_S.DONE, None)
    if needs.second_person:
        form |= _confirmed(last, _S.CONFIRM, _S.PLANNED if needs.planned else _S.DONE)
        states.append(_S.CONFIRM)
    if needs.planned:
        form[_S.PLANNED, _A.CARRY_OUT] = Move(_S.DONE, None)
        states.append(_S.PLANNED)
    waiting = tuple(state for state in states if state in {_S.FORM, _S.TESTING})
    return form | _ways_out(tuple(states), waiting)


_CHANGES: Final = {change: _change(change) for change in ChangeOf}
_TABLES: Final = {
    CaseKind.APPLICATION: _APPLICATION,
    CaseKind.NEW_SERVICE: _NEW_SERVICE,
    CaseKind.QUESTION: _QUESTION,
    CaseKind.DISPUTE: _DISPUTE,
}
FIRST_STATE: Final = {
    CaseKind.APPLICATION: _S.PREPARING,
    CaseKind.NEW_SERVICE: _S.FORM,
    CaseKind.CHANGE: _S.FORM,
    CaseKind.QUESTION: _S.OPEN,
    CaseKind.DISPUTE: _S.OPEN,
}
# In pre-production: who tests itself may still change its metadata, what is being judged stays (CN-3, CN-4).
TESTS_ITSELF: Final = frozenset({_S.TESTING})
IS_TESTED: Final = frozenset({_S.ACCEPTANCE, _S.ACCEPTANCE_CONFIRM})
ENDED: Final = frozenset({_S.DONE, _S.CLOSED, _S.REFUSED, _S.WITHDRAWN, _S.LAPSED, _S.DEACTIVATED})


def table_of(kind: CaseKind, change: ChangeOf | None = None) -> Table:
    """All moves of a kind of case; a change has its own kind. Raises ValueError for a change without."""
    if kind is not CaseKind.CHANGE:
        return _TABLES[kind]
    if change is None:
        return _form(_S.FORM, _S.REVIEW) | _ways_out((_S.FORM,), (_S.FORM,))  # what changes is not chosen yet
    return _CHANGES[change]


def judge(
    kind: CaseKind, state: CaseState, action: Action, acting: Acting, change: ChangeOf | None = None
) -> Move | Objection:
    """What the action leads to, or the first objection in the order of `Objection`."""
    move = table_of(kind, change).get((state, action))
    if move is None:
        return Objection.NOT_NOW
    if acting.side not in _sides(move.needs):
        return Objection.NOT_YOUR_SIDE
    if move.needs is not None and move.needs not in acting.rights | acting.permissions:
        return Objection.NO_RIGHT
    if move.other_person and acting.proposed_it:
        return Objection.OWN_PROPOSAL
    if move.needs is _JUDGE and acting.of_the_organisation:
        return Objection.OWN_ORGANISATION
    return move


def _sides(needs: Right | Permission | None) -> frozenset[Side]:
    if needs is None:
        return frozenset({Side.SYSTEM})
    if isinstance(needs, Permission):
        return frozenset({Side.OPERATOR})
    return frozenset({Side.PROVIDER, Side.SUPPLIER})


_PROVIDERS_TURN: Final = frozenset(
    {_S.PREPARING, _S.PREPRODUCTION_FORM, _S.FORM, _S.TESTING, _S.PRODUCTION_FORM, _S.ANSWERED}
)
_NOBODYS_TURN: Final = ENDED | {_S.ACTIVE, _S.PLANNED}


def turn_of(state: CaseState) -> Side | None:
    """Whose turn it is: the provider's (or its supplier's), the operator's, or nobody's (CN-10)."""
    if state in _NOBODYS_TURN:
        return None
    return Side.PROVIDER if state in _PROVIDERS_TURN else Side.OPERATOR


_STEPS: Final = {
    _S.PREPARING: Step.PREPARE,
    _S.PREPRODUCTION_FORM: Step.PREPRODUCTION,
    _S.PREPRODUCTION_REVIEW: Step.PREPRODUCTION,
    _S.PREPRODUCTION_CONFIRM: Step.PREPRODUCTION,
    _S.TESTING: Step.TEST,
    _S.ACCEPTANCE: Step.ACCEPTANCE,
    _S.ACCEPTANCE_CONFIRM: Step.ACCEPTANCE,
    _S.PRODUCTION_FORM: Step.PRODUCTION,
    _S.PRODUCTION_REVIEW: Step.PRODUCTION,
    _S.PRODUCTION_CONFIRM: Step.PRODUCTION,
    _S.ACTIVATING: Step.ACTIVATION,
    _S.ACTIVE: Step.ACTIVATION,
    _S.DEACTIVATING: Step.ACTIVATION,
}


def step_of(state: CaseState) -> Step | None:
    """In which of the six steps a case is; None outside them."""
    return _STEPS.get(state)
