"""Pages for entering a code, and for everything about mandates that exist: see, restrict, renew, end, uses, my data.

One module per task. Reads with `mandates.queries`, writes with `mandates.operations` and `parties.operations`;
the pages of `granting` are found by URL name.
"""
