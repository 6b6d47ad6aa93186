"""The `volmacht` command: one verb per file. It uses the operations and queries that everybody uses."""
