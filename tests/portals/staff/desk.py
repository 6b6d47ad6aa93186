"""A desk for tests: employees who log in, an organisation, and its cases, made through the operations people use."""

from uuid import UUID

from django.test import Client

from tests.accounts import Somebody, employ, log_in, make_account, make_organisation
from tests.onboarding.town import OIN
from volmacht.onboarding.actors import CaseActor
from volmacht.rules.onboarding.cases import Side
from volmacht.rules.roles import StaffRole


def an_employee(
    *roles: StaffRole, name: str = "Anna Beoordelaar", email: str = ""
) -> tuple[Client, CaseActor]:
    """Somebody who logged in at the desk."""
    email = email or f"{name.split(maxsplit=1)[0].lower()}@volmacht.example"
    somebody = make_account(email, name)
    staff_id = employ(somebody, *roles)
    client = Client()
    log_in(client, somebody)
    return client, CaseActor(Side.OPERATOR, staff_id, name, " ".join(roles))


def a_town(
    name: str = "Gemeente Dorp",
    oin: str = OIN,
    email: str = "secretaris@dorp.example",
    *,
    proven: bool = True,
) -> tuple[UUID, CaseActor, Somebody]:
    """An organisation, and who signs for it."""
    somebody = make_account(email, "Tekla Tekenaar")
    body = make_organisation(somebody, oin=oin, name=name, kvk=oin[8:16], proven=proven)
    return body, CaseActor(Side.PROVIDER, somebody.id, somebody.name, "signatory", body), somebody
