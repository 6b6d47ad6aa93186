"""The words of the implementation plan: steps, roles, and each task with what it comes down to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht.portals.shared.step_words import STEPS
from volmacht.rules.onboarding import Role, TaskKey

__all__ = ["ROLES", "STEPS", "TASKS", "TaskWords"]

ROLES: dict[Role, Promise] = {
    Role.SIGNATORY: gettext_lazy("Tekenbevoegde"),
    Role.PROJECT_LEADER: gettext_lazy("Projectleider"),
    Role.FUNCTIONAL: gettext_lazy("Functioneel contact"),
    Role.TECHNICAL: gettext_lazy("Technisch contact"),
    Role.SECURITY: gettext_lazy("Contact voor beveiliging"),
    Role.SUPPLIER: gettext_lazy("Leverancier"),
    Role.OPERATOR: gettext_lazy("Volmacht"),
}


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What a task is called, and what it comes down to."""

    name: Promise
    what: Promise


TASKS: dict[TaskKey, TaskWords] = {
    TaskKey.NAME_LEAD: TaskWords(
        gettext_lazy("Wijs aan wie verantwoordelijk is"),
        gettext_lazy(
            "Kies de projectleider. Kies ook wie de contacten zijn voor werking, techniek en beveiliging."
        ),
    ),
    TaskKey.FORM_TEAM: TaskWords(
        gettext_lazy("Stel het team samen"),
        gettext_lazy("Spreek af wie wat doet, en wie besluit als u het niet eens wordt."),
    ),
    TaskKey.READ_GUIDE: TaskWords(
        gettext_lazy("Lees de uitleg over aansluiten"),
        gettext_lazy("Lees de zes stappen en de documentatie. Schrijf op wat u moet kiezen."),
    ),
    TaskKey.AUTHORISE_SUPPLIER: TaskWords(
        gettext_lazy("Geef de leverancier toestemming"),
        gettext_lazy("De leverancier mag pas voor u werken als uw tekenbevoegde dat goed vindt."),
    ),
    TaskKey.DECIDE_FRAME: TaskWords(
        gettext_lazy("Kies hoe u machtigen gebruikt"),
        gettext_lazy(
            "Kies hoeveel diensten één code opent, wanneer de code wordt ingevuld en hoe lang zij geldt."
        ),
    ),
    TaskKey.DEFINE_SET: TaskWords(
        gettext_lazy("Beschrijf de dienstenset"),
        gettext_lazy("Zet de diensten bij elkaar die één code opent. Leg uit waarom zij bij elkaar horen."),
    ),
    TaskKey.DECIDE_MESSAGE_BOX: TaskWords(
        gettext_lazy("Besluit over de Berichtenbox"),
        gettext_lazy("Kies of de gemachtigde ook uw post in de Berichtenbox mag lezen."),
    ),
    TaskKey.DECIDE_SURVIVORS: TaskWords(
        gettext_lazy("Besluit over nabestaanden"),
        gettext_lazy("Kies of nabestaanden bij u zaken mogen regelen voor iemand die is overleden."),
    ),
    TaskKey.SETTLE_PROCESS: TaskWords(
        gettext_lazy("Stel het proces en dit plan vast"),
        gettext_lazy("Loop het proces en de data na met iedereen die een taak heeft."),
    ),
    TaskKey.PREPRODUCTION_CERTIFICATES: TaskWords(
        gettext_lazy("Vraag certificaten aan voor preproductie"),
        gettext_lazy("Uw verbinding heeft certificaten nodig voor ondertekenen, versleutelen en verbinden."),
    ),
    TaskKey.FILL_PREPRODUCTION_FORM: TaskWords(
        gettext_lazy("Vul het aansluitformulier voor preproductie in"),
        gettext_lazy("Voeg de metadata en de certificaten toe."),
    ),
    TaskKey.SIGN_PREPRODUCTION: TaskWords(
        gettext_lazy("Onderteken het formulier voor preproductie"),
        gettext_lazy("Wie tekent, gaat ook akkoord met de voorwaarden voor preproductie."),
    ),
    TaskKey.CONNECTION_DATA: TaskWords(
        gettext_lazy("Stuurt de aansluitgegevens"),
        gettext_lazy("U krijgt ze binnen vijf werkdagen nadat wij het formulier hebben."),
    ),
    TaskKey.BUILD_LOG_IN: TaskWords(
        gettext_lazy("Bouw het inloggen voor een ander"),
        gettext_lazy("Laat vóór het inloggen de keuze zien: voor uzelf of voor een ander."),
    ),
    TaskKey.BUILD_CODE_ENTRY: TaskWords(
        gettext_lazy("Bouw het moment van de code in"),
        gettext_lazy("Zorg dat de gemachtigde op het gekozen moment bij het invullen van de code komt."),
    ),
    TaskKey.BUILD_SET: TaskWords(
        gettext_lazy("Laat de dienstenset elke dienst openen"),
        gettext_lazy("Controleer per dienst of de machtiging voor de set ook daar werkt."),
    ),
    TaskKey.LINK_MESSAGE_BOX: TaskWords(
        gettext_lazy("Koppel uw post in de Berichtenbox"),
        gettext_lazy("Leg vast welke post bij welke dienst hoort."),
    ),
    TaskKey.SURVIVOR_PROCEDURE: TaskWords(
        gettext_lazy("Maak een werkwijze voor nabestaanden"),
        gettext_lazy("Spreek af wie in uw organisatie nabestaanden machtigt, en wat die persoon nakijkt."),
    ),
    TaskKey.WRITE_TEXTS: TaskWords(
        gettext_lazy("Schrijf de teksten voor uw dienst"),
        gettext_lazy("Beschrijf de dienst in gewone taal. Schrijf ook wat mensen lezen als het niet lukt."),
    ),
    TaskKey.SECURITY_STATEMENT: TaskWords(
        gettext_lazy("Laat de beveiliging toetsen"),
        gettext_lazy("U levert een verklaring dat uw dienst aan de richtlijnen voor beveiliging voldoet."),
    ),
    TaskKey.RUN_TESTS: TaskWords(
        gettext_lazy("Test de aansluiting zelf"),
        gettext_lazy("U bent klaar als uw aansluiting aan alle eisen voldoet."),
    ),
    TaskKey.OFFER_FOR_TEST: TaskWords(
        gettext_lazy("Bied de aansluiting aan voor de test"),
        gettext_lazy("Laat weten dat u klaar bent, en wie bereikbaar is tijdens de test."),
    ),
    TaskKey.PREPRODUCTION_REPORT: TaskWords(
        gettext_lazy("Test op preproductie en stuurt het testrapport"),
        gettext_lazy("U krijgt het testrapport binnen vijf werkdagen."),
    ),
    TaskKey.MEND_FINDINGS: TaskWords(
        gettext_lazy("Herstel wat uit de test kwam"),
        gettext_lazy("Dit is ruimte in het plan. Zijn er geen fouten, dan kunt u eerder verder."),
    ),
    TaskKey.SIGN_PRODUCTION: TaskWords(
        gettext_lazy("Onderteken het formulier voor productie"),
        gettext_lazy(
            "U krijgt formulier en voorwaarden met een e-mail. Wie tekent, gaat akkoord met de voorwaarden."
        ),
    ),
    TaskKey.PRODUCTION_CERTIFICATES: TaskWords(
        gettext_lazy("Vraag certificaten aan voor productie"),
        gettext_lazy("Productie heeft andere certificaten dan preproductie."),
    ),
    TaskKey.CONNECT_PRODUCTION: TaskWords(
        gettext_lazy("Sluit aan op productie"),
        gettext_lazy("Zet de instellingen over die op preproductie zijn goedgekeurd."),
    ),
    TaskKey.TRAIN_STAFF: TaskWords(
        gettext_lazy("Leid uw medewerkers op"),
        gettext_lazy("Balie en telefoon moeten weten wat machtigen is en waar mensen hulp krijgen."),
    ),
    TaskKey.PRODUCTION_REPORT: TaskWords(
        gettext_lazy("Beoordeelt productie en stuurt het testrapport"),
        gettext_lazy(
            "Wij kijken naar de werking en naar de teksten. U krijgt het rapport binnen vijf werkdagen."
        ),
    ),
    TaskKey.ACTIVATE: TaskWords(
        gettext_lazy("Activeert de aansluiting"),
        gettext_lazy("Dit gebeurt op dezelfde dag als alles in orde is."),
    ),
    TaskKey.FIRST_LOG_IN: TaskWords(
        gettext_lazy("Controleer de eerste keer inloggen"),
        gettext_lazy("Kijk samen met een gemachtigde of alles werkt. Zet daarna het nieuws op uw site."),
    ),
}
