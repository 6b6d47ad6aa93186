"""Words of the desk for the catalogue: kinds of entries and changes, what a row of a file comes to, what is wrong."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from volmacht.catalogue.kinds import ChangeKind, Objection, ProposalState
from volmacht.catalogue.queries import EntryKind, ImportKind, RowFault, RowNote, RowOutcome, StandingEntry
from volmacht.portals.shared.parts import Text
from volmacht.rules.kinds import RepresentativeKind

ENTRIES: Mapping[EntryKind, Text] = {
    EntryKind.PROVIDER: _("Aanbieder"),
    EntryKind.CONNECTION: _("Aansluiting"),
    EntryKind.SERVICE: _("Dienst"),
    EntryKind.SET: _("Dienstenset"),
}
LAYOUTS: Mapping[ImportKind, Text] = {
    ImportKind.SERVICES: _("Diensten (21 kolommen)"),
    ImportKind.ORGANISATIONS: _("Organisaties (11 kolommen)"),
}
REPRESENTATIVES: Mapping[RepresentativeKind, Text] = {
    RepresentativeKind.PERSON: _("Een burger"),
    RepresentativeKind.ORGANISATION: _("Een organisatie"),
    RepresentativeKind.BOTH: _("Een burger of een organisatie"),
    RepresentativeKind.NONE: _("Niemand"),
}
OUTCOMES: Mapping[RowOutcome, Text] = {
    RowOutcome.NEW: _("Nieuw"),
    RowOutcome.CHANGED: _("Verandert"),
    RowOutcome.UNCHANGED: _("Blijft gelijk"),
    RowOutcome.FAULTY: _("Fout"),
}
STATES: Mapping[ProposalState, Text] = {
    ProposalState.TRIED: _("Alleen nagekeken"),
    ProposalState.OPEN: _("Wacht op een tweede medewerker"),
    ProposalState.APPROVED: _("Goedgekeurd en uitgevoerd"),
    ProposalState.REJECTED: _("Afgewezen"),
}
CHANGES: Mapping[ChangeKind, Text] = {
    ChangeKind.ADD_PROVIDER: _("Aanbieder toegevoegd"),
    ChangeKind.ADD_CONNECTION: _("Aansluiting toegevoegd"),
    ChangeKind.ADD_SERVICE: _("Dienst toegevoegd"),
    ChangeKind.ADD_RELATION: _("Relatie toegevoegd"),
    ChangeKind.CHANGE_PROVIDER: _("Aanbieder veranderd"),
    ChangeKind.CHANGE_SERVICE: _("Dienst veranderd"),
    ChangeKind.CHANGE_CONNECTION: _("Aansluiting veranderd"),
    ChangeKind.CHANGE_RELATION: _("Relatie veranderd"),
    ChangeKind.SWITCH_PROVIDER: _("Aanbieder aan- of uitgezet"),
    ChangeKind.SWITCH_CONNECTION: _("Aansluiting aan- of uitgezet"),
    ChangeKind.SWITCH_SERVICE: _("Dienst aan- of uitgezet"),
    ChangeKind.ADD_CLUSTER_MEMBER: _("Aanbieder aan een cluster toegevoegd"),
    ChangeKind.SWITCH_CLUSTER_MEMBER: _("Aanbieder in een cluster aan- of uitgezet"),
    ChangeKind.ADD_PEER: _("Vertrouwde dienst toegevoegd"),
    ChangeKind.CHANGE_PEER: _("Vertrouwde dienst veranderd"),
    ChangeKind.SWITCH_PEER: _("Vertrouwde dienst aan- of uitgezet"),
    ChangeKind.ADD_CLIENT: _("REST-client toegevoegd"),
    ChangeKind.CHANGE_CLIENT: _("REST-client veranderd"),
    ChangeKind.SWITCH_CLIENT: _("REST-client aan- of uitgezet"),
}
FAULTS: Mapping[RowFault, Text] = {
    RowFault.FILE_TOO_LARGE: _("Het bestand is te groot."),
    RowFault.FILE_EMPTY: _("Het bestand is leeg."),
    RowFault.WRONG_ENCODING: _("Het bestand is niet in UTF-8 opgeslagen."),
    RowFault.NUL_BYTE: _("In het bestand staat een nulbyte: dit is geen tekst."),
    RowFault.TOO_MANY_ROWS: _("Het bestand heeft te veel regels."),
    RowFault.WRONG_COLUMN_COUNT: _("Het aantal kolommen klopt niet."),
    RowFault.QUOTING: _("Een aanhalingsteken klopt niet."),
    RowFault.CELL_TOO_LONG: _("Een cel is te lang."),
    RowFault.VALUE_MISSING: _("Hier hoort iets te staan."),
    RowFault.TEXT_TOO_LONG: _("De tekst is te lang."),
    RowFault.CONTROL_SIGN: _("Er staat een teken in dat niet mag."),
    RowFault.NOT_A_UUID: _("Dit is geen UUID."),
    RowFault.NOT_AN_OIN: _("Dit is geen OIN."),
    RowFault.NOT_A_FLAG: _("Hier hoort 0 of 1."),
    RowFault.NOT_A_NUMBER: _("Dit is geen getal."),
    RowFault.NUMBER_OUT_OF_RANGE: _("Het getal is te klein of te groot."),
    RowFault.LEVEL_UNKNOWN: _("Het niveau is 10, 20, 25 of 30."),
    RowFault.ENCRYPTION_UNKNOWN: _("Deze versleuteling bestaat niet."),
    RowFault.ENCRYPTION_UNSUPPORTED: _("Volmacht geeft geen pseudoniemen."),
    RowFault.REPRESENTATIVE_KIND_UNKNOWN: _("Deze soort gemachtigde bestaat niet."),
    RowFault.ROLE_UNKNOWN: _("De rol is 0, 1, 2 of 3."),
    RowFault.NOT_A_MOMENT: _("Een moment is dd-MM-jjjj uu:mm."),
    RowFault.MOMENT_DOES_NOT_EXIST: _("Dit moment bestaat niet: de klok ging toen vooruit."),
    RowFault.NOT_AT_MIDNIGHT: _("Een aangekondigd niveau geldt vanaf het begin van een dag."),
    RowFault.ITEM_MALFORMED: _("Een onderdeel in de cel is niet goed opgeschreven."),
    RowFault.RELATION_KIND_UNKNOWN: _("Deze soort relatie bestaat niet."),
    RowFault.UNTIL_BEFORE_FROM: _("Het einde ligt voor het begin."),
    RowFault.LEVEL_AND_DATE_GO_TOGETHER: _("Een aangekondigd niveau en de dag horen bij elkaar."),
    RowFault.ITEM_TWICE: _("Een onderdeel staat er twee keer."),
    RowFault.NAMED_TWICE: _("Deze UUID of OIN staat al op een andere regel."),
    RowFault.CONNECTION_UNKNOWN: _("Deze aansluiting bestaat niet."),
    RowFault.CONNECTION_MISSING: _("Een nieuwe dienst heeft een aansluiting nodig."),
    RowFault.SERVICE_UNKNOWN: _("Deze dienst bestaat niet."),
    RowFault.RELATION_WITH_ITSELF: _("Een dienst heeft geen relatie met zichzelf."),
    RowFault.SOURCE_IS_NO_SET: _("Alleen een dienstenset bevat diensten."),
    RowFault.NOT_ONE_LEVEL: _("Een dienst in een set bevat zelf geen diensten."),
    RowFault.ROLE_TERM_NOT_KEPT: _("Een rol met data in de toekomst kan hier niet."),
    RowFault.LINK_TERM_NOT_KEPT: _("Een dienst van een organisatie met data in de toekomst kan hier niet."),
    RowFault.OFFERS_OVER_OWN_CONNECTION: _(
        "De organisatie van de aansluiting biedt de dienst altijd zelf aan."
    ),
    RowFault.NOT_ALLOWED: _("Dit mag niet in de catalogus."),
}
NOTES: Mapping[RowNote, Text] = {
    RowNote.FIRST_OF_TWO_MOMENTS: _("Dit moment komt twee keer voor: het eerste telt."),
    RowNote.SERVICE_ENTITY_ID_NOT_KEPT: _("De entity-id van een dienst wordt niet bewaard."),
    RowNote.ENCRYPTION_IS_BSN: _("‘Legacy BSN’ is hier gewoon BSN."),
    RowNote.ROLE_FOLLOWS_CONNECTION: _("De rol volgt uit de entity-id van de aansluiting."),
}
OBJECTIONS: Mapping[Objection, Text] = {
    Objection.PROPOSAL_UNKNOWN: _("Dit voorstel is er niet meer."),
    Objection.ALREADY_JUDGED: _("Hierover is al besloten."),
    Objection.OWN_PROPOSAL: _("U hebt dit zelf voorgesteld. Een andere medewerker besluit."),
    Objection.NOT_STAFF: _("U bent geen medewerker meer."),
    Objection.NO_LONGER_POSSIBLE: _("De catalogus is intussen veranderd. Dit kan niet meer."),
    Objection.NOT_PROPOSED: _("Dit bestand is nog niet voorgesteld."),
    Objection.NOT_YOURS: _("Alleen wie het bestand gaf, kan het voorstellen."),
    Objection.HAS_FAULTS: _("In het bestand zitten fouten. Alles gaat door, of niets."),
    Objection.CHANGES_NOTHING: _("Dit bestand verandert niets."),
    Objection.TOO_MANY_CHANGES: _("Dit zijn te veel wijzigingen tegelijk. Verdeel het bestand."),
    Objection.VERDICTS_DIFFER: _(
        "De catalogus is veranderd sinds het bestand is nagekeken. Geef het opnieuw."
    ),
    Objection.ENTRY_CHANGED: _("Dit is intussen veranderd. Kijk of klopt wat u invulde."),
    Objection.PROPOSED_ALREADY: _(
        "Een veld dat u wijzigt, staat al in een voorstel. Laat een collega daar eerst over besluiten."
    ),
    Objection.IMPORT_DAMAGED: _("Het bewaarde bestand is niet meer wat is nagekeken. Geef het opnieuw."),
}


def change_words(entry: StandingEntry) -> Text:
    """What it is called to change this with a form."""
    if entry.change is ChangeKind.CHANGE_PROVIDER:
        return _("Wijzig deze aanbieder")
    return _("Wijzig deze dienstenset") if entry.is_set else _("Wijzig deze dienst")
