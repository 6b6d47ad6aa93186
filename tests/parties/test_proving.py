"""Proof of an organisation: a signed text, eHerkenning, or an assessor. And who tries without."""

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA512

from tests.accounts import Somebody, employ, join, make_account, make_organisation
from tests.parties.signed_texts import (
    certificate,
    hierarchy,
    nothing_to_set_aside,
    sign,
    started,
    stranger,
    trusted,
)
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.parties import operations, queries
from volmacht.pki import (
    pem_of,
    private_key_pem,
)
from volmacht.rules.accounts import AccountObjection, ProofHow
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.roles import MemberRole, StaffRole

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def signatory() -> Somebody:
    return make_account("teken@gemeente.example", "Tess Tekent")


@pytest.fixture
def organisation(signatory: Somebody) -> UUID:
    return make_organisation(signatory, proven=False)


def prove(
    by: Somebody, challenge: queries.KnownChallenge, signature: bytes, own: x509.Certificate | bytes
) -> AccountObjection | None:
    """Hand signature and certificate in."""
    return operations.prove_by_certificate(
        account_id=by.id,
        challenge_id=challenge.id,
        signature=signature,
        certificate=own if isinstance(own, bytes) else pem_of(own),
        trust=trusted(),
        set_aside=nothing_to_set_aside,
    )


def is_proven(organisation: UUID) -> bool:
    """Whether the organisation is."""
    known = queries.connecting_organisation(organisation)
    assert known is not None
    return known.proven


def test_a_text_signed_with_the_key_of_the_organisation_proves_it_once(
    signatory: Somebody, organisation: UUID
) -> None:
    text, key = started(signatory, organisation), certificate()
    assert prove(signatory, text, sign(text.text, key), key.own_key.certificate) is None
    assert is_proven(organisation)
    again = prove(signatory, text, sign(text.text, key), key.own_key.certificate)
    assert again is AccountObjection.CHALLENGE_OVER
    more = operations.start_challenge(account_id=signatory.id, organisation_id=organisation)
    assert more is AccountObjection.ALREADY_PROVEN


def test_what_openssl_signs_is_accepted(signatory: Somebody, organisation: UUID, tmp_path: Path) -> None:
    text, key = started(signatory, organisation), certificate()
    (tmp_path / "key.pem").write_bytes(private_key_pem(key.own_key.private_key))
    (tmp_path / "challenge.txt").write_text(text.text)
    command = "openssl dgst -sha256 -sign key.pem -out challenge.sig challenge.txt"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    assert prove(signatory, text, (tmp_path / "challenge.sig").read_bytes(), key.own_key.certificate) is None


def test_who_has_no_key_of_the_organisation_proves_nothing(signatory: Somebody, organisation: UUID) -> None:
    text, own = started(signatory, organisation), certificate()
    other_oin, untrusted = certificate("00000003900000020000"), certificate(by=stranger)
    expired = certificate(days_ago=30)
    authority = hierarchy().intermediate.certificate
    tries: dict[AccountObjection, tuple[bytes, x509.Certificate | bytes]] = {
        AccountObjection.CERTIFICATE_OTHER_OIN: (sign(text.text, other_oin), other_oin.own_key.certificate),
        AccountObjection.CERTIFICATE_NOT_TRUSTED: (sign(text.text, untrusted), untrusted.own_key.certificate),
        AccountObjection.CERTIFICATE_NOT_VALID_NOW: (sign(text.text, expired), expired.own_key.certificate),
        AccountObjection.CERTIFICATE_KEY: (sign(text.text, own), authority),
        AccountObjection.CERTIFICATE_UNREADABLE: (sign(text.text, own), b"no certificate"),
        AccountObjection.SIGNATURE_WRONG: (sign(text.text, other_oin), own.own_key.certificate),
    }
    for objection, (signature, shown) in tries.items():
        assert prove(signatory, text, signature, shown) is objection
    for signature in (b"", b"x" * 256, sign("another text", own), sign(text.text, own, SHA512())):
        found = prove(signatory, text, signature, own.own_key.certificate)
        assert found is AccountObjection.SIGNATURE_WRONG
    assert not is_proven(organisation)


def test_a_text_is_for_an_hour_for_one_account_and_one_organisation(
    signatory: Somebody, organisation: UUID
) -> None:
    text, key = started(signatory, organisation), certificate()
    stranger_here = make_account("vreemd@elders.example")
    made = prove(stranger_here, text, sign(text.text, key), key.own_key.certificate)
    assert made is AccountObjection.NOT_ALLOWED
    with clock.stopped_at(clock.now() + timedelta(minutes=61)):
        late = prove(signatory, text, sign(text.text, key), key.own_key.certificate)
    assert late is AccountObjection.CHALLENGE_OVER


