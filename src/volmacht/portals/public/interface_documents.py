"""The descriptions of the interfaces, shown from the files of the project itself (docs/), where those are present.

One source: who reads the site and who reads the source code read the same. They are in English only.
"""

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht.onboarding.documents.reading import read
from volmacht.onboarding.documents.structure import Block


@dataclass(frozen=True, slots=True)
class Interface:
    """One description: its address on the site, its file under docs/, and what it is for."""

    slug: str
    file: str
    name: Promise
    about: Promise


INTERFACES: Final = (
    Interface(
        "eerste-inlog",
        "providers/README.md",
        gettext_lazy("Uw eerste inlog in een uur"),
        gettext_lazy("Voor wie bouwt: van niets naar een werkende inlog op uw eigen computer."),
    ),
    Interface(
        "saml",
        "interfaces/saml.md",
        gettext_lazy("Het SAML-koppelvlak"),
        gettext_lazy("Elk bericht, elke status en elke regel."),
    ),
    Interface(
        "rest",
        "interfaces/bvd-rest.md",
        gettext_lazy("Het REST-koppelvlak"),
        gettext_lazy("Voor diensten die mensen zelf laten inloggen."),
    ),
)


def is_here(interface: Interface) -> bool:
    """Whether this installation has the file."""
    return _path(interface).is_file()


def interface_text(interface: Interface) -> tuple[str, tuple[Block, ...]]:
    """Its title and text; links to other files of the project are text, unless this site shows the file."""
    path = _path(interface)
    return _read(interface, path.stat().st_mtime_ns, reverse("public:documentation"))


@lru_cache(maxsize=8)
def _read(interface: Interface, _changed: int, _language_of_links: str) -> tuple[str, tuple[Block, ...]]:
    here = posixpath.dirname(interface.file)
    pages = {each.file: reverse("public:interface", kwargs={"slug": each.slug}) for each in INTERFACES}

    def link(address: str) -> str:
        if address.startswith(("https://", "#")):
            return address
        file, _, anchor = address.partition("#")
        page = pages.get(posixpath.normpath(posixpath.join(here, file)), "")
        return f"{page}#{anchor}" if page and anchor else page

    return read(_path(interface).read_text(), link)


def _path(interface: Interface) -> Path:
    root: Path = settings.PROJECT_ROOT
    return root / "docs" / interface.file
