"""EncryptedIDs that are not read: one answer for every cause, at the cost of one RSA operation a key (TC-82, TC-83)."""

import base64
import secrets
from collections.abc import Callable
from typing import cast

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP, AsymmetricPadding, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA512
from lxml import etree

from tests.protocols.encrypted_ids import (
    BVD,
    DV,
    NAME_ID,
    OTHER,
    PERSON,
    name_id,
    padded,
    recipient_key,
    sealed_by_hand,
    with_text,
)
from tests.protocols.keyring import own_key
from volmacht.protocols.saml.encryption import Cause, NotReadable, copied, decrypted, encrypted_id
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.xml.names import DS, LEGACY_BSN, PSEUDONYM, SAML, XENC

DV_KEY, BVD_KEY = recipient_key(DV, "dv"), recipient_key(BVD, "bvd")
ALGORITHM = "http://www.w3.org/2001/04/xmlenc#"
GOOD = name_id().decode()


class CountingKey:
    """A real private key that counts how often it is used."""

    def __init__(self, key: RSAPrivateKey) -> None:
        self.key = key
        self.used = 0

    def decrypt(self, cipher_text: bytes, padding: AsymmetricPadding) -> bytes:
        """As the key does."""
        self.used += 1
        return self.key.decrypt(cipher_text, padding)


def counting(owner: str) -> tuple[OwnKey, CountingKey]:
    key = own_key(owner)
    counted = CountingKey(key.private_key)
    return OwnKey(cast("RSAPrivateKey", counted), key.certificate, key.name), counted


def refusal(encrypted: etree._Element, *owners: str) -> NotReadable:
    with pytest.raises(NotReadable) as caught:
        decrypted(encrypted, own=DV, keys=[own_key(owner) for owner in owners or ("dv",)])
    return caught.value


def by_hand(plain: str) -> etree._Element:
    return sealed_by_hand(plain.encode(), own_key("dv"))


def with_cipher_text(number: int, change: Callable[[bytes], bytes]) -> etree._Element:
    """A good one in which a cipher text is changed: 0 is that of the NameID, 1 that of the key."""
    encrypted = encrypted_id(PERSON, [DV_KEY])
    value = list(encrypted.iter(XENC + "CipherValue"))[number]
    value.text = base64.b64encode(change(base64.b64decode(value.text or ""))).decode()
    return encrypted


# What only the private key can tell. Each is a whole EncryptedID for the DV.
HIDDEN: dict[str, Callable[[], etree._Element]] = {
    "a key that was changed": lambda: with_cipher_text(1, lambda data: bytes([data[0] ^ 1]) + data[1:]),
    "a key for another certificate": lambda: sealed_by_hand(
        name_id(), own_key("bvd"), key_name=own_key("dv").name
    ),
    "a key padded as RSA 1.5": lambda: sealed_by_hand(name_id(), own_key("dv"), padding=PKCS1v15()),
    "a key padded with another digest": lambda: sealed_by_hand(
        name_id(), own_key("dv"), padding=OAEP(MGF1(SHA512()), SHA512(), label=None)
    ),
    "an AES key of 128 bits": lambda: sealed_by_hand(
        name_id(), own_key("dv"), secret=secrets.token_bytes(16)
    ),
    "broken padding: zero": lambda: sealed_by_hand(b"", own_key("dv"), block=padded(name_id())[:-1] + b"\0"),
    "broken padding: seventeen": lambda: sealed_by_hand(
        b"", own_key("dv"), block=padded(name_id())[:-1] + b"\x11"
    ),
    "broken padding: 255": lambda: sealed_by_hand(b"", own_key("dv"), block=padded(name_id())[:-1] + b"\xff"),
    "nothing but padding": lambda: sealed_by_hand(b"", own_key("dv")),
    "text": lambda: by_hand(PERSON.value),
    "bytes that are no UTF-8": lambda: sealed_by_hand(b"\xff\xfe" * 20, own_key("dv")),
    "a comment in the number": lambda: by_hand(name_id("9999925<!-- x -->45").decode()),
    "an instruction in the number": lambda: by_hand(name_id("9999925<?x y?>45").decode()),
    "an element in the number": lambda: by_hand(name_id("9999925<x/>45").decode()),
    "a DOCTYPE": lambda: by_hand("<!DOCTYPE x [<!ENTITY e '45'>]>" + name_id("9999925&e;").decode()),
    "two NameIDs": lambda: by_hand(GOOD + GOOD),
    "a NameID in something else": lambda: by_hand(f"<x>{GOOD}</x>"),
    "another element": lambda: by_hand(GOOD.replace("saml:NameID", "saml:Issuer")),
    "another namespace": lambda: by_hand(GOOD.replace("2.0:assertion", "2.0:protocol")),
    "no namespace of its own": lambda: by_hand(GOOD.replace(f' xmlns:saml="{SAML[1:-1]}"', "")),
    "a transient NameID": lambda: by_hand(GOOD.replace("persistent", "transient")),
    "no format": lambda: by_hand(GOOD.replace("Format=", "Form=")),
    "no qualifier": lambda: by_hand(GOOD.replace("NameQualifier=", "Name=")),
    "an empty qualifier": lambda: by_hand(NAME_ID.format(qualifier=" ", value="x")),
    "an SPNameQualifier": lambda: by_hand(GOOD.replace(" Format", ' SPNameQualifier="x" Format')),
    "an SPProvidedID": lambda: by_hand(GOOD.replace(" Format", ' SPProvidedID="x" Format')),
    "an unknown attribute": lambda: by_hand(GOOD.replace(" Format", ' x="y" Format')),
    "an empty pseudonym": lambda: by_hand(name_id("", PSEUDONYM).decode()),
    "white space in a pseudonym": lambda: by_hand(name_id("a b", PSEUDONYM).decode()),
    "no number": lambda: by_hand(name_id("").decode()),
    "8 digits": lambda: by_hand(name_id("99999254").decode()),
    "10 digits": lambda: by_hand(name_id("0999992545").decode()),
    "letters": lambda: by_hand(name_id("99999254x").decode()),
    "digits of another script": lambda: by_hand(name_id("٩٩٩٩٩٢٥٤٥").decode()),
    "dots in a BSN": lambda: by_hand(name_id("9999.92.545").decode()),
    "a number that fails the 11-test": lambda: by_hand(name_id("999992546").decode()),
    "only zeros": lambda: by_hand(name_id("000000000").decode()),
}


