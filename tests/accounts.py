"""Accounts, organisations and employees for tests, made through the operations people use."""

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client

from volmacht import clock
from volmacht.rules.roles import MemberRole, StaffRole

PASSWORD = "vijf groene fietsen"


@dataclass(frozen=True)
class Somebody:
    """An account with a password and an app."""

    id: UUID
    email: str
    name: str
    totp_secret: str

    def code(self, moment: datetime | None = None) -> str:
        """What the app shows."""
        return code_of(self.totp_secret, moment)


def code_of(secret: str, moment: datetime | None = None) -> str:
    """What an app with this secret shows, now or at another moment."""
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303 - RFC 6238
    return totp.generate(int((moment or clock.wall_clock()).timestamp())).decode()


def make_account(email: str = "petra@gemeente.example", name: str = "Petra de Projectleider") -> Somebody:
    """Somebody who used a link, chose a password and set an app up; its code of now is not used yet."""
    from volmacht.parties import operations
    from volmacht.parties.models import Account
    from volmacht.rules.accounts import LinkPurpose

    secret = operations.make_link(LinkPurpose.NEW_ACCOUNT, email=email)
    account_id = operations.set_up_account(secret, name=name, password=PASSWORD, language="nl")
    assert isinstance(account_id, UUID), account_id
    key = operations.new_totp_secret()
    assert operations.set_totp(account_id, secret=key, code=code_of(key)) is None
    Account.objects.filter(id=account_id).update(totp_step=0)
    return Somebody(account_id, email, name, key)


def make_organisation(
    *signatories: Somebody,
    oin: str = "00000003900000010000",
    name: str = "Gemeente Testdam",
    kvk: str = "90000001",
    is_supplier: bool = False,
    proven: bool = True,
) -> UUID:
    """An organisation that signed up, without asking a register; its signatories are proven with it."""
    from volmacht.parties.models import ConnectingOrganisation, Membership, Organisation, Party
    from volmacht.rules.kinds import PartyKind

    now = clock.now()
    party = Party.objects.create(kind=PartyKind.ORGANISATION, name=name, created_at=now)
    Organisation.objects.create(party=party, kvk_number=kvk, oin=oin)
    organisation = ConnectingOrganisation.objects.create(
        party=party,
        alb_name="" if is_supplier else name,
        public_task="" if is_supplier else "Burgerzaken",
        legal_basis="" if is_supplier else "Gemeentewet",
        is_supplier=is_supplier,
        created_at=now,
        proven_at=now if proven else None,
        proven_how="letter" if proven else "",
    )
    for one in signatories:
        Membership.objects.create(
            account_id=one.id,
            organisation=organisation,
            roles=[MemberRole.SIGNATORY],
            since=now,
            proven_at=now if proven else None,
        )
    return party.id


def join(somebody: Somebody, organisation_id: UUID, *roles: MemberRole, by: Somebody) -> None:
    """Become a member by an invitation."""
    from volmacht.parties import operations

    invited = operations.invite_member(
        by=by.id, organisation_id=organisation_id, email=somebody.email, roles=roles
    )
    assert isinstance(invited, tuple), invited
    joined = operations.accept_invitation(invited[1], somebody.id)
    assert not isinstance(joined, str), joined


def employ(somebody: Somebody, *roles: StaffRole) -> UUID:
    """An employee with this account."""
    from volmacht.parties.models import StaffMember

    row = StaffMember.objects.create(
        name=somebody.name,
        email=somebody.email,
        roles=sorted(roles),
        account_id=somebody.id,
        created_at=clock.now(),
    )
    return row.id


def log_in(client: Client, somebody: Somebody, continue_at: str = "") -> None:
    """With password and app, through the pages."""
    address = "/account/inloggen/" + (f"?verder={continue_at}" if continue_at else "")
    first = client.post(address, {"email": somebody.email, "wachtwoord": PASSWORD})
    assert first["Location"] == "/account/inloggen/code/", first["Location"]
    second = client.post("/account/inloggen/code/", {"inlogcode": somebody.code()})
    assert second.status_code == 302
    assert "opnieuw" not in second["Location"], second["Location"]
    from volmacht.parties.models import Account

    Account.objects.filter(id=somebody.id).update(
        totp_step=0
    )  # so that a test can log in twice in 30 seconds
