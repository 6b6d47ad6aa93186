"""Putting what waiting and failed messages need under the current key (DM-06). Used through `operations`.

Only where the row is still as it was read: a message that is delivered meanwhile has nothing to keep.
"""

from volmacht.notifications.models import Message
from volmacht.sealing import CannotOpen, Purpose, resealed


def reseal_messages() -> int:
    """Seal again what is under an older key; how many messages. One that cannot be opened is left as it is."""
    changed = 0
    waiting = Message.objects.filter(values_sealed__isnull=False).values_list("id", "values_sealed")
    for message_id, held in list(waiting):
        sealed = bytes(held or b"")
        try:
            new = resealed(Purpose.OUTBOX, message_id, sealed)
        except CannotOpen:
            continue
        if new:
            unchanged = Message.objects.filter(id=message_id, values_sealed=sealed)
            changed += unchanged.update(values_sealed=new)
    return changed
