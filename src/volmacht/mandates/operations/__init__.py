"""Writes to the register, one file per task; each is one transaction with its audit event and its messages."""

from volmacht.mandates.operations.activating import ActivationDone, Recognised, activate, try_code
from volmacht.mandates.operations.answering_proposals import close_unanswered, decline_renewal
from volmacht.mandates.operations.disputing import dispute_mandate, dispute_refused_use
from volmacht.mandates.operations.erasing import Kept, KeptKind, erase_unless_kept
from volmacht.mandates.operations.granting import MandateMade, grant_directly
from volmacht.mandates.operations.laying_out import (
    Cast,
    LaidOut,
    NotForTesting,
    StagedState,
    lay_out_test_mandates,
    remove_test_mandates,
)
from volmacht.mandates.operations.living import end_mandate, renew_mandate, restrict_mandate
from volmacht.mandates.operations.proposing_renewal import ProposalAnswer, propose_renewal
from volmacht.mandates.operations.requesting import (
    CodeMade,
    RequestMade,
    replace_code,
    request_mandate,
    withdraw_request,
)
from volmacht.mandates.operations.upkeep import announce_ended, apply_retention
from volmacht.mandates.operations.using import answer_provider

__all__ = [
    "ActivationDone",
    "Cast",
    "CodeMade",
    "Kept",
    "KeptKind",
    "LaidOut",
    "MandateMade",
    "NotForTesting",
    "ProposalAnswer",
    "Recognised",
    "RequestMade",
    "StagedState",
    "activate",
    "announce_ended",
    "answer_provider",
    "apply_retention",
    "close_unanswered",
    "decline_renewal",
    "dispute_mandate",
    "dispute_refused_use",
    "end_mandate",
    "erase_unless_kept",
    "grant_directly",
    "lay_out_test_mandates",
    "propose_renewal",
    "remove_test_mandates",
    "renew_mandate",
    "replace_code",
    "request_mandate",
    "restrict_mandate",
    "try_code",
    "withdraw_request",
]
