"""Which services upstream a log-in can use, and which of them is in use (AR-29, AR-44, ST-45).

What the provider listed is what can be chosen from: a list of one is a preselection. A service that says it cannot do
what was asked leaves the list. Used through `operations` and `queries`.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import PinnedPeerEntry
from volmacht.keystore import OwnEntity
from volmacht.logins import entities
from volmacht.logins.models import SamlLogin, Transaction
from volmacht.logins.states import Representation, State
from volmacht.logins.visits import usable_upstream
from volmacht.protocols.saml.handling.answers import Kind
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class Upstream:
    """A service that can be used now, at a site with this host name.

    `pinned` has its name and purpose; None for our own representation service.
    """

    entity_id: str
    host: str
    pinned: PinnedPeerEntry | None


def authentication_choices(environment: Environment, listed: tuple[str, ...]) -> tuple[Upstream, ...]:
    """The authentication services of this list to which somebody can be sent now (AR-44)."""
    return _usable(environment, listed, Kind.AUTHENTICATION)


def representation_choices(environment: Environment, listed: tuple[str, ...]) -> tuple[Upstream, ...]:
    """The representation services of this list that can be asked now, our own first (AR-29)."""
    own = tuple(Upstream(one, "", None) for one in listed if is_own(environment, one))
    return own + _usable(environment, listed, Kind.REPRESENTATION)


def is_own(environment: Environment, representation_service: str) -> bool:
    """Whether this is our own representation service, which reads mandates of our register."""
    return representation_service == entities.entity_id(environment, OwnEntity.BVD)


def _usable(environment: Environment, listed: tuple[str, ...], kind: Kind) -> tuple[Upstream, ...]:
    found = []
    for one in listed:
        peer, pinned = usable_upstream(environment, one, kind), catalogue.pinned_peer(environment, one)
        if peer and pinned:
            host = urlsplit(peer.entity.single_sign_on[0].location).hostname or ""
            found.append(Upstream(one, host, pinned))
    return tuple(found)


@transaction.atomic
def choose_representation_service(login_id: UUID, representation_service: str) -> bool:
    """The person says why they may act for somebody else, before logging in; False for what was not offered."""
    login = _changeable(login_id)
    if login is None or login.transaction.representation != Representation.MANDATORY:
        return False
    environment = Environment(login.transaction.environment)
    choices = representation_choices(environment, tuple(login.representation_services))
    if representation_service not in {one.entity_id for one in choices}:
        return False
    login.representation_service = representation_service
    login.save(update_fields=["representation_service"])
    return True


@transaction.atomic
def try_another(login_id: UUID, refused: str) -> Kind | None:
    """A service upstream cannot do what was asked: which kind of service the person chooses anew, if there is another.

    The person logs in anew, as an earlier log-in was meant for the service that is left out now. None: the log-in
    ends (ST-45).
    """
    login = _changeable(login_id)
    if login is None:
        return None
    environment = Environment(login.transaction.environment)
    authentication = tuple(one for one in login.authentication_services if one != refused)
    representation = tuple(one for one in login.representation_services if one != refused)
    kind = Kind.AUTHENTICATION if refused in login.authentication_services else Kind.REPRESENTATION
    left = (
        authentication_choices(environment, authentication)
        if kind is Kind.AUTHENTICATION
        else representation_choices(environment, representation)
    )
    if not left:
        return None
    login.authentication_services, login.representation_services = list(authentication), list(representation)
    login.evidence_sealed = login.statement_sealed = login.upstream_hash = None
    if kind is Kind.REPRESENTATION:
        login.representation_service = ""
    login.save()
    Transaction.objects.filter(id=login_id).update(state=State.STARTED, level=None, party_id=None)
    return kind


def _changeable(login_id: UUID) -> SamlLogin | None:
    """The log-in, locked, while it is not answered."""
    return (
        SamlLogin.objects.select_for_update(of=("self",))
        .select_related("transaction")
        .filter(
            transaction_id=login_id,
            transaction__state__in=[State.STARTED, State.AUTHENTICATED],
            transaction__expires_at__gt=clock.wall_clock(),
        )
        .first()
    )
