"""Which kinds of party may represent somebody at a service (DM-02). Source: DigiD's catalogue fields."""

from enum import StrEnum


class PartyKind(StrEnum):
    """What a representative is: a natural person or an organisation."""

    PERSON = "person"
    ORGANISATION = "organisation"


class RepresentativeKind(StrEnum):
    """The catalogue field *kind of representative*; the values are those of DigiD's own catalogue."""

    PERSON = "burger"
    ORGANISATION = "organisatie"
    BOTH = "burger_en_organisatie"
    NONE = "niet"


_ALLOWED: dict[RepresentativeKind, frozenset[PartyKind]] = {
    RepresentativeKind.PERSON: frozenset({PartyKind.PERSON}),
    RepresentativeKind.ORGANISATION: frozenset({PartyKind.ORGANISATION}),
    RepresentativeKind.BOTH: frozenset(PartyKind),
    RepresentativeKind.NONE: frozenset(),
}


def allows(kind: RepresentativeKind, party_kind: PartyKind) -> bool:
    """Whether a service with this catalogue field accepts this kind of representative."""
    return party_kind in _ALLOWED[kind]
