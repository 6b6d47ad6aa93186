"""The page of employees: one service manager proposes, another approves (DM-64)."""

import pytest
from django.test import Client

from tests.accounts import employ, log_in, make_account
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.models import Message
from volmacht.parties import queries
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("db")
PAGE = "/account/medewerkers/"


def employee(client: Client, name: str, role: StaffRole) -> str:
    """Somebody with an account and this role, logged in; their id."""
    somebody = make_account(f"{name}@beheer.example", name)
    staff_id = employ(somebody, role)
    log_in(client, somebody)
    return str(staff_id)


def test_one_proposes_and_another_approves(client: Client) -> None:
    other = Client()
    employee(client, "sanne", StaffRole.SERVICE_MANAGER)
    employee(other, "sjoerd", StaffRole.SERVICE_MANAGER)
    new = {"name": "Asha", "email": "asha@beheer.example", "roles": ["assessor"]}
    assert client.post(f"{PAGE}nieuw/", new)["Location"] == PAGE
    [change] = queries.staff_changes(only_open=True)
    assert "Goedkeuren" not in client.get(PAGE).text
    assert client.post(f"{PAGE}voorstel/{change.id}/", {"besluit": "goed"}).status_code == 409
    assert "Goedkeuren" in other.get(PAGE).text
    assert other.post(f"{PAGE}voorstel/{change.id}/", {"besluit": "goed"})["Location"] == PAGE
    known = queries.staff_member("asha@beheer.example")
    assert known is not None
    assert known.roles == {StaffRole.ASSESSOR}
    assert Message.objects.filter(kind=MessageKind.ACCOUNT_LINK).count() == 1


@pytest.mark.parametrize("role", sorted(set(StaffRole) - {StaffRole.SERVICE_MANAGER}))
def test_only_service_managers_see_and_do_this(client: Client, role: StaffRole) -> None:
    staff_id = employee(client, "klim", role)
    everything = {"name": "klim", "email": "klim@beheer.example", "roles": [one.value for one in StaffRole]}
    for answer in (
        client.get(PAGE),
        client.post(f"{PAGE}nieuw/", everything),
        client.post(f"{PAGE}{staff_id}/", everything),
    ):
        assert answer.status_code == 403


def test_a_member_of_an_organisation_is_no_employee(client: Client) -> None:
    somebody = make_account()
    log_in(client, somebody)
    assert client.get(PAGE)["Location"].startswith("/account/kiezen/")


def test_who_stops_working_here_is_out_at_once(client: Client) -> None:
    from volmacht.parties.models import StaffMember

    staff_id = employee(client, "sanne", StaffRole.SERVICE_MANAGER)
    assert client.get(PAGE).status_code == 200
    StaffMember.objects.filter(id=staff_id).update(active=False)
    assert client.get(PAGE)["Location"].startswith("/account/kiezen/")
