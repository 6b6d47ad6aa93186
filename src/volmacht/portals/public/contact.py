"""Task: find out when the desk can be reached, and send it a message (CN-23)."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from volmacht import clock
from volmacht.limits.operations import Limited, allow
from volmacht.portals.public.desk_messages import take_in
from volmacht.portals.public.message_form import MessageForm
from volmacht.portals.public.sections import show
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again
from volmacht.portals.shared.limiting import network_address, too_many
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


SENT = "contact-sent"


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Open now, or when it opens; the days on which it stays closed; and the form."""
    if request.method == "POST":
        return _received(request)
    kept = shown_again(request)
    form = MessageForm(kept.fields) if kept else MessageForm()
    return _page(request, form, kept.status if kept else 200)


@audience(Audience.PUBLIC)
@require_safe
def message_sent(request: HttpRequest) -> HttpResponse:
    """The number of the case that a message became; only for the browser that sent it."""
    number = request.session.get(SENT)
    if not number:
        return redirect("public:contact")
    return show(request, "message_sent.html", {"number": number})


def _received(request: HttpRequest) -> HttpResponse:
    if not allow(Limited.MESSAGE_PER_ADDRESS, network_address(request)):
        return too_many(request)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show_again(request)
    request.session[SENT] = take_in(form.message)
    accepted(request)
    return redirect("public:message-sent")


def _page(request: HttpRequest, form: MessageForm, status: int) -> HttpResponse:
    closed = [(WEEKDAYS[day.weekday()], day, HOLIDAYS[name]) for day, name in _closed_days(clock.today())]
    return show(request, "contact.html", {**reaching_who_connects(), "closed": closed, "form": form}, status)


def _closed_days(today: date) -> list[tuple[date, Holiday]]:
    """The holidays of the coming year that fall on Monday to Friday."""
    coming = [*public_holidays(today.year).items(), *public_holidays(today.year + 1).items()]
    return [
        (day, name) for day, name in coming if today <= day < today + _A_YEAR and day.weekday() < _SATURDAY
    ]
