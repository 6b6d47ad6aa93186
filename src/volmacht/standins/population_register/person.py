"""One invented person, as the stand-ins know them. `people` reads them from files.

DigiD levels, story, handle and case are ours: the population register knows nothing of them and never answers
with them.
"""

from dataclasses import dataclass

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn
from volmacht.standins.population_register.dates import RegisterDate
from volmacht.standins.population_register.names import Gender, PersonName
from volmacht.standins.population_register.residences import Residence


@dataclass(frozen=True, slots=True)
class Suspension:
    """Why and since when the register no longer keeps a record up to date: a code of the national table.

    `O` deceased, `E` emigrated, `R` non-resident, `M` decree, `F` and `W` removed (never delivered), `.`
    unknown.
    """

    reason: str
    since: RegisterDate | None


@dataclass(frozen=True, slots=True)
class Story:
    """One line about a main character, for a newcomer."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Person:
    """Everything the stand-ins know of one invented person.

    `died` is a date, perhaps an unknown one, or None. `case` names what is unusual; `handle` is the name of
    a main character in scenarios; both may be empty. `digid_levels` is empty for somebody without DigiD.
    """

    bsn: Bsn
    gender: Gender
    name: PersonName
    born: RegisterDate
    municipality: str
    residence: Residence | None
    died: RegisterDate | None = None
    suspension: Suspension | None = None
    under_guardianship: bool = False
    address_secret: bool = False
    digid_levels: tuple[LevelOfAssurance, ...] = ()
    handle: str = ""
    case: str = ""
    story: Story | None = None

    @property
    def full_name(self) -> str:
        """The own name, as in the register."""
        return self.name.full

    @property
    def used_name(self) -> str:
        """The name as the person uses it."""
        return self.name.used

    @property
    def deceased(self) -> bool:
        """Whether the register says so, with or without a date."""
        return self.died is not None or (self.suspension is not None and self.suspension.reason == "O")