def with_extra(path: str, tag: str, at: int = 0, **attributes: str) -> etree._Element:
    encrypted = encrypted_id(PERSON, [DV_KEY])
    parent = encrypted.find(path)
    assert parent is not None
    parent.insert(at, etree.Element(tag, attributes))
    return encrypted


def without(path: str) -> etree._Element:
    encrypted = encrypted_id(PERSON, [DV_KEY])
    element = encrypted.find(path)
    assert element is not None
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    return encrypted


def changed(old: str, new: str, *, several: bool = False) -> etree._Element:
    return with_text(encrypted_id(PERSON, [DV_KEY, BVD_KEY] if several else [DV_KEY]), {old: new})


def in_other_order() -> etree._Element:
    encrypted = encrypted_id(PERSON, [DV_KEY])
    encrypted.insert(0, encrypted[1])
    return encrypted


def nested_key() -> etree._Element:
    """As other software has it: the key in the KeyInfo of the data."""
    encrypted = encrypted_id(PERSON, [DV_KEY])
    key_info = encrypted.find(f"{XENC}EncryptedData/{DS}KeyInfo")
    assert key_info is not None
    key_info[:] = [encrypted[1]]
    return encrypted


MALFORMED: dict[str, Callable[[], etree._Element]] = {
    "another element": lambda: etree.fromstring("<x/>"),
    "nothing in it": lambda: etree.fromstring(f'<EncryptedID xmlns="{SAML[1:-1]}"/>'),
    "no data": lambda: without(f"{XENC}EncryptedData"),
    "no key": lambda: without(f"{XENC}EncryptedKey"),
    "the key before the data": in_other_order,
    "the key in the KeyInfo": nested_key,
    "two EncryptedData": lambda: with_extra(".", f"{XENC}EncryptedData"),
    "something else": lambda: with_extra(".", f"{XENC}EncryptionProperties", at=2),
    "data without an id": lambda: changed("<xenc:EncryptedData Id=", "<xenc:EncryptedData X="),
    "content instead of an element": lambda: changed("xmlenc#Element", "xmlenc#Content"),
    "no method of the data": lambda: without(f"{XENC}EncryptedData/{XENC}EncryptionMethod"),
    "no KeyInfo of the data": lambda: without(f"{XENC}EncryptedData/{DS}KeyInfo"),
    "no KeyInfo of the key": lambda: without(f"{XENC}EncryptedKey/{DS}KeyInfo"),
    "an empty KeyInfo": lambda: without(f"{XENC}EncryptedData/{DS}KeyInfo/{DS}RetrievalMethod"),
    "a second thing in a KeyInfo": lambda: with_extra(f"{XENC}EncryptedData/{DS}KeyInfo", DS + "KeyName"),
    "a KeyValue": lambda: changed("ds:RetrievalMethod", "ds:KeyValue"),
    "an empty KeyName": lambda: changed(f">{DV_KEY.key.name}<", "> <"),
    "white space in a KeyName": lambda: changed(DV_KEY.key.name, "a b"),
    "no recipient": lambda: changed("Recipient=", "Receiver="),
    "no cipher text": lambda: without(f"{XENC}EncryptedData/{XENC}CipherData"),
    "a reference to cipher text": lambda: changed("xenc:CipherValue", "xenc:CipherReference"),
    "cipher text that is no base64": lambda: changed("<xenc:CipherValue>", "<xenc:CipherValue>%"),
    "cipher text with letters of another script": lambda: changed(
        "<xenc:CipherValue>", "<xenc:CipherValue>é"
    ),
    "cipher text of half a block": lambda: with_cipher_text(0, lambda data: data[:-8]),
    "an IV and nothing else": lambda: with_cipher_text(0, lambda data: data[:16]),
    "no cipher text at all": lambda: with_cipher_text(0, lambda data: data[:0]),
    "20 kB of cipher text": lambda: with_cipher_text(0, lambda data: data + bytes(20_000)),
    "a pointer to a file": lambda: changed('URI="#', 'URI="file:///etc/passwd#'),
    "a pointer to another document": lambda: changed('URI="#', 'URI="https://example.nl/#'),
    "a pointer to nothing": lambda: changed('EncryptedKey" URI="#', 'EncryptedKey" URI="#x'),
    "an empty pointer": lambda: changed(f'{ALGORITHM}EncryptedKey" URI="#', f'{ALGORITHM}EncryptedKey" X="#'),
    "a pointer of another type": lambda: changed(f'Type="{ALGORITHM}EncryptedKey"', 'Type="urn:x"'),
    "a transformed pointer": lambda: with_extra(
        f"{XENC}EncryptedData/{DS}KeyInfo/{DS}RetrievalMethod", DS + "Transforms"
    ),
    "a key for other data": lambda: changed('DataReference URI="#', 'DataReference URI="#x'),
    "a key for a key": lambda: changed("xenc:DataReference", "xenc:KeyReference"),
    "a key that carries another name": lambda: changed(
        "<xenc:CarriedKeyName>", "<xenc:CarriedKeyName>x", several=True
    ),
    "a key that carries no name": lambda: changed("xenc:CarriedKeyName", "xenc:Carried", several=True),
}

