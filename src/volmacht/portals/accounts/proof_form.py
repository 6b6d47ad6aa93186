"""The two files that prove an organisation."""

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 64 * 1024


def _small(file: "UploadedFile[bytes]") -> None:
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("Dit bestand is te groot."), code="size")


class ProofForm(forms.Form):
    """Signature and certificate."""

    use_required_attribute = False
    handtekening = forms.FileField(
        label=_("Bestand met de handtekening"),
        help_text="challenge.sig",
        validators=[_small],
        error_messages={"required": _("Kies het bestand met de handtekening.")},
    )
    certificaat = forms.FileField(
        label=_("Bestand met het certificaat"),
        help_text=_("PEM of DER. Nooit de sleutel zelf."),
        validators=[_small],
        error_messages={"required": _("Kies het bestand met het certificaat.")},
    )
