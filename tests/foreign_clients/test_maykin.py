"""maykin-python3-saml, the library of Dutch suppliers for DigiD, lets people log in.

What it cannot do: name a consumer by its index (`maykin.RequestByIndex` does so for it), write Scoping (the service
offers the choice without), use another key for reading than for signing (two sets of settings), verify the signature
of ArtifactResponse (it verifies the assertion; `test_signatures` verifies both).
"""

import pytest
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError

from tests.foreign_clients import maykin
from tests.foreign_clients.connecting import DAUGHTER, ENTRANCE, MOTHER, SERVICE, Connected

ACTING, LEGAL = "urn:nl-eid-gdi:1.0:ActingSubjectID", "urn:nl-eid-gdi:1.0:LegalSubjectID"
SERVICE_UUID = "urn:nl-eid-gdi:1.0:ServiceUUID"


@pytest.fixture(autouse=True)
def believed_authorities(connected: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library has no setting for them: its HTTP client reads this variable."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(connected.authorities))


def test_it_reads_who_acts_and_for_whom(connected: Connected) -> None:
    library = maykin.auth(connected)
    with connected.browser(DAUGHTER) as daughter:
        daughter.posts(*maykin.ask(library, "bewaard"))
        daughter.presses("voor-iemand-anders")
        daughter.presses("inloggen-met-digid")
        daughter.presses("persoon-1")

    resolved = library.artifact_resolve(daughter.brought["SAMLart"])

    answer = maykin.read(resolved, connected, library.get_last_request_id())
    assert daughter.brought["RelayState"] == "bewaard"
    assert answer.get_attributes() == {
        SERVICE_UUID: [SERVICE],
        ACTING: maykin.person(DAUGHTER),
        LEGAL: maykin.person(MOTHER),
    }
    assert answer.get_issuers() == [ENTRANCE]
    assert answer.get_session_index() == answer.get_nameid()
    # In strict mode it refuses the same answer when one letter changed.
    resolved.response = resolved.response.replace(b"LoA/substantial", b"LoA/substantiaL")
    with pytest.raises(OneLogin_Saml2_ValidationError) as refused:
        maykin.read(resolved, connected, library.get_last_request_id())
    assert refused.value.code == OneLogin_Saml2_ValidationError.INVALID_SIGNATURE


def test_it_reads_one_person_who_acts_for_herself(connected: Connected) -> None:
    library = maykin.auth(connected)
    with connected.browser(MOTHER) as mother:
        mother.posts(*maykin.ask(library, "bewaard"))
        mother.presses("voor-mijzelf")
        mother.presses("inloggen-met-digid")

    resolved = library.artifact_resolve(mother.brought["SAMLart"])

    answer = maykin.read(resolved, connected, library.get_last_request_id())
    assert answer.get_attributes() == {SERVICE_UUID: [SERVICE], ACTING: maykin.person(MOTHER)}


def test_it_hears_that_somebody_stopped(connected: Connected) -> None:
    library = maykin.auth(connected)
    with connected.browser(DAUGHTER) as daughter:
        daughter.posts(*maykin.ask(library, "bewaard"))
        daughter.presses("stoppen")

    with pytest.raises(OneLogin_Saml2_ValidationError, match="Authentication cancelled") as stopped:
        library.artifact_resolve(daughter.brought["SAMLart"])

    assert stopped.value.code == OneLogin_Saml2_ValidationError.STATUS_CODE_AUTHNFAILED


def test_its_own_question_is_refused_because_it_names_an_address(connected: Connected) -> None:
    stock = maykin.auth(connected, by_index=False)
    with connected.browser() as browser:
        browser.posts(*maykin.ask(stock, "bewaard"))

    assert browser.status == 400
    assert connected.rule_of(browser) == "ST-09"
