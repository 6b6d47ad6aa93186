"""The append-only, hash-chained record of everything that happened (DM-40, DM-42)."""