def test_a_reader_starts_no_proof(signatory: Somebody, organisation: UUID) -> None:
    reader = make_account()
    join(reader, organisation, MemberRole.READER, by=signatory)
    found = operations.start_challenge(account_id=reader.id, organisation_id=organisation)
    assert found is AccountObjection.NOT_ALLOWED
    assert (
        operations.start_challenge(account_id=reader.id, organisation_id=uuid4())
        is AccountObjection.NOT_ALLOWED
    )


def test_eherkenning_proves_the_organisation_of_its_number_only(
    signatory: Somebody, organisation: UUID
) -> None:
    def by(kvk: str) -> AccountObjection | None:
        return operations.prove_by_eherkenning(
            account_id=signatory.id,
            organisation_id=organisation,
            kvk=KvkNumber(kvk),
            employee="P1",
            set_aside=nothing_to_set_aside,
        )

    assert by("99990012") is AccountObjection.KVK_OF_ANOTHER
    assert by("90000001") is None
    assert is_proven(organisation)
    last = history_about(organisation)[-1]
    assert last.kind is EventKind.ORGANISATION_PROVEN
    assert last.data == {"how": "eherkenning", "employee": "P1"}, "who proved it, by a pseudonym"


def test_an_assessor_records_what_they_checked(signatory: Somebody, organisation: UUID) -> None:
    assessor = employ(make_account("asha@beheer.example"), StaffRole.ASSESSOR)
    helper = employ(make_account("henk@beheer.example"), StaffRole.HELPDESK)

    def record(by: UUID, how: ProofHow) -> list[AccountObjection | None]:
        return [
            operations.record_proof_of_organisation(by=by, organisation_id=organisation, how=how),
            operations.record_proof_of_signatory(
                by=by, organisation_id=organisation, account_id=signatory.id, how=how
            ),
        ]

    refused = [AccountObjection.NOT_ALLOWED] * 2
    assert record(helper, ProofHow.LETTER) == refused
    assert record(assessor, ProofHow.CERTIFICATE) == refused, "nobody says that by hand"
    assert record(assessor, ProofHow.VIDEO_CALL) == [None, None]
    known = queries.connecting_organisation(organisation)
    assert known is not None
    assert (known.proven, known.signatory_proven, known.proven_how) == (True, True, ProofHow.VIDEO_CALL)


def test_an_assessor_proves_nothing_of_their_own_organisation(
    signatory: Somebody, organisation: UUID
) -> None:
    assessor = employ(signatory, StaffRole.ASSESSOR)
    found = operations.record_proof_of_signatory(
        by=assessor, organisation_id=organisation, account_id=signatory.id, how=ProofHow.LETTER
    )
    assert found is AccountObjection.NOT_ALLOWED


def test_an_assessor_proves_nothing_of_an_organisation_that_their_supplier_works_for(
    signatory: Somebody, organisation: UUID
) -> None:
    builder = make_account("sam@bouwers.example")
    firm = make_organisation(
        builder, oin="00000003900000020000", name="Bouwers BV", kvk="90000002", is_supplier=True
    )
    operations.give_supplier_consent(
        by=signatory.id, provider_id=organisation, supplier_oin="00000003900000020000"
    )
    assessor = employ(builder, StaffRole.ASSESSOR)
    for body in (organisation, firm):
        found = operations.record_proof_of_organisation(
            by=assessor, organisation_id=body, how=ProofHow.LETTER
        )
        assert found is AccountObjection.NOT_ALLOWED


def test_an_assessor_with_another_account_at_the_same_address_proves_nothing_there(
    signatory: Somebody, organisation: UUID
) -> None:
    desk = make_account("tess@beheer.example")
    assessor = employ(replace(desk, email=signatory.email.upper()), StaffRole.ASSESSOR)
    found = operations.record_proof_of_signatory(
        by=assessor, organisation_id=organisation, account_id=signatory.id, how=ProofHow.LETTER
    )
    assert found is AccountObjection.NOT_ALLOWED


def test_only_a_signatory_is_proven(signatory: Somebody, organisation: UUID) -> None:
    assessor = employ(make_account("asha@beheer.example"), StaffRole.ASSESSOR)
    reader = make_account()
    join(reader, organisation, MemberRole.READER, by=signatory)
    found = operations.record_proof_of_signatory(
        by=assessor, organisation_id=organisation, account_id=reader.id, how=ProofHow.LETTER
    )
    assert found is AccountObjection.NOT_A_SIGNATORY
