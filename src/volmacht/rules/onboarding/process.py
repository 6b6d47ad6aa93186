"""The mandate process that follows from a provider's choices: who does what, in what order (CN-1). Pure.

A step names who acts and where it leads. A step with several exits is a question; one without is an end.
The steps come in reading order: an exit always leads to a later step, so it can be drawn from top to bottom.
"""

from dataclasses import dataclass
from enum import StrEnum

from volmacht.rules.onboarding.choices import Choices, CodeMoment


class Actor(StrEnum):
    """Who does a step."""

    REPRESENTED = "represented"
    REPRESENTATIVE = "representative"
    PROVIDER = "provider"
    VOLMACHT = "volmacht"
    MESSAGE_BOX = "message_box"


class ProcessKey(StrEnum):
    """What happens in a step."""

    CAN_LOG_IN = "can_log_in"
    GRANT = "grant"
    GRANT_SET = "grant_set"
    SHOW_CODE = "show_code"
    REQUEST = "request"
    REQUEST_SET = "request_set"
    SEND_LETTER = "send_letter"
    HAND_OVER = "hand_over"
    ENTER_CODE_BEFORE = "enter_code_before"
    START_SERVICE = "start_service"
    LOG_IN = "log_in"
    ENTER_CODE_IN_LOGIN = "enter_code_in_login"
    LOG_IN_FOR_SELF = "log_in_for_self"
    ASK_FOR_WHOM = "ask_for_whom"
    HANDLE_OWN = "handle_own"
    ENTER_CODE_AFTER = "enter_code_after"
    ACTIVATE = "activate"
    DECIDE = "decide"
    REFUSE = "refuse"
    HANDLE = "handle"
    DELIVER_POST = "deliver_post"
    RECORD_USE = "record_use"
    HAS_DIED = "has_died"
    END = "end"
    END_BY_DEATH = "end_by_death"
    REGISTER_SURVIVOR = "register_survivor"
    WRITE_TO_HEIRS = "write_to_heirs"
    HEIR_ACTS = "heir_acts"


class Condition(StrEnum):
    """The answer to a question, on the way out of it."""

    YES = "yes"
    NO = "no"
    FOR_SELF = "for_self"
    FOR_SOMEONE_ELSE = "for_someone_else"


@dataclass(frozen=True, slots=True)
class Exit:
    """Where a step leads; `when` is the answer that leads there, None where there is no choice."""

    to: ProcessKey
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """One step: who does what, and what comes next."""

    key: ProcessKey
    actor: Actor
    exits: tuple[Exit, ...]

    @property
    def is_question(self) -> bool:
        """Whether the way on depends on an answer."""
        return len(self.exits) > 1


_ACTORS = {
    Actor.REPRESENTED: {ProcessKey.CAN_LOG_IN, ProcessKey.GRANT, ProcessKey.GRANT_SET, ProcessKey.HAND_OVER},
    Actor.REPRESENTATIVE: {
        ProcessKey.REQUEST,
        ProcessKey.REQUEST_SET,
        ProcessKey.ENTER_CODE_BEFORE,
        ProcessKey.START_SERVICE,
        ProcessKey.LOG_IN,
        ProcessKey.ENTER_CODE_IN_LOGIN,
        ProcessKey.LOG_IN_FOR_SELF,
        ProcessKey.ENTER_CODE_AFTER,
        ProcessKey.HEIR_ACTS,
    },
    Actor.PROVIDER: {
        ProcessKey.ASK_FOR_WHOM,
        ProcessKey.HANDLE_OWN,
        ProcessKey.REFUSE,
        ProcessKey.HANDLE,
        ProcessKey.REGISTER_SURVIVOR,
    },
    Actor.MESSAGE_BOX: {ProcessKey.DELIVER_POST},
}
_ACTOR_OF = {key: actor for actor, keys in _ACTORS.items() for key in keys}


def mandate_process(choices: Choices) -> tuple[ProcessStep, ...]:
    """The process from the first wish for help to the end of the mandate, in reading order."""
    return _granting(choices) + _using(choices) + _after_use(choices)


