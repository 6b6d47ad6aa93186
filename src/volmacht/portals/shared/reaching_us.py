"""How the operator can be reached: telephone, e-mail, and whether the desk is open now (CN-23). Asks no database."""

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
    """The values of the template part `shared/reaching_us.html`."""
    state = office_state(clock.now())
    opens_on = state.opens_at.date() if state.opens_at else None
    return {
        "state": state,
        "opens_today": opens_on == clock.today(),
        "opens_on": opens_on,
        "opens_weekday": WEEKDAYS[opens_on.weekday()] if opens_on else "",
        "email": settings.VOLMACHT.contact_email,
        "phone": settings.VOLMACHT.contact_phone,
    }
