"""Metadata (MD-01 to MD-45): what parties publish of their addresses and keys.

`reading` judges a document of somebody else, `writing` makes our own. Pure: fetching and storing happen elsewhere.
"""
