"""The portal of organisations that connect, and of suppliers that do it for them: one module a task (CN-1 to CN-21)."""
