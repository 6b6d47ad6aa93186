"""What a check of the checklist is. Pure values; ids are stored in reports: never give one to another check."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from volmacht.protocols.saml.metadata.findings import FindingCode
from volmacht.rules.environment import Environment

Words: TypeAlias = tuple[str, str]  # in Dutch and in English


class Family(StrEnum):
    """What a group of checks is about; the value stands in the id of each."""

    CONDITIONS = "D"
    COMMUNICATION = "C"
    METADATA = "M"
    TRANSPORT = "T"
    AUTHN_REQUEST = "A"
    ARTIFACT = "R"
    POSITIVE = "P"
    NEGATIVE = "N"
    BEHAVIOUR = "B"
    SESSION = "S"
    FUNCTIONAL = "F"


class Judged(StrEnum):
    """Who or what comes to the verdict."""

    AUTOMATIC = "automatic"
    EVIDENCE = "evidence"  # the provider uploads something, an assessor looks at it
    ASSESSOR = "assessor"


FAMILIES: Final = {  # in Dutch and in English
    Family.CONDITIONS: ("Voorwaarden", "Conditions"),
    Family.COMMUNICATION: ("Teksten en communicatie", "Texts and communication"),
    Family.METADATA: ("Metadata", "Metadata"),
    Family.TRANSPORT: ("Verbinding", "Transport"),
    Family.AUTHN_REQUEST: ("De inlogvraag", "The log-in request"),
    Family.ARTIFACT: ("Het antwoord ophalen", "Fetching the answer"),
    Family.POSITIVE: ("Goede antwoorden", "Positive answers"),
    Family.NEGATIVE: ("Antwoorden die u weigert", "Answers that must be refused"),
    Family.BEHAVIOUR: ("Gedrag rond machtigingen", "Behaviour around mandates"),
    Family.SESSION: ("De sessie bij uw dienst", "The session at your service"),
    Family.FUNCTIONAL: ("Werking van de dienst", "Working of the service"),
}
EVERYWHERE: Final = frozenset(Environment)
PRODUCTION_ONLY: Final = frozenset({Environment.PRODUCTION})
PREPRODUCTION_ONLY: Final = frozenset({Environment.PREPRODUCTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must be so, in words, with where that is said and what to do when it is not.

    `source`: ids of rules of the SAML interface or of connecting, or the name of a public guideline. `required`:
    without it the connection is not accepted; otherwise it is advice. `findings`: what reading a metadata document
    can find that makes this check fail (family M only).
    """

    id: str
    family: Family
    title_nl: str
    title_en: str
    mend_nl: str
    mend_en: str
    source: tuple[str, ...]
    environments: frozenset[Environment] = EVERYWHERE
    required: bool = True
    judged: Judged = Judged.AUTOMATIC
    findings: frozenset[FindingCode] = field(default_factory=frozenset)

    def title(self, language: str) -> str:
        """What must be so, in Dutch ("nl") or English ("en")."""
        return self.title_nl if language == "nl" else self.title_en

    def mend(self, language: str) -> str:
        """What to do when it is not."""
        return self.mend_nl if language == "nl" else self.mend_en


def described(
    family: Family,
    number: int,
    title: Words,
    mend: Words,
    source: str,
    *,
    environments: frozenset[Environment] = EVERYWHERE,
    required: bool = True,
    judged: Judged = Judged.AUTOMATIC,
    findings: frozenset[FindingCode] = frozenset(),
) -> Check:
    """A check of a family, by its number in it; `source` names rules, with spaces between them."""
    return Check(
        id=f"CK-{family}{number}",
        family=family,
        title_nl=title[0],
        title_en=title[1],
        mend_nl=mend[0],
        mend_en=mend[1],
        source=tuple(source.split()),
        environments=environments,
        required=required,
        judged=judged,
        findings=findings,
    )
