"""Family M, first part: the metadata document, whose it is, and its signature. Data, and nothing else. Pure.

Every finding of reading a document belongs to exactly one check of this family.
"""

from typing import Final

from volmacht.checks.model import Check, Family, Words, described
from volmacht.protocols.saml.metadata.findings import FindingCode as F


def of_metadata(
    number: int, title: Words, mend: Words, source: str, *findings: F, required: bool = True
) -> Check:
    return described(
        Family.METADATA, number, title, mend, source, findings=frozenset(findings), required=required
    )


_DOCUMENT: Final = (
    of_metadata(
        1,
        ("Het document is niet te groot of te diep.", "The document is not too large or too deep."),
        ("Haal weg wat er niet in hoort.", "Remove what does not belong in it."),
        "MD-27 XM-04",
        F.TOO_LARGE,
        F.TOO_DEEP,
        F.TOO_MANY_ELEMENTS,
        F.TOO_MANY_ATTRIBUTES,
        F.ATTRIBUTE_TOO_LONG,
    ),
    of_metadata(
        2,
        ("Het document is geldige XML in UTF-8.", "The document is well-formed XML in UTF-8."),
        (
            "Schrijf het document opnieuw met uw SAML-software.",
            "Write the document anew with your SAML software.",
        ),
        "XM-05",
        F.NOT_UTF8,
        F.NOT_WELL_FORMED,
    ),
    of_metadata(
        3,
        (
            "Er staan geen DOCTYPE en geen verwerkingsopdrachten in.",
            "There is no DOCTYPE and no processing instruction in it.",
        ),
        ("Haal ze weg.", "Remove them."),
        "XM-01",
        F.DOCTYPE,
        F.PROCESSING_INSTRUCTION,
    ),
    of_metadata(
        4,
        ("Er staat geen commentaar in.", "There is no comment in it."),
        ("Haal het commentaar weg en onderteken opnieuw.", "Remove the comments and sign again."),
        "XM-02",
        F.COMMENT,
        required=False,
    ),
    of_metadata(
        5,
        ("Het document voldoet aan het schema van SAML.", "The document is valid by the schema of SAML."),
        (
            "Zie de regel in de melding: daar staat een element verkeerd.",
            "See the line: an element is wrong there.",
        ),
        "XM-06 MD-19",
        F.SCHEMA,
        F.NOT_TEXT,
        F.INNER_WHITE_SPACE,
    ),
    of_metadata(
        6,
        ("Elk ID is uniek en het hoofdelement heeft er een.", "Each ID is unique and the root has one."),
        ("Geef het hoofdelement een eigen ID.", "Give the root an ID of its own."),
        "MD-02 SG-09",
        F.ID_MISSING,
        F.DUPLICATE_ID,
    ),
    of_metadata(
        7,
        (
            "Het hoofdelement past bij de soort aansluiting: één organisatie of een cluster.",
            "The root fits the kind of connection: one organisation or a cluster.",
        ),
        (
            "Gebruik EntityDescriptor voor één organisatie, en EntitiesDescriptor voor een cluster.",
            "Use EntityDescriptor for one organisation, and EntitiesDescriptor for a cluster.",
        ),
        "MD-01",
        F.WRONG_ROOT,
        F.NESTED_GROUP,
    ),
)
_OWNER: Final = (
    of_metadata(
        8,
        ("De entity-id heeft de juiste vorm en rol.", "The entity id has the right form and role."),
        (
            "Schrijf urn:nl-eid-gdi:1.0:DV:OIN:entities:0001, met uw eigen OIN; een cluster gebruikt LC.",
            "Write urn:nl-eid-gdi:1.0:DV:OIN:entities:0001, with your own OIN; a cluster uses LC.",
        ),
        "RO-01 RO-07 MD-03",
        F.ENTITY_ID_MALFORMED,
        F.WRONG_ROLE,
    ),
    of_metadata(
        9,
        (
            "Het volgnummer in de entity-id past bij de omgeving.",
            "The index in the entity id is in the range of the environment.",
        ),
        (
            "Gebruik op productie 0000 tot en met 8999. Vanaf 9000 is voor testsystemen.",
            "Use 0000 to 8999 in production. 9000 and higher is for test systems.",
        ),
        "RO-02 RO-03",
        F.WRONG_INDEX_RANGE,
    ),
    of_metadata(
        10,
        (
            "Het document is van de organisatie die aansluit.",
            "The document belongs to the organisation that connects.",
        ),
        (
            "Stuur het document van uw eigen entity-id, zoals die in het formulier staat.",
            "Send the document of your own entity id, as it stands in the form.",
        ),
        "MD-28",
        F.PUBLISHER_MISSING,
        F.OTHER_PUBLISHER,
    ),
    of_metadata(
        11,
        (
            "Elke organisatie staat er één keer in, en alle aangemelde organisaties staan erin.",
            "Each organisation is in it once, and all registered ones are.",
        ),
        (
            "Laat één beschrijving staan voor elke organisatie die u hebt aangemeld.",
            "Leave one description for each organisation that you registered.",
        ),
        "MD-28",
        F.ENTITY_TWICE,
        F.NOT_REGISTERED,
        F.REGISTERED_NOT_LISTED,
    ),
)
_SIGNATURE: Final = (
    of_metadata(
        12,
        ("Het hoofdelement is precies één keer ondertekend.", "The root is signed exactly once."),
        (
            "Onderteken alleen het hoofdelement, met de handtekening als eerste element.",
            "Sign the root only, with the signature as its first element.",
        ),
        "MD-06 SG-01 SG-02",
        F.SIGNATURE_MISSING,
        F.SIGNATURE_SEVERAL,
        F.SIGNATURE_MISPLACED,
        F.INNER_SIGNATURE,
    ),
    of_metadata(
        13,
        (
            "De handtekening gebruikt alleen toegestane methoden en verwijst naar het hoofdelement.",
            "The signature uses allowed methods only and refers to the root.",
        ),
        (
            "Gebruik RSA met SHA-256 en exclusieve canonicalisatie. SHA-1 is niet toegestaan.",
            "Use RSA with SHA-256 and exclusive canonicalisation. SHA-1 is not allowed.",
        ),
        "SG-03 SG-04 SG-11 MD-34",
        F.SIGNATURE_REFERENCE,
        F.SIGNATURE_ALGORITHM,
        F.SIGNATURE_TRANSFORM,
        F.SIGNATURE_CONTENT,
    ),
    of_metadata(
        14,
        ("De handtekening klopt.", "The signature is valid."),
        (
            "Verander niets na het ondertekenen, ook geen spaties of regels.",
            "Change nothing after signing, not even white space.",
        ),
        "SG-05 SG-08",
        F.SIGNATURE_INVALID,
    ),
    of_metadata(
        15,
        (
            "De sleutel van de handtekening staat als signing in het document.",
            "The key of the signature is listed for signing in the document.",
        ),
        (
            'Zet het certificaat waarmee u ondertekent in een KeyDescriptor met use="signing".',
            'Put the certificate that you sign with in a KeyDescriptor with use="signing".',
        ),
        "SG-06 MD-25",
        F.SIGNATURE_KEY_UNKNOWN,
    ),
    of_metadata(
        16,
        ("De handtekening noemt haar sleutel.", "The signature names its key."),
        ("Neem KeyInfo met KeyName op.", "Include KeyInfo with KeyName."),
        "SG-06",
        F.SIGNATURE_KEY_NOT_NAMED,
        required=False,
    ),
)

CHECKS: Final = (*_DOCUMENT, *_OWNER, *_SIGNATURE)
