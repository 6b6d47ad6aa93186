"""How the operator can be reached: telephone, e-mail, and whether the desk is open now (CN-23). Asks no database.

Two desks: the helpdesk for people who give or hold mandates, and the one for organisations that connect.
"""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht import clock
from volmacht.rules.workdays import office_state

WEEKDAYS: tuple[Promise, ...] = (
    gettext_lazy("maandag"),
    gettext_lazy("dinsdag"),
    gettext_lazy("woensdag"),
    gettext_lazy("donderdag"),
    gettext_lazy("vrijdag"),
    gettext_lazy("zaterdag"),
    gettext_lazy("zondag"),
)


def reaching_us() -> dict[str, object]:
    """The helpdesk, as values of the template part `shared/reaching_us.html`."""
    return _desk(settings.VOLMACHT.helpdesk_email, settings.VOLMACHT.helpdesk_phone)


def reaching_who_connects() -> dict[str, object]:
    """The desk for organisations that connect or want to, as values of the same part."""
    return _desk(settings.VOLMACHT.contact_email, settings.VOLMACHT.contact_phone)


def _desk(email: str, phone: str) -> dict[str, object]:
    state = office_state(clock.now())
    opens_on = state.opens_at.date() if state.opens_at else None
    return {
        "state": state,
        "opens_today": opens_on == clock.today(),
        "opens_on": opens_on,
        "opens_weekday": WEEKDAYS[opens_on.weekday()] if opens_on else "",
        "email": email,
        "phone": phone,
    }
