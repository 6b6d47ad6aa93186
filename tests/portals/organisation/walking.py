"""Walking through the portal of organisations as its members do: fill in forms, give metadata, sign, hand in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from volmacht import clock
from volmacht.pki import certificates_from, pem_of
from volmacht.protocols.saml.entity_ids import EntityId, Role
from volmacht.protocols.saml.keys import OwnKey, key_name
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.writing import sp_metadata
from volmacht.rules.identifiers import Oin

OIN = "00000003900000010000"
CHOICES = {
    "lead": "team",
    "services_per_code": "1",
    "code_moment": "during_login",
    "validity_months": "24",
    "message_box": "nee",
    "survivors": "nee",
    "supplier": "nee",
}
ORGANISATION = {
    "public_task": "Parkeren",
    "legal_basis": "Gemeentewet",
    "website": "https://www.testdam.example",
}
CONTACTS = {
    key: value
    for who in ("project_leader", "functional", "technical", "security")
    for key, value in ((f"{who}_name", "Iemand"), (f"{who}_email", f"{who}@testdam.example"))
}
SERVICE = {
    "name": "Parkeervergunning",
    "website": "https://www.testdam.example/parkeren",
    "description": "Een vergunning om te parkeren.",
    "explanation": "Aanvragen, wijzigen en stopzetten.",
    "minimum_level": "20",
    "representative_kind": "burger",
    "request_days": "90",
    "minimum_age": "18",
}


def entity_id(index: int = 9001, oin: str = OIN) -> str:
    """Ours."""
    return str(EntityId(Role.DV, Oin(oin), index))


def shown(client: Client, response: Any) -> str:
    """The page that an answer leads to."""
    while response.status_code in {302, 303}:
        response = client.get(response["Location"])
    assert response.status_code < 500
    return str(response.content.decode())


def start(client: Client, query: str = "") -> str:
    """Start an application; its number."""
    made = client.post(f"/organisatie/aanvraag/{query}")
    assert made.status_code == 302, made.content[:2000]
    return str(made["Location"]).rstrip("/").rpartition("/")[2]


def fill_in(
    client: Client, number: str, form: str, page: str, answers: Mapping[str, str], version: int = 0
) -> Any:
    """Save one page of a form."""
    return client.post(
        f"/organisatie/dossiers/{number}/formulier/{form}/{page}/", {**answers, "versie": str(version)}
    )


def good(response: Any, number: str) -> None:
    """It was saved, and on we go."""
    assert response.status_code == 302, response.content.decode()[:3000]
    assert response["Location"].rstrip("/").endswith(number), response["Location"]


def hand_in(client: Client, number: str) -> str:
    """Hand it in; the page of the case after that."""
    return shown(client, client.post(f"/organisatie/dossiers/{number}/indienen/"))


def sign(client: Client, number: str, version: int = 1) -> str:
    """Sign with the conditions."""
    data = {"name": "Tess Tekent", "function": "Secretaris", "agreed": "on", "read": str(version)}
    return shown(client, client.post(f"/organisatie/dossiers/{number}/tekenen/", data))


def first_form(client: Client, number: str, carried: bool = False) -> None:
    """Everything that step 1 asks, handed in."""
    if not carried:
        good(fill_in(client, number, "application", "choices", CHOICES), number)
    good(fill_in(client, number, "application", "organisation", ORGANISATION), number)
    good(fill_in(client, number, "application", "contacts", CONTACTS), number)
    hand_in(client, number)


def add_service(client: Client, number: str, form: str = "preproduction", **other: str) -> str:
    """A service on the list; its ServiceUUID."""
    address = f"/organisatie/dossiers/{number}/formulier/{form}/services/lijst/"
    page = client.get(address)
    version = page.context["version"]
    made = client.post(f"{address}0/", {**SERVICE, **other, "versie": str(version)})
    assert made.status_code == 302, made.content.decode()[:3000]
    return str(client.get(address).context["rows"][-1]["uuid"])


def key_and_request(oin: str = OIN) -> tuple[RSAPrivateKey, bytes]:
    """A key of our own, and a signing request for it."""
    key = generate_private_key(65537, 2048)
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "dienst"), x509.NameAttribute(NameOID.SERIAL_NUMBER, oin)]
    )
    return key, pem_of(x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, SHA256()))


def certified(client: Client, number: str, purpose: str, environment: str = "preproductie") -> OwnKey:
    """A key with a certificate that the portal gave for it."""
    key, request = key_and_request()
    answer = client.post(
        f"/organisatie/dossiers/{number}/certificaat/{environment}/",
        {"purpose": purpose, "request": SimpleUploadedFile("a.csr", request)},
    )
    assert answer.status_code == 200, answer.content.decode()[:3000]
    assert answer["Content-Disposition"].startswith("attachment"), answer.content.decode()[:3000]
    certificate = certificates_from(answer.content)[0]
    return OwnKey(key, certificate, key_name(certificate))


def metadata(
    keys: Mapping[str, OwnKey], service: str = "", index: int = 9001, until: datetime | None = None
) -> bytes:
    """Our signed document."""
    site = "https://dienst.testdam.example"
    entity = Entity(
        entity_id=entity_id(index),
        role=Role.DV,
        descriptor=Descriptor.SERVICE_PROVIDER,
        oin=Oin(OIN),
        signing=(keys["signing"].published(), keys["tls-client"].published()),
        encryption=(keys["encryption"].published(),),
        single_logout=(Endpoint(None, f"{site}/saml/logout"),),
        assertion_consumers=(Endpoint(0, f"{site}/saml/acs", is_default=True),),
        services=(ServiceReference(0, True, service, (("nl", "Mijn dienst"),)),) if service else (),
    )
    return sp_metadata(
        entity, key=keys["signing"], valid_until=until or clock.wall_clock() + timedelta(days=90)
    )


def give_metadata(client: Client, number: str, data: bytes, name: str = "metadata.xml") -> str:
    """Upload it; the page with what was found."""
    made = client.post(
        f"/organisatie/dossiers/{number}/metadata/", {"document": SimpleUploadedFile(name, data)}
    )
    return shown(client, made)


def all_keys(client: Client, number: str, environment: str = "preproductie") -> dict[str, OwnKey]:
    """One for each purpose."""
    return {
        one: certified(client, number, one, environment) for one in ("signing", "encryption", "tls-client")
    }


def second_form(client: Client, number: str) -> str:
    """Everything that step 2 asks, signed and handed in; the page of the case."""
    service = add_service(client, number)
    connection = {"connection_kind": "own", "entity_id": entity_id()}
    good(fill_in(client, number, "preproduction", "connection", connection), number)
    found = give_metadata(client, number, metadata(all_keys(client, number), service))
    assert "Dit document is goed" in found, found
    sign(client, number)
    return hand_in(client, number)
