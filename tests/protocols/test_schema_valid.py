"""Every message that is built is valid against the schema, and foreign libraries read it as it is meant (TC-29)."""

import base64
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from saml2 import samlp

from tests.protocols.foreign_assertions import foreign_assertion
from tests.protocols.keyring import NOW, own_key
from tests.protocols.message_values import (
    ARTIFACT_RESPONSE,
    AUTHENTICATION,
    AUTHN_REQUEST,
    CONSUMER,
    DELIVERED,
    ENTRANCE,
    FROM_AUTHENTICATION,
    FROM_REPRESENTATION,
    LOGOUT_REQUEST,
    LOGOUT_RESPONSE,
    PROVIDER,
    REPRESENTATION,
    RESOLVE,
    RESPONSE,
    SERVICE,
)
from tests.protocols.message_values import (
    encrypted_id as sample_encrypted_id,
)
from volmacht.protocols.saml import building
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.encryption import Identifier, encrypted_id
from volmacht.protocols.saml.keys import OwnKey, RecipientKey
from volmacht.protocols.saml.messages import RequestedContext, Scoping, Status
from volmacht.protocols.saml.status import LogoutOutcome, Outcome, ResolveOutcome
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.names import LEGACY_BSN
from volmacht.protocols.xml.schemas import Schema, validate

KEY = own_key("entrance")
CERTIFICATE = KEY.certificate.public_bytes(Encoding.PEM).decode()
EVIDENCE = (
    building.assertion(FROM_AUTHENTICATION, own_key("authentication")),
    building.assertion(FROM_REPRESENTATION, own_key("representation")),
)
DELIVERED_RESPONSE = replace(
    RESPONSE, assertions=(building.assertion(replace(DELIVERED, advice=EVIDENCE), KEY),)
)


def expect_valid(message: bytes) -> None:
    """Through the gate, ids and all, and against the schema."""
    validate(gate.read(message, gate.ARTIFACT_RESPONSE), Schema.PROTOCOL)


REQUESTS = {
    "by extensions": AUTHN_REQUEST,
    "by service index": replace(
        AUTHN_REQUEST, has_extensions=False, audiences=(), services=(), service_index=1
    ),
    "forced, with everything": replace(
        AUTHN_REQUEST,
        force_authn=True,
        acs_index=65535,
        idp_assertions=(EVIDENCE[0],),
        requested_context=RequestedContext("minimum", ("http://eidas.europa.eu/LoA/high",)),
        scoping=Scoping((AUTHENTICATION, REPRESENTATION), (REPRESENTATION,)),
    ),
    "by URL": replace(
        AUTHN_REQUEST, acs_index=None, acs_url=CONSUMER, protocol_binding="urn:x", scoping=None
    ),
}


@pytest.mark.parametrize("form", REQUESTS, ids=str)
def test_an_authn_request_is_valid(form: str) -> None:
    expect_valid(building.authn_request(REQUESTS[form], KEY))


def test_an_artifact_resolve_is_valid() -> None:
    expect_valid(building.artifact_resolve(RESOLVE, KEY))


@pytest.mark.parametrize("more", [{"session_indexes": ()}, {"not_on_or_after": NOW}, {}], ids=str)
def test_a_logout_request_is_valid(more: dict[str, Any]) -> None:
    expect_valid(building.logout_request(replace(LOGOUT_REQUEST, **more), KEY))


ASSERTIONS = {
    "own behalf": replace(DELIVERED, legal=(), authorities=(AUTHENTICATION,)),
    "on behalf": replace(DELIVERED, advice=EVIDENCE),
    "legal representation": replace(
        DELIVERED, representation_types=("urn:nl-eid-gdi:1.1:RT:Zorg_Volledig_Gezag_Kind",)
    ),
    "authentication service": FROM_AUTHENTICATION,
    "representation service": FROM_REPRESENTATION,
    "organisation": replace(
        FROM_AUTHENTICATION, concerned_kvk=(sample_encrypted_id(200),), session_index=None
    ),
    "foreign evidence with types": replace(
        DELIVERED,
        advice=(serialised(gate.parsed(foreign_assertion(own_key("authentication"), prefix="saml2"))),),
    ),
}


@pytest.mark.parametrize("form", ASSERTIONS, ids=str)
def test_an_assertion_is_valid_by_itself_and_in_its_answer(form: str) -> None:
    assertion = building.assertion(ASSERTIONS[form], KEY)
    expect_valid(assertion)

    inner = replace(RESPONSE, assertions=(assertion,))
    expect_valid(building.response(inner))
    expect_valid(building.artifact_response(replace(ARTIFACT_RESPONSE, response=inner), KEY))


@pytest.mark.parametrize("situation", [*Outcome, *ResolveOutcome, *LogoutOutcome], ids=str)
def test_an_answer_with_any_status_is_valid(situation: Outcome | ResolveOutcome | LogoutOutcome) -> None:
    status: Status = situation.status()

    expect_valid(
        building.artifact_response(
            replace(ARTIFACT_RESPONSE, status=status, response=replace(RESPONSE, status=status)), KEY
        )
    )
    expect_valid(building.artifact_response(replace(ARTIFACT_RESPONSE, status=status, response=None), KEY))
    expect_valid(building.logout_response(replace(LOGOUT_RESPONSE, status=status), KEY))


