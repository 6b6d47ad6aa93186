"""Signatures as others make and check them, with python-xmlsec: algorithms, transforms and KeyInfo at will."""

import xmlsec
from lxml import etree

from tests.protocols.keyring import own_key
from tests.protocols.samples import SIGNER, certificate_pem, element_of, private_pem
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.xml import names

XML_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
RSA_SHA1 = names.NAMESPACES["ds"] + "rsa-sha1"
HMAC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
TWO_STEPS = f'<ds:Transform Algorithm="{names.ENVELOPED}"/><ds:Transform Algorithm="{names.EXC_C14N}"/>'


def template(
    reference: str,
    *,
    canonicalization: str = names.EXC_C14N,
    method: str = names.RSA_SHA256,
    transforms: str = TWO_STEPS,
    digest: str = names.SHA256,
    key_info: str = "",
    prefix: str = "ds",
) -> str:
    """An empty ds:Signature. `reference` is the whole @URI."""
    text = (
        f'<ds:Signature xmlns:ds="{names.NAMESPACES["ds"]}"><ds:SignedInfo>'
        f'<ds:CanonicalizationMethod Algorithm="{canonicalization}"/><ds:SignatureMethod Algorithm="{method}"/>'
        f'<ds:Reference URI="{reference}"><ds:Transforms>{transforms}</ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>'
        f"<ds:SignatureValue/>{key_info}</ds:Signature>"
    )
    return text.replace("ds:", f"{prefix}:").replace("xmlns:ds", f"xmlns:{prefix}")


def signed_by_xmlsec(
    text: str,
    signature: str,
    *,
    key: OwnKey | None = None,
    signer: str = SIGNER,
    place: int = 1,
    inside: str | None = None,
) -> bytes:
    """The document, signed by xmlsec after `signature` was put in its root or in the element `inside`."""
    root = element_of(text)
    parent = root if inside is None else next(root.iter(inside))
    node = element_of(signature)
    parent.insert(place, node)
    xmlsec.tree.add_ids(root, ["ID"])
    context = xmlsec.SignatureContext()
    method = node[0][1].get("Algorithm")
    if method == HMAC_SHA256:
        # the public certificate as the shared secret: the confusion that makes HMAC dangerous
        context.key = xmlsec.Key.from_binary_data(
            xmlsec.constants.KeyDataHmac, certificate_pem(own_key(signer))
        )
    else:
        pem = private_pem(key or own_key(signer))
        context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    context.sign(node)
    return etree.tostring(root)


def xmlsec_agrees(data: bytes, signer: str = SIGNER, tag: str | None = None) -> bool:
    """Whether xmlsec alone would accept the signature that is a child of the root, or of the element `tag`."""
    root = etree.fromstring(data)
    element = root if tag is None else next(root.iter(tag))
    node = element.find(names.DS + "Signature")
    xmlsec.tree.add_ids(root, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(
        certificate_pem(own_key(signer)), xmlsec.constants.KeyDataFormatCertPem
    )
    try:
        assert node is not None
        context.verify(node)
    except xmlsec.Error:
        return False
    return True
