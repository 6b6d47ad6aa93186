"""The closed vocabularies of messages: what is told, to which side, and how far a message got. Pure."""

from collections.abc import Mapping
from enum import StrEnum, auto


class Side(StrEnum):
    """On which side of a mandate the reader of a message stands."""

    REPRESENTED = auto()
    REPRESENTATIVE = auto()


class MessageKind(StrEnum):
    """Everything that is told by message (DM-51). Values are stored: never rename one."""

    EMAIL_CONFIRMATION = auto()
    REQUEST_RECEIVED = auto()
    REQUEST_DISPUTED = auto()  # the represented person said that it is not right
    MANDATE_ACTIVATED = auto()
    DIRECT_GRANT = auto()
    MANDATE_RESTRICTED = auto()
    MANDATE_RENEWED = auto()
    RENEWAL_PROPOSED = auto()  # by the representative
    MANDATE_REVOKED = auto()  # by the represented person
    MANDATE_DISPUTED = (
        auto()
    )  # the represented person said that it is not right; who they fear gets MANDATE_REVOKED
    MANDATE_GIVEN_UP = auto()  # by the representative
    MANDATE_ENDED = auto()  # its last day has passed
    CODE_LOCKED = auto()
    CODE_REPLACED = auto()
    ACTIVATION_BLOCKED = auto()
    INVITATION = (
        auto()
    )  # to become a member of an organisation; this and what follows go to an address, not to a party
    ACCOUNT_LINK = auto()  # to make an account
    PASSWORD_LINK = auto()
    ACCOUNT_CHANGED = auto()
    CASE_NEWS = auto()
    SIGN_UP_REMINDER = auto()  # nobody proved the organisation yet
    SIGN_UP_LAPSED = auto()
    SIGN_UP_TAKEN_OVER = auto()  # somebody else proved it


class MessageState(StrEnum):
    """How far a message got."""

    WAITING = auto()
    DELIVERED = auto()
    FAILED = auto()  # tried too often, or the address does not exist: `retry_failed` tries again
    NOT_WANTED = auto()  # the address was taken away before the message went out


_BOTH: tuple[Side | None, ...] = (Side.REPRESENTED, Side.REPRESENTATIVE)
_REPRESENTED: tuple[Side | None, ...] = (Side.REPRESENTED,)

# Who hears of what (DM-51); None is a message that has nothing to do with a mandate.
WORDED_FOR: Mapping[MessageKind, tuple[Side | None, ...]] = {
    MessageKind.EMAIL_CONFIRMATION: (None,),
    MessageKind.REQUEST_RECEIVED: _REPRESENTED,
    MessageKind.REQUEST_DISPUTED: _REPRESENTED,
    MessageKind.MANDATE_ACTIVATED: _BOTH,
    MessageKind.DIRECT_GRANT: _BOTH,
    MessageKind.MANDATE_RESTRICTED: _BOTH,
    MessageKind.MANDATE_RENEWED: _BOTH,
    MessageKind.RENEWAL_PROPOSED: _REPRESENTED,
    MessageKind.MANDATE_REVOKED: _BOTH,
    MessageKind.MANDATE_DISPUTED: _REPRESENTED,
    MessageKind.MANDATE_GIVEN_UP: _BOTH,
    MessageKind.MANDATE_ENDED: _BOTH,
    MessageKind.CODE_LOCKED: _REPRESENTED,
    MessageKind.CODE_REPLACED: _REPRESENTED,
    MessageKind.ACTIVATION_BLOCKED: _REPRESENTED,
    MessageKind.INVITATION: (None,),
    MessageKind.ACCOUNT_LINK: (None,),
    MessageKind.PASSWORD_LINK: (None,),
    MessageKind.ACCOUNT_CHANGED: (None,),
    MessageKind.CASE_NEWS: (None,),
    MessageKind.SIGN_UP_REMINDER: (None,),
    MessageKind.SIGN_UP_LAPSED: (None,),
    MessageKind.SIGN_UP_TAKEN_OVER: (None,),
}

# What `send_to_address` sends: the reader is no party, but an employee or a member of an organisation.
TO_ADDRESSES: frozenset[MessageKind] = frozenset(
    {
        MessageKind.INVITATION,
        MessageKind.ACCOUNT_LINK,
        MessageKind.PASSWORD_LINK,
        MessageKind.ACCOUNT_CHANGED,
        MessageKind.CASE_NEWS,
        MessageKind.SIGN_UP_REMINDER,
        MessageKind.SIGN_UP_LAPSED,
        MessageKind.SIGN_UP_TAKEN_OVER,
    }
)
