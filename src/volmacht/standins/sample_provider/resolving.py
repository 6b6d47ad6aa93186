"""Hands in the artifact with which the browser came back, and judges the answer (AB-07 to AB-27, RS-11, TL-05).

The call goes from our server to Volmacht's, over TLS with a certificate on both sides. An artifact works once.
"""

import ssl
from functools import cache

import httpx

from volmacht import clock
from volmacht.pki import pem_of
from volmacht.protocols import soap
from volmacht.protocols.saml import building
from volmacht.protocols.saml.artifacts import read_artifact
from volmacht.protocols.saml.handling.answers import (
    Answered,
    AnswerRefused,
    Expected,
    Kind,
    NotAnswered,
    read_answer,
)
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.messages import ArtifactResolve
from volmacht.protocols.saml.signing import new_id
from volmacht.standins.pem_files import KeyFileProblem, pem_pair
from volmacht.standins.sample_provider import own_entity, settings, volmacht_documents
from volmacht.standins.sample_provider.asking import Asked
from volmacht.standins.sample_provider.endings import Ending, NotLoggedIn

TIME_OUT = httpx.Timeout(10.0, connect=3.0)


def resolve(artifact: str, asked: Asked) -> Answered | NotAnswered:
    """The answer to what we asked. Raises NotLoggedIn, VolmachtNotThere."""
    entrance = volmacht_documents.entrance()
    location = _resolution_address(artifact, entrance)
    message = ArtifactResolve(
        id=new_id(),
        version="2.0",
        issue_instant=clock.wall_clock(),
        destination=location,
        issuer=own_entity.ENTITY_ID,
        artifact=artifact,
    )
    body = _call(location, soap.envelope(building.artifact_resolve(message, own_entity.keys().signing)))
    try:
        return read_answer(body, expected=_expected(asked, message, entrance), now=clock.wall_clock())
    except AnswerRefused as refused:
        raise NotLoggedIn(Ending.FAILED, f"the answer is discarded: {refused.fault}") from refused


def _expected(asked: Asked, resolve: ArtifactResolve, entrance: Peer) -> Expected:
    """The answer must be for us, about this service, to this very request, and readable by us."""
    return Expected(
        kind=Kind.ENTRANCE,
        issuer=entrance.entity.entity_id,
        keys=entrance.entity.signing,
        resolve_id=resolve.id,
        request_id=asked.request_id,
        consumer=own_entity.CONSUMER,
        audiences=(own_entity.ENTITY_ID,),
        service_uuid=asked.service_uuid,
        representation=asked.for_somebody_else,
        readable_for=(own_entity.ENTITY_ID,),
    )


def _resolution_address(artifact: str, entrance: Peer) -> str:
    """Which of the entrance's addresses the artifact names (AB-07). Raises NotLoggedIn."""
    read = read_artifact(artifact)
    endpoint = entrance.entity.resolution(read.index) if read else None
    if read is None or endpoint is None or not read.is_from(entrance.entity.entity_id):
        raise NotLoggedIn(Ending.FAILED, "this is no artifact of the entrance")
    return endpoint.location


def _call(location: str, message: bytes) -> bytes:
    try:
        with httpx.Client(verify=tls(), timeout=TIME_OUT, trust_env=False) as client:
            response = client.post(location, content=message, headers=soap.HEADERS)
    except httpx.HTTPError as problem:
        raise NotLoggedIn(
            Ending.FAILED, f"the back channel cannot be reached: {type(problem).__name__}"
        ) from problem
    if response.status_code != httpx.codes.OK:
        raise NotLoggedIn(Ending.FAILED, f"the back channel says {response.status_code}")
    return response.content


@cache
def tls() -> ssl.SSLContext:
    """TLS 1.2 or later; we show our certificate and believe our own authorities only. Raises KeyFileProblem."""
    context = ssl.create_default_context(cadata=pem_of(*own_entity.trust().anchors).decode("ascii"))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # a pinned authority need not be a root
    certificate, key = pem_pair(settings.VOORBEELD_KEYS, "tls")
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as problem:
        raise KeyFileProblem(f"{certificate}: no usable tls key: {problem}") from problem
    return context
