"""Who may log in to pre-production: only who an operator listed (decision 0041).

There anybody may have an account with any number, so a number alone says nothing about who somebody is. In profile demo
everybody is invented, and everybody may.
"""

from pathlib import Path

from django.conf import settings

from volmacht.rules.identifiers import Bsn, InvalidIdentifier, KvkNumber


class BadTestPeople(ValueError):
    """The file of test people cannot be used; the message says which line, and never repeats a number."""


def may_test(who: Bsn | KvkNumber) -> bool:
    """Whether this person or organisation was listed for testing."""
    listed: Path | None = settings.VOLMACHT.test_people
    if listed is None:
        demo: bool = settings.VOLMACHT.demo
        return demo
    return who in read_test_people(listed)


def read_test_people(listed: Path) -> frozenset[Bsn | KvkNumber]:
    """The BSNs and KvK numbers in a file, one a line; what follows a # is a remark. Raises BadTestPeople."""
    try:
        lines = listed.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadTestPeople(f"{listed} cannot be read") from problem
    found: set[Bsn | KvkNumber] = set()
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if text:
            found.add(_listed(text, f"{listed}, line {number}"))
    return frozenset(found)


def _listed(text: str, where: str) -> Bsn | KvkNumber:
    for kind in (Bsn.parse, KvkNumber):
        try:
            return kind(text)
        except InvalidIdentifier:
            continue
    raise BadTestPeople(f"{where} is no BSN and no KvK number")
