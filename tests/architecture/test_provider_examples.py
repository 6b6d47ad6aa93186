"""The messages that the provider's guide shows are those that Volmacht writes and reads today."""

import pytest
from lxml import etree

from tools.saml_examples import FOLDER, examples
from volmacht.protocols.xml.names import SAML

RENEW = "run `python -m tools.saml_examples`"


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """Each message as Volmacht writes it now, by the name of its file."""
    return examples()


def test_the_examples_are_what_volmacht_writes_now(written: dict[str, str]) -> None:
    shown = {path.name: path.read_text() for path in FOLDER.iterdir()}
    assert shown == written, RENEW


def test_the_answer_names_who_acts_and_for_whom(written: dict[str, str]) -> None:
    answer = etree.fromstring(written["artifact-response.xml"])
    names = [attribute.get("Name", "").rpartition(":")[2] for attribute in answer.iter(SAML + "Attribute")]
    assert names == ["ServiceUUID", "ActingSubjectID", "LegalSubjectID"]
    assert "9999000" not in written["artifact-response.xml"]
