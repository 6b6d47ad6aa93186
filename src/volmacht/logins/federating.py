"""Single sign-on within the connections of one provider that share an SSO domain (FL-12). Used through `queries`.

The entrance holds no identity: it always asks the authentication service, and only says whether an earlier log-in will
do. Which log-ins this browser had stands in its session.
"""

from collections.abc import Collection
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.logins.models import Federation
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

ALWAYS_ANEW = LevelOfAssurance.SUBSTANTIAL


def may_reuse_log_in(
    earlier: Collection[UUID], *, environment: Environment, connection: UUID, level: LevelOfAssurance
) -> bool:
    """Whether one of these log-ins, of the same SSO domain, still lasts and reaches the level that is needed."""
    domain = catalogue.sso_domain(connection)
    if not domain or level >= ALWAYS_ANEW:
        return False
    return Federation.objects.filter(
        environment=environment,
        sso_domain=domain,
        login_id__in=list(earlier),
        level__gte=level,
        ended_at__isnull=True,
        expires_at__gt=clock.wall_clock(),
    ).exists()
