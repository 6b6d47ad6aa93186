"""Why nobody can log in at a connection that is active: what the page of its case tells instead of that all is done."""

from django.utils.translation import gettext_lazy

from volmacht.onboarding.queries import connection_data
from volmacht.portals.organisation.acting import CaseHere
from volmacht.portals.shared.parts import Text
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseKind, CaseState

NO_METADATA = gettext_lazy("Uw metadata voor productie ontbreekt. Geef een wijziging van uw metadata door.")
NO_DIGID = gettext_lazy("Productie is nog niet verbonden met DigiD. Daar zorgen wij voor.")


def not_working_yet(here: CaseHere) -> list[Text]:
    """What is missing in production, in words; nothing for a case that is not active."""
    case = here.page.case
    if case.kind is not CaseKind.APPLICATION or case.state is not CaseState.ACTIVE:
        return []
    data = connection_data(case.id, here.actor, Environment.PRODUCTION)
    if data is None:
        return []
    found: list[Text] = [] if data.has_metadata else [NO_METADATA]
    return found if data.ours.authentication_services else [*found, NO_DIGID]
