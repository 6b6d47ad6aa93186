"""A "no" in the words that fit who reads it, and the level that a service asks. Only words.

Who is meant by a refusal may be the reader: "you" is then said, with what helps them. See `wording` for the words for
everybody else.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from volmacht.notifications.kinds import Side
from volmacht.portals.shared.wording import AT_EHERKENNING, Words, refusal_words
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal

MORE_SECURE = _("U moet op een veiligere manier inloggen")
DECEASED = Words(
    _("U staat geregistreerd als overleden"),
    _("Dat staat in de Basisregistratie Personen (BRP). Daarom kan dit niet."),
    _("Klopt dat niet? Neem dan contact op met uw gemeente."),
)

TOO_LOW: dict[LevelOfAssurance, Words] = {
    LevelOfAssurance.MIDDLE: Words(
        MORE_SECURE,
        _("Voor deze dienst is inloggen met alleen een wachtwoord niet genoeg."),
        _("Log in met de DigiD-app. Of log in met uw wachtwoord en een controle per sms."),
    ),
    LevelOfAssurance.SUBSTANTIAL: Words(
        MORE_SECURE,
        _("Voor deze dienst is inloggen met alleen een wachtwoord of sms niet genoeg."),
        _(
            "Log in met de DigiD-app. Doe daarin eerst een ID-check met uw paspoort, identiteitskaart of rijbewijs."
        ),
    ),
    LevelOfAssurance.HIGH: Words(
        MORE_SECURE,
        _("Voor deze dienst is de DigiD-app alleen niet genoeg. Ook een ID-check is niet genoeg."),
        _(
            "Kies bij het inloggen voor uw identiteitskaart of rijbewijs. "
            "U leest dan de chip op die kaart met de DigiD-app."
        ),
    ),
}

YOURSELF: dict[tuple[Side, Refusal], Words] = {
    (Side.REPRESENTED, Refusal.REPRESENTED_DECEASED): DECEASED,
    (Side.REPRESENTED, Refusal.UNDER_GUARDIANSHIP): Words(
        _("U staat onder curatele"),
        _("Daarom kunt u zelf niemand machtigen. Uw curator regelt uw zaken."),
        _("Neem contact op met uw curator."),
    ),
    (Side.REPRESENTED, Refusal.BLOCKED): Words(
        _("Dit is geblokkeerd"),
        _("Met deze machtiging kan nu niemand voor u inloggen."),
        _("Vraag ons om hulp. Kijk op de pagina Hulp hoe dat kan."),
    ),
    (Side.REPRESENTED, Refusal.REPRESENTED_TOO_YOUNG): Words(
        _("U bent nog te jong"),
        _("U bent nog niet oud genoeg om voor deze dienst iemand te machtigen."),
        _("Een ouder of voogd kan uw zaken regelen. Vraag de organisatie hoe dat gaat."),
    ),
    (Side.REPRESENTATIVE, Refusal.REPRESENTATIVE_DECEASED): DECEASED,
    (Side.REPRESENTATIVE, Refusal.REPRESENTATIVE_TOO_YOUNG): Words(
        _("U bent nog te jong om iemand te helpen"),
        _("Wie een ander wil helpen met een machtiging, moet 16 jaar of ouder zijn."),
        _("Vraag degene van wie u de code kreeg om iemand anders te machtigen."),
    ),
    (Side.REPRESENTATIVE, Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED): Words(
        _("Hier mag alleen een organisatie helpen"),
        _("Bij deze dienst kan alleen een bedrijf of organisatie worden gemachtigd, met eHerkenning."),
        _(
            "Werkt u voor die organisatie? Log dan uit, en log in met eHerkenning. "
            "Geef de code anders terug aan degene van wie u die kreeg."
        ),
    ),
    (Side.REPRESENTATIVE, Refusal.SAME_PERSON): Words(
        _("U vulde uw eigen BSN in"),
        _(
            "Wij hebben het burgerservicenummer (BSN) nodig van de persoon voor wie u dit regelt. "
            "Dit telt niet als poging."
        ),
        _("Vul het BSN in van degene van wie u de code kreeg."),
    ),
    (Side.REPRESENTATIVE, Refusal.MANDATE_EXISTS): Words(
        _("U hebt hiervoor al een machtiging"),
        _("Een tweede machtiging die later begint, kan niet."),
        _("Vraag de persoon voor wie u dit regelt om de machtiging te verlengen."),
    ),
}

NOT_FOR_ORGANISATIONS = Words(
    _("Voor deze dienst mag een organisatie niet helpen"),
    _("De dienst bepaalt wie mag helpen. Hier kan alleen een mens worden gemachtigd, met een eigen DigiD."),
    _("Vraag degene van wie u de code kreeg om een mens te machtigen, en geen organisatie."),
)


def _too_low_at_eherkenning(level: LevelOfAssurance) -> Words:
    return Words(
        MORE_SECURE,
        _("Voor deze dienst is een hoger niveau van eHerkenning nodig dan waarmee u nu bent ingelogd."),
        format_lazy(_("Log in met {level} of hoger."), level=AT_EHERKENNING[level]),
    )


# Before a service is chosen: what stands in the way at every service.
AT_NO_SERVICE: dict[Refusal, Words] = {
    Refusal.REPRESENTED_TOO_YOUNG: Words(
        _("U bent nog te jong"),
        _("U bent nog niet oud genoeg om iemand te machtigen."),
        _("Een ouder of voogd kan uw zaken regelen. Vraag de organisatie van de dienst hoe dat gaat."),
    ),
}


def fitting_words(
    refusal: Refusal,
    *,
    reader: Side | None = None,
    level: LevelOfAssurance | None = None,
    kind: PartyKind = PartyKind.PERSON,
) -> Words:
    """The words for a "no" to a reader who gives or gets the mandate, at a service that asks this level.

    `kind`: whether an employee reads it for an organisation.
    """
    if kind is PartyKind.ORGANISATION and refusal is Refusal.LEVEL_TOO_LOW:
        return _too_low_at_eherkenning(level or LevelOfAssurance.HIGH)
    if kind is PartyKind.ORGANISATION and refusal is Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED:
        return NOT_FOR_ORGANISATIONS
    if refusal is Refusal.LEVEL_TOO_LOW and level in TOO_LOW:
        return TOO_LOW[level]
    own = YOURSELF.get((reader, refusal)) if reader else None
    return own or refusal_words(refusal)


def words_at_no_service(refusal: Refusal) -> Words:
    """The words for who cannot mandate anybody for any service."""
    return AT_NO_SERVICE.get(refusal) or fitting_words(refusal, reader=Side.REPRESENTED)
