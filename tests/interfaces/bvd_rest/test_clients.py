"""Who is nobody here: another's certificate, an old one, one of the other environment (BR-11, RO-03, TL-02, TL-04)."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.interfaces.bvd_rest.entrance import RETURNS, Entrance, fingerprint, in_process, question
from tests.interfaces.saml import parties
from tests.interfaces.saml.asking import ShownCertificate
from tests.interfaces.saml.browsing import Browser
from tests.interfaces.saml.catalogue import PRODUCTION
from tests.protocols.encrypted_ids import PERSON
from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.operations import InvalidContent
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.catalogue.trusting import TRUST
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.logins.models import Transaction
from volmacht.pki import Purpose, Revoked, pem_of, revocation_list
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn

if TYPE_CHECKING:
    from tests.population_register import PopulationRegisterControl

NOBODY = (403, "not-a-client")


def showing(own_id: str, number: int = 0, purpose: Purpose = Purpose.TLS_CLIENT) -> Entrance:
    """Somebody who shows this certificate."""
    certificate = parties.key(parties.oin_of(own_id), purpose, number).certificate
    return Entrance(in_process(ShownCertificate(certificate.public_bytes(Encoding.DER))))


def is_nobody(who: Entrance, browser: Browser) -> bool:
    """Whether both calls are refused alike, and nothing is kept."""
    asked = question(browser.world.daughter.bsn)
    found = {who.initiate(asked).problem, who.retrieve(asked).problem}
    return found == {NOBODY} and not Transaction.objects.exists()


def test_tc_98_who_shows_no_certificate_is_asked_for_one(client_ids: None, browser: Browser) -> None:
    nobody = Entrance(in_process(None))
    answer = nobody.initiate(question(browser.world.daughter.bsn))
    assert answer.problem == (401, "no-certificate")
    assert nobody.get(f"?transactionId={uuid4()}").problem == (401, "no-certificate")


@pytest.mark.parametrize(
    ("own_id", "number", "purpose"),
    [
        (parties.TOWN, 0, Purpose.TLS_CLIENT),  # a connection that may resolve artifacts
        (parties.AD, 3, Purpose.TLS_CLIENT),  # of the client itself, but not pinned
        (parties.AD, 0, Purpose.SIGNING),
    ],
    ids=["another-party", "not-pinned", "not-for-clients"],
)
def test_tc_98_another_certificate_is_that_of_nobody(
    client_ids: None, browser: Browser, own_id: str, number: int, purpose: Purpose
) -> None:
    assert is_nobody(showing(own_id, number, purpose), browser)


def test_a_pinned_certificate_must_be_one_for_clients_of_that_organisation(
    client_ids: None, browser: Browser
) -> None:
    """TL-03: pinning alone is not enough."""
    signing = parties.key(parties.AD_OIN).certificate
    for wrong in (fingerprint(parties.TOWN), signing.fingerprint(SHA256()).hex()):
        browser.world.switch(ChangeKind.CHANGE_CLIENT, f"client {parties.AD}", certificates=[wrong])
        CATALOGUE.forget()
        assert is_nobody(showing(parties.TOWN), browser)
        assert is_nobody(showing(parties.AD, 0, Purpose.SIGNING), browser)


def test_a_client_that_is_switched_off_is_nobody(entrance: Entrance, browser: Browser) -> None:
    browser.world.switch(ChangeKind.SWITCH_CLIENT, f"client {parties.AD}", active=False)
    assert is_nobody(entrance, browser)
    browser.world.switch(ChangeKind.SWITCH_CLIENT, f"client {parties.AD}", active=True)
    assert entrance.initiate(question(browser.world.daughter.bsn)).status == 200


def test_a_next_certificate_counts_beside_the_one_before(entrance: Entrance, browser: Browser) -> None:
    both = [fingerprint(parties.AD), fingerprint(parties.AD, 5)]
    browser.world.switch(ChangeKind.CHANGE_CLIENT, f"client {parties.AD}", certificates=both)
    for who in (entrance, showing(parties.AD, 5)):
        assert who.initiate(question(browser.world.daughter.bsn)).status == 200
    browser.world.switch(ChangeKind.CHANGE_CLIENT, f"client {parties.AD}", certificates=both[1:])
    assert entrance.initiate(question(browser.world.daughter.bsn)).problem == NOBODY


@pytest.fixture
def revoked(saml_data: Path) -> Iterator[None]:
    """The certificate of the client stands on a list of its authority."""
    authority = parties.hierarchy().intermediate
    certificate = parties.key(parties.AD_OIN, Purpose.TLS_CLIENT).certificate
    folder = saml_data / "pki" / "production" / "crls"
    folder.mkdir(exist_ok=True)
    now = clock.wall_clock()
    gone = Revoked(certificate.serial_number, now - timedelta(hours=1))
    (folder / "list.pem").write_bytes(pem_of(revocation_list(authority, [gone], now=now)))
    TRUST.trust(PRODUCTION, fresh=True)
    yield
    (folder / "list.pem").unlink()
    TRUST.trust(PRODUCTION, fresh=True)


def test_a_certificate_that_was_revoked_is_that_of_nobody(
    entrance: Entrance, browser: Browser, revoked: None
) -> None:
    assert is_nobody(entrance, browser)


def test_a_header_counts_from_a_proxy_only(client_ids: None, browser: Browser) -> None:
    """TL-04."""
    certificate = parties.key(parties.AD_OIN, Purpose.TLS_CLIENT).certificate
    header = {"HTTP_X_CLIENT_CERTIFICATE": quote(pem_of(certificate).decode())}
    outside = Entrance(in_process(None, **header, REMOTE_ADDR="203.0.113.9"))
    asked = question(browser.world.daughter.bsn)
    assert outside.initiate(asked).problem == (401, "no-certificate")
    own = replace(settings.VOLMACHT, trusted_proxies=("203.0.113.9",))
    with override_settings(VOLMACHT=own):
        assert outside.initiate(asked).status == 200


# --- environments ---


def test_tc_100_a_client_of_one_environment_is_unknown_in_the_other(
    entrance: Entrance, browser: Browser
) -> None:
    tester = replace(showing(parties.AD_TEST, 1), prefix="/preprod")
    assert is_nobody(replace(tester, prefix=""), browser)
    assert is_nobody(replace(entrance, prefix="/preprod"), browser)
    redirect = tester.begin(question(browser.world.daughter.bsn))
    assert redirect.startswith("http://localhost:8000/preprod/bvd-proxy/choose/")


def test_tc_100_a_transaction_of_one_environment_is_unknown_in_the_other(
    entrance: Entrance, browser: Browser
) -> None:
    tester = replace(showing(parties.AD_TEST, 1), prefix="/preprod")
    asked = question(browser.world.daughter.bsn)
    page = browser.follow(browser.get(tester.begin(asked)))
    assert "Niemand heeft u nu gemachtigd" in page.content.decode()  # the mandate is one of production
    assert entrance.retrieve(asked).problem == (404, "unknown")


@pytest.mark.parametrize("environment", Environment)
def test_tc_100_a_certificate_is_that_of_one_client_in_one_environment(
    client_ids: None, browser: Browser, environment: Environment
) -> None:
    with pytest.raises(InvalidContent, match=f"certificates: one is that of {parties.AD} in production"):
        browser.world.building.change(
            ChangeKind.ADD_CLIENT,
            environment=environment,
            entity_id=parties.AD.replace(":0001", ":0002"),
            return_url=RETURNS[parties.AD],
            certificates=[fingerprint(parties.AD).upper()],
        )


# --- limits, and neighbours that are away ---


def test_too_many_calls_of_one_client_are_refused_and_others_go_on(
    entrance: Entrance, other: Entrance, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, Limited.REST_PER_CLIENT, Limit(2, timedelta(days=3650)))
    asked = [question(browser.world.daughter.bsn) for _ in range(3)]
    assert [entrance.initiate(one).status for one in asked] == [200, 200, 429]
    answer = entrance.retrieve(asked[0])
    assert answer.problem == (429, "too-many")
    assert answer.headers["retry-after"] == "60"
    assert other.initiate(asked[0]).status == 200


def test_while_the_population_register_is_away_nothing_is_used_up(
    entrance: Entrance, browser: Browser, population_register: "PopulationRegisterControl"
) -> None:
    somebody = population_register.person("neighbour")
    asked = question(somebody.bsn)
    population_register.fail()
    answer = entrance.initiate(asked)
    assert answer.problem == (503, "unavailable")
    assert answer.headers["retry-after"] == "10"
    population_register.reset()
    assert entrance.initiate(asked).status == 200


def test_a_number_that_the_register_does_not_know_is_refused(entrance: Entrance, browser: Browser) -> None:
    assert entrance.initiate(question(Bsn(PERSON.value))).problem == (422, "person-unknown")


def test_when_nothing_can_be_noted_nothing_is_accepted(entrance: Entrance, browser: Browser) -> None:
    """TM-09, BR-12."""
    asked = question(browser.world.daughter.bsn)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE logins_seenmessage RENAME TO logins_away")
    refused = entrance.initiate(asked).problem
    unknown = entrance.retrieve(asked).problem
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE logins_away RENAME TO logins_seenmessage")
    assert {refused, unknown} == {(503, "unavailable")}
    assert not Transaction.objects.exists()


# --- the log ---


def test_the_log_names_the_client_and_the_problem_and_nothing_of_a_person(
    entrance: Entrance,
    browser: Browser,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """BR-13, SE-07."""
    caplog.set_level(logging.DEBUG, logger="volmacht")
    asked = question(browser.world.daughter.bsn)
    redirect = entrance.begin(asked)
    entrance.retrieve(asked)
    browser.choose(browser.follow(browser.get(redirect)))
    entrance.retrieve(asked)
    entrance.initiate(asked)
    logged = caplog.text + capfd.readouterr().err
    assert "transaction-reused" in logged
    assert parties.AD in logged
    people = (browser.world.mother, browser.world.daughter)
    secrets = {redirect.rpartition("/")[2], str(asked.transaction), *(one.bsn.value for one in people)}
    assert {secret for secret in secrets if secret in logged} == set()


def test_a_client_is_looked_up_by_its_certificate_alone(client_ids: None) -> None:
    found = catalogue.rest_client_showing(PRODUCTION, fingerprint(parties.AD))
    assert found
    assert (found.entity_id, found.oin.value) == (parties.AD, parties.AD_OIN)
    assert catalogue.rest_client_showing(Environment.PREPRODUCTION, fingerprint(parties.AD)) is None
