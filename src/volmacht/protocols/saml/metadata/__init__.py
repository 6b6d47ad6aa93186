"""Metadata (section 4 of the wire specification): what parties publish of their addresses and keys.

`reading` judges a document of somebody else, `writing` makes our own. Pure: fetching and storing happen elsewhere.
"""
