"""Task: find out when the desk can be reached (CN-23)."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.portals.public.sections import show
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.reaching_us import WEEKDAYS, reaching_who_connects
from volmacht.rules.workdays import Holiday, public_holidays

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
    closed = [(WEEKDAYS[day.weekday()], day, HOLIDAYS[name]) for day, name in _closed_days(clock.today())]
    values = {**reaching_who_connects(), "closed": closed}
    return show(request, "contact.html", values)


def _closed_days(today: date) -> list[tuple[date, Holiday]]:
    """The holidays of the coming year that fall on Monday to Friday."""
    coming = [*public_holidays(today.year).items(), *public_holidays(today.year + 1).items()]
    return [
        (day, name) for day, name in coming if today <= day < today + _A_YEAR and day.weekday() < _SATURDAY
    ]
