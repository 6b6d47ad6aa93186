"""What each document about connecting is for, and where it is found (CN-24). The order is that of the page."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht.onboarding.documents import DocumentKey
from volmacht.portals.shared.form_words import GUIDE_SLUG

SLUGS: Final = {
    DocumentKey.GUIDE: GUIDE_SLUG,
    DocumentKey.CONDITIONS_PREPRODUCTION: "voorwaarden-preproductie",
    DocumentKey.CONDITIONS_PRODUCTION: "voorwaarden-productie",
    DocumentKey.APPLICATION_FORM: "aanvraagformulier",
    DocumentKey.PREPRODUCTION_FORM: "formulier-preproductie",
    DocumentKey.PRODUCTION_FORM: "formulier-productie",
    DocumentKey.NEW_SERVICE_FORM: "formulier-nieuwe-dienst",
    DocumentKey.CHANGE_FORM: "wijzigingsformulier",
    DocumentKey.CHECKLIST: "checklist",
    DocumentKey.COMMUNICATION_KIT: "communicatieset",
}
BY_SLUG: Final = {slug: key for key, slug in SLUGS.items()}
ABOUT: Final[dict[DocumentKey, Promise]] = {
    DocumentKey.GUIDE: gettext_lazy("Bij elke keuze en elk onderdeel: wat kan, ons advies, en het gevolg."),
    DocumentKey.CONDITIONS_PREPRODUCTION: gettext_lazy("Uw tekenbevoegde accepteert deze in stap 2."),
    DocumentKey.CONDITIONS_PRODUCTION: gettext_lazy("Uw tekenbevoegde accepteert deze in stap 5."),
    DocumentKey.APPLICATION_FORM: gettext_lazy("Wat wij vragen als u begint, in stap 1."),
    DocumentKey.PREPRODUCTION_FORM: gettext_lazy("Wat wij vragen voordat u gaat testen, in stap 2."),
    DocumentKey.PRODUCTION_FORM: gettext_lazy("Wat wij vragen voordat u live gaat, in stap 5."),
    DocumentKey.NEW_SERVICE_FORM: gettext_lazy("Wat wij vragen als u een dienst toevoegt."),
    DocumentKey.CHANGE_FORM: gettext_lazy("Wat wij vragen bij elke soort wijziging."),
    DocumentKey.CHECKLIST: gettext_lazy("Alles wat goed moet zijn, en hoe u een fout oplost."),
    DocumentKey.COMMUNICATION_KIT: gettext_lazy("Teksten en afbeeldingen voor uw website, brief en balie."),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Documents that belong together."""

    name: Promise
    keys: tuple[DocumentKey, ...]


SUBJECTS: Final = (
    Subject(
        gettext_lazy("Voorwaarden"),
        (DocumentKey.CONDITIONS_PREPRODUCTION, DocumentKey.CONDITIONS_PRODUCTION),
    ),
    Subject(
        gettext_lazy("Formulieren"),
        (
            DocumentKey.APPLICATION_FORM,
            DocumentKey.PREPRODUCTION_FORM,
            DocumentKey.PRODUCTION_FORM,
            DocumentKey.NEW_SERVICE_FORM,
            DocumentKey.CHANGE_FORM,
        ),
    ),
    Subject(gettext_lazy("Testen"), (DocumentKey.CHECKLIST,)),
    Subject(gettext_lazy("Vertellen over machtigen"), (DocumentKey.COMMUNICATION_KIT,)),
)
