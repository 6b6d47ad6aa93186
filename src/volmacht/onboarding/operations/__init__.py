"""Connecting an organisation: everything that changes a case (CN-1 to CN-21). Keyword-only, one transaction each.

A "no" is an `Objection` of `rules.onboarding.cases`. Rights are asked at every act, whatever a page showed.
"""

from volmacht.onboarding.actors import THE_SYSTEM, CaseActor
from volmacht.onboarding.kinds import FileKind
from volmacht.onboarding.operations.activating import activate, deactivate
from volmacht.onboarding.operations.asking import ask_from_site
from volmacht.onboarding.operations.certifying import CertifyFault, certify_request
from volmacht.onboarding.operations.disputes import open_disputes
from volmacht.onboarding.operations.ending import remind_and_lapse, tell_what_is_due, withdraw
from volmacht.onboarding.operations.files import add_file
from volmacht.onboarding.operations.filling import Conflict, Saved, save_answers
from volmacht.onboarding.operations.for_many import start_change_for_each, write_in_each
from volmacht.onboarding.operations.handing_in import hand_in
from volmacht.onboarding.operations.judging import (
    confirm_approval,
    propose_approval,
    refuse,
    return_with_reasons,
    send_back,
)
from volmacht.onboarding.operations.laying_out import (
    NotLaidOut,
    lay_out_all_missing,
    lay_out_what_is_missing,
    reset_test_mandates,
)
from volmacht.onboarding.operations.planning import carry_out_what_is_due
from volmacht.onboarding.operations.reading import note_reading
from volmacht.onboarding.operations.renewing import GivenInTest, give_metadata_in_test
from volmacht.onboarding.operations.sentences import keep_sentence
from volmacht.onboarding.operations.sign_ups import remind_and_lapse_sign_ups, set_aside
from volmacht.onboarding.operations.signing import ToSign, sign
from volmacht.onboarding.operations.starting import (
    ask_question,
    start_application,
    start_change,
    start_new_service,
)
from volmacht.onboarding.operations.tariffs import set_tariff
from volmacht.onboarding.operations.testing import fill_report, offer_for_test, save_verdicts
from volmacht.onboarding.operations.warning import warn_of_certificates
from volmacht.onboarding.operations.writing import answer, assign, close, mark_read, note_internally, reopen

__all__ = [
    "THE_SYSTEM",
    "CaseActor",
    "CertifyFault",
    "Conflict",
    "FileKind",
    "GivenInTest",
    "NotLaidOut",
    "Saved",
    "ToSign",
    "activate",
    "add_file",
    "answer",
    "ask_from_site",
    "ask_question",
    "assign",
    "carry_out_what_is_due",
    "certify_request",
    "close",
    "confirm_approval",
    "deactivate",
    "fill_report",
    "give_metadata_in_test",
    "hand_in",
    "keep_sentence",
    "lay_out_all_missing",
    "lay_out_what_is_missing",
    "mark_read",
    "note_internally",
    "note_reading",
    "offer_for_test",
    "open_disputes",
    "propose_approval",
    "refuse",
    "remind_and_lapse",
    "remind_and_lapse_sign_ups",
    "reopen",
    "reset_test_mandates",
    "return_with_reasons",
    "save_answers",
    "save_verdicts",
    "send_back",
    "set_aside",
    "set_tariff",
    "sign",
    "start_application",
    "start_change",
    "start_change_for_each",
    "start_new_service",
    "tell_what_is_due",
    "warn_of_certificates",
    "withdraw",
    "write_in_each",
]
