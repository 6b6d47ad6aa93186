"""The ways in which e-mail leaves: chosen in settings by name."""
