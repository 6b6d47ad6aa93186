"""Assertions as somebody else writes them: pretty-printed, other prefixes, signed by python-xmlsec, for embedding."""

import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from tests.protocols.message_values import AUTHENTICATION, an_id, encrypted_id
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.xml.names import EXC_C14N, NAMESPACES

FORM = """<{p}Assertion xmlns{colon}="{saml}" {declared} ID="{id}" Version="2.0"
    IssueInstant="2026-11-25T12:00:00.000Z">
  <{p}Issuer>
    {issuer}
  </{p}Issuer>
  <ds:Signature xmlns:ds="{ds}">
    <ds:SignedInfo>
      <ds:CanonicalizationMethod Algorithm="{c14n}"/>
      <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
      <ds:Reference URI="#{id}">
        <ds:Transforms>
          <ds:Transform Algorithm="{ds}enveloped-signature"/>
          <ds:Transform Algorithm="{c14n}">{listed}</ds:Transform>
        </ds:Transforms>
        <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
        <ds:DigestValue/>
      </ds:Reference>
    </ds:SignedInfo>
    <ds:SignatureValue/>
    <ds:KeyInfo><ds:KeyName>{key_name}</ds:KeyName></ds:KeyInfo>
  </ds:Signature>
  <{p}Subject>
    <{p}NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">
      name
    </{p}NameID>
    <{p}SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
      <{p}SubjectConfirmationData InResponseTo="_request" Recipient="https://entrance.example/acs"
          NotOnOrAfter="2026-11-25T12:02:00Z"/>
    </{p}SubjectConfirmation>
  </{p}Subject>
  <{p}Conditions NotBefore="2026-11-25T11:58:00Z" NotOnOrAfter="2026-11-25T12:02:00Z">
    <{p}AudienceRestriction>
      <{p}Audience> one </{p}Audience>
    </{p}AudienceRestriction>
  </{p}Conditions>
  <{p}AuthnStatement AuthnInstant="2026-11-25T12:00:00Z">
    <{p}SubjectLocality Address="192.0.2.1"/>
    <{p}AuthnContext>
      <{p}AuthnContextClassRef>
        http://eidas.europa.eu/LoA/low
      </{p}AuthnContextClassRef>
    </{p}AuthnContext>
  </{p}AuthnStatement>
  <{p}AttributeStatement>
    <{p}Attribute Name="urn:nl-eid-gdi:1.0:ServiceUUID">
      <{p}AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string"
          xmlns:xs="http://www.w3.org/2001/XMLSchema"> service </{p}AttributeValue>
    </{p}Attribute>
    <{p}Attribute Name="urn:nl-eid-gdi:1.0:ActingSubjectID">
      <{p}AttributeValue>
        {encrypted_id}
      </{p}AttributeValue>
    </{p}Attribute>
    <{p}Attribute Name="urn:example:unknown"/>
  </{p}AttributeStatement>
</{p}Assertion>"""


def foreign_assertion(
    key: OwnKey, *, prefix: str, prefix_list: str | None = None, declared: str = "", number: int = 500
) -> bytes:
    """A signed assertion, as its issuer would put it into a Response; `prefix` "" is the default namespace."""
    listed = f'<ec:InclusiveNamespaces xmlns:ec="{EXC_C14N}" PrefixList="{prefix_list}"/>'
    text = FORM.format(
        p=f"{prefix}:" if prefix else "",
        colon=f":{prefix}" if prefix else "",
        saml=NAMESPACES["saml"],
        ds=NAMESPACES["ds"],
        c14n=EXC_C14N,
        declared=declared,
        id=an_id(number),
        issuer=AUTHENTICATION,
        listed="" if prefix_list is None else listed,
        key_name=key.name,
        encrypted_id=encrypted_id(number + 1).decode(),
    )
    root = etree.fromstring(text.encode())
    context = xmlsec.SignatureContext()
    pem = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    context.register_id(root, "ID")
    signature = root.find("{*}Signature")
    assert signature is not None
    context.sign(signature)
    return etree.tostring(root)
