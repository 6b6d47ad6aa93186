"""What was written to somebody in these tests."""

from tests.mandates.scene import Someone
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.queries import messages_about
from volmacht.parties.operations import confirm_email_address, give_email_address
from volmacht.rules.environment import Environment


def with_email(*people: Someone) -> None:
    """Give people a confirmed address, so that messages to them are written."""
    for number, person in enumerate(people):
        _, secret = give_email_address(person.id, f"lezer{number}@voorbeeld.example", "nl")
        assert confirm_email_address(secret)


def kinds_to(person: Someone) -> list[MessageKind]:
    """The kinds of all messages to a person, newest first."""
    return [message.kind for message in messages_about(person.id, environment=Environment.PRODUCTION)]
