"""Words for cases: kinds, states, what is needed now and from whom, what happened, and why something is not done.

Used by the portal of organisations and by the desk. Each member of the vocabularies has its words here (CN-10).
"""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.wording import Words
from volmacht.rules.onboarding.cases import Action, CaseKind, CaseState, Objection, Side
from volmacht.rules.onboarding.needed import Needed, Sentence

KINDS: Mapping[CaseKind, Text] = {
    CaseKind.APPLICATION: _("Aanvraag"),
    CaseKind.NEW_SERVICE: _("Nieuwe dienst"),
    CaseKind.CHANGE: _("Wijziging"),
    CaseKind.QUESTION: _("Vraag"),
    CaseKind.DISPUTE: _("Dit klopt niet"),
}

STATES: Mapping[CaseState, Text] = {
    CaseState.PREPARING: _("In voorbereiding"),
    CaseState.PREPRODUCTION_FORM: _("Formulier voor preproductie invullen"),
    CaseState.PREPRODUCTION_REVIEW: _("Formulier voor preproductie wordt beoordeeld"),
    CaseState.PREPRODUCTION_CONFIRM: _("Tweede beoordelaar kijkt naar preproductie"),
    CaseState.FORM: _("Formulier invullen"),
    CaseState.REVIEW: _("Formulier wordt beoordeeld"),
    CaseState.REVIEW_CONFIRM: _("Tweede beoordelaar kijkt"),
    CaseState.TESTING: _("Zelf testen"),
    CaseState.ACCEPTANCE: _("Wij testen"),
    CaseState.ACCEPTANCE_CONFIRM: _("Tweede beoordelaar kijkt naar het testrapport"),
    CaseState.PRODUCTION_FORM: _("Formulier voor productie invullen"),
    CaseState.PRODUCTION_REVIEW: _("Productie wordt beoordeeld"),
    CaseState.PRODUCTION_CONFIRM: _("Tweede beoordelaar kijkt naar productie"),
    CaseState.CONFIRM: _("Tweede beoordelaar kijkt"),
    CaseState.PLANNED: _("Goedgekeurd, wacht op de dag"),
    CaseState.ACTIVATING: _("Wordt geactiveerd"),
    CaseState.ACTIVE: _("Actief"),
    CaseState.DEACTIVATING: _("Uitzetten is voorgesteld"),
    CaseState.DEACTIVATED: _("Uitgezet"),
    CaseState.DONE: _("Uitgevoerd"),
    CaseState.OPEN: _("Open"),
    CaseState.ANSWERED: _("Beantwoord"),
    CaseState.CLOSED: _("Gesloten"),
    CaseState.REFUSED: _("Afgewezen"),
    CaseState.WITHDRAWN: _("Ingetrokken"),
    CaseState.LAPSED: _("Vervallen"),
}

ACTIONS: Mapping[Action, Text] = {
    Action.HAND_IN: _("Ingediend"),
    Action.ISSUE: _("Aansluitgegevens gegeven na automatische controle"),
    Action.RETURN: _("Teruggegeven om te verbeteren"),
    Action.REFUSE: _("Afgewezen"),
    Action.PROPOSE: _("Goedkeuring voorgesteld"),
    Action.CONFIRM: _("Goedgekeurd door een tweede beoordelaar"),
    Action.SEND_BACK: _("Teruggegeven aan de eerste beoordelaar"),
    Action.OFFER: _("Aangeboden om te testen"),
    Action.REPORT_PASSED: _("Testrapport gemaakt: voldoet"),
    Action.REPORT_FAILED: _("Testrapport gemaakt: voldoet nog niet"),
    Action.ACTIVATE: _("Geactiveerd"),
    Action.PROPOSE_DEACTIVATION: _("Uitzetten voorgesteld"),
    Action.CARRY_OUT: _("Uitgevoerd"),
    Action.STOP: _("Stopgezet, zoals de organisatie vroeg"),
    Action.WITHDRAW: _("Ingetrokken"),
    Action.LAPSE: _("Vervallen, omdat er te lang niets gebeurde"),
    Action.ANSWER: _("Beantwoord"),
    Action.CLOSE: _("Gesloten"),
    Action.REOPEN: _("Heropend"),
}

SIDES: Mapping[Side, Text] = {
    Side.PROVIDER: _("Uw organisatie"),
    Side.SUPPLIER: _("Uw leverancier"),
    Side.OPERATOR: _("Volmacht"),
    Side.SYSTEM: _("Automatisch"),
}
SIDES_AT_THE_DESK: Mapping[Side, Text] = {
    **SIDES,
    Side.PROVIDER: _("De organisatie"),
    Side.SUPPLIER: _("De leverancier"),
}

