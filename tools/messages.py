"""Translations without a gettext binary: `update` collects texts, `compile` makes the .mo files.

Dutch is the source language: a msgid is the Dutch sentence. Each package with texts has its own
`locale/en/LC_MESSAGES/django.po`. `check` fails when a text has no English.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "volmacht"
TEMPLATES = {".html", ".txt"}
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def packages() -> Iterator[Path]:
    """Every package that has translations."""
    return (path.parent for path in sorted(SOURCE.rglob("locale")) if path.is_dir())


def po_file(package: Path) -> Path:
    """Where the English of a package stands."""
    return package / "locale" / "en" / "LC_MESSAGES" / "django.po"


def texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """Text, comments and context of everything to translate in a file. Django turns a template into calls."""
    source = path.read_text()
    if path.suffix in TEMPLATES:
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _line, text, comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        yield text, comments, context


def collect(package: Path) -> Catalog:
    """The texts a package has now; sub-packages with translations of their own are left to them."""
    inner = [other for other in packages() if other != package and package in other.parents]
    catalog = Catalog(locale="en", domain="django", project="Volmacht", fuzzy=False)
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", *TEMPLATES} and not any(other in path.parents for other in inner):
            for text, comments, context in texts(path):
                place = (str(path.relative_to(SOURCE)), 0)  # line numbers would change with every edit
                catalog.add(text, None, [place], auto_comments=comments, context=context)
    return catalog


def translations(package: Path) -> Catalog:
    """What is translated now; empty for a new package."""
    path = po_file(package)
    if not path.exists():
        return Catalog(locale="en", domain="django", project="Volmacht", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale="en", domain="django")


def update() -> int:
    """Merge new texts into the .po files; texts that are gone are dropped."""
    for package in packages():
        path = po_file(package)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = translations(package)
        made = catalog.creation_date  # kept: a file in which no text changed stays as it is
        catalog.update(collect(package), no_fuzzy_matching=True)
        catalog.creation_date = made
        catalog.obsolete.clear()
        with path.open("wb") as new:
            write_po(new, catalog, width=110, omit_header=False, sort_output=True, include_lineno=False)
    return 0


def compile_all() -> int:
    """Write a .mo beside each .po."""
    for package in packages():
        path = po_file(package)
        if path.exists():
            with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source, locale="en", domain="django"))
    return 0


def homeless() -> list[str]:
    """Texts in a package that has no translations at all, nor a package above it."""
    translated = set(packages())
    tops = [path for path in sorted(SOURCE.iterdir()) if path.is_dir() and path not in translated]
    problems = []
    for package in tops:
        for message in collect(package):
            if message.id:
                problems += [f"{name}: {message.id}" for name, _ in message.locations]
    return problems


def missing() -> list[str]:
    """Texts without English, and texts the .po files do not have, as `package: text`."""
    problems = homeless()
    for package in packages():
        known = translations(package)
        for message in collect(package):
            if not message.id:
                continue
            entry = known.get(message.id, context=message.context)
            strings = (
                entry.string
                if entry and isinstance(entry.string, tuple)
                else (entry.string if entry else "",)
            )
            if not all(strings):
                problems.append(f"{package.relative_to(SOURCE)}: {message.id}")
    return problems


def check() -> int:
    """Print what is missing; 1 when anything is."""
    problems = missing()
    for problem in problems:
        print(f"no English: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit({"update": update, "compile": compile_all, "check": check}[sys.argv[1]]())
