"""What was just done to an account, in words. Only words."""

from django.utils.translation import gettext_lazy as _

from volmacht.portals.shared.parts import Text
from volmacht.rules.accounts import AccountChange

DONE: dict[str, Text] = {
    "name": _("Uw naam en taal zijn bewaard."),
    "sessions": _("U bent overal anders uitgelogd."),
    "app_removed": _("De app hoort niet meer bij uw account."),
    "joined": _("U werkt nu voor deze organisatie."),
    AccountChange.PASSWORD_CHANGED.value: _("Uw wachtwoord is veranderd. U bent overal anders uitgelogd."),
    AccountChange.PASSKEY_ADDED.value: _("De passkey is toegevoegd."),
    AccountChange.PASSKEY_REMOVED.value: _("De passkey is weggehaald."),
    AccountChange.TOTP_CHANGED.value: _("De app is ingesteld."),
}
