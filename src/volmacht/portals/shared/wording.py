"""Every "no", every end and every route in words for people, Dutch and English (B1).

Only words: whether something is refused stands in `volmacht.rules`. CODE_NOT_RECOGNISED and NOT_YOURS say
no more than they may: not which of code and BSN was wrong, not whether something exists.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from volmacht.notifications.kinds import Side
from volmacht.portals.shared.parts import Text
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal
from volmacht.rules.routes import Route


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong, why, and what someone can do now."""

    title: Text
    explanation: Text
    way_out: Text


ASK_ORGANISATION = _("Neem contact op met de organisatie waar u iets wilt regelen.")
CHOOSE_OTHER_SERVICE = _("Kies een andere dienst.")
ASK_NEW_CODE = _("Vraag de persoon voor wie u dit regelt om een nieuwe code.")

DECISION = {
    Refusal.NO_MANDATE: Words(
        _("U hebt hiervoor geen machtiging"),
        _("U bent niet gemachtigd om dit voor deze persoon te doen."),
        _("Vraag deze persoon om u te machtigen."),
    ),
    Refusal.NOT_YET_VALID: Words(
        _("De machtiging is nog niet begonnen"),
        _("De begindatum van de machtiging is nog niet bereikt."),
        _("Probeer het opnieuw vanaf de begindatum."),
    ),
    Refusal.MANDATE_ENDED: Words(
        _("De machtiging is gestopt"),
        _("U mag dit daarom niet meer voor deze persoon doen."),
        _("Vraag om een nieuwe machtiging als u nog wilt helpen."),
    ),
    Refusal.SERVICE_NOT_MANDATABLE: Words(
        _("Voor deze dienst kunt u niemand machtigen"),
        _("De organisatie staat niet toe dat iemand anders dit regelt."),
        ASK_ORGANISATION,
    ),
    Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED: Words(
        _("Deze soort gemachtigde mag hier niet"),
        _("De dienst bepaalt of een persoon of een bedrijf mag helpen. Voor deze dienst mag het niet."),
        ASK_ORGANISATION,
    ),
    Refusal.LEVEL_TOO_LOW: Words(
        _("U moet op een veiligere manier inloggen"),
        _("De manier waarop u nu bent ingelogd, is voor deze dienst niet veilig genoeg."),
        _(
            "Log in met de DigiD-app. Doe daarin eerst een ID-check met uw paspoort, identiteitskaart of rijbewijs."
        ),
    ),
    Refusal.REPRESENTED_DECEASED: Words(
        _("Deze persoon is overleden"),
        _("Een machtiging stopt als iemand overlijdt."),
        _("Bent u nabestaande? Vraag de organisatie om een machtiging voor nabestaanden."),
    ),
    Refusal.REPRESENTATIVE_DECEASED: Words(
        _("De gemachtigde is overleden"),
        _("Een machtiging stopt als de gemachtigde overlijdt."),
        _("Kies iemand anders om u te helpen."),
    ),
    Refusal.UNDER_GUARDIANSHIP: Words(
        _("Deze persoon staat onder curatele"),
        _("Wie onder curatele staat, kan niemand machtigen. De curator regelt de zaken."),
        _("Neem contact op met de curator."),
    ),
    Refusal.CONNECTION_INACTIVE: Words(
        _("Deze dienst is nu niet bereikbaar"),
        _("De verbinding met de organisatie staat uit."),
        _("Probeer het later opnieuw, of neem contact op met de organisatie."),
    ),
    Refusal.ORGANISATION_INACTIVE: Words(
        _("Deze organisatie doet niet meer mee"),
        _("Bij deze organisatie kunt u geen machtiging meer gebruiken."),
        ASK_ORGANISATION,
    ),
    Refusal.SERVICE_INACTIVE: Words(
        _("Deze dienst is gesloten"),
        _("De organisatie biedt deze dienst nu niet aan."),
        ASK_ORGANISATION,
    ),
    Refusal.BLOCKED: Words(
        _("Dit is geblokkeerd"),
        _("U kunt nu niet voor deze persoon handelen."),
        _("Vraag ons om hulp. Kijk op de pagina Hulp hoe dat kan."),
    ),
    Refusal.SERVICE_NOT_COVERED: Words(
        _("Uw machtiging is niet voor deze dienst"),
        _("U bent wel gemachtigd, maar voor iets anders."),
        _("Vraag deze persoon om een machtiging voor deze dienst."),
    ),
    Refusal.NOT_OWN_SERVICE: Words(
        _("Deze dienst is niet bekend"),
        _("De dienst is niet bekend bij deze organisatie."),
        ASK_ORGANISATION,
    ),
}

