"""What a signature must look like before any cryptography is spent on it (SG-02..SG-04, SG-11).

An allow-list: each element of a ds:Signature is expected by name and place, and everything else is refused. Reads one
element and its signature; knows no keys.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lxml import etree

from volmacht.protocols.xml import names
from volmacht.protocols.xml.gate import WHITE_SPACE

MOST_PREFIXES: Final = 32  # official messages list four; each costs a search at every element

_DS = names.DS
_DIGESTS = {names.SHA256: "sha256", names.SHA384: "sha384", names.SHA512: "sha512"}
_SIGNATURES = {names.RSA_SHA256: "sha256", names.RSA_SHA384: "sha384", names.RSA_SHA512: "sha512"}
_TRANSFORMS = [names.ENVELOPED, names.EXC_C14N]
_SIGNATURE_TAGS = [_DS + "SignedInfo", _DS + "SignatureValue", _DS + "KeyInfo"]  # the last may be missing
_SIGNED_INFO_TAGS = [_DS + "CanonicalizationMethod", _DS + "SignatureMethod", _DS + "Reference"]
_REFERENCE_TAGS = [_DS + "Transforms", _DS + "DigestMethod", _DS + "DigestValue"]
_ID = re.compile(r"[^\W\d][\w.\-]*")  # nothing that could be more than a name
_NO_WHITE_SPACE = str.maketrans("", "", WHITE_SPACE)


class SignatureFault(StrEnum):
    """Why a signature was refused."""

    MISSING = "missing"
    SEVERAL = "several"
    MISPLACED = "misplaced"
    REFERENCE = "reference"
    ALGORITHM = "algorithm"
    TRANSFORM = "transform"
    CONTENT = "content"
    KEY_UNKNOWN = "key-unknown"
    INVALID = "invalid"


class SignatureRefused(ValueError):
    """A signature that does not count (SG-15)."""

    def __init__(self, fault: SignatureFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class KeyHint:
    """What ds:KeyInfo says of the key: it selects among known keys and brings none (SG-05, SG-06)."""

    key_name: str | None
    certificates: frozenset[bytes]  # DER


@dataclass(frozen=True, slots=True)
class SignatureForm:
    """A signature of the right form: two canonicalisations with their prefixes, two hashes with their outcomes.

    Hashes go by hashlib's names. `hint` is None without ds:KeyInfo.
    """

    node: etree._Element
    signed_info: etree._Element
    signed_info_prefixes: tuple[str, ...]
    signature_hash: str
    signature_value: bytes
    prefixes: tuple[str, ...]
    digest_hash: str
    digest_value: bytes
    hint: KeyHint | None


def signature_form(element: etree._Element) -> SignatureForm:
    """The one signature of this element, in its place, over this element. Raises SignatureRefused."""
    node = _own_signature(element)
    children = list(node)
    tags = [child.tag for child in children]
    if tags != _SIGNATURE_TAGS and tags != _SIGNATURE_TAGS[:2]:
        raise SignatureRefused(SignatureFault.CONTENT)
    canonicalization, method, reference = _signed_info(children[0])
    transforms, digest_method, digest_value = _reference(reference, element.get("ID", ""))
    return SignatureForm(
        node=node,
        signed_info=children[0],
        signed_info_prefixes=_prefixes(canonicalization, SignatureFault.CONTENT),
        signature_hash=_hash_of(method, _SIGNATURES),
        signature_value=_decoded(children[1], SignatureFault.INVALID),
        prefixes=_transform_prefixes(transforms),
        digest_hash=_hash_of(digest_method, _DIGESTS),
        digest_value=_decoded(digest_value, SignatureFault.INVALID),
        hint=_hint(children[2]) if len(children) == len(_SIGNATURE_TAGS) else None,
    )


def _own_signature(element: etree._Element) -> etree._Element:
    """The only ds:Signature among the children, right after Issuer or first of all (SG-02). Raises SignatureRefused."""
    found = list(element.iterchildren(_DS + "Signature"))
    if not found:
        raise SignatureRefused(SignatureFault.MISSING)
    if len(found) > 1:
        raise SignatureRefused(SignatureFault.SEVERAL)
    first = element[0]
    after_issuer = first.tag == names.SAML + "Issuer" and not len(first) and first.getnext() is found[0]
    if not after_issuer and first is not found[0]:
        raise SignatureRefused(SignatureFault.MISPLACED)
    return found[0]


def _signed_info(signed_info: etree._Element) -> list[etree._Element]:
    """CanonicalizationMethod, SignatureMethod and the only Reference (SG-03). Raises SignatureRefused."""
    children = list(signed_info)
    tags = [child.tag for child in children]
    if tags != _SIGNED_INFO_TAGS:
        several = tags.count(_DS + "Reference") != 1
        raise SignatureRefused(SignatureFault.REFERENCE if several else SignatureFault.CONTENT)
    if children[0].get("Algorithm") != names.EXC_C14N:
        raise SignatureRefused(SignatureFault.ALGORITHM)
    return children


def _reference(reference: etree._Element, own_id: str) -> list[etree._Element]:
    """Transforms, DigestMethod and DigestValue of a reference to the signed element. Raises SignatureRefused."""
    if reference.get("URI") != f"#{own_id}" or not _ID.fullmatch(own_id):
        raise SignatureRefused(SignatureFault.REFERENCE)
    parts = list(reference)
    # A @Type would say that the reference is to an Object or Manifest.
    if [part.tag for part in parts] != _REFERENCE_TAGS or reference.get("Type") is not None:
        raise SignatureRefused(SignatureFault.CONTENT)
    return parts


def _hash_of(method: etree._Element, allowed: Mapping[str, str]) -> str:
    """The hash of an allowed algorithm without parameters (SG-04). Raises SignatureRefused."""
    found = allowed.get(method.get("Algorithm", ""))
    if found is None:
        raise SignatureRefused(SignatureFault.ALGORITHM)
    if len(method):
        raise SignatureRefused(SignatureFault.CONTENT)
    return found


def _transform_prefixes(transforms: etree._Element) -> tuple[str, ...]:
    """The PrefixList, after a check that the transforms are the two allowed ones. Raises SignatureRefused."""
    steps = list(transforms)
    if any(step.tag != _DS + "Transform" for step in steps):
        raise SignatureRefused(SignatureFault.TRANSFORM)
    if [step.get("Algorithm") for step in steps] != _TRANSFORMS or len(steps[0]):
        raise SignatureRefused(SignatureFault.TRANSFORM)
    return _prefixes(steps[1], SignatureFault.TRANSFORM)


def _prefixes(method: etree._Element, fault: SignatureFault) -> tuple[str, ...]:
    """ec:InclusiveNamespaces/@PrefixList, the only parameter that exclusive canonicalisation has."""
    parameters = list(method)
    if not parameters:
        return ()
    listed = parameters[0]
    if len(parameters) > 1 or listed.tag != names.EC + "InclusiveNamespaces" or len(listed):
        raise SignatureRefused(fault)
    prefixes = tuple(listed.get("PrefixList", "").split())
    if len(prefixes) > MOST_PREFIXES:
        raise SignatureRefused(fault)
    return prefixes


def _hint(key_info: etree._Element) -> KeyHint:
    """KeyName at most once, and certificates; RetrievalMethod, KeyValue and the rest are refused (SG-06, SG-11)."""
    key_names: list[str] = []
    certificates: set[bytes] = set()
    for child in key_info:
        if child.tag == _DS + "KeyName" and not len(child):
            key_names.append((child.text or "").strip(WHITE_SPACE))
        elif child.tag == _DS + "X509Data" and all(e.tag == _DS + "X509Certificate" for e in child):
            certificates |= {_decoded(certificate, SignatureFault.KEY_UNKNOWN) for certificate in child}
        else:
            raise SignatureRefused(SignatureFault.CONTENT)
    if len(key_names) > 1:
        raise SignatureRefused(SignatureFault.CONTENT)
    return KeyHint(key_names[0] if key_names else None, frozenset(certificates))


def _decoded(element: etree._Element, fault: SignatureFault) -> bytes:
    """Base64 with white space anywhere. Raises SignatureRefused."""
    if len(element):
        raise SignatureRefused(SignatureFault.CONTENT)
    try:
        return base64.b64decode((element.text or "").translate(_NO_WHITE_SPACE), validate=True)
    except ValueError:
        raise SignatureRefused(fault) from None
