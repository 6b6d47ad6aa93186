"""Certificates of the test authority for organisations that connect: for their key only, and never in production."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from pytest_django import Settings

from tests.pki.certificates import a_key
from volmacht import clock
from volmacht.cli.authority_files import make_authority_files
from volmacht.config.options import Profile
from volmacht.keystore.certifying import NoTestAuthority, certify, read_authority
from volmacht.pki import Organisation, Purpose, RequestFault, RequestRefused, certificates_from, pem_of
from volmacht.pki.subjects import oins_of, organisation_name
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

TOWN = Organisation("Gemeente Proef", Oin("00000009999999999001"))
STRANGER = Organisation("Gemeente Ander", Oin("00000009999999999002"))
PREPRODUCTION, PRODUCTION = Environment.PREPRODUCTION, Environment.PRODUCTION


@pytest.fixture
def authorities(settings: Settings, tmp_path: Path) -> None:
    """A demo with a test authority in both environments."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path, profile=Profile.DEMO)
    for environment in Environment:
        make_authority_files(settings.VOLMACHT, environment, clock.wall_clock())


def a_request(organisation: Organisation = TOWN) -> bytes:
    """A signing request for the key of the tests."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(organisation_name(organisation, "dienst"))
    return pem_of(builder.sign(a_key(), SHA256()))


def certified(request: bytes, environment: Environment = PREPRODUCTION) -> bytes:
    return certify(request, TOWN, Purpose.SIGNING, environment=environment, now=clock.wall_clock())


@pytest.mark.parametrize("environment", Environment)
def test_the_key_gets_a_certificate_with_the_oin_that_is_registered(
    environment: Environment, authorities: None
) -> None:
    own, above = certificates_from(certified(a_request(), environment))
    authority = read_authority(environment)
    assert authority
    assert above == authority.certificate
    assert own.public_key() == a_key().public_key()
    assert oins_of(own.subject) == [TOWN.oin.value]
    assert own.not_valid_before_utc < clock.wall_clock()


@pytest.mark.parametrize(
    ("request_", "fault"),
    [(b"", RequestFault.MALFORMED), (b"x" * 70_000, RequestFault.MALFORMED), (None, RequestFault.OTHER_OIN)],
)
def test_what_is_no_request_of_theirs_is_refused(
    request_: bytes | None, fault: RequestFault, authorities: None
) -> None:
    with pytest.raises(RequestRefused) as refused:
        certified(a_request(STRANGER) if request_ is None else request_)
    assert refused.value.fault is fault


def test_outside_a_demo_there_is_none_for_production(authorities: None, settings: Settings) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    certified(a_request())
    with pytest.raises(NoTestAuthority):
        certified(a_request(), PRODUCTION)


def test_where_none_was_made_that_is_said(settings: Settings, tmp_path: Path) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path)
    with pytest.raises(NoTestAuthority):
        certified(a_request())
