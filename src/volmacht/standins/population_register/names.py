"""How the population register composes a name: initials, full name, and the name on an envelope.

Rules of the published feature files, without titles of nobility (nobody here has one).
"""

from dataclasses import dataclass
from enum import StrEnum


class Gender(StrEnum):
    """Table value *Geslacht*."""

    MAN = "M"
    WOMAN = "V"
    UNKNOWN = "O"


class NameUse(StrEnum):
    """Table value *Naamgebruik*: whose family name somebody wants to be addressed with."""

    OWN = "E"
    PARTNER = "P"
    PARTNER_FIRST = "V"
    OWN_FIRST = "N"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name. Every part may be empty, and a partner's family name may be absent."""

    given_names: str
    prefix: str
    family_name: str
    use: NameUse = NameUse.OWN
    partner_prefix: str = ""
    partner_family_name: str = ""

    @property
    def full(self) -> str:
        """*volledigeNaam*: the own name, without that of a partner."""
        return _spaced(self.given_names, self.prefix, self.family_name)

    @property
    def initials(self) -> str:
        """*voorletters*: one letter for each given name; a given name of one letter gets no full stop."""
        text = ""
        for name in self.given_names.split():
            before = " " if text and not text.endswith(".") else ""
            text += before + (name if len(name) == 1 else f"{name[0]}.")
        return text

    @property
    def _family(self) -> str:
        """The family name after the wish of the person; empty where the own name is needed and absent."""
        partner = _spaced(self.partner_prefix, self.partner_family_name)
        own = _spaced(self.prefix, self.family_name) if self.family_name else ""
        if not self.partner_family_name or self.use is NameUse.OWN:
            return own
        if self.use is NameUse.PARTNER:
            return partner
        if not own:
            return ""
        return f"{partner}-{own}" if self.use is NameUse.PARTNER_FIRST else f"{own}-{partner}"

    @property
    def used(self) -> str:
        """Given names and the family name after the wish of the person; not a field of the register."""
        return _spaced(self.given_names, self._family) if self._family and self.given_names else self.full

    @property
    def on_envelope(self) -> str:
        """*aanschrijfwijze.naam*; empty where it cannot be composed."""
        if not self._family:
            return ""
        return _spaced(self.initials, self._family) if self.initials else _capital(self._family)

    def salutation(self, gender: Gender) -> str:
        """*aanhef*; empty where it cannot be composed."""
        return self._introduced(
            gender, {Gender.MAN: "Geachte heer", Gender.WOMAN: "Geachte mevrouw"}, "Geachte"
        )

    def in_running_text(self, gender: Gender) -> str:
        """*gebruikInLopendeTekst*; empty where it cannot be composed."""
        return self._introduced(gender, {Gender.MAN: "de heer", Gender.WOMAN: "mevrouw"}, "")

    def _introduced(self, gender: Gender, forms: dict[Gender, str], otherwise: str) -> str:
        if not self._family:
            return ""
        if gender in forms:
            return _spaced(forms[gender], _capital(self._family))
        return _spaced(otherwise, self.initials, self._family)


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _capital(text: str) -> str:
    """With a capital, where it begins with a letter (`'t Hart` does not)."""
    return text[:1].upper() + text[1:]
