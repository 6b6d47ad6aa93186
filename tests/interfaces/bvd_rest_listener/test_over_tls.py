"""A client over real mutual TLS: at the listener as a process, and at a register that lies (BR-01, BR-09, TL-02)."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from django.db import connections

from tests.interfaces.bvd_rest.entrance import Answer, Entrance, over_tls, question, returned
from tests.interfaces.bvd_rest_listener.lying_register import lying
from tests.interfaces.saml import parties
from tests.interfaces.saml.browsing import Browser
from tests.interfaces.saml_listener.test_really_committed import listening, stranger
from volmacht.mandates.models import Use
from volmacht.pki import IssuedCertificate, Purpose, pem_of
from volmacht.protocols.bvd_rest.answers import NotUsable, mandate
from volmacht.protocols.bvd_rest.questions import ActingSubject
from volmacht.rules.identifiers import KvkNumber

NO_CONNECTION = (httpx.ReadError, httpx.ConnectError, httpx.RemoteProtocolError)


def shown_by(own_id: str) -> IssuedCertificate:
    """What this party shows as a client."""
    return parties.issued(parties.oin_of(own_id), Purpose.TLS_CLIENT)


def test_tc_41_tc_98_the_listener_answers_who_shows_its_pinned_certificate(
    browser_with_clients: Browser, saml_data: Path, tmp_path: Path
) -> None:
    browser = browser_with_clients
    asked = question(browser.world.daughter.bsn)
    connections.close_all()
    with listening(saml_data, tmp_path) as listener:
        base = f"https://localhost:{listener.port}"
        for nobody in (None, stranger()):
            with pytest.raises(NO_CONNECTION):
                Entrance(over_tls(base, nobody, tmp_path)).initiate(asked)
        tax = Entrance(over_tls(base, shown_by(parties.TAX), tmp_path))
        assert tax.initiate(asked).problem == (403, "not-a-client")
        entrance = Entrance(over_tls(base, shown_by(parties.AD), tmp_path))
        back = browser.choose(browser.follow(browser.get(entrance.begin(asked))))
        assert returned(back["Location"]) == (asked.transaction, "OK")
        connections.close_all()
        assert entrance.represented(asked) == browser.world.mother.bsn
        assert entrance.retrieve(asked).body == entrance.retrieve(asked).body
        assert tax.retrieve(asked).problem == (403, "not-a-client")
        other = Entrance(over_tls(base, shown_by(parties.RD), tmp_path))
        assert other.retrieve(asked).problem == (404, "unknown")
        assert entrance.post(b"x" * 10_000_000).problem == (413, "too-large")
        assert entrance.get("?transactionId=%00").problem == (400, "malformed")
        assert entrance.call("GET", "/bvd-proxy/x", b"", "").problem == (404, "unknown")
        assert entrance.call("DELETE", "/bvd-proxy/initiate", b"", "").problem == (405, "method")
        tester = replace(entrance, prefix="/preprod")
        assert tester.retrieve(asked).problem == (403, "not-a-client")
        assert claiming(base, tmp_path).problem == (403, "not-a-client")
    assert Use.objects.count() == 1


def claiming(base: str, folder: Path) -> Answer:
    """The tax office claims in a header to be the client."""
    client = quote(pem_of(shown_by(parties.AD).own_key.certificate).decode())
    call = over_tls(base, shown_by(parties.TAX), folder, **{"X-Client-Certificate": client})
    return call("POST", "/bvd-proxy/initiate", b"{}", "application/json")


# --- what the client believes ---


def test_tc_99_an_answer_about_another_acting_subject_is_dropped(
    browser_with_clients: Browser, tmp_path: Path
) -> None:
    mother, daughter = browser_with_clients.world.mother, browser_with_clients.world.daughter
    asked = question(daughter.bsn)
    honest = mandate(daughter.bsn.value, mother.bsn)
    with lying(tmp_path) as register:
        entrance = Entrance(over_tls(register.base, shown_by(parties.AD), tmp_path))
        entrance.sent[asked.transaction] = asked.acting
        register.body = honest
        assert entrance.represented(asked) == mother.bsn
        swapped = mandate(mother.bsn.value, daughter.bsn)
        about_a_firm = mandate("99990012", mother.bsn)
        for lie in (swapped, about_a_firm):
            register.body = lie
            with pytest.raises(NotUsable, match="another acting subject"):
                entrance.represented(asked)


MALFORMED: dict[str, object] = {
    "list": [],
    "nothing": None,
    "no-acting": {"legalSubject": {"legalSubjectId": "999992545"}},
    "acting-number": {
        "actingSubject": {"actingSubjectId": 999992545},
        "legalSubject": {"legalSubjectId": "999992545"},
    },
    "acting-flat": {"actingSubject": "999992545", "legalSubject": {"legalSubjectId": "999992545"}},
    "legal-eleven-test": {
        "actingSubject": {"actingSubjectId": "999992545"},
        "legalSubject": {"legalSubjectId": "123456789"},
    },
}


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=MALFORMED)
def test_tc_99_an_answer_that_cannot_be_read_is_dropped(answer: object) -> None:
    found = Entrance(lambda *_call: Answer(200, {}, json.dumps(answer).encode()))
    asked = question(ActingSubject(KvkNumber("99990012"), "P1"))
    found.sent[asked.transaction] = asked.acting
    with pytest.raises(NotUsable):
        found.represented(asked)
