"""The words of every kind of change that a connected organisation passes on (CN-21)."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht.rules.onboarding.changes import ChangeOf


@dataclass(frozen=True, slots=True)
class Words:
    """What something is called, and one or two sentences about it."""

    name: Promise
    about: Promise


CHANGES: Final[dict[ChangeOf, Words]] = {
    ChangeOf.CERTIFICATE: Words(
        gettext_lazy("Een certificaat"),
        gettext_lazy("Het nieuwe komt naast het oude. Daarna gaat het oude weg."),
    ),
    ChangeOf.METADATA: Words(
        gettext_lazy("De metadata"), gettext_lazy("Nieuwe adressen, sleutels of diensten in uw metadata.")
    ),
    ChangeOf.CONTACTS: Words(
        gettext_lazy("Een contactpersoon"), gettext_lazy("Iemand anders, of een ander adres of nummer.")
    ),
    ChangeOf.ORGANISATION_NAME: Words(
        gettext_lazy("De naam van de organisatie"),
        gettext_lazy("De nieuwe naam moet zo in de ALB-lijst staan."),
    ),
    ChangeOf.LEVEL: Words(
        gettext_lazy("Het niveau van een dienst"),
        gettext_lazy("Wij vertellen het aan de mensen die een machtiging hebben."),
    ),
    ChangeOf.TERM: Words(
        gettext_lazy("Hoe lang een machtiging geldt"),
        gettext_lazy("Dit geldt alleen voor nieuwe machtigingen."),
    ),
    ChangeOf.SUPPLIER: Words(
        gettext_lazy("De leverancier"), gettext_lazy("U stapt over, of gaat zelf verder.")
    ),
    ChangeOf.DESCRIPTION: Words(
        gettext_lazy("De beschrijving van een dienst"), gettext_lazy("De tekst die burgers lezen.")
    ),
    ChangeOf.STOP_SERVICE: Words(
        gettext_lazy("Stoppen met een dienst"),
        gettext_lazy("De machtigingen voor deze dienst stoppen op de dag die u kiest."),
    ),
    ChangeOf.STOP_CONNECTION: Words(
        gettext_lazy("Stoppen met de aansluiting"),
        gettext_lazy("Al uw diensten en machtigingen stoppen dan."),
    ),
}
