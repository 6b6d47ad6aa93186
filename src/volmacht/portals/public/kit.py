"""Task: tell customers about mandates: texts and pictures for providers, on a page and as one ZIP (CN-24).

The ZIP is made when it is asked for, from the texts in force, and the same texts always give the same bytes.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from volmacht.onboarding.documents import LANGUAGES, DocumentKey, current
from volmacht.onboarding.documents.structure import Block, Heading, chapter, lines, plain
from volmacht.portals.shared.audience import Audience, audience

PICTURES: Final = Path(__file__).resolve().parent / "static" / "public" / "kit"
BEGINNING_OF_TIME: Final = (1980, 1, 1, 0, 0, 0)  # of a ZIP: the moment of downloading would change its bytes
READABLE: Final = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of ours, with what is to be seen."""

    file: str
    alt: Promise

    @property
    def path(self) -> str:
        """Where it stands among the static files."""
        return f"public/kit/{self.file}"


SHOWN: Final = (
    Picture("beeldmerk.svg", gettext_lazy("Het beeldmerk: twee mensen met een sleutel.")),
    Picture("machtigen.svg", gettext_lazy("Twee mensen naast elkaar. De een geeft de ander een sleutel.")),
    Picture(
        "kiezen-voor-wie.svg", gettext_lazy("Een scherm met twee knoppen: voor mijzelf, voor iemand anders.")
    ),
    Picture("balie.svg", gettext_lazy("Twee mensen samen aan een balie, met een blad met een code.")),
)


@audience(Audience.PUBLIC)
@require_safe
def kit(_request: HttpRequest) -> HttpResponse:
    """Everything in one file."""
    return HttpResponse(
        kit_zip(),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="volmacht-communicatieset.zip"'},
    )


def kit_zip() -> bytes:
    """A text for each purpose and language, and each picture."""
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for name, data in sorted(_files().items()):
            entry = ZipInfo(name, BEGINNING_OF_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = READABLE
            file.writestr(entry, data)
    return content.getvalue()


def _files() -> dict[str, bytes]:
    files = {f"beelden/{picture.file}": (PICTURES / picture.file).read_bytes() for picture in SHOWN}
    for language in LANGUAGES:
        text = current(DocumentKey.COMMUNICATION_KIT, language).text
        for heading in text:
            if isinstance(heading, Heading):
                words = _as_text(chapter(text, heading.anchor))
                files[f"{language}/{heading.anchor}.txt"] = f"{plain(heading.line)}\n\n{words}\n".encode()
    return files


def _as_text(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(plain(line) for line in lines(blocks))
