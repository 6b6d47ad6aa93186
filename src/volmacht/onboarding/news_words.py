"""The one sentence of an e-mail about a case. Nothing personal, and nothing that only the page may tell (DM-53)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.due import Urgency
from volmacht.rules.onboarding.needed import Needed

NEEDED: Final = {
    Needed.FILL_APPLICATION: _("Vul uw aanvraag verder in."),
    Needed.FILL_PREPRODUCTION: _("Vul het formulier voor preproductie in."),
    Needed.FILL_PRODUCTION: _(
        "Uw test is goedgekeurd. Vul nu het formulier voor productie in. Het formulier en de voorwaarden staan klaar."
    ),
    Needed.FILL_NEW_SERVICE: _("Vul het formulier voor de nieuwe dienst in."),
    Needed.FILL_CHANGE: _("Vul het formulier voor de wijziging in."),
    Needed.SIGN: _("Het formulier is compleet. Uw tekenbevoegde kan het ondertekenen."),
    Needed.MEND_FORM: _("Het formulier is teruggestuurd. Per vraag staat erbij wat anders moet."),
    Needed.JUDGE_FORM: _("Er staat een formulier klaar om te beoordelen."),
    Needed.CONFIRM_FORM: _(
        "Een collega stelt voor het formulier goed te keuren. Een tweede moet dat bevestigen."
    ),
    Needed.TEST: _("De aansluitgegevens staan klaar. Test uw dienst in preproductie en bied haar aan."),
    Needed.MEND_FINDINGS: _("De test is nog niet goed. In het rapport staat wat u moet herstellen."),
    Needed.JUDGE_TEST: _("Een dienst is aangeboden om te testen."),
    Needed.CONFIRM_REPORT: _("Een collega heeft een rapport gemaakt. Een tweede moet dat bevestigen."),
    Needed.JUDGE_PRODUCTION: _("Een aansluiting op productie staat klaar om te beoordelen."),
    Needed.ACTIVATE: _("De aansluiting kan vandaag worden geactiveerd."),
    Needed.CONFIRM_DEACTIVATION: _(
        "Een collega stelt voor een aansluiting stop te zetten. Een tweede moet dat bevestigen."
    ),
    Needed.ANSWER: _("Er is een vraag gesteld."),
    Needed.READ_ANSWER: _("Er is antwoord op uw vraag."),
    Needed.HANDLE_DISPUTE: _("Iemand meldt dat er iets niet klopt met een machtiging."),
    Needed.HAND_IN: _("Het formulier is klaar. U kunt het indienen."),
    Needed.WAIT_FOR_DAY: _("Uw wijziging is goedgekeurd. Wij voeren haar uit op de dag die u vroeg."),
    Needed.FIND_SIGNATORY: _(
        "Het formulier is klaar, maar niemand kan tekenen. Nodig een tekenbevoegde uit."
    ),
    Needed.SIGN_NEW_CONDITIONS: _("Er zijn nieuwe voorwaarden. Uw tekenbevoegde kan ze lezen en tekenen."),
    Needed.GIVE_METADATA: _("Het formulier is compleet. Geef nu uw metadata."),
    Needed.MEND_METADATA: _("Het formulier is compleet, maar uw metadata zijn nog niet goed."),
    Needed.NOTHING: _("U hoeft nu niets te doen."),
}
ENDED: Final = {
    CaseState.ACTIVE: _("Uw aansluiting is actief."),
    CaseState.DONE: _("Uw wijziging is uitgevoerd."),
    CaseState.REFUSED: _("Uw aanvraag is afgewezen. De reden staat op de pagina."),
    CaseState.WITHDRAWN: _("De aanvraag is ingetrokken."),
    CaseState.LAPSED: _("De aanvraag is vervallen, omdat wij zes maanden niets van u hoorden."),
    CaseState.DEACTIVATED: _("Uw aansluiting is stopgezet. De reden staat op de pagina."),
    CaseState.CLOSED: _("Uw vraag is afgesloten."),
}
REMINDER: Final = _("Wij hoorden al een tijd niets van u. Na zes maanden stilte vervalt de aanvraag.")
MESSAGE: Final = _("Er is een bericht voor u.")
URGENT: Final = {
    Urgency.NEAR: _("Deze aanvraag moet uiterlijk de volgende werkdag klaar zijn."),
    Urgency.OVER: _("De termijn van deze aanvraag is voorbij."),
}
NOT_CARRIED_OUT: Final = _("Een geplande wijziging is niet gelukt. De reden staat in het dossier.")
CERTIFICATE_ENDS: Final = _(
    "Een certificaat van uw aansluiting eindigt over {days} dagen. Zet het nieuwe er op tijd naast."
)
CERTIFICATE_ENDS_TOMORROW: Final = _(
    "Een certificaat van uw aansluiting eindigt binnen twee dagen. Zet het nieuwe er nu naast."
)
CERTIFICATE_ENDED: Final = _("Een certificaat van uw aansluiting is geëindigd. Geef het nieuwe door.")
