"""A stand-in for two registers of organisations: that of OINs, in the form of the COR API of Logius, and the list of
who may use the BSN (ALB). Invented organisations only.
"""
