"""The port through which e-mail leaves: one question, and one way to fail. Adapters stand in `adapters`."""

from email.message import EmailMessage
from typing import Protocol


class DeliveryFailed(Exception):
    """The message did not leave. `permanent` when trying again cannot help: the address does not exist.

    The text is for the operator and holds no personal value.
    """

    def __init__(self, problem: str, *, permanent: bool = False) -> None:
        super().__init__(problem)
        self.permanent = permanent


class MailChannel(Protocol):
    """What takes a message on its way."""

    def deliver(self, message: EmailMessage) -> None:
        """Hand the message over; returns when the other side has taken it. Raises DeliveryFailed.

        May be called twice for the same message: its Message-ID is the same then.
        """
        ...
