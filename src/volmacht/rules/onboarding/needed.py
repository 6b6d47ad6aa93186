"""What a case needs now, and from whom: the data of one sentence (CN-10). Pure; words live in the portals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Final

from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side, turn_of


class Needed(StrEnum):
    """What is needed now: a closed list."""

    FILL_APPLICATION = auto()
    FILL_PREPRODUCTION = auto()
    FILL_PRODUCTION = auto()
    FILL_NEW_SERVICE = auto()
    FILL_CHANGE = auto()
    SIGN = auto()  # the form is complete
    HAND_IN = auto()  # the form is complete, and signed where it must be
    MEND_FORM = auto()  # it was returned, with reasons per field
    JUDGE_FORM = auto()
    CONFIRM_FORM = auto()
    TEST = auto()
    MEND_FINDINGS = auto()  # the last report was not good enough
    JUDGE_TEST = auto()
    CONFIRM_REPORT = auto()
    JUDGE_PRODUCTION = auto()
    ACTIVATE = auto()
    CONFIRM_DEACTIVATION = auto()
    WAIT_FOR_DAY = auto()  # it is approved, and carried out on its day
    FIND_SIGNATORY = auto()  # complete, and nobody is left who may sign
    SIGN_NEW_CONDITIONS = auto()  # the conditions are newer than those that were signed last
    GIVE_METADATA = auto()  # the form is complete, and its document is not there yet
    MEND_METADATA = auto()  # it is there, and not good yet
    ANSWER = auto()
    READ_ANSWER = auto()
    HANDLE_DISPUTE = auto()
    NOTHING = auto()


class Signing(StrEnum):
    """How it stands with the signature under a complete form."""

    ASKED = auto()
    NOTHING_TO_SIGN = auto()  # it is signed already, or needs no signature
    NOBODY = auto()  # no signatory is left
    NEW_CONDITIONS = auto()  # newer than those that were signed last


class DocumentStands(StrEnum):
    """How it stands with the metadata that a form asks for."""

    NOT_ASKED = auto()
    MISSING = auto()
    FAULTY = auto()
    GOOD = auto()


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is needed, from whom, and by when where that was promised."""

    needed: Needed
    of: Side | None
    by: date | None


_PLAIN: Final = {
    CaseState.PREPARING: Needed.FILL_APPLICATION,
    CaseState.PREPRODUCTION_FORM: Needed.FILL_PREPRODUCTION,
    CaseState.PREPRODUCTION_REVIEW: Needed.JUDGE_FORM,
    CaseState.PREPRODUCTION_CONFIRM: Needed.CONFIRM_FORM,
    CaseState.REVIEW: Needed.JUDGE_FORM,
    CaseState.REVIEW_CONFIRM: Needed.CONFIRM_FORM,
    CaseState.TESTING: Needed.TEST,
    CaseState.ACCEPTANCE: Needed.JUDGE_TEST,
    CaseState.ACCEPTANCE_CONFIRM: Needed.CONFIRM_REPORT,
    CaseState.PRODUCTION_FORM: Needed.FILL_PRODUCTION,
    CaseState.PRODUCTION_REVIEW: Needed.JUDGE_PRODUCTION,
    CaseState.PRODUCTION_CONFIRM: Needed.CONFIRM_REPORT,
    CaseState.ACTIVATING: Needed.ACTIVATE,
    CaseState.DEACTIVATING: Needed.CONFIRM_DEACTIVATION,
    CaseState.PLANNED: Needed.WAIT_FOR_DAY,
    CaseState.OPEN: Needed.ANSWER,
    CaseState.ANSWERED: Needed.READ_ANSWER,
}
_SIGNING: Final = {
    Signing.ASKED: Needed.SIGN,
    Signing.NOTHING_TO_SIGN: Needed.HAND_IN,
    Signing.NOBODY: Needed.FIND_SIGNATORY,
    Signing.NEW_CONDITIONS: Needed.SIGN_NEW_CONDITIONS,
}
_DOCUMENTS: Final = {
    DocumentStands.MISSING: Needed.GIVE_METADATA,
    DocumentStands.FAULTY: Needed.MEND_METADATA,
}
_FORMS: Final = frozenset({CaseState.PREPRODUCTION_FORM, CaseState.PRODUCTION_FORM, CaseState.FORM})


def sentence(
    kind: CaseKind,
    state: CaseState,
    *,
    due_on: date | None = None,
    returned: bool = False,
    complete: bool = False,
    failed: bool = False,
    tested: bool = False,
    signing: Signing = Signing.ASKED,
    document: DocumentStands = DocumentStands.NOT_ASKED,
) -> Sentence:
    """What this case needs now.

    `returned`: with reasons that still stand; `complete`: every page of its form is; `failed`: the last report;
    `tested`: a report stands, so that what is to be confirmed is that; `signing`: how it stands with the signature;
    `document`: how with the metadata that the form asks for, before somebody signs or hands in.
    """
    completed = _SIGNING[signing] if complete else None
    if completed in {Needed.SIGN, Needed.HAND_IN}:
        completed = _DOCUMENTS.get(document, completed)
    return Sentence(_needed(kind, state, returned, completed, failed, tested), turn_of(state), due_on)


def _needed(
    kind: CaseKind,
    state: CaseState,
    returned: bool,
    completed: Needed | None,
    failed: bool,
    tested: bool,
) -> Needed:
    if kind is CaseKind.DISPUTE and state is CaseState.OPEN:
        return Needed.HANDLE_DISPUTE
    if state in _FORMS and (returned or completed):
        return Needed.MEND_FORM if returned or completed is None else completed
    if state is CaseState.FORM:
        return Needed.FILL_CHANGE if kind is CaseKind.CHANGE else Needed.FILL_NEW_SERVICE
    if state is CaseState.CONFIRM:
        return Needed.CONFIRM_REPORT if tested else Needed.CONFIRM_FORM
    if state is CaseState.TESTING and failed:
        return Needed.MEND_FINDINGS
    return _PLAIN.get(state, Needed.NOTHING)
