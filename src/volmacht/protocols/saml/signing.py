"""Signs an element of our own: RSA-SHA256, enveloped, exclusive canonicalisation, KeyName only (SG-02, SG-03, SG-07).

The signature is written as text that is canonical already, so that signing costs one canonicalisation of the element
and one RSA operation; python-xmlsec takes twice that. Touches the element it is given.
"""

import base64
import hashlib
import re
import secrets
from html import escape
from typing import Final

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree

from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.xml import names
from volmacht.protocols.xml.gate import parsed

ID_BYTES: Final = 20

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)
_DECLARATION = f' xmlns:ds="{names.NAMESPACES["ds"]}"'
_SIGNED_INFO = (
    f"<ds:SignedInfo{_DECLARATION}>"
    f'<ds:CanonicalizationMethod Algorithm="{names.EXC_C14N}"></ds:CanonicalizationMethod>'
    f'<ds:SignatureMethod Algorithm="{names.RSA_SHA256}"></ds:SignatureMethod>'
    '<ds:Reference URI="#{reference}"><ds:Transforms>'
    f'<ds:Transform Algorithm="{names.ENVELOPED}"></ds:Transform>'
    f'<ds:Transform Algorithm="{names.EXC_C14N}"></ds:Transform>'
    "</ds:Transforms>"
    f'<ds:DigestMethod Algorithm="{names.SHA256}"></ds:DigestMethod>'
    "<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
)
_SIGNATURE = (
    f"<ds:Signature{_DECLARATION}>"
    "{signed_info}<ds:SignatureValue>{value}</ds:SignatureValue>"
    "<ds:KeyInfo><ds:KeyName>{key_name}</ds:KeyName></ds:KeyInfo></ds:Signature>"
)


def new_id() -> str:
    """An id that nobody can guess (SG-16)."""
    return "_" + secrets.token_hex(ID_BYTES)


def signature(canonical: bytes, reference: str, key: OwnKey) -> str:
    """The text of a ds:Signature over the canonical bytes of the element with this @ID."""
    digest = _base64(hashlib.sha256(canonical).digest())
    signed_info = _SIGNED_INFO.format(reference=escape(reference), digest=digest)
    value = key.private_key.sign(signed_info.encode(), PKCS1v15(), SHA256())
    return _SIGNATURE.format(
        # The declaration stands on ds:Signature; canonical, when signed, is SignedInfo with its own.
        signed_info=signed_info.replace(_DECLARATION, "", 1),
        value=_base64(value),
        key_name=escape(key.name, quote=False),
    )


def sign(element: etree._Element, key: OwnKey) -> None:
    """Put a signature in, right after saml:Issuer, or as first child where there is none (metadata).

    Do it last: any change to the element breaks it. White space between elements is signed as it is. A prefix that is
    used in text only (`xsi:type="xs:string"`) is not signed along; our messages have none.
    Raises ValueError without a plain @ID, for an element that is signed already, or that gives xmldsig another prefix.
    """
    reference = element.get("ID", "")
    if not _ID.fullmatch(reference):
        raise ValueError("no ID that can be referred to")
    if element.find(names.DS + "Signature") is not None:
        raise ValueError("signed already")
    canonical = etree.tostring(element, method="c14n", exclusive=True)
    node = parsed(signature(canonical, reference, key).encode())
    has_issuer = len(element) > 0 and element[0].tag == names.SAML + "Issuer"
    element.insert(1 if has_issuer else 0, node)
    if node[0].prefix != "ds":
        # lxml took over a prefix of an ancestor: other bytes than were signed
        element.remove(node)
        raise ValueError("xmldsig has another prefix here")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
