"""Every objection about accounts, members and organisations in words for people, Dutch and English (B1).

Only words. WRONG says not whether an address has an account; ORGANISATION_EXISTS and NOT_A_SUPPLIER name nobody.
"""

from django.utils.translation import gettext_lazy as _

from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.wording import Words
from volmacht.rules.accounts import AccountObjection as No
from volmacht.rules.accounts import ProofHow
from volmacht.rules.roles import MemberRole, StaffRole

AGAIN = _("Probeer het opnieuw.")
ASK_DESK = _("Neem contact op met de helpdesk. Op de pagina Hulp staat hoe.")
NEW_LINK = _("Vraag een nieuwe link aan.")
OTHER_PASSWORD = _("Kies een ander wachtwoord. Een paar woorden achter elkaar onthoudt u makkelijk.")
OTHER_CERTIFICATE = _("Kies het certificaat waarvan het OIN dat van uw organisatie is.")

LOGGING_IN = {
    No.WRONG: Words(
        _("Het inloggen is niet gelukt"),
        _("Het e-mailadres of het wachtwoord klopt niet."),
        _("Probeer het opnieuw. Weet u uw wachtwoord niet meer? Kies dan ‘Wachtwoord vergeten’."),
    ),
    No.WRONG_CODE: Words(
        _("Deze code klopt niet"),
        _("De code is verlopen, is al gebruikt, of is verkeerd overgenomen."),
        _("Vul de code in die de app nu toont. Of gebruik een herstelcode die u nog niet gebruikte."),
    ),
    No.TOO_MANY_TRIES: Words(
        _("U hebt het te vaak geprobeerd"),
        _("Daarom moet u even wachten."),
        _("Probeer het over een kwartier opnieuw."),
    ),
    No.PASSKEY_NOT_ACCEPTED: Words(
        _("De passkey werkt hier niet"),
        _("Wij konden de passkey niet controleren. Misschien duurde het te lang."),
        _("Probeer het opnieuw, of log in met uw wachtwoord."),
    ),
    No.PASSKEY_KNOWN: Words(
        _("Deze passkey is er al"),
        _("De passkey hoort al bij een account."),
        _("Gebruik een ander apparaat."),
    ),
    No.LAST_SECOND_FACTOR: Words(
        _("Dit is uw enige tweede stap"),
        _("Zonder app en zonder passkey kunt u niet meer inloggen."),
        _("Voeg eerst iets anders toe: een app of een passkey."),
    ),
    No.PASSWORD_TOO_SHORT: Words(
        _("Dit wachtwoord is te kort"), _("Een wachtwoord heeft ten minste 12 tekens."), OTHER_PASSWORD
    ),
    No.PASSWORD_TOO_LONG: Words(
        _("Dit wachtwoord is te lang"), _("Een wachtwoord heeft hoogstens 200 tekens."), OTHER_PASSWORD
    ),
    No.PASSWORD_COMMON: Words(
        _("Dit wachtwoord kiezen veel mensen"), _("Daarom raadt iemand anders het snel."), OTHER_PASSWORD
    ),
    No.PASSWORD_NUMERIC: Words(
        _("Dit wachtwoord heeft alleen cijfers"), _("Daarom raadt iemand anders het snel."), OTHER_PASSWORD
    ),
    No.PASSWORD_LIKE_YOU: Words(
        _("Dit wachtwoord lijkt op uw naam of e-mailadres"),
        _("Daarom raadt iemand anders het snel."),
        OTHER_PASSWORD,
    ),
    No.NAME_MISSING: Words(
        _("Vul uw naam in"), _("Een naam heeft 1 tot 200 tekens."), _("Vul in hoe u heet.")
    ),
}
LINKS = {
    No.LINK_UNKNOWN: Words(
        _("Deze link werkt niet"),
        _("De link is niet goed overgenomen, of is ingetrokken."),
        _("Open de link uit de nieuwste e-mail, of vraag een nieuwe."),
    ),
    No.LINK_USED: Words(
        _("Deze link is al gebruikt"),
        _("Een link werkt maar één keer."),
        _("Hebt u hem zelf gebruikt? Log dan in. Was u het niet? Neem dan contact op met de helpdesk."),
    ),
    No.LINK_EXPIRED: Words(_("Deze link is verlopen"), _("Een link werkt maar een tijd."), NEW_LINK),
    No.LINK_FOR_ANOTHER: Words(
        _("Deze uitnodiging is niet voor u"),
        _("De uitnodiging hoort bij een ander e-mailadres dan dat van uw account."),
        _("Log in met het account van dat adres, of vraag een uitnodiging op uw eigen adres."),
    ),
    No.ALREADY_MEMBER: Words(
        _("Deze persoon werkt al voor de organisatie"),
        _("Een uitnodiging is daarom niet nodig."),
        _("Verander de rollen als dat nodig is."),
    ),
}
SIGNING_UP = {
    No.OIN_FORM: Words(
        _("Dit OIN klopt niet"),
        _("Een OIN heeft 20 cijfers."),
        _("Zoek het nummer op in het OIN-register."),
    ),
    No.OIN_UNKNOWN: Words(
        _("Dit OIN bestaat niet"),
        _("Het nummer staat niet in het OIN-register."),
        _("Kijk het nummer na. Hebt u nog geen OIN? Vraag het dan aan bij Logius."),
    ),
    No.OIN_WITHDRAWN: Words(
        _("Dit OIN is ingetrokken"),
        _("Volgens het OIN-register is het nummer niet meer in gebruik."),
        _("Gebruik het OIN dat uw organisatie nu heeft."),
    ),
    No.KVK_FORM: Words(
        _("Dit KvK-nummer klopt niet"),
        _("Een KvK-nummer heeft 8 cijfers."),
        _("Zoek het nummer op in het Handelsregister."),
    ),
    No.KVK_MISMATCH: Words(
        _("Dit KvK-nummer hoort niet bij het OIN"),
        _("Het OIN-register noemt een ander KvK-nummer, of geen."),
        _("Kijk beide nummers na. Klopt het register niet? Vraag Logius dan om het te verbeteren."),
    ),
    No.ALB_NAME_UNKNOWN: Words(
        _("Deze naam staat niet in de ALB-lijst"),
        _("Alleen organisaties op die lijst mogen het BSN gebruiken."),
        _("Neem de naam precies over uit de lijst. Bent u leverancier? Kies dat dan bij de eerste vraag."),
    ),
    No.ALB_OTHER_ORGANISATION: Words(
        _("Deze naam is van een andere organisatie"),
        _("In de ALB-lijst hoort een ander KvK-nummer bij deze naam."),
        _("Neem de naam van uw eigen organisatie over uit de lijst."),
    ),
    No.TASK_MISSING: Words(
        _("Vul de publieke taak en de wet in"),
        _("Zonder publieke taak kan een organisatie niet aansluiten."),
        _("Schrijf op welke taak het is, en in welke wet die staat."),
    ),
    No.ORGANISATION_EXISTS: Words(
        _("Deze organisatie is al aangemeld"),
        _("Iemand anders heeft aangetoond voor haar te werken. Wij vertellen niet wie."),
        _("Vraag een collega die voor haar tekent om een uitnodiging. Lukt dat niet? Bel de helpdesk."),
    ),
    No.REGISTER_AWAY: Words(
        _("Wij kunnen de nummers nu niet nakijken"),
        _("Een register geeft geen antwoord. Dat ligt niet aan u."),
        _("Probeer het over een paar minuten opnieuw. Wat u invulde, staat er nog."),
    ),
}
MEMBERS = {
    No.NOT_ALLOWED: Words(
        _("U mag dit niet doen"),
        _("Met uw rol kan dit niet, of het is er niet meer."),
        _("Vraag iemand die het wel mag."),
    ),
    No.NO_ROLE: Words(
        _("Kies ten minste één rol"), _("Zonder rol kan iemand niets doen."), _("Kies wat deze persoon doet.")
    ),
    No.NOT_A_MEMBER: Words(
        _("Deze persoon werkt niet voor de organisatie"),
        _("Misschien is dat net veranderd."),
        _("Kijk wie er nu bij hoort."),
    ),
    No.LAST_SIGNATORY: Words(
        _("Daarna kan niemand meer tekenen"),
        _("Dit is de enige die voor de organisatie tekent. Aanvragen blijven dan liggen."),
        _("Geef eerst iemand anders die rol, of bevestig dat u dit wilt."),
    ),
    No.NOT_A_SUPPLIER: Words(
        _("Dit OIN is hier niet bekend als leverancier"),
        _("De leverancier moet zich zelf hebben aangemeld, en dat hebben aangetoond."),
        _("Kijk het nummer na, of vraag de leverancier om zich aan te melden."),
    ),
    No.CONSENT_EXISTS: Words(
        _("Deze leverancier mag al voor u werken"), _("Er is niets veranderd."), _("U hoeft niets te doen.")
    ),
    No.NO_CONSENT: Words(
        _("Deze leverancier werkt niet voor u"),
        _("Misschien is dat al gestopt."),
        _("U hoeft niets te doen."),
    ),
}
PROOF = {
    No.CHALLENGE_OVER: Words(
        _("Deze tekst is verlopen"),
        _("Een tekst om te ondertekenen werkt een uur, en één keer."),
        _("Vraag een nieuwe tekst."),
    ),
    No.CERTIFICATE_UNREADABLE: Words(
        _("Wij kunnen het certificaat niet lezen"),
        _("Het bestand is geen certificaat in PEM of DER."),
        _("Kies het bestand met het certificaat. Stuur nooit uw sleutel."),
    ),
    No.CERTIFICATE_NOT_TRUSTED: Words(
        _("Dit certificaat vertrouwen wij niet"),
        _("Het is niet van een uitgever die wij kennen, of het is ingetrokken."),
        _("Gebruik een certificaat van PKIoverheid."),
    ),
    No.CERTIFICATE_NOT_VALID_NOW: Words(
        _("Dit certificaat geldt nu niet"),
        _("Het is verlopen, of het geldt nog niet."),
        _("Gebruik een certificaat dat nu geldt."),
    ),
    No.CERTIFICATE_OTHER_OIN: Words(
        _("Dit certificaat is niet van uw organisatie"),
        _("Er staat een ander OIN in, of geen."),
        OTHER_CERTIFICATE,
    ),
    No.CERTIFICATE_KEY: Words(
        _("Dit certificaat kan hiervoor niet"),
        _("Er hoort een RSA-sleutel bij van ten minste 2048 bits, en het is niet van een uitgever zelf."),
        OTHER_CERTIFICATE,
    ),
    No.SIGNATURE_WRONG: Words(
        _("De handtekening klopt niet"),
        _("Zij hoort niet bij deze tekst en dit certificaat."),
        _("Onderteken precies het bestand dat u hier downloadt, met de sleutel van dit certificaat."),
    ),
    No.KVK_OF_ANOTHER: Words(
        _("U logde in voor een andere organisatie"),
        _("eHerkenning noemde een ander KvK-nummer."),
        _("Log in met eHerkenning van deze organisatie."),
    ),
    No.EHERKENNING_STOPPED: Words(
        _("U bent gestopt met inloggen"),
        _("Er is niets veranderd."),
        _("Begin opnieuw, of gebruik een certificaat."),
    ),
    No.EHERKENNING_FAILED: Words(
        _("eHerkenning kon niet vaststellen wie u bent"),
        _("Er is niets veranderd."),
        _(
            "Begin opnieuw. Lukt het weer niet? Neem dan contact op met eHerkenning, of gebruik een certificaat."
        ),
    ),
    No.EHERKENNING_LEVEL: Words(
        _("U logde in met een te laag niveau"),
        _("Om dit aan te tonen, is eHerkenning van niveau 3 of hoger nodig."),
        _("Log in met een hoger niveau, of gebruik een certificaat."),
    ),
    No.EHERKENNING_AWAY: Words(
        _("eHerkenning werkt nu niet"),
        _("Dat ligt niet aan u. Er is niets veranderd."),
        _("Probeer het over een paar minuten opnieuw, of gebruik een certificaat."),
    ),
    No.EHERKENNING_OVER: Words(
        _("Dit inloggen telt niet meer"),
        _("Misschien duurde het te lang, of was de pagina al gebruikt."),
        _("Begin opnieuw."),
    ),
    No.ALREADY_PROVEN: Words(
        _("Dit is al aangetoond"), _("Het bewijs is er al."), _("U hoeft niets te doen.")
    ),
    No.NOT_A_SIGNATORY: Words(
        _("Deze persoon tekent niet voor de organisatie"),
        _("Alleen van wie tekent, stellen wij vast wie het is."),
        _("Kijk wie er tekent."),
    ),
}
STAFF = {
    No.SAME_EMPLOYEE: Words(
        _("U stelde dit zelf voor"),
        _("Een voorstel wordt door iemand anders goedgekeurd."),
        _("Vraag een andere servicemanager."),
    ),
    No.ABOUT_YOURSELF: Words(
        _("Dit gaat over uzelf"),
        _("Over de eigen rollen beslist niemand zelf."),
        _("Vraag een andere servicemanager."),
    ),
    No.ALREADY_DECIDED: Words(
        _("Over dit voorstel is al beslist"), _("Iemand anders was eerder."), _("U hoeft niets te doen.")
    ),
    No.LAST_SERVICE_MANAGERS: Words(
        _("Dan blijven er te weinig servicemanagers over"),
        _("Er zijn er twee nodig: één die voorstelt en één die goedkeurt."),
        _("Maak eerst iemand anders servicemanager."),
    ),
    No.EMPLOYEE_EXISTS: Words(
        _("Er is al een medewerker met dit e-mailadres"),
        _("Ieder heeft een eigen adres."),
        _("Verander de rollen van die medewerker."),
    ),
    No.EMPLOYEE_UNKNOWN: Words(
        _("Deze medewerker is er niet"), _("Misschien werkt die hier niet meer."), ASK_DESK
    ),
    No.TWO_NEEDED: Words(
        _("Hiervoor zijn twee mensen nodig"),
        _("Er zijn twee servicemanagers: de een stelt voor, de ander keurt goed."),
        _("Doe dit samen met de andere servicemanager."),
    ),
}
WORDS: dict[No, Words] = {**LOGGING_IN, **LINKS, **SIGNING_UP, **MEMBERS, **PROOF, **STAFF}

