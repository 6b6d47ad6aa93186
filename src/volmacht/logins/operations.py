"""Writes of log-ins: at the authentication service, and for providers."""

from volmacht.logins.authentications import (
    Authenticated,
    begin_authentication,
    redeem,
    sweep_authentications,
    vouch,
)
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

__all__ = [
    "Authenticated",
    "Delivered",
    "answer_on_behalf",
    "answer_own_behalf",
    "begin_authentication",
    "cancel_login",
    "deliver",
    "login_authenticated",
    "redeem",
    "start_login",
    "sweep_authentications",
    "sweep_transactions",
    "vouch",
]
