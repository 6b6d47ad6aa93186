"""The rules of mandates as pure Python: facts in, decision out.

Nothing here knows Django, a database, the network or the clock: whoever calls brings the facts and the
moment. Allowed imports: the standard library, python-stdnum and holidays. Every "no" is a
`refusals.Refusal`. Rule ids such as DM-32 in the docstrings are explained in docs/rules.
"""
