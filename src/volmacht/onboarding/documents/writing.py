"""Publishing a version: writes the files of a document and pins them. For `make documents`, not for the site."""

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from volmacht.onboarding.documents import LANGUAGES, PUBLISHED, TEXTS, DocumentKey, text_file
from volmacht.onboarding.documents.reading import read

_HEAD: Final = """# Every version that was published, with the SHA-256 of its texts. Written by `make documents`.
# A line here never changes: whoever signed a document signed exactly these bytes.
"""


def pinned() -> dict[str, Any]:
    """What was published, by document and version."""
    return tomllib.loads(PUBLISHED.read_text()) if PUBLISHED.exists() else {}


def newest(key: DocumentKey) -> int:
    """The number of the newest version that was published; 0 when there is none."""
    return max(map(int, pinned().get(key, {})), default=0)


def newest_texts(key: DocumentKey) -> dict[str, str]:
    """The texts of that version, by language."""
    number = newest(key)
    return (
        {language: text_file(key, number, language).read_text() for language in LANGUAGES} if number else {}
    )


def publish(key: DocumentKey, number: int, texts: Mapping[str, str], day: date) -> None:
    """Write a version and pin it. Raises UnreadableText before anything is written."""
    for text in texts.values():
        read(text)
    known = pinned()
    (TEXTS / key).mkdir(exist_ok=True)
    pins: dict[str, object] = {"in_force_from": day}
    for language in LANGUAGES:
        content = texts[language].encode()
        text_file(key, number, language).write_bytes(content)
        pins[language] = hashlib.sha256(content).hexdigest()
    known.setdefault(key, {})[str(number)] = pins
    PUBLISHED.write_text(_as_toml(known))


def _as_toml(known: Mapping[str, Any]) -> str:
    parts = [_HEAD]
    for key in DocumentKey:
        for number, pins in sorted(known.get(key, {}).items(), key=lambda item: int(item[0])):
            lines = [f"[{key}.{number}]", f"in_force_from = {pins['in_force_from']}"]
            lines += [f'{language} = "{pins[language]}"' for language in LANGUAGES]
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