ALGORITHMS: dict[str, Callable[[], etree._Element]] = {
    **{
        f"data with {name}": lambda name=name: changed("aes256-cbc", name)  # type: ignore[misc] # bound at once
        for name in ("aes128-cbc", "aes192-cbc", "tripledes-cbc", "aes256-gcm")
    },
    "data with GCM of XML encryption 1.1": lambda: changed(
        f"{ALGORITHM}aes256-cbc", "http://www.w3.org/2009/xmlenc11#aes256-gcm"
    ),
    "data without an algorithm": lambda: changed(f'Algorithm="{ALGORITHM}aes256-cbc"', ""),
    "a size of the key": lambda: with_extra(f"{XENC}EncryptedData/{XENC}EncryptionMethod", XENC + "KeySize"),
    "a key with RSA 1.5": lambda: changed("rsa-oaep-mgf1p", "rsa-1_5"),
    "a key without an algorithm": lambda: changed(f'Algorithm="{ALGORITHM}rsa-oaep-mgf1p"', ""),
    "a key with another digest": lambda: changed(
        "http://www.w3.org/2000/09/xmldsig#sha1", f"{ALGORITHM}sha512"
    ),
    "a digest without a name": lambda: changed('Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"', ""),
    "parameters of OAEP": lambda: with_extra(
        f"{XENC}EncryptedKey/{XENC}EncryptionMethod", XENC + "OAEPparams"
    ),
    "a mask where it is fixed": lambda: with_extra(
        f"{XENC}EncryptedKey/{XENC}EncryptionMethod",
        "{http://www.w3.org/2009/xmlenc11#}MGF",
        at=1,
        Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha256",
    ),
    "a mask that is not named": lambda: changed(
        f"{ALGORITHM}rsa-oaep-mgf1p", "http://www.w3.org/2009/xmlenc11#rsa-oaep"
    ),
    "two digests": lambda: with_extra(
        f"{XENC}EncryptedKey/{XENC}EncryptionMethod",
        DS + "DigestMethod",
        Algorithm="http://www.w3.org/2000/09/xmldsig#sha1",
    ),
    "something in a digest": lambda: with_extra(
        f"{XENC}EncryptedKey/{XENC}EncryptionMethod/{DS}DigestMethod", DS + "DigestMethod"
    ),
}


