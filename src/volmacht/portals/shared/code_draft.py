"""Between the pages of entering a code: what was typed and what was shown, in the sealed session only (DM-21).

Each place where a code can be entered has its own slot of the session: the portal, and each log-in for a provider.
Gone once the mandate was accepted, or when the person stops, logs out, or the log-in is over.
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

ACCEPTED = ".accepted"


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


def keep(request: HttpRequest, slot: str, draft: CodeDraft) -> None:
    """Keep the draft in the session."""
    refused = draft.refused
    request.session[slot] = {
        "code": draft.code.symbols,
        "bsn": draft.bsn.value,
        "refused": refused.refusal.value if refused else None,
        "day": refused.day.isoformat() if refused and refused.day else None,
        "level": refused.level.value if refused and refused.level else None,
        "shown": asdict(draft.shown) if draft.shown else None,
        "changed": draft.changed,
    }


def read(request: HttpRequest, slot: str) -> CodeDraft | None:
    """The draft, if there is one."""
    kept: dict[str, Any] | None = request.session.get(slot)
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


def forget(request: HttpRequest, slot: str) -> None:
    """Code and BSN are not needed any more."""
    request.session.pop(slot, None)


def remember_accepted(request: HttpRequest, slot: str, mandate_id: UUID) -> None:
    """Forget code and BSN, and remember what they became: for the second half of a double click."""
    forget(request, slot)
    request.session[slot + ACCEPTED] = str(mandate_id)


def last_accepted(request: HttpRequest, slot: str) -> UUID | None:
    """The mandate that was accepted last here."""
    kept = request.session.get(slot + ACCEPTED)
    return UUID(kept) if kept else None


def clear(request: HttpRequest, slot: str) -> None:
    """Nothing is entered here any more."""
    forget(request, slot)
    request.session.pop(slot + ACCEPTED, None)