# --- foreign eyes ---


def test_python3_saml_reads_both_persons_meant_for_the_provider() -> None:
    provider_key = own_key("provider encryption")
    acting, legal = (
        serialised(
            encrypted_id(Identifier(LEGACY_BSN, bsn), [RecipientKey(PROVIDER, provider_key.published())])
        )
        for bsn in ("999992545", "999999047")
    )
    value = replace(DELIVERED, advice=EVIDENCE, acting=(acting,), legal=(legal,))
    message = building.response(replace(RESPONSE, assertions=(building.assertion(value, KEY),)))

    response = OneLogin_Saml2_Response(
        python3_saml_settings(provider_key), base64.b64encode(message).decode()
    )

    response.check_status()
    attributes = response.get_attributes()
    assert response.get_in_response_to() == AUTHN_REQUEST.id
    assert response.get_issuers() == [ENTRANCE]
    assert response.get_audiences() == [PROVIDER]
    assert (response.get_nameid(), response.get_session_index()) == (DELIVERED.name_id, DELIVERED.name_id)
    assert response.get_authn_contexts() == [DELIVERED.class_ref]
    assert attributes["urn:nl-eid-gdi:1.0:ServiceUUID"] == [SERVICE]
    assert attributes["urn:nl-eid-gdi:1.0:ActingSubjectID"][0]["NameID"]["value"] == "999992545"
    assert attributes["urn:nl-eid-gdi:1.0:LegalSubjectID"][0]["NameID"]["value"] == "999999047"


def python3_saml_settings(provider_key: OwnKey) -> OneLogin_Saml2_Settings:
    """The provider as python3-saml knows itself."""
    private_key = provider_key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    consumer = {"url": CONSUMER}
    return OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": {
                "entityId": PROVIDER,
                "assertionConsumerService": consumer,
                "privateKey": private_key.decode(),
            },
            "idp": {"entityId": ENTRANCE, "singleSignOnService": {"url": "https://entrance.example/"}},
        }
    )


@pytest.mark.parametrize(
    ("message", "path"),
    [
        (building.authn_request(AUTHN_REQUEST, KEY), "/samlp:AuthnRequest/ds:Signature"),
        (building.artifact_resolve(RESOLVE, KEY), "/samlp:ArtifactResolve/ds:Signature"),
        (building.logout_request(LOGOUT_REQUEST, KEY), "/samlp:LogoutRequest/ds:Signature"),
        (building.logout_response(LOGOUT_RESPONSE, KEY), "/samlp:LogoutResponse/ds:Signature"),
        (
            building.artifact_response(replace(ARTIFACT_RESPONSE, response=DELIVERED_RESPONSE), KEY),
            "/samlp:ArtifactResponse/ds:Signature",
        ),
        (building.response(DELIVERED_RESPONSE), "/samlp:Response/saml:Assertion/ds:Signature"),
    ],
    ids=[
        "AuthnRequest",
        "ArtifactResolve",
        "LogoutRequest",
        "LogoutResponse",
        "ArtifactResponse",
        "Assertion",
    ],
)
def test_python3_saml_verifies_each_signature(message: bytes, path: str) -> None:
    assert OneLogin_Saml2_Utils.validate_sign(message, cert=CERTIFICATE, xpath=path)


def test_pysaml2_reads_our_request() -> None:
    request = samlp.authn_request_from_string(
        building.authn_request(REQUESTS["forced, with everything"], KEY)
    )

    assert request.verify()
    assert (request.id, request.issuer.text.strip()) == (AUTHN_REQUEST.id, PROVIDER)
    assert (request.assertion_consumer_service_index, request.force_authn) == ("65535", "true")
    assert [entry.provider_id for entry in request.scoping.idp_list.idp_entry] == [
        AUTHENTICATION,
        REPRESENTATION,
    ]
    assert [one.text for one in request.scoping.requester_id] == [REPRESENTATION]
    assert [one.attributes["Name"] for one in request.extensions.extension_elements] == [
        "urn:nl-eid-gdi:1.0:IntendedAudience",
        "urn:nl-eid-gdi:1.0:ServiceUUID",
        "urn:nl-eid-gdi:1.0:IdpAssertion",
    ]


def test_pysaml2_reads_our_answer() -> None:
    response = samlp.response_from_string(building.response(DELIVERED_RESPONSE))
    (assertion,) = response.assertion
    values = {one.name: one.attribute_value for one in assertion.attribute_statement[0].attribute}

    assert response.verify()
    assert response.status.status_code.value == RESPONSE.status.top
    assert [audience.text for audience in assertion.conditions.audience_restriction[0].audience] == [PROVIDER]
    assert [one.issuer.text for one in assertion.advice.assertion] == [AUTHENTICATION, REPRESENTATION]
    assert len(values["urn:nl-eid-gdi:1.0:LegalSubjectID"]) == 2
    assert "EncryptedID" in str(values["urn:nl-eid-gdi:1.0:ActingSubjectID"][0])
