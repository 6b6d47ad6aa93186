"""Giving a mandate: from the home page to the code in somebody's hand, and what can be done with a request afterwards.

One module per task. Writes go through `mandates.operations`, `parties.operations` and `notifications.operations`;
what is not granted yet lives in the sealed session (`draft`), a code that may still be shown too (`shown_codes`).
"""
