"""The page /proef, for trying Volmacht out (profile demo only): become anyone, read the mail, move the clock.

Also the stand-in for the authentication service: it knows the invented people and their levels, and says who is
there with a ticket (`logins.operations.vouch`), as the real one will.
"""
