"""pysaml2 lets people log in and out; what it verified is opened with xmlsec1.

What it cannot do: verify an ArtifactResponse through its own SOAP parser (see `pysaml.Resolved.message`), open an
EncryptedID in an attribute (it gives an empty text).
"""

from base64 import b64encode

import pytest
from lxml import etree
from saml2 import BINDING_HTTP_POST, samlp
from saml2.client import Saml2Client
from saml2.sigver import SignatureError

from tests.foreign_clients import pysaml
from tests.foreign_clients.connecting import BVD, DAUGHTER, MOTHER, Connected
from tests.foreign_clients.web_browser import Browser
from tests.foreign_clients.xmlsec1 import Xmlsec1

PERSONS = {"ActingSubjectID": DAUGHTER, "LegalSubjectID": MOTHER}


def log_in(client: Saml2Client, browser: Browser) -> tuple[str, pysaml.Resolved]:
    """A daughter for her mother; the id of the question, and what came."""
    request = pysaml.request(client)
    browser.shows(pysaml.page(client, client.sign(request), "bewaard"))
    browser.presses("inloggen-met-digid")
    browser.presses("persoon-1")
    assert browser.brought["RelayState"] == "bewaard"
    return request.id, pysaml.resolve(client, browser.brought["SAMLart"])


def test_it_verifies_the_answer_and_xmlsec1_opens_both_persons(
    connected: Connected, pysaml2: Saml2Client, xmlsec1: Xmlsec1
) -> None:
    with connected.browser(DAUGHTER) as daughter:
        request_id, resolved = log_in(pysaml2, daughter)

    answer = resolved.answer(request_id)

    ((level, authorities, _),) = answer.authn_info()
    assert level == "http://eidas.europa.eu/LoA/substantial"
    assert BVD in authorities
    (assertion,) = resolved.tree.iterfind(".//{*}Response/{*}Assertion")
    assert assertion.get("ID") == answer.assertion.id
    opened = {
        attribute.attrib["Name"].rpartition(":")[2]: [
            xmlsec1.opens(one, connected.key("encryption")) for one in attribute.iter("{*}EncryptedID")
        ]
        for attribute in assertion.iterfind("{*}AttributeStatement/{*}Attribute")
    }
    assert {name: [one.text for one in found] for name, found in opened.items()} == {
        "ServiceUUID": [],
        **{name: [bsn] for name, bsn in PERSONS.items()},
    }
    for (name_id,) in filter(None, opened.values()):
        assert name_id.get("NameQualifier") == "urn:nl-eid-gdi:1.0:id:legacy-BSN"


def test_it_refuses_an_answer_in_which_one_letter_changed(connected: Connected, pysaml2: Saml2Client) -> None:
    with connected.browser(DAUGHTER) as daughter:
        _, resolved = log_in(pysaml2, daughter)
    spoiled = pysaml.Resolved(
        pysaml2, resolved.resolve_id, resolved.raw.replace(b"LoA/substantial", b"LoA/substantiaL")
    )

    assert resolved.message
    with pytest.raises(SignatureError):
        assert spoiled.message


def test_an_artifact_gives_nothing_the_second_time(connected: Connected, pysaml2: Saml2Client) -> None:
    with connected.browser(DAUGHTER) as daughter:
        request_id, resolved = log_in(pysaml2, daughter)
    assert resolved.answer(request_id)

    assert pysaml.resolve(pysaml2, daughter.brought["SAMLart"]).is_empty


def test_it_logs_out(connected: Connected, pysaml2: Saml2Client) -> None:
    with connected.browser(DAUGHTER) as daughter:
        request_id, resolved = log_in(pysaml2, daughter)
        logout_id, page = pysaml.log_out(pysaml2, resolved.answer(request_id))
        daughter.shows(page)

    message = daughter.passed[-1]
    assert (message.address, message.relay_state) == (connected.logout, "uit")
    document = b64encode(message.document).decode()
    answer = pysaml2.parse_logout_request_response(document, BINDING_HTTP_POST)
    assert answer.in_response_to == logout_id
    assert answer.response.status.status_code.value == samlp.STATUS_SUCCESS
    assert etree.fromstring(message.document).find("{*}Signature") is not None
