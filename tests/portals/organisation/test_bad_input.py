"""What is wrong gets a clear answer, and nothing typed is lost (CN-2, CN-14)."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_pem_x509_certificate
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.accounts import Somebody, join, log_in, make_account
from tests.portals.organisation import walking
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.keystore.certifying import certify
from volmacht.limits.operations import LIMITS, Limit, Limited
from volmacht.onboarding.models import Case, FormAnswers, StoredFile
from volmacht.parties.models import ConnectingOrganisation, Invitation
from volmacht.parties.queries import connecting_organisation
from volmacht.pki import Organisation, Purpose, pem_of
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin
from volmacht.rules.roles import MemberRole

pytestmark = pytest.mark.usefixtures("authority")


@pytest.fixture
def number(member: Client) -> str:
    """An application that is being prepared."""
    return walking.start(member)


@pytest.fixture
def second(member: Client, number: str) -> str:
    """An application whose form for pre-production is to be filled in, with service and connection."""
    walking.first_form(member, number)
    walking.add_service(member, number)
    connection = {"connection_kind": "own", "entity_id": walking.entity_id()}
    walking.good(walking.fill_in(member, number, "preproduction", "connection", connection), number)
    return number


def test_a_page_that_is_not_complete_is_saved_and_says_what_is_missing(member: Client, number: str) -> None:
    answer = walking.fill_in(member, number, "application", "organisation", {"public_task": "Parkeren"})
    assert answer.status_code == 303
    page = member.get(answer["Location"])
    assert page.status_code == 400
    assert "Er is iets niet goed ingevuld" in page.content.decode()
    assert FormAnswers.objects.get(page="organisation").answers == {"public_task": "Parkeren"}
    again = member.get(f"/organisatie/dossiers/{number}/formulier/application/organisation/")
    assert "Parkeren" in again.content.decode()


def test_a_wrong_answer_is_kept_as_it_was_typed(member: Client, number: str) -> None:
    wrong = {**walking.CONTACTS, "technical_email": "geen adres"}
    answer = walking.fill_in(member, number, "application", "contacts", wrong)
    page = walking.shown(member, answer)
    assert "geen adres" in page
    assert "Vul een heel e-mailadres in" in page


def test_what_a_colleague_saved_is_not_overwritten_and_both_are_shown(
    member: Client, number: str, signatory: Somebody, organisation: UUID
) -> None:
    colleague = make_account("petra@testdam.example", "Petra")
    join(colleague, organisation, MemberRole.PROJECT_LEADER, by=signatory)
    other = Client()
    log_in(other, colleague)
    theirs = {**walking.ORGANISATION, "public_task": "Water en wegen"}
    walking.good(walking.fill_in(other, number, "application", "organisation", theirs), number)
    answer = walking.fill_in(member, number, "application", "organisation", walking.ORGANISATION)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Petra heeft deze pagina net opgeslagen" in page
    assert "Water en wegen" in page
    assert "Parkeren" in page
    assert FormAnswers.objects.get(page="organisation").answers["public_task"] == "Water en wegen"
    walking.good(
        walking.fill_in(member, number, "application", "organisation", walking.ORGANISATION, version=1),
        number,
    )
    assert FormAnswers.objects.get(page="organisation").answers["public_task"] == "Parkeren"


def test_a_service_that_a_colleague_added_stays_when_one_adds_another(
    member: Client, second: str, signatory: Somebody, organisation: UUID
) -> None:
    address = f"/organisatie/dossiers/{second}/formulier/preproduction/services/lijst/"
    version = member.get(address).context["version"]
    walking.add_service(member, second, name="Kapvergunning")
    late = member.post(f"{address}0/", {**walking.SERVICE, "name": "Rijbewijs", "versie": str(version)})
    assert late.status_code == 409
    assert "Kapvergunning" in late.content.decode()
    names = [row["name"] for row in FormAnswers.objects.get(page="services").answers]
    assert names == ["Parkeervergunning", "Kapvergunning"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"dit is geen xml", "Dit soort bestand nemen wij niet aan"),
        (b"", "Dit bestand is leeg"),
        (b"<a>", "Dit is geen goede XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "Er staat een DOCTYPE in"),
        (b"<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata'/>", "Fout"),
    ],
)
def test_metadata_that_is_wrong_is_told_at_once(member: Client, second: str, data: bytes, says: str) -> None:
    address = f"/organisatie/dossiers/{second}/metadata/"
    answer = member.post(address, {"document": SimpleUploadedFile("metadata.xml", data)})
    assert says in walking.shown(member, answer)


def test_a_case_tells_how_it_stands_with_its_metadata(member: Client, number: str) -> None:
    def told() -> list[object]:
        pages = (member.get(f"/organisatie/dossiers/{number}/{page}") for page in ("", "nakijken/"))
        return [page.context["metadata"] for page in pages]

    assert told() == [None, None]
    walking.first_form(member, number)
    assert told() == ["missing", "missing"]
    assert (
        "U gaf nog geen metadata" in member.get(f"/organisatie/dossiers/{number}/nakijken/").content.decode()
    )
    connection = {"connection_kind": "own", "entity_id": walking.entity_id()}
    walking.good(walking.fill_in(member, number, "preproduction", "connection", connection), number)
    walking.give_metadata(member, number, walking.metadata(walking.all_keys(member, number), index=9002))
    assert told() == ["faulty", "faulty"]
    walking.give_metadata(member, number, walking.metadata(walking.all_keys(member, number)), "good.xml")
    assert told() == ["good", "good"]


def test_metadata_with_a_certificate_of_the_other_environment_is_told(member: Client, second: str) -> None:
    keys = walking.all_keys(member, second, "productie")
    found = walking.give_metadata(member, second, walking.metadata(keys))
    assert "Dit certificaat komt niet van een uitgever die in deze omgeving telt" in found
    assert "Dit document is nog niet goed" in found


def test_metadata_of_another_entity_and_changed_after_signing_is_told(member: Client, second: str) -> None:
    keys = walking.all_keys(member, second)
    found = walking.give_metadata(member, second, walking.metadata(keys, index=9002))
    assert "Het entityID" in found
    changed = walking.metadata(keys).replace(b"dienst.testdam", b"kwaad.testdam")
    assert "De handtekening klopt niet" in walking.give_metadata(member, second, changed, "b.xml")


def test_an_entity_id_of_another_or_malformed_is_told_at_its_field(member: Client, second: str) -> None:
    for wrong in (walking.entity_id(9001, "00000003900000020000"), "urn:iets"):
        connection = {"connection_kind": "own", "entity_id": wrong}
        answer = walking.fill_in(member, second, "preproduction", "connection", connection, version=9)
        version = FormAnswers.objects.get(page="connection").version
        answer = walking.fill_in(member, second, "preproduction", "connection", connection, version=version)
        assert "Deze entity-id past niet" in walking.shown(member, answer), wrong


def test_a_file_that_is_too_large_is_told(member: Client, second: str) -> None:
    large = SimpleUploadedFile("metadata.xml", b"<a>" + b" " * (12 * 1024 * 1024) + b"</a>")
    answer = member.post(f"/organisatie/dossiers/{second}/metadata/", {"document": large})
    assert answer.status_code == 413
    assert "10 MB" in answer.content.decode()


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (b"niets", "certificaataanvraag (CSR)"),
        (walking.key_and_request("00000003900000020000")[1], "andere organisatie"),
    ],
    ids=["no-request", "other-oin"],
)
def test_a_signing_request_that_is_wrong_is_told(
    member: Client, number: str, request_: bytes, says: str
) -> None:
    answer = member.post(
        f"/organisatie/dossiers/{number}/certificaat/preproductie/",
        {"purpose": "signing", "request": SimpleUploadedFile("a.csr", request_)},
    )
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_a_wrong_level_adds_no_line_to_the_settings_of_a_sample_service(member: Client, second: str) -> None:
    wrong = {**walking.SERVICE, "minimum_level": '20\nvolmacht = "https://ergens.example"'}
    member.post(
        f"/organisatie/dossiers/{second}/formulier/preproduction/services/lijst/0/", {**wrong, "versie": "1"}
    )
    answer = member.get(f"/organisatie/dossiers/{second}/metadata/service.toml")
    read = tomllib.loads(answer.content.decode())
    assert [service["level"] for service in read["service"]] == [20, 20]
    assert "ergens.example" not in answer.content.decode()


@pytest.mark.parametrize("environment", Environment)
def test_only_a_certificate_of_production_proves_an_organisation(
    member: Client, organisation: UUID, environment: Environment
) -> None:
    ConnectingOrganisation.objects.update(proven_at=None)
    key, request = walking.key_and_request()
    certificate = certify(
        request,
        Organisation("Gemeente Testdam", Oin(walking.OIN)),
        Purpose.SIGNING,
        environment=environment,
        now=clock.wall_clock(),
    )
    member.post("/account/organisatie/bewijs/tekst/")
    text = member.get("/account/organisatie/bewijs/challenge.txt").content
    signature = key.sign(text, PKCS1v15(), SHA256())
    files = {
        "handtekening": SimpleUploadedFile("challenge.sig", signature),
        "certificaat": SimpleUploadedFile("certificate.pem", certificate),
    }
    walking.shown(member, member.post("/account/organisatie/bewijs/", files))
    known = connecting_organisation(organisation)
    assert known is not None
    assert known.proven is (environment is Environment.PRODUCTION)


def test_who_fetches_metadata_very_often_must_wait(
    member: Client, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, Limited.FETCH_PER_ORGANISATION, Limit(2, timedelta(minutes=10)))
    connection = {
        "connection_kind": "own",
        "entity_id": walking.entity_id(),
        "metadata_address": "https://localhost:1/metadata.xml",
    }
    walking.fill_in(member, second, "preproduction", "connection", connection, version=1)
    address = f"/organisatie/dossiers/{second}/metadata/ophalen/"
    assert [member.post(address).status_code for _ in range(3)] == [302, 302, 429]


def test_who_invites_very_many_must_wait(member: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, Limited.INVITE_PER_ORGANISATION, Limit(2, timedelta(hours=1)))
    for number in range(3):
        asked = {"email": f"vreemde{number}@ergens.example", "roles": ["reader"]}
        answer = member.post("/organisatie/medewerkers/uitnodigen/", asked)
    assert "U hebt het te vaak geprobeerd" in walking.shown(member, answer)
    assert Invitation.objects.count() == 2


def test_who_asks_the_desk_very_much_must_wait_and_loses_nothing(
    member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, Limited.QUESTION_PER_ACCOUNT, Limit(2, timedelta(hours=1)))
    for number in range(3):
        answer = member.post("/organisatie/vraag/", {"subject": f"Vraag {number}", "text": "Hoe moet dat?"})
    page = walking.shown(member, answer)
    assert "U hebt het te vaak geprobeerd" in page
    assert "Vraag 2" in page
    assert Case.objects.filter(kind="question").count() == 2


def certified(member: Client, number: str, request: bytes, purpose: str = "signing") -> bytes:
    """What the page gives for a request."""
    answer = member.post(
        f"/organisatie/dossiers/{number}/certificaat/preproductie/",
        {"purpose": purpose, "request": SimpleUploadedFile("a.csr", request)},
    )
    assert answer.status_code == 200, answer.content.decode()
    return answer.content


def test_one_signing_request_gives_one_certificate_however_often_it_is_sent(
    member: Client, number: str, organisation: UUID
) -> None:
    request = walking.key_and_request(walking.OIN)[1]
    first = certified(member, number, request)
    assert certified(member, number, request) == first
    assert certified(member, number, request, "encryption") != first, "for another purpose it is another"
    assert certified(member, number, walking.key_and_request(walking.OIN)[1]) != first
    assert StoredFile.objects.filter(kind="certificate").count() == 3
    issued = [one for one in history_about(organisation) if one.kind is EventKind.CERTIFICATE_ISSUED]
    assert len(issued) == 3
    made = load_pem_x509_certificate(first)
    assert issued[0].data == {
        "environment": "preproduction",
        "purpose": "signing",
        "sha256": made.fingerprint(SHA256()).hex(),
    }


def test_a_certificate_that_ended_is_made_anew(member: Client, number: str) -> None:
    key, request = walking.key_and_request(walking.OIN)
    certified(member, number, request)
    name = StoredFile.objects.get(kind="certificate").name
    answer = member.post("/organisatie/vraag/", {"subject": "Certificaat", "text": "Hoe lang geldt het?"})
    assert answer.status_code == 302
    other = Case.objects.get(kind="question").number
    past = datetime(2020, 1, 1, tzinfo=UTC)
    ended = x509.CertificateBuilder(
        x509.Name([]), x509.Name([]), key.public_key(), 1, past, past + timedelta(days=1)
    ).sign(key, SHA256())
    StoredFile.objects.create(
        case=Case.objects.get(number=other),
        kind="certificate",
        name=name,
        size=1,
        content=pem_of(ended),
        side="system",
        uploaded_at=clock.now(),
    )
    made = load_pem_x509_certificate(certified(member, other, request))
    assert made.not_valid_after_utc > clock.wall_clock()


def test_handing_in_what_is_not_complete_says_so(member: Client, number: str) -> None:
    page = walking.hand_in(member, number)
    assert "Het formulier is nog niet af" in page
    assert Case.objects.get(number=number).state == "preparing"


def test_a_second_application_is_refused_and_leads_to_the_first(member: Client, number: str) -> None:
    page = walking.shown(member, member.post("/organisatie/aanvraag/"))
    assert "Er loopt al een aanvraag" in page
    assert number in page


def test_a_new_service_needs_a_connection(member: Client) -> None:
    assert "nog niet aangesloten" in member.get("/organisatie/nieuwe-dienst/").content.decode()
    page = walking.shown(member, member.post("/organisatie/nieuwe-dienst/"))
    assert "Uw organisatie is nog niet aangesloten" in page


def test_the_answers_of_a_plan_go_along(member: Client, authority: Path) -> None:
    query = (
        "?verantwoordelijk=team&diensten=3&moment=vooraf&maanden=6&berichtenbox=ja&nabestaanden=nee"
        "&leverancier=nee&start_day=1&start_month=2&start_year=2027"
    )
    assert "Deze antwoorden gaan mee" in member.get(f"/organisatie/aanvraag/{query}").content.decode()
    walking.start(member, query)
    carried = FormAnswers.objects.get(page="choices").answers
    assert (carried["services_per_code"], carried["code_moment"]) == (3, "before_login")