# What is needed now. `%(who)s` is who must do it, as a subject: "uw organisatie", "Volmacht".
NEEDED: Mapping[Needed, Text] = {
    Needed.FILL_APPLICATION: _("%(who)s vult de aanvraag in."),
    Needed.FILL_PREPRODUCTION: _("%(who)s vult het formulier voor preproductie in."),
    Needed.FILL_PRODUCTION: _("%(who)s vult het formulier voor productie in."),
    Needed.FILL_NEW_SERVICE: _("%(who)s beschrijft de nieuwe dienst."),
    Needed.FILL_CHANGE: _("%(who)s beschrijft de wijziging."),
    Needed.SIGN: _("Alles is ingevuld: %(who)s tekent het formulier en levert het in."),
    Needed.MEND_FORM: _("%(who)s verbetert wat is teruggegeven."),
    Needed.JUDGE_FORM: _("%(who)s beoordeelt het formulier."),
    Needed.CONFIRM_FORM: _("Een tweede beoordelaar van %(who)s kijkt naar het oordeel."),
    Needed.TEST: _("%(who)s test zelf en biedt de aansluiting daarna aan."),
    Needed.MEND_FINDINGS: _("%(who)s verbetert wat het testrapport noemt, en biedt opnieuw aan."),
    Needed.JUDGE_TEST: _("%(who)s test de aansluiting en maakt het testrapport."),
    Needed.CONFIRM_REPORT: _("Een tweede beoordelaar van %(who)s kijkt naar het testrapport."),
    Needed.JUDGE_PRODUCTION: _("%(who)s beoordeelt de aansluiting op productie."),
    Needed.ACTIVATE: _("%(who)s activeert de aansluiting."),
    Needed.CONFIRM_DEACTIVATION: _("Een tweede medewerker van %(who)s bevestigt het uitzetten."),
    Needed.ANSWER: _("%(who)s beantwoordt de vraag."),
    Needed.READ_ANSWER: _("%(who)s leest het antwoord."),
    Needed.HANDLE_DISPUTE: _("%(who)s zoekt uit wat er niet klopt."),
    Needed.HAND_IN: _("Alles is klaar: %(who)s levert het formulier in."),
    Needed.WAIT_FOR_DAY: _("De wijziging is goedgekeurd. Volmacht voert haar uit op de dag die is gevraagd."),
    Needed.FIND_SIGNATORY: _(
        "Alles is ingevuld, maar niemand kan nu tekenen: %(who)s nodigt eerst een tekenbevoegde uit."
    ),
    Needed.SIGN_NEW_CONDITIONS: _(
        "De voorwaarden zijn nieuwer dan die u het laatst tekende: %(who)s leest en tekent de nieuwe versie."
    ),
    Needed.GIVE_METADATA: _("Het formulier is ingevuld, maar de metadata ontbreken nog: %(who)s geeft die."),
    Needed.MEND_METADATA: _(
        "Het formulier is ingevuld, maar de metadata zijn nog niet goed: %(who)s verbetert die."
    ),
    Needed.NOTHING: _("Er hoeft nu niets te gebeuren."),
}

