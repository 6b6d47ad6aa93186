"""Decides whether a signature counts, and hands over exactly what was signed (SG-02..SG-08, SG-11).

First its form (`signature_form`), then the key, from metadata only. What is left of XML-DSig after that is two steps,
done here on bytes that we hold ourselves: the RSA signature over the canonical SignedInfo, then the digest of the
canonical element without its signature. In that order a stranger's message costs us one small canonicalisation. The
bytes of the digest are parsed anew, so that nobody can read what was not signed. libxml2 makes the canonical forms,
OpenSSL does RSA; nothing resolves a reference, so there is nothing to wrap. Tests compare every verdict with
python-xmlsec. No network, files or clock.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.signature_form import (
    KeyHint,
    SignatureFault,
    SignatureForm,
    SignatureRefused,
    signature_form,
)
from volmacht.protocols.xml.gate import parsed

__all__ = ["SignatureFault", "SignatureRefused", "Verified", "verified"]

MOST_UNNAMED: Final = 4  # keys tried when KeyInfo is missing (SG-06)

_PADDING = PKCS1v15()
_HASHES = {"sha256": SHA256(), "sha384": SHA384(), "sha512": SHA512()}


@dataclass(frozen=True, slots=True)
class Verified:
    """What was signed, without the signature itself, and by whom.

    `element` is the root of a new tree, parsed from `data`, the canonical bytes. `key_named` is False when ds:KeyInfo
    was missing, which deserves a warning (SG-06).
    """

    element: etree._Element
    data: bytes
    key: PublishedKey
    key_named: bool


def verified(element: etree._Element, keys: Sequence[PublishedKey], *, now: datetime) -> Verified:
    """Verify the signature of this element with one of its issuer's signing keys.

    The element comes out of `gate.read` and may be anywhere in its tree; whether that is the right place (SG-10) is
    the caller's to say. Expired keys do not count (MD-43). Raises SignatureRefused.
    """
    form = signature_form(element)
    candidates = _candidates(form.hint, [key for key in keys if key.counts_at(now)])
    if not candidates:
        raise SignatureRefused(SignatureFault.KEY_UNKNOWN)
    signed_info = _canonical(form.signed_info, form.signed_info_prefixes)
    key = next((key for key in candidates if _has_signed(key, signed_info, form)), None)
    if key is None:
        raise SignatureRefused(SignatureFault.INVALID)
    data = _without_signature(_canonical(element, form.prefixes), form.node)
    if hashlib.new(form.digest_hash, data).digest() != form.digest_value:
        raise SignatureRefused(SignatureFault.INVALID)
    return Verified(parsed(data), data, key, key_named=form.hint is not None)


def _candidates(hint: KeyHint | None, keys: Sequence[PublishedKey]) -> Sequence[PublishedKey]:
    """The keys that ds:KeyInfo can mean. A key must match all that it says; what says nothing matches none (SG-06)."""
    if hint is None:
        return keys[:MOST_UNNAMED]
    if hint.key_name is None and not hint.certificates:
        return ()
    return [
        key
        for key in keys
        if (hint.key_name is None or key.name == hint.key_name)
        and (not hint.certificates or key.certificate.public_bytes(Encoding.DER) in hint.certificates)
    ]


def _has_signed(key: PublishedKey, signed_info: bytes, form: SignatureForm) -> bool:
    """Whether SignatureValue is this key's, over SignedInfo."""
    try:
        key.public_key.verify(form.signature_value, signed_info, _PADDING, _HASHES[form.signature_hash])
    except InvalidSignature:
        return False
    return True


def _canonical(element: etree._Element, prefixes: tuple[str, ...]) -> bytes:
    """Exclusive canonical form without comments. Raises SignatureRefused."""
    try:
        return etree.tostring(
            element,
            method="c14n",
            exclusive=True,
            with_comments=False,
            inclusive_ns_prefixes=prefixes or None,
        )
    except etree.C14NError:  # a namespace with a relative URI has no canonical form
        raise SignatureRefused(SignatureFault.INVALID) from None


def _without_signature(whole: bytes, signature: etree._Element) -> bytes:
    """The enveloped-signature transform, done on canonical bytes. Raises SignatureRefused.

    There, a `<` begins a tag. Issuer before the signature holds text only, and the form of a signature has no other
    Signature in it: so the first such tag opens it and the first such end tag closes it. Should anybody find a way
    around that, the digest of what is left is not the one that was signed, and the message is refused.
    """
    name = b"Signature" if signature.prefix is None else f"{signature.prefix}:Signature".encode()
    closing = b"</" + name + b">"
    start = whole.find(b"<" + name)
    end = whole.find(closing, start)
    if start < 0 or end < 0:
        raise SignatureRefused(SignatureFault.INVALID)
    return whole[:start] + whole[end + len(closing) :]