MEMBER_ROLES: dict[MemberRole, Text] = {
    MemberRole.SIGNATORY: _("Tekent voor de organisatie"),
    MemberRole.PROJECT_LEADER: _("Projectleider"),
    MemberRole.FUNCTIONAL: _("Functioneel contact"),
    MemberRole.TECHNICAL: _("Technisch contact"),
    MemberRole.SECURITY: _("Contact voor beveiliging"),
    MemberRole.READER: _("Leest mee"),
}
PROOFS: dict[ProofHow, Text] = {
    ProofHow.CERTIFICATE: _("Met een certificaat van de organisatie"),
    ProofHow.EHERKENNING: _("Met eHerkenning"),
    ProofHow.LETTER: _("Met een brief aan het geregistreerde adres, die terugkwam"),
    ProofHow.VIDEO_CALL: _("In een videogesprek, met een identiteitsbewijs"),
    ProofHow.EARLIER_CONNECTION: _("Bekend van een eerdere aansluiting"),
}
STAFF_ROLES: dict[StaffRole, Text] = {
    StaffRole.ASSESSOR: _("Beoordelaar"),
    StaffRole.CATALOGUE_MANAGER: _("Beheerder van de catalogus"),
    StaffRole.HELPDESK: _("Helpdesk"),
    StaffRole.AUDITOR: _("Auditor"),
    StaffRole.SERVICE_MANAGER: _("Servicemanager"),
}


def objection_words(objection: No) -> Words:
    """What is wrong, why, and what to do."""
    return WORDS[objection]
