"""What waits at the desk for a second catalogue manager: another level for a service, and a file with organisations."""

from datetime import timedelta
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.operations import propose, propose_import, upload_import
from volmacht.catalogue.queries import ImportKind
from volmacht.demo.replaying import ScenarioProblem
from volmacht.parties import queries as parties
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

PROPOSER = "ravi@volmacht.example"
SERVICE = UUID("9d3c5f0e-6b1a-4c57-8f2e-0a1b2c3d4e01")  # Gemeentelijke belastingen
DAYS_AHEAD = 90
OLD_TEXT = (
    "Droge voeten en schoon water, en de belasting die daarvoor nodig is."  # of Waterschap Voorbeeldstroom
)
NEW_TEXT = f"{OLD_TEXT} Ook voor vragen over dijken."


def propose_catalogue_changes() -> None:
    """Both, by one of the two catalogue managers; the other judges them. Raises ScenarioProblem."""
    proposer = parties.staff_member(PROPOSER)
    if proposer is None:
        raise ScenarioProblem(f"nobody works here with {PROPOSER}")
    by = proposer.id
    service = catalogue.service_by_uuid(Environment.PRODUCTION, SERVICE)
    if service is None:
        raise ScenarioProblem(f"the demo catalogue has no service {SERVICE}")
    announced = {
        "id": service.id,
        "announced_level": LevelOfAssurance.SUBSTANTIAL,
        "announced_on": clock.today() + timedelta(days=DAYS_AHEAD),
    }
    propose(ChangeKind.CHANGE_SERVICE, announced, by=by)
    file = catalogue.exported(ImportKind.ORGANISATIONS, Environment.PRODUCTION)
    tried = upload_import(
        file.replace(OLD_TEXT.encode(), NEW_TEXT.encode()),
        kind=ImportKind.ORGANISATIONS,
        environment=Environment.PRODUCTION,
        by=by,
    )
    objection = propose_import(tried.id, by=by) if tried.id else "the file cannot be read"
    if objection:
        raise ScenarioProblem(f"the file with organisations was not proposed: {objection}")
