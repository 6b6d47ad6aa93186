"""Task: find out when the desk can be reached (CN-23)."""

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.portals.public.sections import show
from volmacht.portals.shared.audience import Audience, audience
from volmacht.rules.workdays import Holiday, office_state, public_holidays

WEEKDAYS: tuple[Promise, ...] = (
    gettext_lazy("maandag"),
    gettext_lazy("dinsdag"),
    gettext_lazy("woensdag"),
    gettext_lazy("donderdag"),
    gettext_lazy("vrijdag"),
    gettext_lazy("zaterdag"),
    gettext_lazy("zondag"),
)
HOLIDAYS: dict[Holiday, Promise] = {
    Holiday.NEW_YEARS_DAY: gettext_lazy("Nieuwjaarsdag"),
    Holiday.EASTER_SUNDAY: gettext_lazy("Eerste paasdag"),
    Holiday.EASTER_MONDAY: gettext_lazy("Tweede paasdag"),
    Holiday.KINGS_DAY: gettext_lazy("Koningsdag"),
    Holiday.QUEENS_DAY: gettext_lazy("Koninginnedag"),
    Holiday.LIBERATION_DAY: gettext_lazy("Bevrijdingsdag"),
    Holiday.ASCENSION_DAY: gettext_lazy("Hemelvaartsdag"),
    Holiday.WHIT_SUNDAY: gettext_lazy("Eerste pinksterdag"),
    Holiday.WHIT_MONDAY: gettext_lazy("Tweede pinksterdag"),
    Holiday.CHRISTMAS_DAY: gettext_lazy("Eerste kerstdag"),
    Holiday.BOXING_DAY: gettext_lazy("Tweede kerstdag"),
}
_SATURDAY = 5
_A_YEAR = timedelta(days=365)


@audience(Audience.PUBLIC)
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Open now, or when it opens; and the days on which it stays closed."""
    now, today = clock.now(), clock.today()
    state = office_state(now)
    opens_on = state.opens_at.date() if state.opens_at else None
    values = {
        "state": state,
        "opens_today": opens_on == today,
        "opens_on": opens_on,
        "opens_weekday": WEEKDAYS[opens_on.weekday()] if opens_on else "",
        "email": settings.VOLMACHT.contact_email,
        "phone": settings.VOLMACHT.contact_phone,
        "closed": [(WEEKDAYS[day.weekday()], day, HOLIDAYS[name]) for day, name in _closed_days(today)],
    }
    return show(request, "contact.html", values)


def _closed_days(today: date) -> list[tuple[date, Holiday]]:
    """The holidays of the coming year that fall on Monday to Friday."""
    coming = [*public_holidays(today.year).items(), *public_holidays(today.year + 1).items()]
    return [
        (day, name) for day, name in coming if today <= day < today + _A_YEAR and day.weekday() < _SATURDAY
    ]
