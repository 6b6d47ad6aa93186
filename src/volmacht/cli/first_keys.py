"""The first keys of our entities when trying out: a test authority in both environments and a key for every use.

Called before serving; what is there is left alone.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from volmacht import clock
from volmacht.cli.authority_files import issue_own, make_authority_files, own_oin
from volmacht.config.options import Options

if TYPE_CHECKING:
    from volmacht.keystore import KeyUse, OwnEntity
    from volmacht.rules.environment import Environment


def make_first_keys(options: Options) -> int:
    """Make what is missing; how many keys. Raises CommandProblem outside profile demo."""
    from volmacht.keystore import announce
    from volmacht.rules.environment import Environment

    now = clock.wall_clock()
    authorities = {
        environment: make_authority_files(options, environment, now) for environment in Environment
    }
    missing = [one for environment in Environment for one in _missing(environment)]
    with ThreadPoolExecutor() as pool:  # OpenSSL looks for primes on every core
        issued = pool.map(
            lambda one: issue_own(options, authorities[one[0]], one[1], one[2], now=now), missing
        )
        for (environment, entity, use), key in zip(missing, issued, strict=True):
            announce(
                environment,
                entity,
                use,
                key=key.own_key,
                chain=key.intermediates,
                oin=own_oin(options),
                now=now,
            )
    return len(missing)


def _missing(environment: "Environment") -> "list[tuple[Environment, OwnEntity, KeyUse]]":
    from volmacht.keystore import KeyUse, OwnEntity, stored_keys

    have = {entity: {key.use for key in stored_keys(environment, entity)} for entity in OwnEntity}
    return [
        (environment, entity, use)
        for entity in OwnEntity
        for use in KeyUse
        if use not in have[entity] and (use is not KeyUse.SERVER or entity is OwnEntity.ENTRANCE)
    ]