def _step(key: ProcessKey, *exits: Exit | ProcessKey) -> ProcessStep:
    ways = tuple(way if isinstance(way, Exit) else Exit(way) for way in exits)
    return ProcessStep(key, _ACTOR_OF.get(key, Actor.VOLMACHT), ways)


def _granting(choices: Choices) -> tuple[ProcessStep, ...]:
    """From the wish for help to the code in the helper's hands."""
    grant = ProcessKey.GRANT_SET if choices.is_set else ProcessKey.GRANT
    request = ProcessKey.REQUEST_SET if choices.is_set else ProcessKey.REQUEST
    first_use = {
        CodeMoment.BEFORE_LOGIN: ProcessKey.ENTER_CODE_BEFORE,
        CodeMoment.DURING_LOGIN: ProcessKey.START_SERVICE,
        CodeMoment.AFTER_LOGIN: ProcessKey.LOG_IN_FOR_SELF,
    }[choices.code_moment]
    return (
        _step(ProcessKey.CAN_LOG_IN, Exit(grant, Condition.YES), Exit(request, Condition.NO)),
        _step(grant, ProcessKey.SHOW_CODE),
        _step(request, ProcessKey.SEND_LETTER),
        _step(ProcessKey.SHOW_CODE, ProcessKey.HAND_OVER),
        _step(ProcessKey.SEND_LETTER, ProcessKey.HAND_OVER),
        _step(ProcessKey.HAND_OVER, first_use),
    )


def _using(choices: Choices) -> tuple[ProcessStep, ...]:
    """Entering the code and reaching the service: the order is the provider's choice."""
    key = ProcessKey
    if choices.code_moment is CodeMoment.BEFORE_LOGIN:
        way: tuple[ProcessStep, ...] = (
            _step(key.ENTER_CODE_BEFORE, key.ACTIVATE),
            _step(key.ACTIVATE, key.START_SERVICE),
            _step(key.START_SERVICE, key.LOG_IN),
            _step(key.LOG_IN, key.DECIDE),
        )
    elif choices.code_moment is CodeMoment.DURING_LOGIN:
        way = (
            _step(key.START_SERVICE, key.LOG_IN),
            _step(key.LOG_IN, key.ENTER_CODE_IN_LOGIN),
            _step(key.ENTER_CODE_IN_LOGIN, key.ACTIVATE),
            _step(key.ACTIVATE, key.DECIDE),
        )
    else:
        way = (
            _step(key.LOG_IN_FOR_SELF, key.ASK_FOR_WHOM),
            _step(
                key.ASK_FOR_WHOM,
                Exit(key.ENTER_CODE_AFTER, Condition.FOR_SOMEONE_ELSE),
                Exit(key.HANDLE_OWN, Condition.FOR_SELF),
            ),
            _step(key.ENTER_CODE_AFTER, key.ACTIVATE),
            _step(key.HANDLE_OWN),
            _step(key.ACTIVATE, key.DECIDE),
        )
    decide = _step(key.DECIDE, Exit(key.HANDLE, Condition.YES), Exit(key.REFUSE, Condition.NO))
    return (*way, decide, _step(key.REFUSE))


def _after_use(choices: Choices) -> tuple[ProcessStep, ...]:
    """What happens once the helper is in: the post, the record, the end."""
    key = ProcessKey
    after_record = key.HAS_DIED if choices.survivors else key.END
    steps = [
        _step(key.HANDLE, key.DELIVER_POST if choices.message_box else key.RECORD_USE),
        *([_step(key.DELIVER_POST, key.RECORD_USE)] if choices.message_box else []),
        _step(key.RECORD_USE, after_record),
    ]
    if choices.survivors:
        steps += [
            _step(key.HAS_DIED, Exit(key.END, Condition.NO), Exit(key.END_BY_DEATH, Condition.YES)),
            _step(key.END),
            _step(key.END_BY_DEATH, key.REGISTER_SURVIVOR),
            _step(key.REGISTER_SURVIVOR, key.WRITE_TO_HEIRS),
            _step(key.WRITE_TO_HEIRS, key.HEIR_ACTS),
            _step(key.HEIR_ACTS),
        ]
    else:
        steps.append(_step(key.END))
    return tuple(steps)
