"""SAML 2.0 as ST-SAML 1.0 (CombiConnect) uses it: keys, signatures, encryption, messages, metadata.

The rule ids in these modules (AR, AB, AS, EN, LO, MD, SG, XM, TM, ST...) are those of `docs/interfaces/saml.md`.
"""
