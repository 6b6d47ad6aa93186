"""Whose metadata counts, from when until when, as a log-in notices it (MD-21 to MD-28, MD-41, MD-43)."""

import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree
from pytest_django import Settings

from tests.catalogue.web_server import redirect, serving
from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import request
from tests.interfaces.saml.browsing import Browser
from tests.interfaces.saml.catalogue import PRODUCTION, take
from tests.interfaces.saml.routing import asked_by_rd
from tests.interfaces.saml.test_signatures import assert_accepted, assert_page
from volmacht import clock
from volmacht.catalogue.kinds import FetchFault, RunOutcome
from volmacht.catalogue.operations import import_from_address
from volmacht.catalogue.queries import metadata_runs
from volmacht.config.options import Profile
from volmacht.pki import Organisation, Purpose, make_hierarchy
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.metadata.writing import lc_metadata, rd_sp_metadata, sp_metadata
from volmacht.protocols.saml.signing import sign
from volmacht.protocols.xml.names import DS
from volmacht.rules.identifiers import Oin

Change = Callable[[etree._Element], object]


def signed_again(data: bytes, change: Change, key: OwnKey | None = None) -> bytes:
    """A document that its publisher changed and signed."""
    root = etree.fromstring(data)
    for signature in root.findall(DS + "Signature"):
        root.remove(signature)
    change(root)
    sign(root, key or parties.key(parties.TOWN_OIN))
    return etree.tostring(root)


def below_another_authority() -> bytes:
    """Good in every way, but for who vouches for it."""
    other = make_hierarchy(now=parties.BEGAN, bits=2048).intermediate
    key = other.issue(
        Organisation("Stad", Oin(parties.TOWN_OIN)),
        Purpose.SIGNING,
        common_name="x",
        now=parties.BEGAN,
        bits=2048,
    ).own_key
    described = parties.provider(parties.TOWN, signing=(key.published(),))
    return sp_metadata(described, key=key, valid_until=clock.wall_clock() + parties.YEAR)


def of_another_organisation() -> bytes:
    """Signed by, and listing, the key of the tax office."""
    key = parties.key(parties.TAX_OIN)
    described = parties.provider(parties.TOWN, signing=(key.published(),))
    return sp_metadata(described, key=key, valid_until=clock.wall_clock() + parties.YEAR)


def document() -> bytes:
    """That of the town."""
    return parties.documents()[PRODUCTION, parties.TOWN]


def over(root: etree._Element) -> None:
    root.set("validUntil", "2020-01-01T00:00:00Z")


def without_date(root: etree._Element) -> None:
    del root.attrib["validUntil"]


BAD: dict[str, Callable[[], bytes]] = {
    "other-authority": below_another_authority,
    "other-oin": of_another_organisation,
    "over": lambda: signed_again(document(), over),
    "no-date": lambda: signed_again(document(), without_date),
    "changed": lambda: document().replace(b"stad.example/saml/acs", b"kwaad.example/saml/x"),
    "unsigned": lambda: etree.tostring(_without_signature(document())),
    "other-entity": lambda: parties.documents()[PRODUCTION, parties.TAX],
}


