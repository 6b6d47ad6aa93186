"""Messages as values, plain and drawn by hypothesis, and embedded elements as bytes, for tests of the wire format."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tests.protocols.keyring import NOW
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.messages import (
    SUCCESS,
    ArtifactResolve,
    ArtifactResponse,
    Assertion,
    AuthnRequest,
    LogoutRequest,
    LogoutResponse,
    RequestedContext,
    Response,
    Scoping,
    Status,
)
from volmacht.protocols.xml.gate import parsed
from volmacht.protocols.xml.names import NAMESPACES

ENTRANCE = "urn:nl-eid-gdi:1.0:TD:00000009999999999001:entities:9000"
AUTHENTICATION = "urn:nl-eid-gdi:1.0:AD:00000009999999999002:entities:9000"
REPRESENTATION = "urn:nl-eid-gdi:1.0:BVD:00000009999999999003:entities:9000"
PROVIDER = "urn:nl-eid-gdi:1.0:DV:00000009999999999004:entities:9000"
SERVICE = "3f1c60a4-7a52-4f7e-9b8e-0d9a4b1c2d3e"
CONSUMER = "https://provider.example/acs?a=1&b=2"
OK = Status(SUCCESS)


def an_id(number: int) -> str:
    """Ids that differ."""
    return f"_{number:040x}"


def encrypted_id(number: int, cipher_text: str = "c2VhbGVk") -> bytes:
    """An EncryptedID of the right shape with ids of its own; there is no person in it."""
    xenc, ds = NAMESPACES["xenc"], NAMESPACES["ds"]
    element = parsed(
        f"""<saml:EncryptedID xmlns:saml="{NAMESPACES["saml"]}" xmlns:xenc="{xenc}" xmlns:ds="{ds}">
          <xenc:EncryptedData Id="{an_id(number)}" Type="{xenc}Element">
            <xenc:EncryptionMethod Algorithm="{xenc}aes256-cbc"/>
            <ds:KeyInfo><ds:RetrievalMethod Type="{xenc}EncryptedKey" URI="#{an_id(number + 1)}"/></ds:KeyInfo>
            <xenc:CipherData><xenc:CipherValue>{cipher_text}</xenc:CipherValue></xenc:CipherData>
          </xenc:EncryptedData>
          <xenc:EncryptedKey Id="{an_id(number + 1)}" Recipient="{PROVIDER}">
            <xenc:EncryptionMethod Algorithm="{xenc}rsa-oaep-mgf1p">
              <ds:DigestMethod Algorithm="{ds}sha1"/>
            </xenc:EncryptionMethod>
            <ds:KeyInfo><ds:KeyName>provider</ds:KeyName></ds:KeyInfo>
            <xenc:CipherData><xenc:CipherValue>{cipher_text}</xenc:CipherValue></xenc:CipherData>
          </xenc:EncryptedKey>
        </saml:EncryptedID>""".encode()
    )
    return serialised(element)


AUTHN_REQUEST = AuthnRequest(
    id=an_id(1),
    version="2.0",
    issue_instant=NOW,
    destination="https://entrance.example/request_authentication",
    issuer=PROVIDER,
    acs_index=0,
    has_extensions=True,
    audiences=(PROVIDER,),
    services=(SERVICE,),
    scoping=Scoping(None, (REPRESENTATION,)),
)
RESOLVE = ArtifactResolve(
    an_id(2), "2.0", NOW, "https://entrance.example/resolve_artifact", PROVIDER, "AAQAAA=="
)
FROM_AUTHENTICATION = Assertion(
    id=an_id(3),
    version="2.0",
    issue_instant=NOW,
    issuer=AUTHENTICATION,
    name_id="8d6ac5a0-24ae-4d3f-9c0e-6a3a1f1b2c3d",
    recipient="https://entrance.example/acs",
    in_response_to=an_id(4),
    confirmation_ends=NOW + timedelta(minutes=2),
    not_before=NOW - timedelta(minutes=2),
    not_on_or_after=NOW + timedelta(minutes=2),
    audiences=(ENTRANCE, REPRESENTATION),
    authn_instant=NOW,
    session_index="8d6ac5a0-24ae-4d3f-9c0e-6a3a1f1b2c3d",
    class_ref="http://eidas.europa.eu/LoA/low",
    service_uuids=(SERVICE,),
    acting=(encrypted_id(100),),
)
FROM_REPRESENTATION = replace(
    FROM_AUTHENTICATION,
    id=an_id(5),
    issuer=REPRESENTATION,
    audiences=(ENTRANCE,),
    class_ref="urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified",
    acting=(encrypted_id(110),),
    legal=(encrypted_id(120),),
)
DELIVERED = replace(
    FROM_AUTHENTICATION,
    id=an_id(6),
    issuer=ENTRANCE,
    recipient=CONSUMER,
    in_response_to=AUTHN_REQUEST.id,
    audiences=(PROVIDER,),
    authorities=(AUTHENTICATION, REPRESENTATION),
    acting=(encrypted_id(130),),
    legal=(encrypted_id(140), encrypted_id(150)),
)
RESPONSE = Response(an_id(7), "2.0", NOW, AUTHN_REQUEST.id, CONSUMER, ENTRANCE, OK)
ARTIFACT_RESPONSE = ArtifactResponse(an_id(8), "2.0", NOW, RESOLVE.id, ENTRANCE, OK, RESPONSE)
LOGOUT_REQUEST = LogoutRequest(
    an_id(9),
    "2.0",
    NOW,
    "https://entrance.example/request_logout",
    PROVIDER,
    name_id=DELIVERED.name_id,
    session_indexes=(DELIVERED.name_id,),
)
LOGOUT_RESPONSE = LogoutResponse(
    an_id(10), "2.0", NOW, "https://provider.example/logout", LOGOUT_REQUEST.id, ENTRANCE, OK
)

# --- drawn by hypothesis ---

_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters=" ", codec="utf-8")
ids = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,20}", fullmatch=True)
words = st.text(_CHARACTERS, min_size=1, max_size=12)
sentences = (
    st.text(_CHARACTERS | st.sampled_from(" \t\r\n"), min_size=1, max_size=20)
    .map(lambda drawn: drawn.strip(" \t\r\n"))
    .filter(bool)
)
_milliseconds = st.integers(0, 3_000_000_000_000)
instants = _milliseconds.map(lambda drawn: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(milliseconds=drawn))
indexes = st.integers(0, 65535)
encrypted_ids = st.builds(encrypted_id, st.integers(0, 2**64), st.sampled_from(["", "QQ==", "Q\nQ=="]))
statuses = st.builds(Status, sentences, st.none() | sentences, st.none() | sentences)


def few(drawn: st.SearchStrategy[object], least: int = 0) -> st.SearchStrategy[tuple[object, ...]]:
    """Up to three of them."""
    return st.lists(drawn, min_size=least, max_size=3).map(tuple)


def heads(**more: st.SearchStrategy[object]) -> dict[str, st.SearchStrategy[object]]:
    """What every message has."""
    return {"id": ids, "version": sentences, "issue_instant": instants, "issuer": words} | more


assertions = st.builds(
    Assertion,
    **heads(),
    name_id=words,
    name_id_format=st.none() | sentences,
    recipient=sentences,
    in_response_to=ids,
    confirmation_ends=instants,
    confirmation_begins=st.none() | instants,
    not_before=instants,
    not_on_or_after=instants,
    audiences=few(words),
    advice=st.just(()),
    authn_instant=instants,
    session_index=st.none() | sentences,
    class_ref=words,
    authorities=few(words),
    service_uuids=few(words),
    acting=few(encrypted_ids),
    legal=few(encrypted_ids),
    concerned_kvk=few(encrypted_ids),
    representation_types=few(words),
)


def authn_requests(idp_assertions: st.SearchStrategy[bytes]) -> st.SearchStrategy[AuthnRequest]:
    """Requests that bring such assertions."""
    drawn = st.builds(
        AuthnRequest,
        **heads(destination=st.none() | sentences),
        issuer_qualified=st.just(False),
        force_authn=st.booleans(),
        is_passive=st.booleans(),
        acs_index=st.none() | indexes,
        acs_url=st.none() | sentences,
        protocol_binding=st.none() | sentences,
        service_index=st.none() | indexes,
        has_extensions=st.just(False),
        audiences=few(words),
        services=few(words),
        idp_assertions=few(idp_assertions),
        has_subject=st.just(False),
        has_conditions=st.just(False),
        requested_context=st.none()
        | st.builds(
            RequestedContext, st.sampled_from(["exact", "minimum", "better", "maximum"]), few(words, 1)
        ),
        scoping=st.none() | st.builds(Scoping, st.none() | few(sentences, 1), few(words)),
    )
    return drawn.map(
        lambda value: replace(
            value, has_extensions=bool(value.audiences or value.services or value.idp_assertions)
        )
    )


def responses(embedded: st.SearchStrategy[bytes]) -> st.SearchStrategy[Response]:
    """Responses that hold such assertions."""
    return st.builds(
        Response,
        **heads(in_response_to=st.none() | ids, destination=st.none() | sentences),
        status=statuses,
        signed=st.just(False),
        assertions=few(embedded),
        has_encrypted_assertion=st.just(False),
    )


def artifact_responses(embedded: st.SearchStrategy[bytes]) -> st.SearchStrategy[ArtifactResponse]:
    """ArtifactResponses with and without a Response."""
    return st.builds(
        ArtifactResponse,
        **heads(in_response_to=st.none() | ids),
        status=statuses,
        response=st.none() | responses(embedded),
    )


resolves = st.builds(ArtifactResolve, **heads(destination=st.none() | sentences, artifact=sentences))
logout_requests = st.builds(
    LogoutRequest,
    **heads(destination=st.none() | sentences),
    not_on_or_after=st.none() | instants,
    has_not_on_or_after=st.just(False),
    name_id=words,
    session_indexes=few(words),
).map(lambda value: replace(value, has_not_on_or_after=value.not_on_or_after is not None))
logout_responses = st.builds(
    LogoutResponse,
    **heads(destination=st.none() | sentences, in_response_to=st.none() | ids),
    status=statuses,
)
