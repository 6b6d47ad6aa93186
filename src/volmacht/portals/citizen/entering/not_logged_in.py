"""Why nobody was logged in, in words with a way out (ST-12, ST-41 to ST-46). Only words."""

from dataclasses import dataclass
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from volmacht.logins.operations import Failed, PortalLogIn
from volmacht.portals.shared.parts import Text
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class NotLoggedIn:
    """What happened, what one can do now, and the status of the page."""

    explanation: Text
    way_out: Text
    status: HTTPStatus = HTTPStatus.FORBIDDEN


AGAIN = _("Probeer het opnieuw.")
NO_VISIT = NotLoggedIn(
    _("Het inloggen is niet gelukt. Misschien duurde het te lang, of was de pagina al gebruikt."),
    AGAIN,
    HTTPStatus.BAD_REQUEST,
)
_TECHNICAL = NotLoggedIn(
    _("Het inloggen is niet gelukt door een storing. Dat ligt niet aan u. Er is niets veranderd."),
    _("Probeer het over een paar minuten opnieuw."),
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_OUTCOMES = {
    Outcome.CANCELLED: NotLoggedIn(
        _("U bent gestopt met inloggen. Er is niets veranderd."),
        _("Wilt u toch inloggen? Begin dan opnieuw."),
        HTTPStatus.OK,
    ),
    Outcome.AUTHENTICATION_FAILED: NotLoggedIn(
        _("DigiD of eHerkenning kon niet vaststellen wie u bent. Er is niets veranderd."),
        _("Probeer het opnieuw. Lukt het weer niet? Neem dan contact op met DigiD of eHerkenning."),
    ),
    Outcome.LEVEL_TOO_LOW: NotLoggedIn(
        _("U hebt ingelogd op een manier die hier niet veilig genoeg is."),
        _("Log opnieuw in en kies een veiligere manier. Bij DigiD is dat de DigiD-app."),
    ),
}
_REFUSALS = {
    Refusal.PERSON_UNKNOWN: NotLoggedIn(
        _("U staat niet in de Basisregistratie Personen (BRP). Daarom kunt u hier niet inloggen."),
        _("Klopt dat niet? Neem dan contact op met uw gemeente."),
    ),
    Refusal.REPRESENTATIVE_DECEASED: NotLoggedIn(
        _(
            "U staat in de Basisregistratie Personen (BRP) als overleden. Daarom kunt u hier niet inloggen. "
            "Log nooit in met de DigiD van iemand anders."
        ),
        _("Klopt dat niet? Neem dan contact op met uw gemeente."),
    ),
    Refusal.NO_TEST_PERSON: NotLoggedIn(
        _(
            "Dit is de testomgeving. Hier kunt u alleen inloggen als testpersoon. "
            "Het nummer waarmee u inlogde, hoort bij geen testpersoon."
        ),
        _("Wilt u uw eigen zaken regelen? Ga dan naar de gewone site, zonder ‘preprod’ in het adres."),
    ),
    Refusal.REGISTER_UNAVAILABLE: NotLoggedIn(
        _("Wij kunnen nu niet nakijken wie u bent: de Basisregistratie Personen (BRP) geeft geen antwoord."),
        _("Probeer het over een paar minuten opnieuw."),
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
}


def words_for(outcome: PortalLogIn | Refused | Failed) -> NotLoggedIn:
    """The words for a visit that logged nobody in."""
    if isinstance(outcome, Refused):
        return _REFUSALS[outcome.refusal]
    return _OUTCOMES.get(outcome.outcome, _TECHNICAL) if isinstance(outcome, Failed) else _TECHNICAL
