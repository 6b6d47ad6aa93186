"""Task: explain to whoever is going to help what to do, on screen and on paper. Public; holds nothing personal."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from volmacht.portals.citizen.granting.code_sheet import as_pdf
from volmacht.portals.citizen.granting.whereabouts import PaperAddress, enter_code_address
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import test_mark
from volmacht.portals.shared.pdf import JSON, render_pdf
from volmacht.portals.shared.who_logs_in import kinds_that_log_in
from volmacht.rules.kinds import PartyKind


@audience(Audience.PUBLIC)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """In large type, to read or print."""
    context = {"enter_code": enter_code_address(), "organisations": _organisations()}
    return render(request, "citizen_granting/helper_sheet.html", context)


def _organisations() -> bool:
    return PartyKind.ORGANISATION in kinds_that_log_in()


@lru_cache(maxsize=8)
def _sheet(where: PaperAddress, language: str, mark: str, *, organisations: bool) -> bytes:
    """Drawn once for each language: everybody gets the same one."""
    values: dict[str, JSON] = {
        "address": where.short,
        "qr_code": where.qr_code(),
        "organisations": organisations,
    }
    return render_pdf("helper_sheet.typ", values, language, mark)


@audience(Audience.PUBLIC)
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The same on A4."""
    return as_pdf(
        _sheet(
            enter_code_address(), get_language() or "nl", test_mark(request), organisations=_organisations()
        ),
        gettext("hulpblad"),
    )