OBJECTIONS: Mapping[Objection, Words] = {
    Objection.UNKNOWN: Words(
        _("Dit dossier is er niet"),
        _("Het bestaat niet, of u mag het niet zien."),
        _("Ga terug naar uw overzicht."),
    ),
    Objection.NOT_NOW: Words(
        _("Dit kan nu niet"),
        _("Het dossier is intussen verder, of juist nog niet zo ver."),
        _("Bekijk waar het dossier nu is."),
    ),
    Objection.NOT_YOUR_SIDE: Words(
        _("Dit doet de andere partij"),
        _("U kunt dit niet zelf doen."),
        _("Wacht tot u weer aan de beurt bent, of stuur een bericht."),
    ),
    Objection.NO_RIGHT: Words(
        _("Dit hoort niet bij uw rol"),
        _("Iemand met een andere rol kan dit wel."),
        _("Vraag het een collega. Wie welke rol heeft, staat bij Medewerkers."),
    ),
    Objection.OWN_PROPOSAL: Words(
        _("Iemand anders moet dit bevestigen"),
        _("U hebt dit zelf voorgesteld. Twee mensen kijken ernaar, zodat fouten opvallen."),
        _("Vraag een collega om het te bevestigen."),
    ),
    Objection.OWN_ORGANISATION: Words(
        _("U hoort zelf bij deze organisatie"),
        _("Wie bij de organisatie of haar leverancier hoort, beoordeelt haar dossier niet."),
        _("Vraag een collega om het over te nemen."),
    ),
    Objection.NOT_PROVEN: Words(
        _("Wij weten nog niet zeker wie u bent"),
        _("De organisatie en haar tekenbevoegde moeten bewezen zijn voordat wij iets geven."),
        _("Ga naar Organisatie en doe daar wat er nog ontbreekt."),
    ),
    Objection.NOT_COMPLETE: Words(
        _("Het formulier is nog niet af"),
        _("Er ontbreekt nog iets."),
        _("Vul de bladen in die nog open staan."),
    ),
    Objection.METADATA_NOT_GOOD: Words(
        _("De metadata zijn niet goed"),
        _("Er is geen document, of wij kunnen het zo niet gebruiken."),
        _("Verbeter wat bij de metadata staat, en geef een nieuw document."),
    ),
    Objection.NOT_SIGNED: Words(
        _("Het formulier is nog niet ondertekend"),
        _("Na de laatste wijziging is er niet opnieuw getekend."),
        _("Laat de tekenbevoegde tekenen. Dien het daarna in."),
    ),
    Objection.OLD_DOCUMENT: Words(
        _("Er is een nieuwe versie"),
        _("De voorwaarden zijn veranderd nadat u deze pagina opende."),
        _("Lees de nieuwe versie en teken die."),
    ),
    Objection.NO_REASON: Words(
        _("Er staat geen reden bij"),
        _("Zonder reden weet de ander niet wat er moet gebeuren."),
        _("Schrijf op waarom."),
    ),
    Objection.NOT_A_FIELD: Words(
        _("Dit veld is er niet"),
        _("Het formulier vraagt dit niet."),
        _("Kies een veld van het formulier."),
    ),
    Objection.TOO_LONG: Words(
        _("De tekst is te lang"), _("Er passen 4000 tekens in."), _("Maak de tekst korter.")
    ),
    Objection.TOO_LARGE: Words(
        _("Het bestand is te groot"),
        _("Een bestand mag 10 MB groot zijn."),
        _("Maak het kleiner, of verdeel het."),
    ),
    Objection.NOT_ACCEPTED_FILE: Words(
        _("Dit soort bestand nemen wij niet aan"),
        _("Het bestand is leeg, of is iets anders dan zijn naam zegt."),
        _("Kies een ander bestand."),
    ),
    Objection.OPEN_CASE_EXISTS: Words(
        _("Er loopt al een aanvraag"),
        _("Een organisatie heeft één aanvraag tegelijk."),
        _("Ga verder met de aanvraag die er is, of trek die eerst in."),
    ),
    Objection.NOT_CONNECTED: Words(
        _("Uw organisatie is nog niet aangesloten"),
        _("Een dienst toevoegen of wijzigen kan als de aansluiting er is."),
        _("Begin met een aanvraag."),
    ),
    Objection.BEFORE_ITS_DAY: Words(
        _("De gevraagde dag is nog niet geweest"),
        _("De organisatie vroeg om een latere dag. Er is niets veranderd."),
        _("Wacht tot die dag, of kies dat u eerder activeert. Spreek dat dan af met de organisatie."),
    ),
    Objection.NOT_CARRIED_OUT: Words(
        _("De catalogus neemt dit niet over"),
        _("Er is niets veranderd. De reden staat in het dossier."),
        _("Verbeter dit, en probeer het opnieuw."),
    ),
    Objection.VERDICT_MISSING: Words(
        _("Niet elk punt heeft een oordeel"),
        _("Bij elk punt hoort een oordeel. Bij ‘niet getest’ en ‘voldoet niet’ hoort een reden."),
        _("Vul aan wat ontbreekt."),
    ),
    Objection.NOT_STAFF: Words(
        _("Deze medewerker kan dit niet doen"),
        _("Wie een dossier krijgt, moet dossiers kunnen beoordelen."),
        _("Kies een andere medewerker."),
    ),
}


def sentence_words(sentence: Sentence, *, at_the_desk: bool, organisation: str = "") -> str:
    """What is needed now and from whom, in one sentence (CN-10); with the day where one was promised."""
    text = str(NEEDED[sentence.needed]) % {"who": _subject(sentence, at_the_desk, organisation)}
    text = text[:1].upper() + text[1:]
    if sentence.by is None:
        return text
    waits = sentence.needed is Needed.WAIT_FOR_DAY
    when = gettext("Dat is %(day)s.") if waits else gettext("Dat gebeurt uiterlijk %(day)s.")
    return f"{text} {when % {'day': written_date(sentence.by)}}"


def _subject(sentence: Sentence, at_the_desk: bool, organisation: str) -> str:
    if sentence.of is Side.OPERATOR:
        return gettext("Volmacht")
    if at_the_desk:
        return organisation or gettext("de organisatie")
    return gettext("uw organisatie")
