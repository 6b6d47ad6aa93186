"""Accounts of employees and of members of organisations: what is asked of them, and every reason for a no. Pure.

The answers are worded in `portals/shared/account_words.py`. WRONG says no more than it may: not whether an address
has an account. ORGANISATION_EXISTS names nobody: one that is proven is joined by an invitation.
"""

from datetime import datetime, timedelta
from enum import StrEnum, auto

SET_UP_TERM = timedelta(days=7)  # a link with which an account is made
PASSWORD_TERM = timedelta(hours=1)  # a link for a forgotten password
INVITATION_TERM = timedelta(days=14)
CHALLENGE_TERM = timedelta(hours=1)
CLAIM_TERM = timedelta(days=14)  # to prove an organisation that somebody else signed up
SIGN_UP_TERM = timedelta(days=90)  # of quiet, after which a sign-up that nobody proved lapses
SIGN_UP_REMINDER = timedelta(days=14)  # before that
RECOVERY_CODES = 10
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
LONGEST_NAME = 200


class LinkPurpose(StrEnum):
    """What a link to an address is for. Values are stored: never rename one."""

    SET_UP = auto()  # makes the account, or its password and second factor anew: for employees
    NEW_ACCOUNT = auto()  # makes an account for who has none: for organisations
    PASSWORD = auto()


class LogInMethod(StrEnum):
    """How somebody logged in. Values are recorded: never rename one."""

    TOTP = auto()
    RECOVERY_CODE = auto()
    PASSKEY = auto()
    SET_UP = auto()  # has just chosen a password and a second factor
    DEMO = auto()  # by the page for trying out, without any factor


class AccountChange(StrEnum):
    """What an e-mail tells the owner of an account about. Values are recorded: never rename one."""

    PASSWORD_CHANGED = auto()
    PASSKEY_ADDED = auto()
    PASSKEY_REMOVED = auto()
    TOTP_CHANGED = auto()
    RECOVERY_CODES_RENEWED = auto()
    RECOVERY_CODE_USED = auto()


class ProofHow(StrEnum):
    """How an organisation, or its signatory, was proven. Values are stored: never rename one.

    The last three are what an assessor checked; never the number of a document.
    """

    CERTIFICATE = auto()  # a challenge signed with the key of a certificate with the OIN
    EHERKENNING = auto()
    LETTER = auto()  # a letter to the registered address came back
    VIDEO_CALL = auto()  # with a document of identity in view
    EARLIER_CONNECTION = auto()


BY_ASSESSOR: frozenset[ProofHow] = frozenset(
    {ProofHow.LETTER, ProofHow.VIDEO_CALL, ProofHow.EARLIER_CONNECTION}
)


class SignUpEnding(StrEnum):
    """Why a sign-up that was not proven came to nothing."""

    TAKEN_OVER = auto()  # somebody else proved to act for the organisation
    LAPSED = auto()  # nothing happened for 90 days


class SignUpDue(StrEnum):
    """What is to be done about a sign-up that is not proven."""

    REMIND = auto()
    LAPSE = auto()


def sign_up_due(*, quiet_since: datetime, reminded_at: datetime | None, now: datetime) -> SignUpDue | None:
    """Remind 14 days before the end of 90 quiet days; it ends no sooner than 14 days after the reminder.

    A reminder from before the last thing that happened does not count.
    """
    if now < quiet_since + SIGN_UP_TERM - SIGN_UP_REMINDER:
        return None
    if reminded_at is None or reminded_at < quiet_since:
        return SignUpDue.REMIND
    ends = max(quiet_since + SIGN_UP_TERM, reminded_at + SIGN_UP_REMINDER)
    return SignUpDue.LAPSE if now >= ends else None


class StaffChangeState(StrEnum):
    """How far a proposal about an employee is. Values are stored: never rename one."""

    PROPOSED = auto()
    APPROVED = auto()
    REJECTED = auto()


class AccountObjection(StrEnum):
    """Why something about accounts, members or organisations is not done."""

    # Logging in
    WRONG = auto()  # unknown address or wrong password: the same
    WRONG_CODE = auto()
    TOO_MANY_TRIES = auto()
    PASSKEY_NOT_ACCEPTED = auto()
    PASSKEY_KNOWN = auto()  # this device is on an account already
    LAST_SECOND_FACTOR = auto()
    PASSWORD_TOO_SHORT = auto()
    PASSWORD_TOO_LONG = auto()
    PASSWORD_COMMON = auto()
    PASSWORD_NUMERIC = auto()
    PASSWORD_LIKE_YOU = auto()
    NAME_MISSING = auto()

    # Links and invitations
    LINK_UNKNOWN = auto()
    LINK_USED = auto()
    LINK_EXPIRED = auto()
    LINK_FOR_ANOTHER = auto()
    ALREADY_MEMBER = auto()

    # Signing an organisation up (CN-2)
    OIN_FORM = auto()
    OIN_UNKNOWN = auto()
    OIN_WITHDRAWN = auto()
    KVK_FORM = auto()
    KVK_MISMATCH = auto()
    ALB_NAME_UNKNOWN = auto()
    ALB_OTHER_ORGANISATION = auto()
    TASK_MISSING = auto()
    ORGANISATION_EXISTS = auto()
    REGISTER_AWAY = auto()

    # Members and suppliers
    NOT_ALLOWED = auto()
    NO_ROLE = auto()
    NOT_A_MEMBER = auto()
    LAST_SIGNATORY = auto()  # until it is said that the organisation then cannot sign
    NOT_A_SUPPLIER = auto()
    CONSENT_EXISTS = auto()
    NO_CONSENT = auto()

    # Proof
    CHALLENGE_OVER = auto()
    CERTIFICATE_UNREADABLE = auto()
    CERTIFICATE_NOT_TRUSTED = auto()
    CERTIFICATE_NOT_VALID_NOW = auto()
    CERTIFICATE_OTHER_OIN = auto()
    CERTIFICATE_KEY = auto()
    SIGNATURE_WRONG = auto()
    KVK_OF_ANOTHER = auto()
    EHERKENNING_STOPPED = auto()  # by who was logging in
    EHERKENNING_FAILED = auto()  # it could not say who that is
    EHERKENNING_LEVEL = auto()  # too low to prove an organisation with
    EHERKENNING_AWAY = auto()  # none can be used now, or it answers wrongly
    EHERKENNING_OVER = auto()  # an answer that this browser does not wait for
    ALREADY_PROVEN = auto()
    NOT_A_SIGNATORY = auto()

    # Employees, DM-64
    SAME_EMPLOYEE = auto()  # who proposed does not approve
    ABOUT_YOURSELF = auto()
    ALREADY_DECIDED = auto()
    LAST_SERVICE_MANAGERS = auto()  # two must stay, or nobody can change anything
    EMPLOYEE_EXISTS = auto()
    EMPLOYEE_UNKNOWN = auto()
    TWO_NEEDED = auto()  # there are two service managers: the command alone adds nobody
