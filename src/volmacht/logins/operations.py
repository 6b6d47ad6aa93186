"""Writes of log-ins: at the authentication service, and for providers."""

from volmacht.logins.authentications import (
    Authenticated,
    begin_authentication,
    redeem,
    sweep_authentications,
    vouch,
)
from volmacht.logins.delivering import hand_in
from volmacht.logins.logouts import (
    Answer,
    Onward,
    Session,
    ask_logout,
    begin_logout,
    finish_logout,
    sweep_logouts,
)
from volmacht.logins.look_ups import sweep_messages
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
    "Authenticated",
    "Came",
    "Delivered",
    "Failed",
    "Onward",
    "Sent",
    "Session",
    "Started",
    "answer_on_behalf",
    "answer_own_behalf",
    "answer_saml_on_behalf",
    "answer_saml_own_behalf",
    "ask_logout",
    "authenticated",
    "begin_authentication",
    "begin_logout",
    "begin_visit",
    "cancel_login",
    "choose_way",
    "deliver",
    "end_saml_login",
    "finish_logout",
    "finish_visit",
    "hand_in",
    "login_authenticated",
    "redeem",
    "refuse_request",
    "start_for_bvd",
    "start_login",
    "start_saml_login",
    "sweep_artifacts",
    "sweep_authentications",
    "sweep_logouts",
    "sweep_messages",
    "sweep_transactions",
    "sweep_visits",
    "take_handle",
    "vouch",
]
