"""Between the pages of entering a code: what was typed and what was shown, in the sealed session only (DM-21).

Gone once the mandate was accepted, or when the person stops or logs out.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from volmacht.catalogue import queries as catalogue
from volmacht.mandates.operations import Recognised
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.identifiers import Bsn
from volmacht.rules.refusals import Refusal, Refused

DRAFT = "mandates.code"
ACCEPTED = "mandates.accepted"


@dataclass(frozen=True, slots=True)
class Shown:
    """Exactly what a person is asked to accept: plain values, so that two of them can be compared."""

    request_id: str
    represented_name: str
    service_id: str
    covered: list[str]
    first_day: str
    last_day: str
    replaced_last_day: str

    @classmethod
    def of(cls, recognised: Recognised) -> "Shown":
        """What is shown of a recognised code; of a set its members, as they are now (DM-35)."""
        service = catalogue.service(recognised.service_id)
        members = service.members if service and service.is_set else (recognised.service_id,)
        return cls(
            request_id=str(recognised.request_id),
            represented_name=recognised.represented_name,
            service_id=str(recognised.service_id),
            covered=[str(member) for member in members],
            first_day=recognised.first_day.isoformat(),
            last_day=recognised.last_day.isoformat(),
            replaced_last_day=recognised.replaced_last_day.isoformat()
            if recognised.replaced_last_day
            else "",
        )


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """Code and BSN as typed, and what came of them: a refusal, or what is to be accepted."""

    code: AuthorisationCode
    bsn: Bsn
    refused: Refused | None = None
    shown: Shown | None = None
    changed: bool = False


def keep(request: HttpRequest, draft: CodeDraft) -> None:
    """Keep the draft in the session."""
    refused = draft.refused
    request.session[DRAFT] = {
        "code": draft.code.symbols,
        "bsn": draft.bsn.value,
        "refused": refused.refusal.value if refused else None,
        "day": refused.day.isoformat() if refused and refused.day else None,
        "level": refused.level.value if refused and refused.level else None,
        "shown": asdict(draft.shown) if draft.shown else None,
        "changed": draft.changed,
    }


def read(request: HttpRequest) -> CodeDraft | None:
    """The draft, if there is one."""
    kept: dict[str, Any] | None = request.session.get(DRAFT)
    if kept is None:
        return None
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    level = LevelOfAssurance(kept["level"]) if kept["level"] else None
    return CodeDraft(
        code=AuthorisationCode(kept["code"]),
        bsn=Bsn(kept["bsn"]),
        refused=Refused(Refusal(kept["refused"]), day, level) if kept["refused"] else None,
        shown=Shown(**kept["shown"]) if kept["shown"] else None,
        changed=kept["changed"],
    )


def forget(request: HttpRequest) -> None:
    """Code and BSN are not needed any more."""
    request.session.pop(DRAFT, None)


def remember_accepted(request: HttpRequest, mandate_id: UUID) -> None:
    """Forget code and BSN, and remember what they became: for the second half of a double click."""
    forget(request)
    request.session[ACCEPTED] = str(mandate_id)


def last_accepted(request: HttpRequest) -> UUID | None:
    """The mandate that was accepted last in this log-in."""
    kept = request.session.get(ACCEPTED)
    return UUID(kept) if kept else None
