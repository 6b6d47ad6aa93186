"""Addresses as they stand on paper: whole, and without the part that nobody types."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class PaperAddress:
    """A page of this site: `whole` for a QR code or link, `short` for reading."""

    whole: str

    @property
    def short(self) -> str:
        """Without https:// and without the last slash."""
        return self.whole.partition("://")[2].rstrip("/")

    def qr_code(self) -> str:
        """The address as a QR code, in SVG."""
        drawing: str = segno.make(self.whole, error="m", micro=False).svg_inline(
            scale=4, border=4, light="#ffffff"
        )
        return drawing


def enter_code_address() -> PaperAddress:
    """Where a code is entered, in the language of the page."""
    return PaperAddress(settings.VOLMACHT.base_url + reverse("mandates:enter-code"))
