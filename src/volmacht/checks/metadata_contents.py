"""Family M, second part: certificates, keys, dates, addresses and services. Data, and nothing else. Pure."""

from typing import Final

from volmacht.checks.metadata import of_metadata
from volmacht.protocols.saml.metadata.findings import FindingCode as F

_CERTIFICATES: Final = (
    of_metadata(
        17,
        (
            "Het certificaat komt van een uitgever die in deze omgeving wordt vertrouwd.",
            "The certificate comes from an authority that is trusted in this environment.",
        ),
        (
            "Gebruik op productie PKIoverheid, en op preproductie een testcertificaat van ons of PKIoverheid.",
            "Use PKIoverheid in production, and in pre-production a test certificate of ours or PKIoverheid.",
        ),
        "MD-23",
        F.CERTIFICATE_UNTRUSTED,
        F.CERTIFICATE_OF_AUTHORITY,
    ),
    of_metadata(
        18,
        ("Elk certificaat is nu geldig.", "Each certificate is valid now."),
        (
            "Vraag een nieuw certificaat aan en zet het naast het oude.",
            "Apply for a new certificate and put it beside the old one.",
        ),
        "MD-23 MD-43",
        F.CERTIFICATE_EXPIRED,
        F.CERTIFICATE_NOT_YET_VALID,
    ),
    of_metadata(
        19,
        ("Geen certificaat is ingetrokken.", "No certificate has been revoked."),
        (
            "Haal het ingetrokken certificaat weg en gebruik een nieuw.",
            "Remove the revoked one and use a new one.",
        ),
        "MD-23 SG-12",
        F.CERTIFICATE_REVOKED,
        F.REVOCATION_UNKNOWN,
    ),
    of_metadata(
        20,
        (
            "De sleutel is RSA van 2048 bits of meer, en mag voor dit doel worden gebruikt.",
            "The key is RSA of 2048 bits or more, and may be used for this purpose.",
        ),
        (
            "Vraag een certificaat met de juiste sleutel en het juiste sleutelgebruik aan.",
            "Apply for a certificate with the right key and the right key usage.",
        ),
        "MD-23 TL-01",
        F.KEY_UNSUITABLE,
        F.KEY_USAGE,
    ),
    of_metadata(
        21,
        (
            "Het OIN in elk certificaat is dat van de entity-id.",
            "The OIN in each certificate is that of the entity id.",
        ),
        (
            "Gebruik certificaten van de organisatie zelf, niet van een andere.",
            "Use certificates of the organisation itself, not of another.",
        ),
        "MD-24",
        F.OTHER_OIN,
    ),
    of_metadata(
        22,
        ("Elk certificaat is leesbaar en staat alleen.", "Each certificate can be read and stands alone."),
        (
            "Zet één certificaat in elk X509Certificate, zonder de keten erbij.",
            "Put one certificate in each X509Certificate, without its chain.",
        ),
        "MD-13 MD-29",
        F.CERTIFICATE_UNREADABLE,
        F.CERTIFICATE_COUNT,
    ),
)
_KEYS: Final = (
    of_metadata(
        23,
        ("Elke sleutel heeft een naam, één keer gebruikt.", "Each key has a name, used once."),
        ("Geef elke KeyDescriptor een eigen KeyName.", "Give each KeyDescriptor a KeyName of its own."),
        "MD-13 MD-29",
        F.KEY_NAME_COUNT,
        F.KEY_NAME_LENGTH,
        F.KEY_NAME_TWICE,
    ),
    of_metadata(
        24,
        ("Elke sleutel zegt waarvoor die is.", "Each key says what it is for."),
        ('Zet use="signing" of use="encryption" erbij.', 'Add use="signing" or use="encryption".'),
        "MD-29",
        F.KEY_WITHOUT_USE,
        required=False,
    ),
    of_metadata(
        25,
        ("Er zijn 1 tot 4 sleutels om te ondertekenen.", "There are 1 to 4 keys for signing."),
        (
            "Neem de sleutel voor berichten en die voor de TLS-verbinding op.",
            "Include the key for messages and the one for the TLS connection.",
        ),
        "MD-11 MD-19",
        F.SIGNING_KEYS_TOO_FEW,
        F.SIGNING_KEYS_TOO_MANY,
        F.KEYS_TOO_MANY,
    ),
    of_metadata(
        26,
        ("Er zijn 1 of 2 sleutels om te versleutelen.", "There are 1 or 2 keys for encryption."),
        (
            'Neem één sleutel op met use="encryption", en bij een wissel twee.',
            'Include one key with use="encryption", and two while you change keys.',
        ),
        "MD-12 AR-37",
        F.ENCRYPTION_KEYS_TOO_FEW,
        F.ENCRYPTION_KEYS_TOO_MANY,
        F.NO_USABLE_ENCRYPTION_KEY,
    ),
)
_CONTENT: Final = (
    of_metadata(
        27,
        (
            "Er staat precies één geldigheid in: validUntil of cacheDuration, op het hoofdelement.",
            "There is exactly one term: validUntil or cacheDuration, on the root.",
        ),
        (
            "Kies een van beide. Een tijd eindigt op Z.",
            "Choose one of them. A time ends in Z.",
        ),
        "MD-04 MD-05 MD-26 TM-11",
        F.DATE_MISSING,
        F.BOTH_DATES,
        F.DATE_UNREADABLE,
        F.DATE_NOT_AT_ROOT,
    ),
    of_metadata(
        28,
        ("Het document is niet verlopen.", "The document has not expired."),
        ("Maak het document opnieuw, met een latere datum.", "Make the document anew, with a later date."),
        "MD-26",
        F.EXPIRED,
    ),
    of_metadata(
        29,
        (
            "Er is precies één SPSSODescriptor, die SAML 2.0 noemt.",
            "There is exactly one SPSSODescriptor, which names SAML 2.0.",
        ),
        ("Haal andere beschrijvingen weg.", "Remove other descriptors."),
        "MD-07 MD-08",
        F.DESCRIPTOR_COUNT,
        F.OTHER_DESCRIPTOR,
        F.PROTOCOL_MISSING,
    ),
    of_metadata(
        30,
        (
            "AuthnRequestsSigned en WantAssertionsSigned zijn waar.",
            "AuthnRequestsSigned and WantAssertionsSigned are true.",
        ),
        ("Zet beide op true.", "Set both to true."),
        "MD-09",
        F.REQUESTS_NOT_SIGNED,
        F.ASSERTIONS_NOT_SIGNED,
    ),
    of_metadata(
        31,
        ("Er staan geen gegevens van mensen in.", "There are no data about people in it."),
        (
            "Haal ContactPerson en namen van mensen weg. Contactpersonen geeft u op in het formulier.",
            "Remove ContactPerson and names of people. You give contacts in the form.",
        ),
        "MD-21",
        F.PERSONAL_DATA,
    ),
    of_metadata(
        32,
        (
            "De adressen zijn volledig, met https, en niet te lang.",
            "The addresses are whole, with https, and not too long.",
        ),
        (
            "Schrijf het hele adres, met https en zonder gebruikersnaam of hekje.",
            "Write the whole address, with https and without a user name or a fragment.",
        ),
        "MD-31",
        F.ADDRESS_NOT_HTTPS,
        F.ADDRESS_MALFORMED,
        F.ADDRESS_TOO_LONG,
    ),
    of_metadata(
        33,
        (
            "Het adres voor het antwoord gebruikt HTTP-Artifact, en er zijn niet te veel of te weinig adressen.",
            "The address for the answer uses HTTP-Artifact, and there are not too many or too few addresses.",
        ),
        (
            "Neem een AssertionConsumerService met binding HTTP-Artifact op.",
            "Include an AssertionConsumerService with binding HTTP-Artifact.",
        ),
        "MD-16 MD-17",
        F.ADDRESSES_TOO_FEW,
        F.ADDRESSES_TOO_MANY,
        F.OTHER_BINDING,
    ),
    of_metadata(
        34,
        ("Elk adres wordt ook gebruikt.", "Each address is used as well."),
        (
            "Bij een cluster gelden de adressen van het cluster. Haal de andere weg.",
            "In a cluster the addresses of the cluster count. Remove the others.",
        ),
        "MD-32",
        F.ADDRESS_IGNORED,
        required=False,
    ),
    of_metadata(
        35,
        (
            "Elk adres heeft een eigen index, en bij meer dan één is er één de standaard.",
            "Each address has an index of its own, and of several exactly one is the default.",
        ),
        ("Nummer de adressen en zet isDefault bij één.", "Number the addresses and set isDefault on one."),
        "MD-17 MD-18",
        F.INDEX_TWICE,
        F.DEFAULT_MISSING,
        F.DEFAULT_SEVERAL,
    ),
    of_metadata(
        36,
        (
            "Diensten staan er goed in: één UUID voor elke dienst, en één naam voor elke taal.",
            "Services are listed well: one UUID for each, and one name for each language.",
        ),
        (
            "Neem de UUID van de dienst over uit uw aansluitgegevens. In een cluster horen hier geen diensten.",
            "Copy the UUID of the service from your connection data. In a cluster no services belong here.",
        ),
        "MD-18",
        F.SERVICES_NOT_EXPECTED,
        F.SERVICE_UUID_COUNT,
        F.SERVICE_UUID_MALFORMED,
        F.SERVICE_NAME_LANGUAGE,
    ),
    of_metadata(
        37,
        (
            "Elke dienst is bekend en van deze organisatie.",
            "Each service is known and belongs to this organisation.",
        ),
        (
            "Gebruik de UUID’s uit uw aansluitgegevens van deze omgeving.",
            "Use the UUIDs of your connection data of this environment.",
        ),
        "MD-35 AR-33",
        F.SERVICE_UUID_UNKNOWN,
    ),
)

CHECKS: Final = (*_CERTIFICATES, *_KEYS, *_CONTENT)
