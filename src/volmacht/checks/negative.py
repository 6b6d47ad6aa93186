"""Family N: answers that the service must refuse, whatever else is right about them. Data, and nothing else. Pure.

Each is a case of its own: what must be done is the same everywhere.
"""

from typing import Final

from volmacht.checks.model import Family, described

_REFUSE: Final = (
    "Weiger het antwoord, start geen sessie en vertel dat het inloggen niet is gelukt.",
    "Refuse the answer, start no session and say that logging in did not succeed.",
)
_WRAPPED: Final = tuple(
    (
        f"Een ondertekend deel is verplaatst en iets anders ervoor gezet (XSW{number}).",
        f"A signed part was moved and something else put in its place (XSW{number}).",
        "SG-02 SG-08 SG-10",
    )
    for number in range(1, 9)
)
_CASES: Final = (
    ("Geen handtekening.", "No signature.", "RS-11 SG-01 SG-13"),
    ("Een ongeldige handtekening.", "An invalid signature.", "RS-11 SG-15"),
    (
        "Een handtekening met een sleutel die niet in onze metadata staat.",
        "A signature by a key that is not in our metadata.",
        "SG-05 SG-06",
    ),
    *_WRAPPED,
    ("Veranderd na het ondertekenen.", "Changed after signing.", "SG-08"),
    ("Audience noemt een andere organisatie.", "Audience names another organisation.", "RS-11 AS-10 AS-11"),
    ("Recipient is een ander adres.", "Recipient is another address.", "RS-11 AS-07"),
    ("Destination is een ander adres.", "Destination is another address.", "RS-03"),
    (
        "InResponseTo hoort bij een andere vraag, of bij geen.",
        "InResponseTo belongs to another request, or to none.",
        "RS-11 AS-08",
    ),
    ("Issuer is een ander dan wij.", "Issuer is not us.", "RS-04 AS-02"),
    ("De versie is niet 2.0.", "The version is not 2.0.", "RS-01 AS-01"),
    ("Het antwoord is verlopen.", "The answer has expired.", "AS-06 AS-09 TM-06"),
    ("Het antwoord geldt nog niet.", "The answer is not valid yet.", "AS-09 TM-06"),
    ("ActingSubjectID ontbreekt.", "ActingSubjectID is missing.", "AS-19"),
    (
        "LegalSubjectID hoort bij een andere dienst.",
        "LegalSubjectID belongs to another service.",
        "AS-18 AS-20 RS-11",
    ),
    ("Het niveau is lager dan de dienst vraagt.", "The level is below that of the service.", "RS-11 AS-15"),
    ("Het nummer is van een onbekende soort.", "The identifier has an unknown type.", "EN-12 EN-19"),
    ("Het BSN klopt niet volgens de 11-proef.", "The BSN fails the 11-test.", "EN-19 DM-05"),
    ("Een artefact dat al is gebruikt.", "An artifact that was used before.", "AB-06"),
    ("Een verklaring die al is gebruikt.", "An assertion that was used before.", "RS-11 TM-09"),
    ("XML met entiteiten die uitdijen.", "XML with entities that expand.", "XM-01"),
    ("XML met een entiteit van buiten.", "XML with an external entity.", "XM-01"),
    ("Commentaar midden in een NameID.", "A comment inside a NameID.", "XM-02 XM-03"),
    (
        "Een verklaring zonder handtekening naast een ondertekende.",
        "An unsigned assertion beside a signed one.",
        "RS-09 SG-02 SG-10",
    ),
    (
        "Een versleutelde verklaring, of meer dan één.",
        "An encrypted assertion, or more than one.",
        "RS-09 RS-10",
    ),
    (
        "Een nummer dat voor een ander of met een verboden methode is versleuteld.",
        "An identifier encrypted for another, or in a forbidden way.",
        "EN-15 EN-16 EN-17",
    ),
    (
        "Een status die geen succes is, met een verklaring erbij.",
        "A status other than success, with an assertion.",
        "RS-06 RS-09 SE-08",
    ),
    ("Gegevens die alleen in Advice staan.", "Data that stand in Advice only.", "AS-32"),
)

CHECKS: Final = tuple(
    described(Family.NEGATIVE, number, (dutch, english), _REFUSE, source)
    for number, (dutch, english, source) in enumerate(_CASES, start=1)
)
