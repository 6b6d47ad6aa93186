"""The languages that machines speak with Volmacht: pure codecs, and what one message means.

Knows no framework, network or database: bytes, look-ups and a moment in; values, bytes or a refusal out.
So the server, a simulator and a bench handle a message with the same code. May use `rules` (identifiers, levels).
"""
