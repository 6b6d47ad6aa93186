"""Words for what is wrong with a metadata document, or with the address it should come from (CN-2, MD-21, MD-27).

What is wrong; how to mend it stands with the check of family M that the finding belongs to (`volmacht.checks`).
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from volmacht.catalogue.kinds import FetchFault
from volmacht.portals.shared.parts import Text
from volmacht.protocols.saml.metadata.findings import FindingCode

FINDINGS: Mapping[FindingCode, Text] = {
    FindingCode.TOO_LARGE: _("Het document is groter dan 20 MB."),
    FindingCode.NOT_UTF8: _("Het document is geen UTF-8."),
    FindingCode.DOCTYPE: _("Er staat een DOCTYPE in."),
    FindingCode.PROCESSING_INSTRUCTION: _("Er staat een verwerkingsopdracht in (<?…?>)."),
    FindingCode.COMMENT: _("Er staat commentaar in."),
    FindingCode.NOT_WELL_FORMED: _("Dit is geen goede XML."),
    FindingCode.TOO_DEEP: _("De elementen staan te diep in elkaar."),
    FindingCode.TOO_MANY_ELEMENTS: _("Er staan te veel elementen in."),
    FindingCode.TOO_MANY_ATTRIBUTES: _("Een element heeft te veel attributen."),
    FindingCode.ATTRIBUTE_TOO_LONG: _("Een attribuut is te lang."),
    FindingCode.DUPLICATE_ID: _("Een ID komt twee keer voor."),
    FindingCode.SCHEMA: _("Dit past niet in het schema van SAML."),
    FindingCode.NOT_TEXT: _("Hier hoort alleen tekst te staan."),
    FindingCode.INNER_WHITE_SPACE: _("Er staat witruimte midden in een waarde."),
    FindingCode.WRONG_ROOT: _("Het hoofdelement is niet wat het moet zijn."),
    FindingCode.ID_MISSING: _("Het hoofdelement heeft geen ID."),
    FindingCode.PUBLISHER_MISSING: _("Het entityID dat u opgaf staat er niet in."),
    FindingCode.OTHER_PUBLISHER: _("Het entityID is een ander dan u opgaf."),
    FindingCode.ENTITY_ID_MALFORMED: _("Het entityID heeft niet de goede vorm."),
    FindingCode.WRONG_ROLE: _("De rol in het entityID past niet bij deze aansluiting."),
    FindingCode.WRONG_INDEX_RANGE: _(
        "Het volgnummer hoort bij de andere omgeving: vanaf 9000 is voor preproductie."
    ),
    FindingCode.ENTITY_TWICE: _("Een entityID komt twee keer voor."),
    FindingCode.NESTED_GROUP: _("Er staat een groep in een groep."),
    FindingCode.NOT_REGISTERED: _("Deze partij is niet bij ons bekend. Wij slaan haar over."),
    FindingCode.REGISTERED_NOT_LISTED: _("Een partij die bij ons bekend is, ontbreekt."),
    FindingCode.SIGNATURE_MISSING: _("Het document is niet ondertekend."),
    FindingCode.SIGNATURE_SEVERAL: _("Er staan meer handtekeningen in."),
    FindingCode.SIGNATURE_MISPLACED: _("De handtekening staat op de verkeerde plaats."),
    FindingCode.SIGNATURE_REFERENCE: _("De handtekening gaat niet over het hele document."),
    FindingCode.SIGNATURE_ALGORITHM: _("De handtekening gebruikt een methode die niet mag, zoals SHA-1."),
    FindingCode.SIGNATURE_TRANSFORM: _("De handtekening gebruikt een bewerking die niet mag."),
    FindingCode.SIGNATURE_CONTENT: _("De handtekening mist iets of heeft iets te veel."),
    FindingCode.SIGNATURE_KEY_UNKNOWN: _("De sleutel van de handtekening staat niet in het document."),
    FindingCode.SIGNATURE_INVALID: _("De handtekening klopt niet. Is het document na het tekenen veranderd?"),
    FindingCode.SIGNATURE_KEY_NOT_NAMED: _("De handtekening noemt haar sleutel niet."),
    FindingCode.INNER_SIGNATURE: _("Er staat een handtekening op een onderdeel."),
    FindingCode.CERTIFICATE_UNTRUSTED: _(
        "Dit certificaat komt niet van een uitgever die in deze omgeving telt."
    ),
    FindingCode.CERTIFICATE_EXPIRED: _("Dit certificaat is verlopen."),
    FindingCode.CERTIFICATE_NOT_YET_VALID: _("Dit certificaat geldt nog niet."),
    FindingCode.CERTIFICATE_REVOKED: _("Dit certificaat is ingetrokken."),
    FindingCode.REVOCATION_UNKNOWN: _("Wij kunnen niet nagaan of dit certificaat is ingetrokken."),
    FindingCode.CERTIFICATE_OF_AUTHORITY: _(
        "Dit is een certificaat van een uitgever, niet van een organisatie."
    ),
    FindingCode.KEY_USAGE: _("Het certificaat is niet voor dit gebruik."),
    FindingCode.KEY_UNSUITABLE: _("De sleutel is geen RSA van 2048 bits of meer."),
    FindingCode.OTHER_OIN: _("Het OIN in het certificaat is een ander dan in het entityID."),
    FindingCode.CERTIFICATE_UNREADABLE: _("Dit certificaat kunnen wij niet lezen."),
    FindingCode.DATE_MISSING: _("Er staat niet in hoe lang het document geldt."),
    FindingCode.BOTH_DATES: _("Er staan twee einden in: validUntil en cacheDuration."),
    FindingCode.DATE_UNREADABLE: _("Deze datum kunnen wij niet lezen."),
    FindingCode.EXPIRED: _("Het document is verlopen."),
    FindingCode.DATE_NOT_AT_ROOT: _("Deze datum hoort bij het hoofdelement."),
    FindingCode.DESCRIPTOR_COUNT: _("Er moet precies één beschrijving van uw rol in staan."),
    FindingCode.OTHER_DESCRIPTOR: _("Er staat een beschrijving van een andere rol in."),
    FindingCode.PROTOCOL_MISSING: _("SAML 2.0 staat niet bij de protocollen."),
    FindingCode.REQUESTS_NOT_SIGNED: _("AuthnRequestsSigned is niet “true”."),
    FindingCode.ASSERTIONS_NOT_SIGNED: _("WantAssertionsSigned is niet “true”."),
    FindingCode.PERSONAL_DATA: _("Er staan gegevens van een persoon in."),
    FindingCode.KEY_WITHOUT_USE: _("Bij deze sleutel staat niet waarvoor hij is."),
    FindingCode.KEY_NAME_COUNT: _("Een sleutel heeft precies één KeyName."),
    FindingCode.KEY_NAME_LENGTH: _("De KeyName is leeg of te lang."),
    FindingCode.KEY_NAME_TWICE: _("Deze KeyName komt twee keer voor."),
    FindingCode.CERTIFICATE_COUNT: _("Bij een sleutel hoort precies één certificaat."),
    FindingCode.SIGNING_KEYS_TOO_FEW: _("Er staan te weinig sleutels om te tekenen in."),
    FindingCode.SIGNING_KEYS_TOO_MANY: _("Er staan te veel sleutels om te tekenen in."),
    FindingCode.ENCRYPTION_KEYS_TOO_FEW: _("Er staat geen sleutel om te versleutelen in."),
    FindingCode.ENCRYPTION_KEYS_TOO_MANY: _("Er staan te veel sleutels om te versleutelen in."),
    FindingCode.KEYS_TOO_MANY: _("Er staan te veel sleutels in."),
    FindingCode.NO_USABLE_ENCRYPTION_KEY: _("Geen sleutel om te versleutelen is bruikbaar."),
    FindingCode.ADDRESSES_TOO_FEW: _("Er ontbreekt een adres."),
    FindingCode.ADDRESSES_TOO_MANY: _("Er staan te veel adressen in."),
    FindingCode.OTHER_BINDING: _("Het adres gebruikt een andere binding dan mag."),
    FindingCode.ADDRESS_NOT_HTTPS: _("Een adres begint niet met https://."),
    FindingCode.ADDRESS_MALFORMED: _("Een adres heeft niet de goede vorm."),
    FindingCode.ADDRESS_TOO_LONG: _("Een adres is te lang."),
    FindingCode.ADDRESS_IGNORED: _("Dit adres gebruiken wij niet."),
    FindingCode.INDEX_TWICE: _("Een volgnummer komt twee keer voor."),
    FindingCode.DEFAULT_MISSING: _("Geen adres is de standaard."),
    FindingCode.DEFAULT_SEVERAL: _("Meer dan één adres is de standaard."),
    FindingCode.SERVICES_NOT_EXPECTED: _("Hier horen geen diensten te staan."),
    FindingCode.SERVICE_UUID_COUNT: _("Bij een dienst hoort precies één ServiceUUID."),
    FindingCode.SERVICE_UUID_MALFORMED: _("Een ServiceUUID heeft niet de goede vorm."),
    FindingCode.SERVICE_UUID_UNKNOWN: _("Dit ServiceUUID kennen wij niet bij u."),
    FindingCode.SERVICE_NAME_LANGUAGE: _("Bij de naam van een dienst staat geen taal."),
}

FETCHING: Mapping[FetchFault, Text] = {
    FetchFault.ADDRESS_MALFORMED: _("Dit is geen goed webadres."),
    FetchFault.NOT_HTTPS: _("Het adres begint niet met https://."),
    FetchFault.HOST_UNKNOWN: _("De naam in dit adres bestaat niet."),
    FetchFault.PRIVATE_ADDRESS: _("Dit adres is niet op internet te bereiken. Daar halen wij niets op."),
    FetchFault.UNREACHABLE: _("Op dit adres antwoordt niemand."),
    FetchFault.CERTIFICATE: _("Het certificaat van deze website klopt niet."),
    FetchFault.REDIRECT: _("Dit adres stuurt door naar een andere plek. Dat volgen wij niet."),
    FetchFault.STATUS: _("Op dit adres staat geen document."),
    FetchFault.ENCODED: _("Het document komt ingepakt aan. Stuur het gewoon, zonder gzip."),
    FetchFault.TOO_LARGE: _("Het document is groter dan 20 MB."),
    FetchFault.TOO_SLOW: _("Het antwoord duurde langer dan 30 seconden."),
}