GRANTING = {
    Refusal.SERVICE_UNKNOWN: Words(
        _("Deze dienst kennen wij niet"),
        _("De dienst bestaat niet, of niet meer."),
        CHOOSE_OTHER_SERVICE,
    ),
    Refusal.REPRESENTATIVE_CANNOT_LOG_IN: Words(
        _("Alleen voor organisaties, kan hier nog niet"),
        _(
            "Voor deze dienst kunt u alleen een organisatie machtigen. Organisaties kunnen hier nog niet inloggen."
        ),
        _("Vraag de organisatie waar u iets wilt regelen hoe u dat nu doet."),
    ),
    Refusal.START_IN_PAST: Words(
        _("De begindatum is al voorbij"),
        _("Een machtiging kan niet in het verleden beginnen."),
        _("Kies vandaag of een latere dag."),
    ),
    Refusal.START_TOO_FAR: Words(
        _("De begindatum ligt te ver weg"),
        _("Een machtiging begint hoogstens 12 maanden na vandaag."),
        _("Kies een eerdere begindatum."),
    ),
    Refusal.END_BEFORE_START: Words(
        _("De laatste dag ligt voor de begindatum"),
        _("Een machtiging moet minstens één dag duren."),
        _("Kies een latere laatste dag."),
    ),
    Refusal.PERIOD_TOO_LONG: Words(
        _("De machtiging duurt te lang"),
        _("De organisatie heeft bepaald hoe lang een machtiging hoogstens mag duren."),
        _("Kies een eerdere laatste dag."),
    ),
    Refusal.REPRESENTED_NOT_A_PERSON: Words(
        _("Een organisatie kan hier niemand machtigen"),
        _("Alleen mensen geven een machtiging. Een organisatie kan wel een machtiging krijgen."),
        _("Hebt u een code gekregen? Vul die dan in op de pagina ‘Code invoeren’."),
    ),
    Refusal.REPRESENTED_TOO_YOUNG: Words(
        _("Deze persoon is nog te jong"),
        _("Voor deze dienst kan deze persoon nog niemand machtigen."),
        _("Een ouder of voogd kan de zaken regelen. Vraag de organisatie hoe dat gaat."),
    ),
    Refusal.REPRESENTATIVE_TOO_YOUNG: Words(
        _("De gemachtigde is nog te jong"),
        _("Wie een ander wil helpen met een machtiging, moet 16 jaar of ouder zijn."),
        _("Kies iemand van 16 jaar of ouder."),
    ),
    Refusal.SAME_PERSON: Words(
        _("U kunt uzelf niet machtigen"),
        _("De gemachtigde en degene voor wie het is, zijn dezelfde persoon."),
        _("Kies iemand anders. Voor uzelf kunt u gewoon inloggen."),
    ),
    Refusal.TOO_MANY_OPEN_REQUESTS: Words(
        _("Er staan te veel aanvragen open"),
        _("Er kunnen niet meer aanvragen bij. Sommige zijn nog niet geactiveerd."),
        _("Wacht tot een aanvraag is geactiveerd, of trek een aanvraag in."),
    ),
    Refusal.MANDATE_EXISTS: Words(
        _("Er is al een machtiging"),
        _("Voor deze dienst is deze persoon nu al gemachtigd. Een tweede die later begint, kan niet."),
        _("Verleng de machtiging die er is, of laat de nieuwe vandaag beginnen."),
    ),
    Refusal.NOT_KNOWN_REPRESENTATIVE: Words(
        _("U hebt deze persoon nog niet eerder gemachtigd"),
        _("Zonder code kunt u alleen iemand kiezen die u al eens hebt gemachtigd."),
        _("Kies ‘Iemand die ik nog niet eerder heb gemachtigd’. U krijgt dan een machtigingscode."),
    ),
}

