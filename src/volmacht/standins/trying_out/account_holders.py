"""Who can be become with an account: employees of the operator, and members of organisations that connect."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from volmacht.parties import queries as parties
from volmacht.rules.roles import MemberRole, StaffRole

ROLES = {
    MemberRole.SIGNATORY: _("tekent voor de organisatie"),
    MemberRole.PROJECT_LEADER: _("projectleider"),
    MemberRole.FUNCTIONAL: _("functioneel contact"),
    MemberRole.TECHNICAL: _("technisch contact"),
    MemberRole.SECURITY: _("contact voor beveiliging"),
    MemberRole.READER: _("leest mee"),
    StaffRole.ASSESSOR: _("beoordelaar"),
    StaffRole.CATALOGUE_MANAGER: _("beheerder van de catalogus"),
    StaffRole.HELPDESK: _("helpdesk"),
    StaffRole.AUDITOR: _("auditor"),
    StaffRole.SERVICE_MANAGER: _("servicemanager"),
}


FILE = Path(__file__).parent / "account_stories.toml"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with an account: where they work, what they do there, and what they can show."""

    name: str
    email: str
    organisations: tuple[str, ...]
    is_supplier: bool
    roles: tuple[MemberRole | StaffRole, ...]

    @property
    def words(self) -> str:
        """Their roles in words."""
        return ", ".join(str(ROLES[role]) for role in self.roles)

    @property
    def place(self) -> str:
        """Where they work, when that is one place."""
        return self.organisations[0] if len(self.organisations) == 1 else ""

    @property
    def story(self) -> str:
        """What they can show, in the language of the page; nothing for who came later."""
        dutch, english = _stories().get(self.email, ("", ""))
        return english if get_language() == "en" else dutch


@cache
def _stories() -> Mapping[str, tuple[str, str]]:
    """By address."""
    read = tomllib.loads(FILE.read_text("utf-8"))["stories"]
    return {email: (dutch, english) for email, (dutch, english) in read.items()}


def staff_accounts() -> list[Holder]:
    """Every active employee who has an account."""
    return [
        Holder(one.name, one.email, (), is_supplier=False, roles=tuple(sorted(one.roles)))
        for one in parties.staff()
        if one.active and one.account_id
    ]


def member_accounts() -> list[Holder]:
    """Every member of an organisation, once whatever the number of their organisations; suppliers last."""
    organisations = sorted(parties.connecting_organisations(), key=lambda one: (one.is_supplier, one.name))
    found: dict[str, Holder] = {}
    for organisation in organisations:
        for one in parties.members(organisation.id):
            known = found.get(one.email)
            places = (*known.organisations, organisation.name) if known else (organisation.name,)
            roles = set(one.roles) | set(known.roles if known else ())
            found[one.email] = Holder(
                one.name, one.email, places, organisation.is_supplier, tuple(sorted(roles))
            )
    return sorted(found.values(), key=lambda one: (one.is_supplier, one.organisations))
