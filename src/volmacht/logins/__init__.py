"""Log-ins in progress for providers, one-time artifacts, and what was asserted to whom."""
