"""Who can be become with an account: employees of the operator, and members of organisations that connect."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with an account."""

    name: str
    email: str
    organisation: str
    is_supplier: bool
    roles: tuple[MemberRole | StaffRole, ...]

    @property
    def words(self) -> str:
        """Their roles in words."""
        return ", ".join(str(ROLES[role]) for role in self.roles)


def staff_accounts() -> list[Holder]:
    """Every active employee who has an account."""
    return [
        Holder(one.name, one.email, "", is_supplier=False, roles=tuple(sorted(one.roles)))
        for one in parties.staff()
        if one.active and one.account_id
    ]


def member_accounts() -> list[Holder]:
    """Every member of every organisation, suppliers last."""
    organisations = sorted(parties.connecting_organisations(), key=lambda one: (one.is_supplier, one.name))
    return [
        Holder(one.name, one.email, organisation.name, organisation.is_supplier, tuple(sorted(one.roles)))
        for organisation in organisations
        for one in parties.members(organisation.id)
    ]
