"""A log-in for a provider between its handle and its answer, over whichever interface it was asked for.

`take_handle` gives it to one browser; `choose_way`, `answer_...` and `end` are what people do on the choosing pages.
How the answer travels is the interface's: an artifact (`saml_logins`), or a status for which the client comes back
(`rest_logins`). Used through `operations`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.keystore import OwnEntity
from volmacht.logins import rest_logins
from volmacht.logins.asking import question
from volmacht.logins.models import RestLogin, SamlLogin, Transaction
from volmacht.logins.saml_logins import ARTIFACT_TERM, issue
from volmacht.logins.states import Representation, State
from volmacht.mandates.operations import answer_provider
from volmacht.mandates.queries import decide_for
from volmacht.protocols.saml.handling.requests import Sender
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import Denied
from volmacht.sealing import Purpose, keyed_hashes
from volmacht.telling import tell


def take_handle(handle: str) -> UUID | None:
    """The log-in that this handle opens, once: later, or in another browser, it opens nothing (SE-02, BR-04)."""
    now, hashes = clock.wall_clock(), keyed_hashes(Purpose.LINK, handle)
    over_saml = SamlLogin.objects.filter(handle_hash__in=hashes, transaction__expires_at__gt=now)
    over_rest = RestLogin.objects.filter(handle_hash__in=hashes, handle_expires_at__gt=now)
    for found in (over_saml, over_rest):
        login_id: UUID | None = found.values_list("transaction_id", flat=True).first()
        if login_id:
            # Conditions on the row itself only: PostgreSQL looks at those again when two came at once.
            held = found.model.objects.filter(transaction_id=login_id, handle_hash__in=hashes)
            return login_id if held.update(handle_hash=None) else None
    return None


@transaction.atomic
def choose_way(login_id: UUID, way: Representation) -> bool:
    """For oneself or for somebody else, where the provider leaves the choice (FL-03)."""
    return bool(
        Transaction.objects.filter(
            id=login_id, state=State.STARTED, representation=Representation.OPTIONAL
        ).update(representation=way)
    )


def answer_own_behalf(login_id: UUID) -> str | None:
    """The person acts for themselves; where the browser goes, or None when this is over or they must represent."""
    row = Transaction.objects.filter(id=login_id, state=State.AUTHENTICATED).first()
    if row is None or row.representation != Representation.NONE:
        return None
    return end(login_id, Outcome.SUCCEEDED, state=State.ANSWERED)


def answer_on_behalf(login_id: UUID, represented: UUID) -> str | Denied:
    """The person chose for whom they act; where the browser goes, or the decision's no (recorded as a use).

    Denied: every reason of the one decision; NO_MANDATE also for a log-in that is over.
    """
    row = (
        Transaction.objects.select_related("saml", "rest")
        .filter(id=login_id, state=State.AUTHENTICATED, expires_at__gt=clock.wall_clock())
        .first()
    )
    if row is None or row.party_id is None or row.level is None:
        return Denied(Refusal.NO_MANDATE)
    asker = asker_of(row)
    asked = question(row, represented, dv_entity_id=asker.dv_entity_id)
    decision = decide_for(asked)
    if isinstance(decision, Denied):
        answer_provider(asked, employee=asker.employee, provider_id=asker.provider_id)
        return decision
    ended = end(login_id, Outcome.SUCCEEDED, state=State.ANSWERED, represented=represented)
    return ended or Denied(Refusal.NO_MANDATE)


@dataclass(frozen=True, slots=True)
class Asker:
    """For which provider a log-in is, and which employee acts when an organisation does (DM-02, DM-40).

    `dv_entity_id` is the provider's over SAML, also behind an LC or RD; empty over REST.
    """

    provider_id: UUID
    employee: str
    dv_entity_id: str


def asker_of(row: Transaction) -> Asker:
    """Over whichever interface it was asked."""
    rest = getattr(row, "rest", None)
    if rest:
        return Asker(rest.provider_id, rest.employee, "")
    return Asker(row.saml.provider_id, "", row.saml.provider_entity_id)


def end(
    login_id: UUID,
    outcome: Outcome,
    *,
    state: State,
    message: str = "",
    represented: UUID | None = None,
) -> str | None:
    """End a log-in, with whom it is about; the address to which the browser goes, or None when it is over already."""
    with transaction.atomic():
        now = clock.wall_clock()
        row = (
            Transaction.objects.select_for_update(of=("self",))  # the other tables are joined outer
            .select_related("saml", "rest")
            .filter(id=login_id, state__in=[State.STARTED, State.AUTHENTICATED], expires_at__gt=now)
            .first()
        )
        if row is None:
            return None
        row.state, row.represented_id = state, represented
        return _answer(row, outcome, message, now)


def _answer(row: Transaction, outcome: Outcome, message: str, now: datetime) -> str:
    """Store how it ended, for as long as its interface keeps that; the address with which the browser returns."""
    rest = getattr(row, "rest", None)
    if outcome is not Outcome.SUCCEEDED:
        asker = "" if rest else row.saml.entity_id
        tell("log-in ended", outcome.rule, environment=row.environment, sender=asker)
    row.expires_at = now + (rest_logins.RESULT_TERM if rest else ARTIFACT_TERM)
    row.save()
    if rest:
        return rest_logins.return_address(rest, outcome)
    sender = Sender(row.saml.entity_id, row.saml.request_id, row.saml.consumer, row.saml.relay_state)
    return issue(
        sender,
        environment=Environment(row.environment),
        door=OwnEntity(row.saml.door),
        outcome=outcome,
        message=message,
        login=row.id,
    )
