"""How a verb says that something expected went wrong: a sentence for the operator, no traceback."""


class CommandProblem(Exception):
    """What is wrong and what to do about it; printed on standard error, the command ends with status 1."""
