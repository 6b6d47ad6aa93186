"""An e-mail address as pages ask for it, and the mail that goes there first: it counts once confirmed (DM-50)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import EmailValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy

from volmacht import clock
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.operations import send
from volmacht.parties import queries as parties
from volmacht.parties.operations import give_email_address, hold
from volmacht.parties.queries import KnownEmailAddress
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal, Refused

# A second mail to the same address makes the link in the first one useless: not within this time.
AGAIN_AFTER = timedelta(minutes=10)


class PublicDomain(EmailValidator):
    """The domain has a dot and is a name: not `localhost`, and not a number of the network in brackets."""

    def validate_domain_part(self, domain_part: str) -> bool:
        """Whether mail can be for somebody elsewhere."""
        return bool(self.domain_regex.match(domain_part))


public_domain = PublicDomain(allowlist=[])


class EmailForm(forms.Form):
    """An e-mail address. `may_skip`: the page has a button to go on without one."""

    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        help_text=gettext_lazy("Bijvoorbeeld naam@voorbeeld.nl"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Vul uw e-mailadres in."),
            "invalid": gettext_lazy(
                "Dit is geen goed e-mailadres. Het hoort eruit te zien als naam@voorbeeld.nl."
            ),
            "max_length": gettext_lazy("Dit e-mailadres is te lang. Het mag hoogstens 254 tekens hebben."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, may_skip: bool = False) -> None:
        super().__init__(data)
        field = self.fields["email"]
        field.validators = [public_domain if one is validate_email else one for one in field.validators]
        if may_skip:
            self.fields["email"].error_messages["required"] = gettext_lazy(
                "Vul uw e-mailadres in, of kies ‘Verder zonder e-mail’."
            )


def waiting_address(addresses: list[KnownEmailAddress]) -> KnownEmailAddress | None:
    """The address that was given and can still be confirmed."""
    now = clock.now()
    fresh = (known for known in addresses if known.link_expires_at and known.link_expires_at > now)
    return next((known for known in fresh if known.confirmed_at is None), None)


@transaction.atomic
def offer_address(party_id: UUID, address: str, language: str) -> Refused | None:
    """Keep an address and mail the link that confirms it; the same address again soon after changes nothing.

    Refused: PERSON_UNKNOWN, for who was erased.
    """
    if not hold(party_id):
        return Refused(Refusal.PERSON_UNKNOWN)
    waiting = waiting_address(parties.email_addresses(party_id))
    if waiting and waiting.address == address and clock.now() - waiting.given_at < AGAIN_AFTER:
        return None
    address_id, secret = give_email_address(party_id, address, language)
    send(
        MessageKind.EMAIL_CONFIRMATION,
        environment=Environment.PRODUCTION,  # the address is the party's, wherever it is
        recipient=party_id,
        values={"address_id": str(address_id), "secret": secret},
        once=f"email-confirmation:{address_id}",
    )
    return None
