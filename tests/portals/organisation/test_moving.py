"""Tasks that move a case on: who cannot do one is told the real reason, before and after pressing (CN-11)."""

from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests.accounts import Somebody, join, log_in, make_account
from tests.portals.organisation import walking
from volmacht.onboarding.models import Case
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.roles import MemberRole


@pytest.fixture
def technician(signatory: Somebody, organisation: UUID) -> Client:
    """A colleague who may fill in, and not offer."""
    somebody = make_account("techniek@testdam.example", "Teun Techniek")
    join(somebody, organisation, MemberRole.TECHNICAL, by=signatory)
    client = Client()
    log_in(client, somebody)
    return client


@pytest.fixture
def testing(member: Client, authority: Path) -> str:
    """A case that may be offered now."""
    number = walking.start(member)
    walking.first_form(member, number)
    walking.second_form(member, number)
    return number


@pytest.mark.parametrize("task", ["aanbieden", "intrekken"])
def test_who_has_another_role_is_told_that(testing: str, technician: Client, task: str) -> None:
    address = f"/organisatie/dossiers/{testing}/doen/{task}/"
    for ask in (technician.get, technician.post):
        page = walking.shown(technician, ask(address))
        assert "Dit hoort niet bij uw rol" in page
        assert "Het dossier is intussen verder" not in page
    assert Case.objects.get(number=testing).state == CaseState.TESTING


def test_who_comes_too_early_is_told_that(member: Client, authority: Path) -> None:
    number = walking.start(member)
    page = walking.shown(member, member.get(f"/organisatie/dossiers/{number}/doen/aanbieden/"))
    assert "Het dossier is intussen verder, of juist nog niet zo ver" in page
