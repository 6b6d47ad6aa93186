"""Words for the documents of a case."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from volmacht.onboarding.operations import FileKind
from volmacht.portals.shared.parts import Text

KINDS: Mapping[FileKind, Text] = {
    FileKind.METADATA: _("Metadata"),
    FileKind.CERTIFICATE_REQUEST: _("Certificaataanvraag"),
    FileKind.CERTIFICATE: _("Certificaat om te testen"),
    FileKind.SECURITY_STATEMENT: _("Verklaring over beveiliging"),
    FileKind.SIGNED: _("Ondertekend formulier met voorwaarden"),
    FileKind.REPORT: _("Testrapport"),
    FileKind.ATTACHMENT: _("Bijlage"),
}
