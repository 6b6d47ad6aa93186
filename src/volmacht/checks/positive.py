"""Family P: answers that the service must take. Data, and nothing else. Pure."""

from typing import Final

from volmacht.checks.model import Family, described

CHECKS: Final = (
    described(
        Family.POSITIVE,
        1,
        (
            "De dienst laat iemand in die voor zichzelf komt.",
            "The service lets in somebody who acts on own behalf.",
        ),
        ("Lees ActingSubjectID als de gebruiker.", "Read ActingSubjectID as the user."),
        "FL-01 RS-11 AS-19",
    ),
    described(
        Family.POSITIVE,
        2,
        (
            "De dienst laat iemand in die voor een ander komt, en toont de zaken van die ander.",
            "The service lets in somebody who acts for another, and shows the affairs of that other.",
        ),
        ("Lees LegalSubjectID als degene om wie het gaat.", "Read LegalSubjectID as the one it is about."),
        "FL-02 FL-03 AS-20",
    ),
    described(
        Family.POSITIVE,
        3,
        ("Een hoger niveau dan gevraagd is goed.", "A level higher than asked is fine."),
        ("Vergelijk de volgorde van niveaus, niet de tekst.", "Compare the order of levels, not the text."),
        "AS-15",
    ),
    described(
        Family.POSITIVE,
        4,
        (
            "De dienst leest het nummer ook als het voor twee certificaten is versleuteld.",
            "The service reads the number when it is encrypted for two certificates too.",
        ),
        ("Kies de sleutel met KeyName en Recipient.", "Choose the key by KeyName and Recipient."),
        "EN-05 EN-07 EN-17",
    ),
    described(
        Family.POSITIVE,
        5,
        (
            "De dienst blijft werken als wij een nieuwe sleutel gebruiken.",
            "The service goes on working when we use a new key.",
        ),
        (
            "Ververs onze metadata elke dag, en lees meer dan één sleutel.",
            "Renew our metadata daily, and read more than one key.",
        ),
        "MD-40 MD-41",
    ),
    described(
        Family.POSITIVE,
        6,
        (
            "Een klok die 30 seconden afwijkt, is geen probleem.",
            "A clock that is 30 seconds off is no problem.",
        ),
        ("Sta 30 seconden verschil toe, naar beide kanten.", "Allow 30 seconds both ways."),
        "TM-01 TM-06",
    ),
    described(
        Family.POSITIVE,
        7,
        ("Lange namen en adressen in metadata passen.", "Long names and addresses in metadata fit."),
        ("Maak velden lang genoeg.", "Make fields long enough."),
        "MD-29 MD-31",
    ),
    described(
        Family.POSITIVE,
        8,
        (
            "RelayState komt ongewijzigd terug en wordt gebruikt.",
            "RelayState comes back unchanged and is used.",
        ),
        ("Vergelijk wat terugkomt met wat u stuurde.", "Compare what comes back with what you sent."),
        "AR-40",
    ),
)
