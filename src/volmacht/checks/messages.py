"""Families T, A and R: the connection, the log-in request, and fetching the answer. Data, and nothing else. Pure."""

from typing import Final

from volmacht.checks.model import Family, described

CHECKS: Final = (
    described(
        Family.TRANSPORT,
        1,
        ("Alle adressen gebruiken TLS 1.2 of 1.3.", "All addresses use TLS 1.2 or 1.3."),
        ("Zet oudere versies uit.", "Switch older versions off."),
        "TL-01",
    ),
    described(
        Family.TRANSPORT,
        2,
        (
            "De instellingen van TLS zijn “goed” volgens de richtlijn van het NCSC.",
            "The settings of TLS are “good” by the guideline of the NCSC.",
        ),
        ("Neem de instellingen over uit de richtlijn.", "Take the settings from the guideline."),
        "TL-01",
    ),
    described(
        Family.TRANSPORT,
        3,
        (
            "De keten van certificaten is volledig en wordt vertrouwd.",
            "The chain of certificates is whole and trusted.",
        ),
        ("Stuur ook de tussenliggende certificaten mee.", "Send the intermediate certificates too."),
        "TL-01 TL-05",
    ),
    described(
        Family.TRANSPORT,
        4,
        (
            "De naam in het certificaat is die van het adres.",
            "The name in the certificate is that of the address.",
        ),
        ("Vraag een certificaat voor deze naam aan.", "Apply for a certificate for this name."),
        "TL-05",
    ),
    described(
        Family.TRANSPORT,
        5,
        ("De dienst stuurt HSTS mee.", "The service sends HSTS."),
        (
            "Stuur Strict-Transport-Security met minstens een jaar.",
            "Send Strict-Transport-Security with at least a year.",
        ),
        "TL-01",
    ),
    described(
        Family.TRANSPORT,
        6,
        (
            "Bij het ophalen laat de dienst een eigen certificaat zien dat in de metadata staat.",
            "When fetching, the service shows a certificate of its own that is in its metadata.",
        ),
        (
            "Gebruik het certificaat uit de metadata bij de verbinding.",
            "Use the certificate of the metadata for the connection.",
        ),
        "TL-02 TL-03 AB-16",
    ),
    described(
        Family.TRANSPORT,
        7,
        ("Nergens wordt SHA-1 gebruikt om te ondertekenen.", "SHA-1 is used nowhere for signing."),
        ("Gebruik SHA-256.", "Use SHA-256."),
        "SG-04 TL-01",
    ),
    described(
        Family.AUTHN_REQUEST,
        1,
        (
            "De vraag komt met HTTP-POST, één keer, in base64 en niet samengeperst.",
            "The request comes by HTTP-POST, once, in base64 and not deflated.",
        ),
        ("Gebruik de HTTP-POST binding.", "Use the HTTP-POST binding."),
        "AR-01",
    ),
    described(
        Family.AUTHN_REQUEST,
        2,
        (
            "De vraag is geldige XML volgens het schema, zonder DOCTYPE of commentaar.",
            "The request is valid XML by the schema, without DOCTYPE or comment.",
        ),
        (
            "Maak de vraag met SAML-software, niet met de hand.",
            "Make the request with SAML software, not by hand.",
        ),
        "XM-01 XM-02 XM-05 XM-06",
    ),
    described(
        Family.AUTHN_REQUEST,
        3,
        ("Elke vraag heeft een eigen ID.", "Each request has an ID of its own."),
        ("Maak elke keer een nieuw, willekeurig ID.", "Make a new random ID each time."),
        "AR-02 TM-09",
    ),
    described(
        Family.AUTHN_REQUEST,
        4,
        ("De versie is 2.0.", "The version is 2.0."),
        ("Zet Version op 2.0.", "Set Version to 2.0."),
        "AR-03",
    ),
    described(
        Family.AUTHN_REQUEST,
        5,
        ("De tijd is die van nu, in UTC met een Z.", "The time is that of now, in UTC with a Z."),
        ("Zet de klok gelijk met NTP.", "Set the clock by NTP."),
        "AR-04 TM-02 TM-11",
    ),
    described(
        Family.AUTHN_REQUEST,
        6,
        (
            "Destination is precies het adres uit onze metadata.",
            "Destination is exactly the address in our metadata.",
        ),
        ("Neem het adres over uit de metadata.", "Copy the address from the metadata."),
        "AR-05",
    ),
    described(
        Family.AUTHN_REQUEST,
        7,
        (
            "De vraag noemt een index van een adres uit de metadata, en nooit een adres zelf.",
            "The request names the index of an address in the metadata, and never an address.",
        ),
        ("Gebruik AssertionConsumerServiceIndex.", "Use AssertionConsumerServiceIndex."),
        "AR-07 AR-08 AR-09 AR-10",
    ),
    described(
        Family.AUTHN_REQUEST,
        8,
        (
            "De vraag noemt de dienst op één manier: met een index of met Extensions.",
            "The request names the service in one way: by index or in Extensions.",
        ),
        ("Kies een van beide.", "Choose one of them."),
        "AR-11 AR-12",
    ),
    described(
        Family.AUTHN_REQUEST,
        9,
        (
            "IntendedAudience is de entity-id van de organisatie.",
            "IntendedAudience is the entity id of the organisation.",
        ),
        ("Zet er uw eigen entity-id in.", "Put your own entity id in it."),
        "AR-18",
    ),
    described(
        Family.AUTHN_REQUEST,
        10,
        (
            "ServiceUUID is die van een dienst die nu actief is.",
            "ServiceUUID is that of a service that is active now.",
        ),
        ("Neem de UUID over uit uw aansluitgegevens.", "Copy the UUID from your connection data."),
        "AR-19 AR-33 AR-34 AR-42",
    ),
    described(
        Family.AUTHN_REQUEST,
        11,
        ("Issuer is de aangemelde entity-id.", "Issuer is the registered entity id."),
        (
            "Zet er uw eigen entity-id in, zonder toevoegingen.",
            "Put your own entity id in it, without qualifiers.",
        ),
        "AR-16",
    ),
    described(
        Family.AUTHN_REQUEST,
        12,
        (
            "De vraag is ondertekend met een sleutel uit de metadata.",
            "The request is signed with a key in the metadata.",
        ),
        (
            "Onderteken het hoofdelement en noem de sleutel met KeyName.",
            "Sign the root and name the key with KeyName.",
        ),
        "AR-17 SG-01 SG-02 SG-03 SG-05 SG-06",
    ),
    described(
        Family.AUTHN_REQUEST,
        13,
        (
            "Er staan geen Subject, Conditions of IsPassive in.",
            "There is no Subject, Conditions or IsPassive.",
        ),
        ("Haal ze weg.", "Remove them."),
        "AR-14 AR-22",
    ),
    described(
        Family.AUTHN_REQUEST,
        14,
        (
            "De keuze tussen voor uzelf en voor een ander staat goed in Scoping.",
            "The choice between own behalf and on behalf stands well in Scoping.",
        ),
        (
            "Volg de drie vormen uit de beschrijving van het koppelvlak.",
            "Follow the three forms in the description of the interface.",
        ),
        "AR-24 AR-25 AR-26 AR-27 AR-28 AR-29 AR-30 AR-31",
    ),
    described(
        Family.AUTHN_REQUEST,
        15,
        (
            "Het gevraagde niveau bestaat en is niet lager dan dat van de dienst.",
            "The level asked for exists and is no lower than that of the service.",
        ),
        ("Laat het weg: de dienst heeft al een niveau.", "Leave it out: the service has a level."),
        "AR-23",
    ),
    described(
        Family.AUTHN_REQUEST,
        16,
        (
            "RelayState is hoogstens 80 bytes en zegt niets over een mens.",
            "RelayState is at most 80 bytes and says nothing about a person.",
        ),
        ("Gebruik een willekeurig kenmerk.", "Use a random reference."),
        "AR-40 SE-07",
    ),
    described(
        Family.ARTIFACT,
        1,
        ("Het artefact wordt één keer ingeleverd.", "The artifact is handed in once."),
        (
            "Lever het in voordat u iets anders doet, en niet opnieuw.",
            "Hand it in before anything else, and not again.",
        ),
        "AB-06",
    ),
    described(
        Family.ARTIFACT,
        2,
        ("Het artefact wordt binnen 2 minuten ingeleverd.", "The artifact is handed in within 2 minutes."),
        ("Lever het meteen in, niet in een wachtrij.", "Hand it in at once, not from a queue."),
        "TM-03",
    ),
    described(
        Family.ARTIFACT,
        3,
        (
            "De vraag om het antwoord is SOAP 1.1 met één ArtifactResolve.",
            "The question is SOAP 1.1 with one ArtifactResolve.",
        ),
        ("Gebruik de SOAP binding van SAML.", "Use the SOAP binding of SAML."),
        "AB-10",
    ),
    described(
        Family.ARTIFACT,
        4,
        (
            "ID, versie en tijd van ArtifactResolve zijn goed.",
            "ID, version and time of ArtifactResolve are good.",
        ),
        (
            "Maak elke keer een nieuw ID, met de tijd van nu.",
            "Make a new ID each time, with the time of now.",
        ),
        "AB-11 TM-02 TM-09",
    ),
    described(
        Family.ARTIFACT,
        5,
        (
            "Destination, als die er staat, is het adres uit onze metadata.",
            "Destination, if present, is the address in our metadata.",
        ),
        ("Neem het adres over uit de metadata.", "Copy the address from the metadata."),
        "AB-12",
    ),
    described(
        Family.ARTIFACT,
        6,
        (
            "Issuer is wie het artefact kreeg, en de vraag is ondertekend.",
            "Issuer is who got the artifact, and the question is signed.",
        ),
        ("Onderteken met de sleutel van dezelfde entity-id.", "Sign with the key of the same entity id."),
        "AB-13 AB-14",
    ),
    described(
        Family.ARTIFACT,
        7,
        (
            "Het certificaat van de verbinding hoort bij Issuer.",
            "The certificate of the connection belongs to Issuer.",
        ),
        ("Gebruik het TLS-certificaat uit uw metadata.", "Use the TLS certificate of your metadata."),
        "AB-16 TL-03",
    ),
    described(
        Family.ARTIFACT,
        8,
        (
            "Het soort inhoud is text/xml of application/soap+xml.",
            "The content type is text/xml or application/soap+xml.",
        ),
        ("Zet Content-Type goed.", "Set Content-Type right."),
        "AB-10",
    ),
)