ACTIVATING = {
    Refusal.CODE_INVALID: Words(
        _("De code is niet goed getypt"),
        _("Er zit een typfout in de code. Dit telt niet als poging."),
        _("Kijk de code na. Er staan geen klinkers in, en geen 0, 1 of Y."),
    ),
    Refusal.CODE_NOT_RECOGNISED: Words(
        _("Deze gegevens horen niet bij elkaar"),
        _("Wij vinden geen aanvraag met deze code en dit burgerservicenummer (BSN)."),
        _("Kijk allebei goed na. Na een paar foute pogingen gaat de code op slot."),
    ),
    Refusal.CODE_USED: Words(
        _("Deze code is al gebruikt"),
        _("U kunt een code maar één keer gebruiken."),
        _(
            "Kijk bij ‘Mijn machtigingen’ of de machtiging er al staat. "
            "Staat die er niet? Vraag dan om een nieuwe code."
        ),
    ),
    Refusal.CODE_EXPIRED: Words(_("Deze code is verlopen"), _("De code is te laat gebruikt."), ASK_NEW_CODE),
    Refusal.CODE_WITHDRAWN: Words(
        _("Deze aanvraag is ingetrokken"),
        _("De code werkt daarom niet meer."),
        _("Vraag de persoon voor wie u dit regelt of het klopt."),
    ),
    Refusal.CODE_REPLACED: Words(
        _("Er is een nieuwere code"),
        _("Deze code is vervangen door een nieuwe. De oude werkt niet meer."),
        _("Vraag de persoon voor wie u dit regelt om de nieuwe code."),
    ),
    Refusal.CODE_LOCKED: Words(
        _("Deze code zit op slot"),
        _("De code is te vaak samen met een verkeerd burgerservicenummer (BSN) gebruikt."),
        ASK_NEW_CODE,
    ),
    Refusal.PERIOD_OVER: Words(
        _("De machtiging is al voorbij"),
        _("De laatste dag van de machtiging is al geweest."),
        _("Vraag om een nieuwe machtiging."),
    ),
    Refusal.ACTIVATION_BLOCKED: Words(
        _("U kunt nu geen code invoeren"),
        _("U hebt te vaak verkeerde gegevens ingevuld."),
        _("Wacht 24 uur en probeer het dan opnieuw."),
    ),
    Refusal.BSN_INVALID: Words(
        _("Dit is geen goed burgerservicenummer (BSN)"),
        _("Er zit een typfout in het nummer. Dit telt niet als poging."),
        _("Kijk het nummer na. Het staat op een paspoort, identiteitskaart of rijbewijs."),
    ),
}

LIVING = {
    Refusal.NOT_YOURS: Words(
        _("Dit kunnen wij niet vinden"),
        _("Het bestaat niet, of het is niet van u."),
        _("Ga naar ‘Mijn machtigingen’ en kies daar verder."),
    ),
    Refusal.ALREADY_ENDED: Words(
        _("Deze machtiging was al gestopt"),
        _("Er is niets meer te veranderen."),
        _("Wilt u verder met deze hulp? Maak dan een nieuwe machtiging."),
    ),
    Refusal.NOT_SHORTER: Words(
        _("Dit is niet korter dan nu"),
        _("Hier kunt u de machtiging alleen korter maken."),
        _("Kies een eerdere laatste dag."),
    ),
    Refusal.NOTHING_LEFT: Words(
        _("Er blijft niets over"),
        _("Zo zou de machtiging geen dag of geen dienst meer hebben."),
        _("Wilt u helemaal stoppen? Trek de machtiging dan in."),
    ),
    Refusal.RENEWAL_NOT_LONGER: Words(
        _("Dit is niet langer dan nu"),
        _("Bij verlengen moet de nieuwe laatste dag later zijn dan de oude."),
        _("Kies een latere laatste dag."),
    ),
    Refusal.RENEWAL_TOO_EARLY: Words(
        _("U kunt nog niet om verlenging vragen"),
        _("De machtiging loopt nog lang genoeg."),
        _("Vraag het opnieuw als de laatste dag dichterbij is."),
    ),
    Refusal.RENEWAL_DECLINED: Words(
        _("Op uw vraag is al nee gezegd"),
        _("De persoon voor wie u dit regelt, wil deze machtiging niet verlengen."),
        _("Praat er samen over. Verlengen kan die persoon altijd nog zelf."),
    ),
    Refusal.SET_CHANGED: Words(
        _("Deze dienst zit niet in de machtiging"),
        _("U koos een dienst waarvoor de machtiging niet geldt."),
        _("Maak voor die dienst een nieuwe machtiging."),
    ),
}

AROUND = {
    Refusal.PERSON_UNKNOWN: Words(
        _("Wij kunnen deze persoon niet vinden"),
        _("Deze gegevens staan niet zo in de Basisregistratie Personen (BRP)."),
        _("Kijk de gegevens na en probeer het opnieuw."),
    ),
    Refusal.REGISTER_UNAVAILABLE: Words(
        _("Wij kunnen dit nu niet nakijken"),
        _("De Basisregistratie Personen (BRP) geeft nu geen antwoord. Dat ligt niet aan u."),
        _("Probeer het over een paar minuten opnieuw."),
    ),
    Refusal.TOO_MANY_ATTEMPTS: Words(
        _("U hebt het te vaak geprobeerd"),
        _("Om misbruik te voorkomen, kan het nu even niet."),
        _("Wacht een tijdje en probeer het dan opnieuw."),
    ),
    Refusal.NO_TEST_PERSON: Words(
        _("U bent geen testpersoon"),
        _("In de testomgeving kan alleen inloggen wie daarvoor op een lijst staat."),
        _("Ga naar de gewone site als u uw eigen zaken wilt regelen."),
    ),
}

