"""Connection data: why a log-in was refused in pre-production, and whose certificate we show (CN-3)."""

import base64
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography.x509.oid import NameOID
from django.test import Client

from tests.accounts import log_in, make_account, make_organisation
from tests.interfaces.saml import asking, parties
from tests.portals.organisation import walking
from volmacht import clock
from volmacht.keystore import KeyUse, OwnEntity, announce
from volmacht.logins.models import TestRefusal
from volmacht.logins.operations import note_refusal, sweep_refusals
from volmacht.logins.queries import refusals_in_test
from volmacht.pki import Purpose
from volmacht.protocols.saml import building
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

HERE = Environment.PREPRODUCTION
PATH = {
    HERE: "/preprod/saml/entrance/request_authentication",
    Environment.PRODUCTION: "/saml/entrance/request_authentication",
}


@pytest.fixture
def testing(member: Client, authority: Path) -> str:
    """A case that tests itself, with metadata in force."""
    number = walking.start(member)
    walking.first_form(member, number)
    walking.second_form(member, number)
    return number


def data_page(number: str) -> str:
    """Its connection data."""
    return f"/organisatie/dossiers/{number}/gegevens/preproductie/"


def ask(member: Client, number: str, environment: Environment) -> int:
    """A log-in signed with a key that is not in the metadata."""
    strange = walking.all_keys(member, number)["signing"]
    message = building.authn_request(asking.request(walking.entity_id()), strange)
    body = urlencode({"SAMLRequest": base64.b64encode(message).decode()})
    answer = Client().post(PATH[environment], body, content_type="application/x-www-form-urlencoded")
    return answer.status_code


def test_a_log_in_with_a_key_that_is_not_known_is_told_with_its_rule(member: Client, testing: str) -> None:
    assert "weigerden wij geen bericht" in member.get(data_page(testing)).text
    assert ask(member, testing, HERE) == 400
    page = member.get(data_page(testing)).text
    assert "een sleutel die niet in uw metadata staat" in page
    assert "ST-07 (key-unknown)" in page
    assert "Het is niet zeker dat dit bericht van u kwam." in page
    assert "a key that is not in your metadata" in member.get(f"/en{data_page(testing)}").text


def test_who_issued_the_certificate_of_the_back_channel_is_told(member: Client, testing: str) -> None:
    assert "Uitgever van het certificaat" not in member.get(data_page(testing)).text, "there is no key yet"
    issued = parties.issued(parties.OWN_OIN, Purpose.TLS_SERVER, 0)
    announce(
        HERE,
        OwnEntity.ENTRANCE,
        KeyUse.SERVER,
        key=issued.own_key,
        chain=issued.intermediates,
        oin=Oin(parties.OWN_OIN),
        now=clock.wall_clock(),
    )
    (issuer,) = issued.own_key.certificate.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    page = member.get(data_page(testing)).text
    assert "Uitgever van het certificaat op dat adres" in page
    assert str(issuer.value) in page


def test_production_keeps_nothing_and_an_outsider_sees_nothing(member: Client, testing: str) -> None:
    ask(member, testing, Environment.PRODUCTION)
    assert not TestRefusal.objects.exists()
    ask(member, testing, HERE)
    outsider = make_account("ander@elders.example", "Anna Ander")
    make_organisation(outsider, oin="00000003900000030000", name="Gemeente Elders", kvk="90000003")
    other = Client()
    log_in(other, outsider)
    assert other.get(data_page(testing)).status_code == 404


def test_the_last_twenty_are_kept_for_a_week_and_of_known_connections_only(
    member: Client, testing: str
) -> None:
    connection = walking.entity_id()
    for number in range(25):
        note_refusal(HERE, connection=connection, rule="ST-07", why=f"{number}")
    note_refusal(HERE, connection=walking.entity_id(9777), rule="ST-07")
    assert TestRefusal.objects.count() == 20
    assert [one.why for one in refusals_in_test(connection)][:2] == ["24", "23"]
    TestRefusal.objects.update(refused_at=clock.wall_clock() - timedelta(days=7, seconds=1))
    assert refusals_in_test(connection) == ()
    assert sweep_refusals() == 20
    assert sweep_refusals() == 0


def test_what_only_claims_to_be_of_a_connection_pushes_out_nothing_that_was_proven(
    member: Client, testing: str
) -> None:
    own = walking.entity_id()
    note_refusal(HERE, connection=own, rule="ST-26")
    for _ in range(25):
        note_refusal(HERE, connection=own, rule="ST-07", claimed=True)
    found = refusals_in_test(own)
    assert [one.rule for one in found if not one.claimed] == ["ST-26"]
    assert len(found) == 21
