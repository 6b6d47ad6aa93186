"""Write the documents that follow from data: the forms and the checklist (CN-24); pin what was written by hand.

`python -m tools.documents` (`make documents`) publishes the next version of each generated one that is out of date.
`--again` writes the newest version anew instead, and `KEY` pins that of a document written by hand: only right while
nobody can have signed it. `--day 2027-01-01` is the day from which a new version counts.
"""

import argparse
import os
import sys
import tempfile
from datetime import date

import django

from volmacht.onboarding.documents import LANGUAGES, DocumentKey, text_file
from volmacht.onboarding.documents.writing import newest, newest_texts, publish

FIRST_DAY = date(2026, 1, 1)


def write(key: DocumentKey, texts: dict[str, str], *, again: bool, day: date) -> str:
    """Publish these texts when they are not the newest version already; what was done."""
    if newest_texts(key) == texts:
        return "up to date"
    number = max(newest(key), 1) if again else newest(key) + 1
    publish(key, number, texts, FIRST_DAY if number == 1 else day)
    return f"version {number}"


def pin(key: DocumentKey, day: date) -> str:
    """Pin the newest version that stands in files written by hand; what was done."""
    number = max(int(path.name.split(".")[0]) for path in text_file(key, 1, "nl").parent.glob("*.nl.md"))
    texts = {language: text_file(key, number, language).read_text() for language in LANGUAGES}
    publish(key, number, texts, FIRST_DAY if number == 1 else day)
    return f"pinned version {number}"


def main() -> int:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keys", nargs="*", type=DocumentKey, metavar="KEY")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--day", type=date.fromisoformat, default=date.today())  # noqa: DTZ011 - a day for people
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VOLMACHT_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volmacht.config.settings")
        django.setup()
        from tools.generated_documents import GENERATED

        for key in given.keys or GENERATED:
            if key in GENERATED:
                texts = {language: GENERATED[key](language) for language in LANGUAGES}
                done = write(key, texts, again=given.again, day=given.day)
            else:
                done = pin(key, given.day)
            print(f"{key}: {done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
