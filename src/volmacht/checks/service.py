"""Families B, S and F: what the service does with mandates, sessions and sets. Data, and nothing else. Pure."""

from typing import Final

from volmacht.checks.model import Family, Judged, described

CHECKS: Final = (
    described(
        Family.BEHAVIOUR,
        1,
        (
            "Stopt een machtiging tijdens de sessie? Dan wordt de sessie niet verlengd.",
            "When a mandate ends during a session, the session is not prolonged.",
        ),
        ("Laat opnieuw inloggen als de sessie afloopt.", "Ask to log in again when the session ends."),
        "DM-33 SE-08",
        judged=Judged.ASSESSOR,
    ),
    described(
        Family.BEHAVIOUR,
        2,
        (
            "Wie bij DigiD annuleert, ziet dat hij niet is ingelogd.",
            "Who cancels at DigiD sees that they are not logged in.",
        ),
        (
            "Lees de status en toon een begrijpelijke melding.",
            "Read the status and show an understandable message.",
        ),
        "FL-06 ST-41",
    ),
    described(
        Family.BEHAVIOUR,
        3,
        (
            "Wie bij de keuze van een machtiging annuleert, ziet dat hij niet is ingelogd.",
            "Who cancels at the choice of a mandate sees that they are not logged in.",
        ),
        (
            "Lees de status en toon een begrijpelijke melding.",
            "Read the status and show an understandable message.",
        ),
        "FL-07 ST-41",
    ),
    described(
        Family.BEHAVIOUR,
        4,
        (
            "Voor iemand die is overleden, laat de dienst een gemachtigde niet in.",
            "For somebody who has died the service does not let a representative in.",
        ),
        (
            "Toon dat inloggen niet is gelukt, zonder een reden te raden.",
            "Say that logging in did not succeed, without guessing why.",
        ),
        "DM-37 ST-48",
    ),
    described(
        Family.BEHAVIOUR,
        5,
        (
            "Wie na elkaar voor twee mensen inlogt, ziet nooit iets van de eerste bij de tweede.",
            "Who logs in for two people one after the other never sees anything of the first with the second.",
        ),
        ("Begin bij elke inlog met een lege sessie.", "Begin each log-in with an empty session."),
        "SE-03",
    ),
    described(
        Family.BEHAVIOUR,
        6,
        (
            "De gemachtigde wordt nooit getoond als degene om wie het gaat.",
            "The representative is never shown as the one it is about.",
        ),
        ("Gebruik voor de zaken alleen LegalSubjectID.", "Use LegalSubjectID only for the affairs."),
        "AS-19 AS-20",
    ),
    described(
        Family.BEHAVIOUR,
        7,
        (
            "Uitloggen beëindigt de sessie bij de dienst en bij ons.",
            "Logging out ends the session at the service and at ours.",
        ),
        (
            "Stuur een LogoutRequest en wis de eigen sessie.",
            "Send a LogoutRequest and remove the own session.",
        ),
        "FL-11 LO-01 LO-06",
    ),
    described(
        Family.SESSION,
        1,
        ("Na 15 minuten zonder gebruik is de sessie voorbij.", "After 15 idle minutes the session is over."),
        ("Stel de tijd van de sessie op de server in.", "Set the term of the session on the server."),
        "TM-08",
    ),
    described(
        Family.SESSION,
        2,
        (
            "Het cookie van de sessie is Secure, HttpOnly en heeft SameSite.",
            "The session cookie is Secure, HttpOnly and has SameSite.",
        ),
        ("Zet de drie kenmerken.", "Set the three attributes."),
        "SE-01",
    ),
    described(
        Family.SESSION,
        3,
        ("Na het inloggen heeft de sessie een nieuw nummer.", "After logging in the session has a new id."),
        ("Vernieuw het nummer bij het inloggen.", "Renew the id at log-in."),
        "SE-03",
    ),
    described(
        Family.SESSION,
        4,
        (
            "De pagina’s kunnen niet in een andere site worden getoond.",
            "The pages cannot be shown inside another site.",
        ),
        ("Stuur frame-ancestors 'none' mee.", "Send frame-ancestors 'none'."),
        "SE-04",
    ),
    described(
        Family.SESSION,
        5,
        ("Na het uitloggen toont de knop Terug niets.", "After logging out the Back button shows nothing."),
        ("Stuur Cache-Control: no-store mee.", "Send Cache-Control: no-store."),
        "SE-08",
    ),
    described(
        Family.FUNCTIONAL,
        1,
        ("Een dienstenset opent elke dienst die erin zit.", "A service set opens each service in it."),
        (
            "Vraag het inloggen aan met de UUID van de dienst zelf.",
            "Ask for the log-in with the UUID of the service itself.",
        ),
        "DM-24",
    ),
    described(
        Family.FUNCTIONAL,
        2,
        (
            "Waar de Berichtenbox meedoet, ziet de gemachtigde de post die is afgesproken.",
            "Where the Message Box takes part, the representative sees the post that was agreed on.",
        ),
        ("Koppel de soorten post aan de dienst.", "Link the kinds of post to the service."),
        "DM-38",
        judged=Judged.ASSESSOR,
    ),
    described(
        Family.FUNCTIONAL,
        3,
        (
            "Waar nabestaanden meedoen, kunnen zij hun zaken regelen.",
            "Where survivors take part, they can handle their affairs.",
        ),
        (
            "Volg de werkwijze die u voor nabestaanden hebt beschreven.",
            "Follow the procedure that you described for survivors.",
        ),
        "DM-37",
        judged=Judged.ASSESSOR,
    ),
)
