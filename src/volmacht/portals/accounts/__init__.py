"""Accounts of employees and members: logging in with two factors, own account, invitations, signing up, proof.

One module per task. Writes go through `parties.operations`; mail goes with them (`portals/shared/account_mail.py`).
"""
