"""E-mail to accounts and to addresses that are to become one; always in the transaction of its cause."""

from collections.abc import Collection
from uuid import UUID, uuid4

from django.db import transaction

from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.operations import send_to_address
from volmacht.parties import queries as parties
from volmacht.parties.operations import (
    approve_staff_change,
    invite_member,
    link_for_address,
    link_for_employee,
)
from volmacht.rules.accounts import AccountChange, AccountObjection, LinkPurpose
from volmacht.rules.roles import MemberRole


def tell_account(account_id: UUID, change: AccountChange) -> None:
    """Tell the owner of an account what changed in how it is logged in to."""
    account = parties.account(account_id)
    if account is None:
        return
    send_to_address(
        MessageKind.ACCOUNT_CHANGED,
        address=account.email,
        language=account.language,
        values={"change": change.value, "path": "/account/"},
        once=f"account-changed:{uuid4()}",
    )


@transaction.atomic
def mail_link(email: str, *, forgotten: bool, language: str, plan: str = "") -> None:
    """Mail a link for a new account or password; nothing when there is nothing to mail, and nobody is told which.

    `plan`: answers that come along, for who reads mail in another browser.
    """
    made = link_for_address(email, forgotten=forgotten)
    if made is None:
        return
    purpose, secret = made
    known = parties.account_with_email(email)
    send_to_address(
        MessageKind.PASSWORD_LINK if purpose is LinkPurpose.PASSWORD else MessageKind.ACCOUNT_LINK,
        address=known.email if known else email,
        language=known.language if known else language,
        values={"path": f"/account/link/{secret}/" + (f"?{plan}" if plan else "")},
        once=f"account-link:{uuid4()}",
    )


@transaction.atomic
def mail_employee(email: str, *, language: str) -> AccountObjection | None:
    """Mail an employee a link to choose a password and second factor, the first time or anew. EMPLOYEE_UNKNOWN."""
    secret = link_for_employee(email)
    if isinstance(secret, AccountObjection):
        return secret
    known = parties.account_with_email(email)
    send_to_address(
        MessageKind.ACCOUNT_LINK,
        address=email,
        language=known.language if known else language,
        values={"path": f"/account/link/{secret}/"},
        once=f"account-link:{uuid4()}",
    )
    return None


@transaction.atomic
def invite_by_mail(
    *, by: UUID, organisation_id: UUID, email: str, roles: Collection[MemberRole], language: str
) -> UUID | AccountObjection:
    """Invite somebody and mail the link; the id of the invitation. Objections: those of `invite_member`."""
    invited = invite_member(by=by, organisation_id=organisation_id, email=email, roles=roles)
    if isinstance(invited, AccountObjection):
        return invited
    invitation_id, secret = invited
    organisation = parties.connecting_organisation(organisation_id)
    send_to_address(
        MessageKind.INVITATION,
        address=email,
        language=language,
        values={
            "organisation": organisation.name if organisation else "",
            "path": f"/account/uitnodiging/{secret}/",
        },
        once=f"invitation:{invitation_id}",
    )
    return invitation_id


@transaction.atomic
def approve_and_mail(change_id: UUID, *, by: UUID, language: str) -> UUID | AccountObjection:
    """Approve what another proposed about an employee; who is new gets the link for their account."""
    change = parties.staff_change(change_id)
    staff_id = approve_staff_change(change_id, by=by)
    if isinstance(staff_id, AccountObjection) or change is None or change.staff_id is not None:
        return staff_id
    return mail_employee(change.email, language=language) or staff_id
