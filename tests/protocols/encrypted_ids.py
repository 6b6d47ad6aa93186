"""EncryptedIDs for tests: recipients, and ones that a foreign library or a careless sender would make.

`sealed_by_hand` can put anything where a NameID, a key or padding should be; `made_by_xmlsec` is what xmlsec makes.
"""

import secrets
from collections.abc import Mapping

import xmlsec
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP, AsymmetricPadding
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from lxml import etree

from tests.protocols.keyring import own_key
from volmacht.protocols.saml.encryption import Identifier
from volmacht.protocols.saml.encryption.sealed import EMITTED, Sealed, SealedKey
from volmacht.protocols.saml.encryption.writing import write
from volmacht.protocols.saml.keys import OwnKey, RecipientKey
from volmacht.protocols.xml.names import DS, LEGACY_BSN, NAMESPACES, XENC
from volmacht.rules.identifiers import Bsn

DV = "urn:nl-eid-gdi:1.0:DV:00000009999999999004:entities:0000"
BVD = "urn:nl-eid-gdi:1.0:BVD:00000009999999999002:entities:9000"
OTHER = "urn:nl-eid-gdi:1.0:DV:00000009999999999005:entities:0000"
PERSON = Identifier.of_bsn(Bsn("999992545"))
OAEP_SHA1 = OAEP(MGF1(SHA1()), SHA1(), label=None)  # noqa: S303 - what ST-SAML prescribes

NAME_ID = (
    f'<saml:NameID xmlns:saml="{NAMESPACES["saml"]}"'
    ' Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" NameQualifier="{qualifier}">{value}</saml:NameID>'
)
"""A plain text with `{qualifier}` and `{value}` to fill in."""


def name_id(value: str = PERSON.value, qualifier: str = LEGACY_BSN) -> bytes:
    return NAME_ID.format(qualifier=qualifier, value=value).encode()


def recipient_key(recipient: str, owner: str) -> RecipientKey:
    return RecipientKey(recipient, own_key(owner).published())


def padded(plain: bytes) -> bytes:
    """As XML encryption has it, filled with zeros."""
    missing = 16 - len(plain) % 16
    return plain + bytes(missing - 1) + bytes([missing])


def sealed_by_hand(
    plain: bytes,
    key: OwnKey,
    *,
    recipient: str = DV,
    padding: AsymmetricPadding = OAEP_SHA1,
    secret: bytes | None = None,
    key_name: str | None = None,
    block: bytes | None = None,
) -> etree._Element:
    """`plain` (or whole blocks as they are) with any key, padding of RSA and name, in a well-formed EncryptedID."""
    secret = secrets.token_bytes(32) if secret is None else secret
    vector = secrets.token_bytes(16)
    encryptor = Cipher(AES(secret), CBC(vector)).encryptor()
    cipher_text = vector + encryptor.update(padded(plain) if block is None else block) + encryptor.finalize()
    sealed_key = SealedKey(
        recipient, key_name or key.name, EMITTED, key.published().public_key.encrypt(secret, padding)
    )
    return write(Sealed(cipher_text, (sealed_key,)))


def method_of(algorithm: str, digest: str | None = None, mask: str | None = None) -> str:
    """An EncryptionMethod of a key."""
    inner = f'<ds:DigestMethod Algorithm="{digest}"/>' if digest else ""
    if mask:
        inner += f'<xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="{mask}"/>'
    return f'<xenc:EncryptionMethod Algorithm="{algorithm}">{inner}</xenc:EncryptionMethod>'


def made_by_xmlsec(plain: bytes, key: OwnKey, method: str, *, recipient: str = DV) -> etree._Element:
    """What xmlsec makes of a template, in the form of EN-04."""
    template = etree.fromstring(
        f'<saml:EncryptedID xmlns:saml="{NAMESPACES["saml"]}" xmlns:xenc="{NAMESPACES["xenc"]}"'
        f' xmlns:ds="{NAMESPACES["ds"]}"><xenc:EncryptedData Id="_data" Type="http://www.w3.org/2001/04/xmlenc#Element">'
        '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><ds:KeyInfo>'
        f'<xenc:EncryptedKey Id="_key" Recipient="{recipient}">{method}<ds:KeyInfo><ds:KeyName>{key.name}</ds:KeyName>'
        "</ds:KeyInfo><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>"
        "<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData></saml:EncryptedID>"
    )
    data = template[0]
    context = xmlsec.EncryptionContext(_manager(key, private=False))
    context.key = xmlsec.Key.generate(xmlsec.constants.KeyDataAes, 256, xmlsec.constants.KeyDataTypeSession)
    context.encrypt_binary(data, plain)
    key_info = template.find(f"{XENC}EncryptedData/{DS}KeyInfo")
    assert key_info is not None
    template.append(key_info[0])
    etree.SubElement(
        key_info,
        DS + "RetrievalMethod",
        {"Type": "http://www.w3.org/2001/04/xmlenc#EncryptedKey", "URI": "#_key"},
    )
    return template


def opened_by_xmlsec(encrypted: etree._Element, key: OwnKey) -> etree._Element:
    """The NameID, found by xmlsec through the RetrievalMethod alone."""
    root = etree.fromstring(etree.tostring(encrypted))
    xmlsec.tree.add_ids(root, ["Id"])
    plain = xmlsec.EncryptionContext(_manager(key, private=True)).decrypt(root[0])
    assert isinstance(plain, etree._Element)
    return plain


def key_opened_by_xmlsec(encrypted: etree._Element, number: int, key: OwnKey) -> etree._Element:
    """The NameID, by first opening the EncryptedKey with this number, counted from 0, and then the data with it."""
    root = etree.fromstring(etree.tostring(encrypted))
    secret = xmlsec.EncryptionContext(_manager(key, private=True)).decrypt(root[1 + number])
    assert isinstance(secret, bytes)
    context = xmlsec.EncryptionContext()
    context.key = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataAes, secret)
    plain = context.decrypt(root[0])
    assert isinstance(plain, etree._Element)
    return plain


def with_text(encrypted: etree._Element, changes: Mapping[str, str]) -> etree._Element:
    """The same, with pieces of its text replaced; each must be there."""
    text = etree.tostring(encrypted).decode()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return etree.fromstring(text)


def _manager(key: OwnKey, *, private: bool) -> xmlsec.KeysManager:
    pem = (
        key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        if private
        else key.published().public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    loaded = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    loaded.name = key.name
    manager = xmlsec.KeysManager()
    manager.add_key(loaded)
    return manager
