"""A choice that an authentication service or entrance asked for over REST, from MP001 to MP004 (FL-14, BR-01 to BR-13).

The client says who logged in there; `start_choice` keeps that and gives the handle that binds it to the browser, the
choosing pages end it (`choices`), and `retrieve` tells the client for whom, after the one decision once more (BR-08).
Used through `operations`.
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.logins.asking import question
from volmacht.logins.knowing import known
from volmacht.logins.look_ups import note_message, was_noted
from volmacht.logins.models import RestLogin, Transaction
from volmacht.logins.states import Representation, State
from volmacht.mandates.operations import answer_provider
from volmacht.mandates.queries import decide_for
from volmacht.parties.queries import bsn_of, kvk_of
from volmacht.protocols.bvd_rest import answers
from volmacht.protocols.bvd_rest.answers import ReturnStatus
from volmacht.protocols.bvd_rest.handling import Accepted
from volmacht.protocols.bvd_rest.problems import Problem
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.representation import Decision, Denied
from volmacht.sealing import Purpose, keyed_hash

TERM = timedelta(minutes=20)  # BR-10
HANDLE_TERM = timedelta(minutes=2)  # BR-04
RESULT_TERM = timedelta(minutes=15)  # BR-10
REMEMBERED = timedelta(days=366)  # for so long a transactionId is not new (BR-03)
DOOR = "bvd-rest"  # of the messages seen; a client is one of one environment
HANDLE_BYTES = 24
_RETURNED = {Outcome.SUCCEEDED: ReturnStatus.OK, Outcome.CANCELLED: ReturnStatus.CANCELLED}


@dataclass(frozen=True, slots=True)
class StartedChoice:
    """A choice that waits for its browser; `handle` opens it once, within two minutes (SE-02, BR-04)."""

    id: UUID
    handle: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Who acts for whom: numbers, for the body of one answer."""

    acting: str = field(repr=False)
    represented: Bsn


def start_choice(accepted: Accepted, *, environment: Environment, client: UUID) -> StartedChoice | Problem:
    """Keep an accepted question. Problem: PERSON_UNKNOWN, UNAVAILABLE, REUSED."""
    party = known(
        accepted.acting.number, environment
    )  # may ask the population register, so before the transaction
    if isinstance(party, Refused):
        away = party.refusal is Refusal.REGISTER_UNAVAILABLE
        return Problem.UNAVAILABLE if away else Problem.PERSON_UNKNOWN
    handle, now = secrets.token_urlsafe(HANDLE_BYTES), clock.wall_clock()
    with transaction.atomic():
        if not note_message(DOOR, str(client), str(accepted.transaction), kept=REMEMBERED):
            return Problem.REUSED
        row = Transaction.objects.create(
            environment=environment,
            connection_id=accepted.offered.connection,
            service_id=accepted.offered.service,
            representation=Representation.MANDATORY,
            state=State.AUTHENTICATED,
            expires_at=now + TERM,
            party_id=party,
            level=accepted.level,
        )
        RestLogin.objects.create(
            transaction=row,
            client_id=client,
            client_transaction=accepted.transaction,
            provider_id=accepted.offered.provider,
            employee=accepted.acting.employee,
            handle_hash=keyed_hash(Purpose.LINK, handle),
            handle_expires_at=now + HANDLE_TERM,
        )
    return StartedChoice(row.id, handle)


def return_address(login: RestLogin, outcome: Outcome) -> str:
    """Where the browser goes back to: the address that is registered now, never one of a question (BR-05)."""
    client = catalogue.rest_client(login.client_id)
    if client is None:
        raise RuntimeError("a client went away, and clients are only switched off")
    status = _RETURNED.get(outcome, ReturnStatus.ERROR)
    return answers.return_address(client.return_url, login.client_transaction, status)


@transaction.atomic
def retrieve(client_transaction: UUID, *, client: UUID) -> Retrieved | Problem:
    """For whom the person acts, alike each time until it is erased (BR-07, BR-10).

    The answer is a use, recorded when it is given first; a "no" ends it for good. Problem: UNKNOWN (also for another
    client's: BR-11), NO_CHOICE_YET, OVER, NO_LONGER_VALID.
    """
    row = (
        Transaction.objects.select_for_update(of=("self",))
        .select_related("rest")
        .filter(rest__client_id=client, rest__client_transaction=client_transaction)
        .first()
    )
    if row is None:
        swept = was_noted(DOOR, str(client), str(client_transaction))
        return Problem.OVER if swept else Problem.UNKNOWN
    not_ready = _not_ready(row)
    if not_ready is not None:
        return not_ready
    numbers = _numbers(row)
    if numbers is None:
        return Problem.OVER
    decision = _decide(row)
    row.state = State.REFUSED if isinstance(decision, Denied) else State.DELIVERED
    row.save(update_fields=["state"])
    return Problem.NO_LONGER_VALID if isinstance(decision, Denied) else numbers


def _not_ready(row: Transaction) -> Problem | None:
    late = row.expires_at <= clock.wall_clock()
    match State(row.state):
        case State.AUTHENTICATED if not late:
            return Problem.NO_CHOICE_YET
        case State.ANSWERED | State.DELIVERED if not late:
            return None
        case State.REFUSED:
            return Problem.NO_LONGER_VALID
        case _:
            return Problem.OVER


def _numbers(row: Transaction) -> Retrieved | None:
    """None when one of the two was erased meanwhile."""
    if row.party_id is None or row.represented_id is None:
        return None
    acting, represented = bsn_of(row.party_id) or kvk_of(row.party_id), bsn_of(row.represented_id)
    return Retrieved(acting.value, represented) if acting and represented else None


def _decide(row: Transaction) -> Decision:
    """The one decision; recorded when it is new: the first, and a "no" after a "yes" (DM-40, BR-08)."""
    asked = question(row, row.represented_id)
    if row.state == State.DELIVERED:
        again = decide_for(asked)
        if not isinstance(again, Denied):
            return again
    return answer_provider(asked, employee=row.rest.employee, provider_id=row.rest.provider_id)
