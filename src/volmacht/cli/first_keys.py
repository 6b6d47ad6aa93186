"""The first keys of our entities when trying out: a test authority in both environments and a key for every use.

Called before serving; what is there is left alone.
"""

from volmacht import clock
from volmacht.cli.authority_files import issue_own, make_authority_files, own_oin
from volmacht.config.options import Options


def make_first_keys(options: Options) -> int:
    """Make what is missing; how many keys. Raises CommandProblem outside profile demo."""
    from volmacht.keystore import KeyUse, OwnEntity, announce, stored_keys
    from volmacht.rules.environment import Environment

    now, made = clock.wall_clock(), 0
    for environment in Environment:
        authority = make_authority_files(options, environment, now)
        for entity in OwnEntity:
            have = {key.use for key in stored_keys(environment, entity)}
            for use in KeyUse:
                if use in have or (use is KeyUse.SERVER and entity is not OwnEntity.ENTRANCE):
                    continue
                issued = issue_own(options, authority, entity, use, now=now)
                announce(
                    environment,
                    entity,
                    use,
                    key=issued.own_key,
                    chain=issued.intermediates,
                    oin=own_oin(options),
                    now=now,
                )
                made += 1
    return made
