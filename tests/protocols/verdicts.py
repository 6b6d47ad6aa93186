"""What the tests of signatures ask again and again: is this accepted, and if not, why."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from lxml import etree

from tests.protocols.keyring import NOW, own_key
from tests.protocols.samples import SIGNER, changed, signed_request
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.verifying import SignatureFault, SignatureRefused, Verified, verified
from volmacht.protocols.xml.gate import ARTIFACT_RESPONSE, read

KEY = own_key(SIGNER).published()
OTHER = own_key("another").published()
EXPIRED_OWN = own_key("expired", begins=NOW - timedelta(days=9), ends=NOW - timedelta(days=1))
EXPIRED = EXPIRED_OWN.published()


def accepted(data: bytes, *keys: PublishedKey) -> Verified:
    """What was signed."""
    return verified(read(data, ARTIFACT_RESPONSE), keys or [KEY], now=NOW)


def fault_of(element: etree._Element, keys: Sequence[PublishedKey] = (KEY,)) -> SignatureFault:
    """Why the signature is refused."""
    with pytest.raises(SignatureRefused) as refused:
        verified(element, keys, now=NOW)
    return refused.value.fault


def after(change: Callable[[etree._Element], object]) -> SignatureFault:
    """Why a good request is refused once this was done to it."""
    return fault_of(changed(signed_request(), change))