def _without_signature(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    for signature in root.findall(DS + "Signature"):
        root.remove(signature)
    return root


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_tc_87_metadata_that_cannot_be_believed_is_not_used(
    browser: Browser, make: Callable[[], bytes]
) -> None:
    outcome = take(parties.TOWN, make())
    assert outcome.outcome is RunOutcome.REFUSED
    assert outcome.findings
    assert metadata_runs(PRODUCTION, parties.TOWN, most=1)[0].outcome is RunOutcome.REFUSED
    assert_accepted(browser, asking.written(request()))  # the last good one counts


def test_tc_88_a_provider_in_a_cluster_with_another_organisation_s_certificate(browser: Browser) -> None:
    foreign = parties.key(parties.TAX_OIN, Purpose.ENCRYPTION).published()
    members = [replace(parties.inside(parties.WATER), encryption=(foreign,))]
    data = lc_metadata(
        parties.provider(parties.LC),
        members,
        key=parties.key(parties.LC_OIN),
        valid_until=clock.wall_clock() + parties.YEAR,
    )
    outcome = take(parties.LC, data)
    assert any(finding.rule == "MD-24" for finding in outcome.findings)
    value = asking.extended(parties.LC, parties.WATER, parties.WATER_TAX)
    answer = browser.send(asking.written(value))
    if outcome.is_good:  # the member is left out: nobody is let in with a key that is not theirs
        assert browser.hand_in(answer, parties.LC).status.message == "Service not registered"
    else:
        assert outcome.outcome is RunOutcome.REFUSED


def test_tc_88_one_entity_twice_is_refused(browser: Browser) -> None:
    data = parties.documents()[PRODUCTION, parties.LC]

    def twice(root: etree._Element) -> None:
        copy = deepcopy(root[-1])
        copy.set("ID", "_again")
        root.append(copy)

    outcome = take(parties.LC, signed_again(data, twice, parties.key(parties.LC_OIN)))
    assert outcome.outcome is RunOutcome.REFUSED
    assert any(finding.rule == "MD-28" for finding in outcome.findings)
    value = asking.extended(parties.LC, parties.WATER, parties.WATER_TAX)
    assert browser.begin(value).status_code == 200  # the last good one counts


def test_tc_89_after_its_end_metadata_no_longer_counts(browser: Browser) -> None:
    short = timedelta(seconds=1)
    assert take(parties.TAX, parties.provider_document(parties.TAX, valid=short)).is_good
    assert take(parties.TAX, b"<nonsense/>").outcome is RunOutcome.REFUSED
    first = asking.written(request(parties.TAX))
    time.sleep(1.05)
    assert_page(browser, first)
    assert_page(browser, asking.written(request(parties.TAX)))


def test_tc_90_an_address_on_an_inside_network_is_not_asked(browser: Browser, settings: Settings) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    for address in ("https://10.0.0.8/metadata", "https://[fd00::8]/metadata"):
        outcome = import_from_address(environment=PRODUCTION, entity_id=parties.TOWN, address=address)
        assert outcome.outcome is RunOutcome.NOT_FETCHED
        assert [finding.code for finding in outcome.findings] == [FetchFault.PRIVATE_ADDRESS]
    assert_accepted(browser, asking.written(request()))


def test_tc_90_an_address_that_sends_on_to_the_inside_is_not_followed(browser: Browser) -> None:
    with serving() as outside, serving() as inside:
        outside.answers["/metadata"] = redirect(inside.address())
        outcome = import_from_address(
            environment=PRODUCTION, entity_id=parties.TOWN, address=outside.address()
        )
        assert [finding.code for finding in outcome.findings] == [FetchFault.REDIRECT]
        assert inside.asked == []
    assert_accepted(browser, asking.written(request()))


def test_tc_91_a_certificate_that_was_taken_out_no_longer_counts(browser: Browser) -> None:
    message = asking.written(request(), number=1)
    town = parties.provider(parties.TOWN)
    left = tuple(key for key in town.signing if key != parties.key(parties.TOWN_OIN, number=1).published())
    assert take(parties.TOWN, parties.provider_document(parties.TOWN, signing=left)).is_good
    assert_page(browser, message)


def test_tc_91_an_expired_certificate_gets_no_key(browser: Browser) -> None:
    old = parties.issued(parties.TOWN_OIN, Purpose.ENCRYPTION, 9, days=300).own_key.published()
    good = parties.decrypting(parties.TOWN)[0].published()
    town = replace(parties.inside(parties.TOWN), encryption=(old, good))
    data = rd_sp_metadata(
        parties.provider(parties.RD),
        [town],
        key=parties.key(parties.RD_OIN),
        valid_until=clock.wall_clock() + parties.YEAR,
    )
    assert take(parties.RD, data).is_good
    choosing = browser.begin(asked_by_rd(browser))
    answer = browser.hand_in(browser.choose(choosing), parties.RD, at=asking.BVD)
    assert good.name in answer.raw.decode()
    assert old.name not in answer.raw.decode()


@pytest.mark.parametrize("prefix", ["/saml", "/preprod/saml"])
def test_tc_100_the_bvd_publishes_no_address_for_log_out(browser: Browser, prefix: str) -> None:
    """MD-16, LO-15."""
    for which, has_log_out in (("bvd", False), ("entrance", True)):
        root = etree.fromstring(browser.get(f"{prefix}/metadata/{which}").content)
        assert bool(root.findall(".//{*}SingleLogoutService")) is has_log_out
        assert root.findall(".//{*}SingleSignOnService")
