"""Our own SAML and TLS keys on disk, and whom we believe: `<data>/keys/saml` and `<data>/pki` (MD-40, MD-42, RO-06).

Processes that run follow what the command changes within a second. Touches files and the clock, never the database.
"""

from volmacht.keystore.believing import trust_anchors, trust_bundle
from volmacht.keystore.ending import OwnCertificate, own_certificates
from volmacht.keystore.requesting import forget_request, request_certificate, requested_key
from volmacht.keystore.rings import Ring, TlsFiles, ring
from volmacht.keystore.rollover import Objection, RolloverRefused, announce, retire, switch
from volmacht.keystore.stored import KeyState, KeyUse, NoKeys, OwnEntity, StoredKey, stored_keys

__all__ = [
    "KeyState",
    "KeyUse",
    "NoKeys",
    "Objection",
    "OwnCertificate",
    "OwnEntity",
    "Ring",
    "RolloverRefused",
    "StoredKey",
    "TlsFiles",
    "announce",
    "forget_request",
    "own_certificates",
    "request_certificate",
    "requested_key",
    "retire",
    "ring",
    "stored_keys",
    "switch",
    "trust_anchors",
    "trust_bundle",
]
