"""What the stand-in for an authentication service fetches from Volmacht, believes of it, and keeps (MD-21 to MD-26)."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.cli.commands import eventually
from tests.standins.login_service import LoginService, Neighbours, neighbours, running
from tests.standins.test_authentication_service_log_in import MOTHER, go
from tests.standins.volmacht_for_logins import LEVELS, SERVICE, Provider, Requester, Volmacht, published
from tests.standins.web_client import Visitor
from volmacht.pki import Purpose
from volmacht.protocols.saml.entity_ids import LOGIN_ACCEPTS, Role
from volmacht.protocols.saml.handling.answers import Answered
from volmacht.protocols.saml.messages import Status
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.kinds import Kind
from volmacht.standins.authentication_service.volmacht_documents import VolmachtDocuments
from volmacht.standins.fetching import FRESH_SECONDS, SOONEST_SECONDS, Kept, NotFetched, fetch


class Ticks:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The seconds so far."""
        return self.now


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbours]:
    """A Volmacht that publishes what the tests of this module want."""
    with neighbours(tmp_path_factory.mktemp("changing")) as made:
        yield made


@pytest.fixture
def volmacht(around: Neighbours) -> Iterator[Volmacht]:
    """Its pre-production, as it should be again after the test."""
    found = around.volmacht[Environment.PREPRODUCTION]
    yield found
    found.publish()


def documents(
    volmacht: Volmacht, base: str = "", accepts: frozenset[Role] = LOGIN_ACCEPTS
) -> VolmachtDocuments:
    """What an authentication service knows that never asked before."""
    trust = Trust(
        (volmacht.hierarchy.root.certificate, volmacht.hierarchy.intermediate.certificate), http_allowed=True
    )
    return VolmachtDocuments(base or volmacht.base + volmacht.prefix, volmacht.environment, trust, accepts)


def test_entrance_portal_bvd_and_levels_are_known(volmacht: Volmacht) -> None:
    known = documents(volmacht)
    entrance, portal, bvd = (
        known.peer(volmacht.entrance.entity_id),
        known.peer(volmacht.portal.entity_id),
        known.bvd(),
    )
    assert entrance is not None
    assert portal is not None
    assert bvd is not None
    assert entrance.inside[volmacht.provider.entity_id].encryption == published(*volmacht.provider.encryption)
    assert bvd.entity.encryption == published(volmacht.bvd_encryption)
    assert known.levels() == {UUID(service): level for service, level in LEVELS.items()}
    assert known.peer(volmacht.bvd_id) is None


def test_for_eherkenning_only_the_portal_is_known(volmacht: Volmacht) -> None:
    known = documents(volmacht, accepts=Kind.EHERKENNING.accepts)
    assert known.peer(volmacht.portal.entity_id) is not None
    assert known.peer(volmacht.entrance.entity_id) is None


@pytest.mark.parametrize("content", [b"", b"<a/>", b"hello", b"<!DOCTYPE a><a/>"])
def test_what_is_no_metadata_is_not_believed(volmacht: Volmacht, content: bytes) -> None:
    volmacht.documents[f"{volmacht.prefix}/metadata/entrance-sp"] = content
    assert documents(volmacht).peer(volmacht.entrance.entity_id) is None


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"x": 20}', b'{"%s": 15}' % SERVICE.encode(), b'{"%s": []}' % SERVICE.encode()]
)
def test_what_are_no_levels_is_not_believed(volmacht: Volmacht, content: bytes) -> None:
    volmacht.documents[f"{volmacht.prefix}/catalogue/levels"] = content
    assert documents(volmacht).levels() is None


def test_metadata_of_another_authority_or_altered_or_at_another_place_is_not_believed(
    around: Neighbours, volmacht: Volmacht
) -> None:
    address = f"{volmacht.prefix}/metadata/entrance-sp"
    good = volmacht.documents[address]
    strangers = around.volmacht[Environment.PRODUCTION]
    elsewhere = volmacht.documents[f"{volmacht.prefix}/metadata/portal"]
    for wrong in (
        strangers.documents[f"{strangers.prefix}/metadata/entrance-sp"],
        good.replace(b"/entrance/acs", b"/entrance/acx"),
        elsewhere,
    ):
        volmacht.documents[address] = wrong
        known = documents(volmacht)
        assert known.peer(volmacht.entrance.entity_id) is None
        assert known.peer(strangers.entrance.entity_id) is None


def test_nothing_is_known_of_a_volmacht_that_is_away(volmacht: Volmacht) -> None:
    known = documents(volmacht, "http://localhost:1/saml")
    assert known.peer(volmacht.entrance.entity_id) is None
    assert known.bvd() is None
    assert known.levels() is None


