"""Reads an EncryptedID, strictly: what is not in EN-01 to EN-10, or not on the allow-list, refuses the whole of it.

That holds for the parts that are for others too. Nothing is decrypted here.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Final

from lxml import etree

from volmacht.protocols.saml.encryption.identifier import Cause, NotReadable
from volmacht.protocols.saml.encryption.sealed import (
    ACCEPTED,
    BLOCK_BYTES,
    MGF_NAMESPACE,
    Sealed,
    SealedKey,
    Transport,
)
from volmacht.protocols.xml.gate import WHITE_SPACE, XmlRefused, text_of, value_of
from volmacht.protocols.xml.names import AES256_CBC, DS, SAML, TYPE_ELEMENT, TYPE_ENCRYPTED_KEY, XENC

LONGEST_CIPHER_TEXT: Final = 16 * 1024
_MGF: Final = f"{{{MGF_NAMESPACE}}}MGF"
_WITHOUT_SPACE: Final = str.maketrans("", "", WHITE_SPACE)


def read(encrypted: etree._Element) -> Sealed:
    """The values of a saml:EncryptedID. Raises NotReadable."""
    if encrypted.tag != SAML + "EncryptedID" or len(encrypted) <= 1:
        raise NotReadable(Cause.MALFORMED)
    data, *keys = encrypted
    try:
        cipher_text, key_info = _data(data)
        carried_name = _carried_name(key_info, keys)
        return Sealed(cipher_text, tuple(_key(key, data.get("Id", "")) for key in keys), carried_name)
    except XmlRefused:
        raise NotReadable(Cause.MALFORMED) from None


def _data(data: etree._Element) -> tuple[bytes, etree._Element]:
    """Cipher text and KeyInfo of an EncryptedData (EN-02, EN-03)."""
    _expect(data.tag == XENC + "EncryptedData" and data.get("Type") == TYPE_ELEMENT and bool(data.get("Id")))
    (method, key_info, cipher_data), _ = _parts(
        data, [XENC + "EncryptionMethod", DS + "KeyInfo", XENC + "CipherData"]
    )
    if method.get("Algorithm") != AES256_CBC or len(method):
        raise NotReadable(Cause.ALGORITHM)
    cipher_text = _cipher_text(cipher_data)
    _expect(len(cipher_text) >= 2 * BLOCK_BYTES and len(cipher_text) % BLOCK_BYTES == 0)
    return cipher_text, key_info


def _carried_name(key_info: etree._Element, keys: Sequence[etree._Element]) -> str | None:
    """The name that every key carries (EN-05), or None when the KeyInfo points at one of them (EN-04).

    With several keys only the first is emitted; an official example points at one of two.
    """
    _expect(len(key_info) == 1)
    pointer = key_info[0]
    if pointer.tag == DS + "RetrievalMethod":
        _expect(pointer.get("Type") == TYPE_ENCRYPTED_KEY and len(pointer) == 0)
        _expect(pointer.get("URI") in [f"#{key.get('Id', '')}" for key in keys if key.get("Id")])
        return None
    _expect(pointer.tag == DS + "KeyName")
    name = value_of(pointer)
    carried = [key.find(XENC + "CarriedKeyName") for key in keys]
    _expect(name != "" and all(one is not None and value_of(one) == name for one in carried))
    return name


def _key(key: etree._Element, data_id: str) -> SealedKey:
    """One EncryptedKey (EN-06, EN-09, EN-10)."""
    _expect(key.tag == XENC + "EncryptedKey")
    (method, key_info, cipher_data), (references, _) = _parts(
        key,
        [XENC + "EncryptionMethod", DS + "KeyInfo", XENC + "CipherData"],
        [XENC + "ReferenceList", XENC + "CarriedKeyName"],
    )
    transport = _transport(method)
    (name,), _ = _parts(key_info, [DS + "KeyName"])
    recipient = key.get("Recipient", "").strip(WHITE_SPACE)
    key_name = value_of(name)
    _expect(recipient != "" and key_name != "")
    for reference in references if references is not None else ():
        _expect(reference.tag == XENC + "DataReference" and reference.get("URI") == f"#{data_id}")
        _expect(len(reference) == 0)
    return SealedKey(recipient, key_name, transport, _cipher_text(cipher_data))


def _transport(method: etree._Element) -> Transport:
    """The algorithm of a key, if it is accepted. OAEPparams and a KeySize are not."""
    try:
        _, (digest, mask) = _parts(method, [], [DS + "DigestMethod", _MGF])
    except NotReadable:
        raise NotReadable(Cause.ALGORITHM) from None
    inner = [one for one in (digest, mask) if one is not None]
    transport = Transport(
        method.get("Algorithm", ""),
        None if digest is None else digest.get("Algorithm", ""),
        None if mask is None else mask.get("Algorithm", ""),
    )
    if transport not in ACCEPTED or any(len(one) for one in inner):
        raise NotReadable(Cause.ALGORITHM)
    return transport


def _cipher_text(cipher_data: etree._Element) -> bytes:
    """What stands in the CipherValue. A CipherReference is refused (EN-16)."""
    (value,), _ = _parts(cipher_data, [XENC + "CipherValue"])
    text = text_of(value).translate(_WITHOUT_SPACE)
    _expect(len(text) <= LONGEST_CIPHER_TEXT)
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotReadable(Cause.MALFORMED) from None


def _parts(
    element: etree._Element, required: Sequence[str], optional: Sequence[str] = ()
) -> tuple[list[etree._Element], list[etree._Element | None]]:
    """Its children, when they are exactly these in this order; an optional one that is not there is None."""
    children = list(element)
    _expect([child.tag for child in children[: len(required)]] == list(required))
    others = children[len(required) :]
    found = [others.pop(0) if others and others[0].tag == tag else None for tag in optional]
    _expect(not others)
    return children[: len(required)], found


def _expect(fits: bool) -> None:
    if not fits:
        raise NotReadable(Cause.MALFORMED)