REFUSALS: dict[Refusal, Words] = {**DECISION, **GRANTING, **ACTIVATING, **LIVING, **AROUND}

ENDS: dict[EndReason, Text] = {
    EndReason.REVOKED: _("ingetrokken door degene voor wie het was"),
    EndReason.GIVEN_UP: _("gestopt door de gemachtigde"),
    EndReason.REVOKED_BY_HELPDESK: _("ingetrokken door de helpdesk, op verzoek"),
    EndReason.REVOKED_BY_PROVIDER: _("ingetrokken door de organisatie"),
    EndReason.EXPIRED: _("de laatste dag is voorbij"),
    EndReason.REPRESENTED_DIED: _("degene voor wie het was, is overleden"),
    EndReason.REPRESENTATIVE_DIED: _("de gemachtigde is overleden"),
    EndReason.UNDER_GUARDIANSHIP: _("degene voor wie het was, staat onder curatele"),
    EndReason.SERVICE_WITHDRAWN: _("de dienst bestaat niet meer"),
    EndReason.REPLACED: _("vervangen door een nieuwe machtiging"),
    EndReason.DISPUTED: _("gestopt omdat iemand zei dat het niet klopt"),
}

# The same, to who ended it or about whom it was: nobody is "somebody" to themselves.
OWN_ENDS: dict[tuple[Side, EndReason], Text] = {
    (Side.REPRESENTED, EndReason.REVOKED): _("door u ingetrokken"),
    (Side.REPRESENTED, EndReason.DISPUTED): _("gestopt omdat u zei dat het niet klopt"),
    (Side.REPRESENTED, EndReason.UNDER_GUARDIANSHIP): _("u staat onder curatele"),
    (Side.REPRESENTATIVE, EndReason.GIVEN_UP): _("door u gestopt"),
}

ROUTES: dict[Route, Text] = {
    Route.ONLINE_REPRESENTED: _("online gegeven, met een code"),
    Route.ONLINE_REPRESENTATIVE: _("online gevraagd door de gemachtigde, met een code per brief"),
    Route.DIRECT: _("online gegeven aan iemand die al eerder was gemachtigd"),
    Route.SOFTWARE: _("gevraagd met de software van de gemachtigde"),
    Route.HELPDESK: _("geregeld met de helpdesk, met een code per brief"),
    Route.COUNTER: _("geregeld aan de balie"),
    Route.SURVIVOR: _("voor nabestaanden, geregeld door de organisatie"),
}

LEVELS: dict[LevelOfAssurance, Text] = {
    LevelOfAssurance.BASIC: _("DigiD met wachtwoord"),
    LevelOfAssurance.MIDDLE: _("DigiD met sms-controle of de DigiD-app"),
    LevelOfAssurance.SUBSTANTIAL: _("DigiD-app met ID-check"),
    LevelOfAssurance.HIGH: _("DigiD met een identiteitskaart of rijbewijs"),
}

AT_EHERKENNING: dict[LevelOfAssurance, Text] = {
    LevelOfAssurance.BASIC: _("eHerkenning niveau 2"),
    LevelOfAssurance.MIDDLE: _("eHerkenning niveau 2+"),
    LevelOfAssurance.SUBSTANTIAL: _("eHerkenning niveau 3"),
    LevelOfAssurance.HIGH: _("eHerkenning niveau 4"),
}


def level_words(level: LevelOfAssurance, kind: PartyKind = PartyKind.PERSON) -> Text:
    """How somebody logged in: a person, or an employee for an organisation."""
    return AT_EHERKENNING[level] if kind is PartyKind.ORGANISATION else LEVELS[level]


def end_words(reason: EndReason, reader: Side | None = None) -> Text:
    """Why a mandate ended; `reader`: on which side of it who reads this stands."""
    own = OWN_ENDS.get((reader, reason)) if reader else None
    return own or ENDS[reason]


def refusal_words(refusal: Refusal) -> Words:
    """The words for a "no"."""
    return REFUSALS[refusal]