def test_the_last_good_version_is_kept_and_looked_after_when_it_is_old() -> None:
    ticks, there = Ticks(), ["first"]
    asked = 0

    def read() -> str:
        nonlocal asked
        asked += 1
        if not there:
            raise NotFetched("away")
        return there[0]

    kept = Kept(read, ticks=ticks)
    assert [kept.value(), kept.value(), asked] == ["first", "first", 1]
    there[0] = "second"
    ticks.now = FRESH_SECONDS - 0.1
    assert kept.value() == "first"
    ticks.now = FRESH_SECONDS + 0.1
    assert kept.value() == "second"
    there.clear()
    ticks.now = 200
    assert (kept.value(), kept.value(), asked) == ("second", "second", 3)
    there.append("third")
    ticks.now = 201.5
    assert kept.value() == "third"
    there[0] = "fourth"
    assert kept.renew() is False  # asked this very moment
    ticks.now = 203
    assert kept.renew() is True
    assert kept.value() == "fourth"


def test_an_address_that_sends_on_or_is_not_there_gives_nothing(volmacht: Volmacht) -> None:
    for address in (f"{volmacht.base}/nothing", "http://localhost:1/"):
        with pytest.raises(NotFetched):
            fetch(address)


# --- in a running service ---


@pytest.fixture(scope="module")
def changing(around: Neighbours) -> Iterator[LoginService]:
    """A service for pre-production only, which is told no levels at first."""
    volmacht = around.volmacht[Environment.PREPRODUCTION]
    del volmacht.documents[f"{volmacht.prefix}/catalogue/levels"]
    with running(Kind.DIGID, around, Environment.PREPRODUCTION) as service:
        yield service


def outcome(requester: Requester, **changes: Any) -> Status | LevelOfAssurance | None:
    """Log in as somebody in one step: the level, or why not. None for a page."""
    request = requester.request(**changes)
    with Visitor() as visitor:
        go(visitor, requester, request, persoon=MOTHER)
        if "SAMLart" not in str(visitor.answer.url):
            return None
        answer = requester.answer(request, str(visitor.answer.url))
    return answer.level if isinstance(answer, Answered) else answer.status


def test_while_the_levels_are_unknown_nobody_can_log_in(changing: LoginService, volmacht: Volmacht) -> None:
    entrance = changing.requester()
    assert outcome(entrance) == Outcome.AUTHENTICATION_SERVICE_ERROR.status()
    volmacht.publish()
    assert eventually(lambda: outcome(entrance) == LevelOfAssurance.SUBSTANTIAL)


def test_a_new_provider_and_a_new_key_count_at_once(changing: LoginService, volmacht: Volmacht) -> None:
    entrance = changing.requester()
    assert eventually(lambda: outcome(entrance) == LevelOfAssurance.SUBSTANTIAL)
    new = Provider(volmacht.provider.entity_id.replace(":9001", ":9002"), volmacht.provider.encryption)
    time.sleep(SOONEST_SECONDS)
    volmacht.publish(new)
    assert outcome(entrance, audiences=(new.entity_id,)) == LevelOfAssurance.SUBSTANTIAL
    client = volmacht.key(Purpose.TLS_CLIENT, "next client")
    switched = replace(
        entrance.party,
        signing=volmacht.key(Purpose.SIGNING, "next"),
        client=client,
        tls=volmacht.client_files(client),
    )
    time.sleep(SOONEST_SECONDS)
    volmacht.publish_entrance(party=switched)
    assert outcome(replace(entrance, party=switched)) == LevelOfAssurance.SUBSTANTIAL


def test_while_volmacht_is_away_the_last_good_version_counts(
    changing: LoginService, volmacht: Volmacht
) -> None:
    entrance = changing.requester()
    assert eventually(lambda: outcome(entrance) == LevelOfAssurance.SUBSTANTIAL)
    for path in [path for path in volmacht.documents if path.startswith(volmacht.prefix)]:
        del volmacht.documents[path]
    time.sleep(SOONEST_SECONDS)
    unknown = "urn:nl-eid-gdi:1.0:DV:00000009000000009000:entities:9001"
    assert outcome(entrance, audiences=(unknown,)) == Outcome.NOT_REGISTERED.status()
    assert outcome(entrance, representation=True) == LevelOfAssurance.SUBSTANTIAL


def test_an_environment_without_keys_does_not_exist(changing: LoginService) -> None:
    for path in ("metadata/idp", "idp/request_authentication", "idp/request_logout"):
        assert httpx.get(f"{changing.address}/saml/{path}", trust_env=False).status_code == 404
    assert httpx.get(f"{changing.address}/preprod/saml/metadata/idp", trust_env=False).status_code == 200
