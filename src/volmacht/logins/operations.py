"""Writes of log-ins: at the authentication service, for our own portal, and for providers."""

from volmacht.logins.browser_visits import KeptVisits
from volmacht.logins.choices import answer_on_behalf, answer_own_behalf, choose_way, take_handle
from volmacht.logins.choices import end as end_login
from volmacht.logins.delivering import Answering, HandingIn, Nothing
from volmacht.logins.logouts import (
    Answer,
    Onward,
    OwnLogout,
    begin_logout,
    begin_own_logout,
    finish_logout,
    finish_own_logout,
    sweep_logouts,
)
from volmacht.logins.look_ups import sweep_messages
from volmacht.logins.portal_log_ins import (
    CameBack,
    LogInService,
    PortalLogIn,
    begin_portal_visit,
    finish_kept_visit,
    keep_visit,
    log_in_services,
)
from volmacht.logins.proof_visits import (
    ProofCame,
    ProofLogIn,
    begin_proof_visit,
    finish_kept_proof,
    proof_awaited,
    proof_services,
)
from volmacht.logins.refusals import note_refusal, sweep_refusals
from volmacht.logins.representing import answer_as_stated, ask_outside_service
from volmacht.logins.rest_logins import Retrieved, StartedChoice, start_choice
from volmacht.logins.rest_logins import retrieve as retrieve_choice
from volmacht.logins.saml_logins import (
    Started,
    authenticated,
    start_for_bvd,
    sweep_artifacts,
    sweep_log_ins,
)
from volmacht.logins.saml_logins import issue as issue_artifact
from volmacht.logins.saml_logins import start as start_login
from volmacht.logins.upstream import choose_representation_service, try_another
from volmacht.logins.upstream_session import Session
from volmacht.logins.visits import (
    Came,
    Failed,
    Sent,
    Stated,
    begin_visit,
    finish_statement,
    finish_visit,
    sweep_visits,
)

__all__ = [
    "Answer",
    "Answering",
    "Came",
    "CameBack",
    "Failed",
    "HandingIn",
    "KeptVisits",
    "LogInService",
    "Nothing",
    "Onward",
    "OwnLogout",
    "PortalLogIn",
    "ProofCame",
    "ProofLogIn",
    "Retrieved",
    "Sent",
    "Session",
    "Started",
    "StartedChoice",
    "Stated",
    "answer_as_stated",
    "answer_on_behalf",
    "answer_own_behalf",
    "ask_outside_service",
    "authenticated",
    "begin_logout",
    "begin_own_logout",
    "begin_portal_visit",
    "begin_proof_visit",
    "begin_visit",
    "choose_representation_service",
    "choose_way",
    "end_login",
    "finish_kept_proof",
    "finish_kept_visit",
    "finish_logout",
    "finish_own_logout",
    "finish_statement",
    "finish_visit",
    "issue_artifact",
    "keep_visit",
    "log_in_services",
    "note_refusal",
    "proof_awaited",
    "proof_services",
    "retrieve_choice",
    "start_choice",
    "start_for_bvd",
    "start_login",
    "sweep_artifacts",
    "sweep_log_ins",
    "sweep_logouts",
    "sweep_messages",
    "sweep_refusals",
    "sweep_visits",
    "take_handle",
    "try_another",
]
