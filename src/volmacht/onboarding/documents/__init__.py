"""The documents about connecting, in versions and two languages (CN-24): texts of our own, kept as files.

`current` and `version` are the way in. What was published once never changes: `texts/published.toml` pins the SHA-256
of each file, and a file that differs is refused (decision 0035). Forms and checklist are written by `make documents`
from the same data that the system runs on. Reads files of this package only.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from volmacht import clock
from volmacht.onboarding.documents.reading import read
from volmacht.onboarding.documents.structure import Block

TEXTS: Final = Path(__file__).resolve().parent / "texts"
PUBLISHED: Final = TEXTS / "published.toml"
LANGUAGES: Final = ("nl", "en")


class DocumentKey(StrEnum):
    """Which document. Values are stored with what was signed: never rename one."""

    GUIDE = "guide"
    CONDITIONS_PREPRODUCTION = "conditions_preproduction"
    CONDITIONS_PRODUCTION = "conditions_production"
    APPLICATION_FORM = "application_form"
    PREPRODUCTION_FORM = "preproduction_form"
    PRODUCTION_FORM = "production_form"
    NEW_SERVICE_FORM = "new_service_form"
    CHANGE_FORM = "change_form"
    CHECKLIST = "checklist"
    COMMUNICATION_KIT = "communication_kit"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion:
    """One version of a document in one language; `sha256` is that of `source`, the exact bytes that were published."""

    key: DocumentKey
    version: int
    language: str
    title: str
    text: tuple[Block, ...]
    source: bytes
    sha256: str
    in_force_from: date


class UnknownVersion(KeyError):
    """There is no such version of the document, or not in this language."""


class ChangedText(RuntimeError):
    """The file of a published version is not what was published."""


def current(key: DocumentKey, language: str) -> DocumentVersion:
    """The version in force today; before the first came into force, the first."""
    dated = [(number, in_force_from(key, number)) for number in numbers(key)]
    begun = [number for number, day in dated if day <= clock.today()]
    return version(key, begun[-1] if begun else dated[0][0], language)


@lru_cache(maxsize=256)
def version(key: DocumentKey, number: int, language: str) -> DocumentVersion:
    """One version of a document. Raises UnknownVersion, or ChangedText when its file was changed."""
    pinned = _published().get(key, {}).get(str(number))
    if pinned is None or language not in LANGUAGES:
        raise UnknownVersion(f"{key} {number} {language}")
    source = text_file(key, number, language).read_bytes()
    digest = hashlib.sha256(source).hexdigest()
    if digest != pinned[language]:
        raise ChangedText(f"{key} {number} {language}")
    title, text = read(source.decode())
    return DocumentVersion(
        key=key,
        version=number,
        language=language,
        title=title,
        text=text,
        source=source,
        sha256=digest,
        in_force_from=pinned["in_force_from"],
    )


def numbers(key: DocumentKey) -> tuple[int, ...]:
    """The versions that were published, the oldest first."""
    return tuple(sorted(map(int, _published()[key])))


def in_force_from(key: DocumentKey, number: int) -> date:
    """From which day a version counts. Raises UnknownVersion."""
    try:
        day: date = _published()[key][str(number)]["in_force_from"]
    except KeyError as error:
        raise UnknownVersion(f"{key} {number}") from error
    return day


def text_file(key: DocumentKey, number: int, language: str) -> Path:
    """Where a text stands."""
    return TEXTS / key / f"{number}.{language}.md"


@lru_cache(maxsize=1)
def _published() -> dict[str, Any]:
    return tomllib.loads(PUBLISHED.read_text())
