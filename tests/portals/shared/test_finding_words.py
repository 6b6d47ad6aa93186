"""Every finding in a metadata document, and every reason why an address gave none, has words in both languages."""

from collections.abc import Mapping
from enum import StrEnum

import pytest
from django.utils import translation

from volmacht.catalogue.kinds import FetchFault
from volmacht.portals.shared.finding_words import FETCHING, FINDINGS
from volmacht.protocols.saml.metadata.findings import FindingCode


@pytest.mark.parametrize(
    ("vocabulary", "words"), [(FindingCode, FINDINGS), (FetchFault, FETCHING)], ids=["document", "address"]
)
def test_each_has_words(vocabulary: type[StrEnum], words: Mapping[StrEnum, object]) -> None:
    assert set(words) == set(vocabulary)
    for word in words.values():
        said = set()
        for language in ("nl", "en"):
            with translation.override(language):
                said.add(str(word))
        assert len(said) == 2, said
