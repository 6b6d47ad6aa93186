"""The page /proef, for trying Volmacht out (profile demo only): become anyone, read the mail, move the clock.

Becoming somebody is logging in at the stand-in for DigiD or eHerkenning, with one click for all.
"""
