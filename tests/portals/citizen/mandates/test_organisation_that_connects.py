"""An organisation that acts for people and connects too reads both in its own data (DM-44)."""

from uuid import UUID

import pytest
from django.test import Client, RequestFactory

from tests.accounts import employ, join, make_account
from volmacht.parties import operations
from volmacht.parties.operations import SignUp
from volmacht.portals.shared.login_session import log_in
from volmacht.rules.accounts import ProofHow
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.kinds import PartyKind
from volmacht.rules.roles import MemberRole, StaffRole


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_reads_what_happened_while_it_connected(client: Client, prefix: str) -> None:
    party = operations.know_organisation(KvkNumber("99993041"))
    signatory, colleague = make_account("teken@zonder.example"), make_account()
    said = SignUp(oin="00000009000100041000", kvk_number="99993041", is_supplier=True)
    assert operations.sign_up_organisation(signatory.id, said) == party
    join(colleague, party, MemberRole.TECHNICAL, by=signatory)
    assessor = employ(make_account("asha@beheer.example"), StaffRole.ASSESSOR)
    assert isinstance(assessor, UUID)
    how = ProofHow.VIDEO_CALL
    operations.record_proof_of_organisation(by=assessor, organisation_id=party, how=how)
    request = RequestFactory().get("/")
    request.session = client.session
    log_in(
        request,
        party_id=party,
        level=LevelOfAssurance.HIGH,
        name="Stichting Zonder BSN",
        kind=PartyKind.ORGANISATION,
        employee="a" * 64,
    )
    request.session.save()
    client.cookies["__Host-volmacht"] = str(request.session.session_key)
    page = client.get(f"{prefix}/mijn/gegevens/alles/")
    assert page.status_code == 200
    assert ("Technical contact" if prefix else "Technisch contact") in page.text
    assert ("In a video call" if prefix else "In een videogesprek") in page.text
    assert colleague.name not in page.text
