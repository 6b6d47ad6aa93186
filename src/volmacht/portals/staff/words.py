"""Words of the desk for the closed lists that only the desk shows."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from volmacht.onboarding.queries import AutomaticCheck
from volmacht.portals.shared.case_words import OBJECTIONS
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.wording import Words
from volmacht.rules.accounts import ProofHow
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.reading import ReadPurpose

SUBJECTS: Mapping[str, Text] = {
    "mandate": _("Een machtiging"),
    "use": _("Een gebruik van een machtiging"),
    "request": _("Een aanvraag voor een machtiging"),
}
AUTOMATIC_CHECKS: Mapping[AutomaticCheck, Text] = {
    AutomaticCheck.SWITCHED_ON: _("De beheerder gaf zelf gegevens na automatische controle niet vrij."),
    AutomaticCheck.ORGANISATION_PROVEN: _("De organisatie is nog niet bewezen."),
    AutomaticCheck.SIGNATORY_PROVEN: _("Van geen tekenbevoegde is vastgesteld wie het is."),
    AutomaticCheck.ALB_ENTITLED: _("De organisatie staat niet in de lijst van wie het BSN mag gebruiken."),
    AutomaticCheck.FORMS_COMPLETE: _("Het formulier is niet helemaal goed ingevuld."),
    AutomaticCheck.METADATA_GOOD: _("De metadata zijn niet goed, of zijn er nog niet."),
}
PROOFS: Mapping[ProofHow, Text] = {
    ProofHow.CERTIFICATE: _("Tekst ondertekend met een certificaat waarin het OIN staat"),
    ProofHow.EHERKENNING: _("Ingelogd met eHerkenning"),
    ProofHow.LETTER: _("Een brief aan het adres uit het Handelsregister kwam ondertekend terug"),
    ProofHow.VIDEO_CALL: _("In een videogesprek, met een geldig identiteitsbewijs in beeld"),
    ProofHow.EARLIER_CONNECTION: _("Al aangesloten, en toen vastgesteld"),
}
PURPOSES: Mapping[ReadPurpose, Text] = {
    ReadPurpose.JUDGING: _("Beoordelen"),
    ReadPurpose.SUPPORT: _("Helpen"),
    ReadPurpose.SUPERVISION: _("Toezicht"),
    ReadPurpose.DISPUTE: _("Uitzoeken wat niet klopt"),
}

# What is said otherwise to an employee than to the organisation itself.
_AT_THE_DESK: Mapping[Objection, Words] = {
    Objection.NOT_PROVEN: Words(
        _("De organisatie of haar tekenbevoegde is nog niet bewezen"),
        _("Zolang dat zo is, geven wij niets."),
        _("Ga naar de organisatie en leg vast wat u hebt vastgesteld."),
    ),
    Objection.NOT_COMPLETE: Words(
        _("Het formulier is nog niet af"),
        _("Er ontbreekt iets dat nodig is om dit uit te voeren."),
        _("Geef het formulier terug, met wat er anders moet."),
    ),
    Objection.METADATA_NOT_GOOD: Words(
        _("De metadata zijn niet goed"),
        _(
            "Er is niets veranderd. In het dossier staat wat er mis is met het document, of dat het ontbreekt."
        ),
        _("Geef de metadata terug, met de reden."),
    ),
    Objection.NOT_A_FIELD: Words(
        _("Dit antwoord is er niet meer"),
        _("De organisatie heeft het formulier intussen veranderd."),
        _("Kies opnieuw welke antwoorden anders moeten."),
    ),
}


def at_the_desk(words: Words | None) -> Words | None:
    """The words of an objection for an employee."""
    found = next((one for one, said in OBJECTIONS.items() if said is words), None)
    return _AT_THE_DESK.get(found, words) if found else words
