"""Writes of log-ins: at the authentication service, for our own portal, and for providers."""

from volmacht.logins.browser_visits import CameBack, finish_kept_visit, keep_visit
from volmacht.logins.delivering import hand_in
from volmacht.logins.logouts import (
    Answer,
    Onward,
    OwnLogout,
    Session,
    begin_logout,
    begin_own_logout,
    finish_logout,
    finish_own_logout,
    sweep_logouts,
)
from volmacht.logins.look_ups import sweep_messages
from volmacht.logins.portal_log_ins import LogInService, PortalLogIn, begin_portal_visit, log_in_services
from volmacht.logins.saml_logins import (
    Started,
    authenticated,
    choose_way,
    start_for_bvd,
    sweep_artifacts,
    take_handle,
)
from volmacht.logins.saml_logins import answer_on_behalf as answer_saml_on_behalf
from volmacht.logins.saml_logins import answer_own_behalf as answer_saml_own_behalf
from volmacht.logins.saml_logins import end as end_saml_login
from volmacht.logins.saml_logins import refuse as refuse_request
from volmacht.logins.saml_logins import start as start_saml_login
from volmacht.logins.transactions import (
    Delivered,
    answer_on_behalf,
    answer_own_behalf,
    cancel_login,
    deliver,
    login_authenticated,
    start_login,
    sweep_transactions,
)
from volmacht.logins.visits import Came, Failed, Sent, begin_visit, finish_visit, sweep_visits

__all__ = [
    "Answer",
    "Came",
    "CameBack",
    "Delivered",
    "Failed",
    "LogInService",
    "Onward",
    "OwnLogout",
    "PortalLogIn",
    "Sent",
    "Session",
    "Started",
    "answer_on_behalf",
    "answer_own_behalf",
    "answer_saml_on_behalf",
    "answer_saml_own_behalf",
    "authenticated",
    "begin_logout",
    "begin_own_logout",
    "begin_portal_visit",
    "begin_visit",
    "cancel_login",
    "choose_way",
    "deliver",
    "end_saml_login",
    "finish_kept_visit",
    "finish_logout",
    "finish_own_logout",
    "finish_visit",
    "hand_in",
    "keep_visit",
    "log_in_services",
    "login_authenticated",
    "refuse_request",
    "start_for_bvd",
    "start_login",
    "start_saml_login",
    "sweep_artifacts",
    "sweep_logouts",
    "sweep_messages",
    "sweep_transactions",
    "sweep_visits",
    "take_handle",
]
