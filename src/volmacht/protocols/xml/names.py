"""Namespaces, algorithms and other fixed addresses of the SAML field, each once.

Use `SAMLP + "Response"` for a tag: the constants are namespaces in lxml's own notation.
"""

from typing import Final

NAMESPACES: Final = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "md": "urn:oasis:names:tc:SAML:2.0:metadata",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "ec": "http://www.w3.org/2001/10/xml-exc-c14n#",
    "xenc": "http://www.w3.org/2001/04/xmlenc#",
    "soap": "http://schemas.xmlsoap.org/soap/envelope/",
}
SAMLP: Final = "{urn:oasis:names:tc:SAML:2.0:protocol}"
SAML: Final = "{urn:oasis:names:tc:SAML:2.0:assertion}"
MD: Final = "{urn:oasis:names:tc:SAML:2.0:metadata}"
DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
EC: Final = "{http://www.w3.org/2001/10/xml-exc-c14n#}"
XENC: Final = "{http://www.w3.org/2001/04/xmlenc#}"
SOAP: Final = "{http://schemas.xmlsoap.org/soap/envelope/}"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"

# --- signatures (all that are allowed: SG-04) ---
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
RSA_SHA384: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"
RSA_SHA512: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
SHA384: Final = "http://www.w3.org/2001/04/xmldsig-more#sha384"
SHA512: Final = "http://www.w3.org/2001/04/xmlenc#sha512"
SHA1: Final = "http://www.w3.org/2000/09/xmldsig#sha1"  # inside OAEP only (SG-04)
EXC_C14N: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED: Final = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"

# --- encryption (EN) ---
AES256_CBC: Final = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
RSA_OAEP_MGF1P: Final = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
RSA_OAEP: Final = "http://www.w3.org/2009/xmlenc11#rsa-oaep"
MGF1_SHA1: Final = "http://www.w3.org/2009/xmlenc11#mgf1sha1"
MGF1_SHA256: Final = "http://www.w3.org/2009/xmlenc11#mgf1sha256"
TYPE_ELEMENT: Final = "http://www.w3.org/2001/04/xmlenc#Element"
TYPE_ENCRYPTED_KEY: Final = "http://www.w3.org/2001/04/xmlenc#EncryptedKey"

# --- SAML ---
PROTOCOL: Final = "urn:oasis:names:tc:SAML:2.0:protocol"
BINDING_POST: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
BINDING_ARTIFACT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
BINDING_SOAP: Final = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"
FORMAT_ENTITY: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"
FORMAT_TRANSIENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
FORMAT_PERSISTENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
BEARER: Final = "urn:oasis:names:tc:SAML:2.0:cm:bearer"

# --- ST-SAML ---
INTENDED_AUDIENCE: Final = "urn:nl-eid-gdi:1.0:IntendedAudience"
SERVICE_UUID: Final = "urn:nl-eid-gdi:1.0:ServiceUUID"
IDP_ASSERTION: Final = "urn:nl-eid-gdi:1.0:IdpAssertion"
ACTING_SUBJECT_ID: Final = "urn:nl-eid-gdi:1.0:ActingSubjectID"
LEGAL_SUBJECT_ID: Final = "urn:nl-eid-gdi:1.0:LegalSubjectID"
REPRESENTATION_TYPE: Final = "urn:nl-eid-gdi:1.1:RepresentationType"
ENTITY_CONCERNED_KVK: Final = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
LEGACY_BSN: Final = "urn:nl-eid-gdi:1.0:id:legacy-BSN"
POLYMORPHIC_BSN: Final = "urn:nl-eid-gdi:1.0:id:BSN"
PSEUDONYM: Final = "urn:nl-eid-gdi:1.0:id:Pseudonym"
