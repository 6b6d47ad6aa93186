"""How much the services of an organisation are used, for its members and for a supplier that it lets act (CN-22)."""

from uuid import UUID

from volmacht.catalogue import queries as catalogue
from volmacht.mandates.queries import UsageRow, usage
from volmacht.onboarding.actors import CaseActor, rights_at
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment
from volmacht.rules.roles import Right


def usage_of_organisation(
    organisation_id: UUID, reader: CaseActor, environment: Environment, year: int
) -> tuple[UsageRow, ...] | None:
    """What was used at the provider with the OIN of this organisation, whatever runs now; nothing where there is none.

    None for who may not see the organisation, and while it is not proven that its members act for it: anybody can sign
    up with the OIN of another.
    """
    found = parties.connecting_organisation(organisation_id)
    if found is None or not found.proven or Right.SEE not in rights_at(organisation_id, reader):
        return None
    provider = next((one for one in catalogue.providers(environment) if one.oin == found.oin), None)
    return usage(environment, provider.id, year) if provider else ()
