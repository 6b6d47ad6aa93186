"""The outbox: messages written with their cause and delivered at least once (DM-50)."""
