"""EncryptedID: a person's number that only the service that needs it can read (EN-01 to EN-19, AS-23).

`encrypted_id` makes one, `decrypted` opens one that is for us, `copied` passes on one that is not. XML in, XML or an
identifier out; no keys are kept here. Expired certificates are left out by the caller (EN-07, MD-43).
"""

from volmacht.protocols.saml.encryption.copying import can_be_passed_on, copied, recipients
from volmacht.protocols.saml.encryption.decrypting import decrypted
from volmacht.protocols.saml.encryption.encrypting import encrypted_id
from volmacht.protocols.saml.encryption.identifier import Cause, Identifier, NotReadable

__all__ = [
    "Cause",
    "Identifier",
    "NotReadable",
    "can_be_passed_on",
    "copied",
    "decrypted",
    "encrypted_id",
    "recipients",
]
