"""How Gemeente Voorbeeld talks to Volmacht: send the browser there, fetch the answer with a key.

The seam at which SAML will take over: the rest of this service knows `ask_address`, `fetch_answer` and `Answer`.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

import httpx

from volmacht.standins.sample_provider import settings

TIME_OUT_SECONDS = 10


class Outcome(StrEnum):
    """How a log-in ended."""

    OK = "ok"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """Who acts, and for whom (None: for themselves); BSNs, so never shown or logged."""

    outcome: Outcome
    relay_state: str = ""
    acting: str = ""
    represented: str | None = None
    reason: str = ""


def ask_address(service_uuid: str, representation: str, relay_state: str, language: str) -> str:
    """Where to send the browser; `representation` is none, optional or mandatory, `language` nl or en."""
    question = {
        "aansluiting": settings.VOORBEELD_ENTITY_ID,
        "dienst": service_uuid,
        "vertegenwoordiging": representation,
        "kenmerk": relay_state,
        "taal": language,
    }
    return f"{settings.VOORBEELD_REGISTER}/direct/inloggen?{urlencode(question)}"


def fetch_answer(artifact: str) -> Answer:
    """Fetch the answer, which can be done once. Whatever goes wrong on the way is an answer too: FAILED."""
    try:
        response = httpx.post(
            f"{settings.VOORBEELD_REGISTER}/direct/antwoord",
            json={"artifact": artifact},
            headers={"Authorization": f"Bearer {settings.VOORBEELD_KEY}"},
            timeout=TIME_OUT_SECONDS,
        )
        body = response.json() if response.status_code == httpx.codes.OK else {}
        represented = body.get("represented")
        return Answer(
            outcome=Outcome(body.get("status", Outcome.FAILED)),
            relay_state=str(body.get("relay_state")),
            acting=str(body.get("acting")),
            represented=None if represented is None else str(represented),
            reason=str(body.get("reason") or ""),
        )
    except (httpx.HTTPError, ValueError, AttributeError):  # not there, or no answer as agreed
        return Answer(Outcome.FAILED)
