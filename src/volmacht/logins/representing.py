"""Representation that an outside service states, such as parental authority (AR-20 column C, BV-20, RT-02, WK-13).

After the log-in the browser takes it, as it was signed, to the representation service in use, and comes back with a
statement. The entrance reads none of the numbers: it copies them. Who acts is taken from the log-in only, never from
the statement; that both speak of one person only the provider can see, who reads both (AS-19, AS-31). Used through
`operations`.
"""

from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.logins.choices import end
from volmacht.logins.models import SamlLogin
from volmacht.logins.states import Representation, State
from volmacht.logins.visits import Sent, begin_statement
from volmacht.protocols.saml.handling.answers import Answered
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.sealing import Purpose, seal, unseal


def ask_outside_service(login_id: UUID) -> Sent | Outcome:
    """The form that takes a log-in to the outside representation service in use; an Outcome when that cannot be."""
    login = _logged_in(login_id)
    if login is None or not login.evidence_sealed:
        return Outcome.REPRESENTATION_SERVICE_ERROR
    return begin_statement(
        environment=Environment(login.transaction.environment),
        representation_service=login.representation_service,
        provider=login.provider_entity_id,
        service_uuid=login.service_uuid,
        level=LevelOfAssurance(login.level_needed),
        transaction=login_id,
        log_in=unseal(Purpose.LOGIN, login_id, bytes(login.evidence_sealed)),
    )


@transaction.atomic
def answer_as_stated(login_id: UUID, answer: Answered) -> str | None:
    """Keep what the service in use stated; where the browser goes, or None when this log-in waits for no such thing."""
    login = _logged_in(login_id)
    if login is None or answer.assertion.issuer != login.representation_service:
        return None
    SamlLogin.objects.filter(transaction_id=login_id).update(
        statement_sealed=seal(Purpose.STATEMENT, login_id, answer.evidence)
    )
    return end(login_id, Outcome.SUCCEEDED, state=State.ANSWERED)


def _logged_in(login_id: UUID) -> SamlLogin | None:
    """A log-in in which somebody of whom we know nothing acts for another."""
    return (
        SamlLogin.objects.select_related("transaction")
        .filter(
            transaction_id=login_id,
            transaction__state=State.AUTHENTICATED,
            transaction__representation=Representation.MANDATORY,
            transaction__party__isnull=True,
            transaction__expires_at__gt=clock.wall_clock(),
        )
        .first()
    )
