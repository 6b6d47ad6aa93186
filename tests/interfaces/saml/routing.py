"""An outside routing service that brings the log-in of a person to the BVD (FL-05)."""

from dataclasses import dataclass
from typing import Any

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD
from tests.interfaces.saml.authentication_service import Says
from tests.interfaces.saml.browsing import Browser
from volmacht.protocols.saml import building
from volmacht.protocols.saml.messages import Assertion, AuthnRequest
from volmacht.protocols.saml.signing import new_id


@dataclass(frozen=True, slots=True)
class For:
    """For whom the routing service asks."""

    provider: str = parties.TOWN
    service: str = parties.TAXES


def idp_assertion(browser: Browser, says: Says, whom: For | None = None) -> Assertion:
    """What the authentication service said to the routing service about the person."""
    whom = whom or For()
    return browser.ad.assertion(
        says,
        requester=parties.RD,
        consumer=parties.CONSUMERS[parties.RD][0],
        request_id=new_id(),
        provider=whom.provider,
        service_uuid=whom.service,
        readers=(whom.provider, BVD),
    )


def evidence(browser: Browser, says: Says, whom: For | None = None) -> bytes:
    """That, signed, and with the changes that the test wants."""
    assertion = says.change_assertion(idp_assertion(browser, says, whom))
    key = says.key or parties.key(parties.AD_OIN)
    return says.change_signed(building.assertion(assertion, key))


def asked_by_rd(
    browser: Browser, says: Says | None = None, *, whom: For | None = None, **changes: Any
) -> AuthnRequest:
    """The question that the routing service then asks."""
    brought = evidence(browser, says or browser.daughter(), whom)
    fields = {"idp_assertions": (brought,), **changes}
    asked = whom or For()
    return asking.extended(parties.RD, asked.provider, asked.service, at=BVD, **fields)
