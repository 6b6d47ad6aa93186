"""Pages for people who give, receive and manage mandates: `entering` (logging in), `granting` and `mandates`.

The three find each other by URL name only. Environment is always production here.
"""