@pytest.mark.parametrize("make", HIDDEN.values(), ids=HIDDEN)
def test_what_only_the_key_can_tell_gives_one_answer_after_one_operation(
    make: Callable[[], etree._Element],
) -> None:
    key, counted = counting("dv")
    with pytest.raises(NotReadable) as caught:
        decrypted(make(), own=DV, keys=[key])
    assert (str(caught.value), caught.value.cause_code) == ("not readable", Cause.CONTENT)
    assert counted.used == 1


@pytest.mark.parametrize("make", MALFORMED.values(), ids=MALFORMED)
def test_another_form_is_neither_opened_nor_passed_on(make: Callable[[], etree._Element]) -> None:
    expect_refused_unopened(make(), Cause.MALFORMED)


@pytest.mark.parametrize("make", ALGORITHMS.values(), ids=ALGORITHMS)
def test_an_algorithm_that_is_not_listed_is_neither_opened_nor_passed_on(
    make: Callable[[], etree._Element],
) -> None:
    expect_refused_unopened(make(), Cause.ALGORITHM)


def expect_refused_unopened(encrypted: etree._Element, cause: Cause) -> None:
    key, counted = counting("dv")
    with pytest.raises(NotReadable) as opening:
        decrypted(encrypted, own=DV, keys=[key])
    with pytest.raises(NotReadable) as copying:
        copied(encrypted, audience={DV})
    assert {str(opening.value), str(copying.value)} == {"not readable"}
    assert (opening.value.cause_code, copying.value.cause_code) == (cause, cause)
    assert counted.used == 0


def test_an_algorithm_that_is_not_listed_counts_in_the_key_of_another_too() -> None:
    encrypted = encrypted_id(PERSON, [DV_KEY, BVD_KEY])
    method = encrypted[2].find(f"{XENC}EncryptionMethod")
    assert method is not None
    method.set("Algorithm", ALGORITHM + "rsa-1_5")
    assert refusal(encrypted).cause_code is Cause.ALGORITHM


def test_without_a_key_for_us_the_answer_is_the_same() -> None:
    for_another = encrypted_id(PERSON, [recipient_key(OTHER, "dv")])
    assert str(refusal(for_another)) == "not readable"
    assert refusal(for_another).cause_code is Cause.NOT_FOR_US
    with pytest.raises(NotReadable):
        decrypted(encrypted_id(PERSON, [DV_KEY]), own=DV, keys=[])


def test_a_key_that_has_another_length_than_ours_gives_the_same_answer() -> None:
    error = refusal(with_cipher_text(1, lambda data: data[:-1]))
    assert (str(error), error.cause_code) == ("not readable", Cause.CONTENT)


def test_a_recipient_is_compared_with_case() -> None:
    assert refusal(encrypted_id(PERSON, [recipient_key(DV.lower(), "dv")])).cause_code is Cause.NOT_FOR_US


def test_an_error_shows_nothing_of_what_was_decrypted() -> None:
    error = refusal(by_hand(name_id("999992546").decode()))
    assert "999992546" not in f"{error!r} {error.args} {error.__cause__!r}"
    assert error.__suppress_context__ or error.__context__ is None


def test_the_key_that_is_named_is_the_only_one_that_is_used() -> None:
    (current, counted), (previous, counted_before) = counting("dv"), counting("dv next")
    encrypted = encrypted_id(PERSON, [recipient_key(DV, "dv next")])
    assert decrypted(encrypted, own=DV, keys=[current, previous]) == PERSON
    assert (counted.used, counted_before.used) == (0, 1)
    broken = sealed_by_hand(name_id(), own_key("bvd"), key_name=previous.name)
    with pytest.raises(NotReadable):
        decrypted(broken, own=DV, keys=[current, previous])
    assert (counted.used, counted_before.used) == (0, 2)


@pytest.mark.parametrize("owner", ["dv", "dv next", "bvd"])
def test_an_unknown_key_name_costs_one_operation_for_each_of_two_keys_whatever_fits(owner: str) -> None:
    counts = [counting(name) for name in ("dv", "dv next", "dv third")]
    encrypted = sealed_by_hand(name_id(), own_key(owner), key_name="unknown")
    try:
        assert decrypted(encrypted, own=DV, keys=[key for key, _ in counts]) == PERSON
    except NotReadable:
        assert owner == "bvd"
    assert [counted.used for _, counted in counts] == [1, 1, 0]


def test_a_legacy_bsn_is_the_only_kind_whose_number_is_checked_here() -> None:
    assert refusal(by_hand(name_id("12", LEGACY_BSN).decode())).cause_code is Cause.CONTENT
    assert decrypted(by_hand(name_id("12", PSEUDONYM).decode()), own=DV, keys=[own_key("dv")]).value == "12"
