"""Task: explain to whoever is going to help what to do, on screen and on paper. Public; holds nothing personal."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from volmacht.portals.citizen.granting.code_sheet import as_pdf
from volmacht.portals.citizen.granting.whereabouts import PaperAddress, enter_code_address
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.pdf import render_pdf


@audience(Audience.PUBLIC)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """In large type, to read or print."""
    return render(request, "citizen_granting/helper_sheet.html", {"enter_code": enter_code_address()})


@lru_cache(maxsize=8)
def _sheet(where: PaperAddress, language: str) -> bytes:
    """Drawn once for each language: everybody gets the same one."""
    values = {"address": where.short, "qr_code": where.qr_code()}
    return render_pdf("helper_sheet.typ", values, language)


@audience(Audience.PUBLIC)
@require_safe
def pdf(_request: HttpRequest) -> HttpResponse:
    """The same on A4."""
    return as_pdf(_sheet(enter_code_address(), get_language() or "nl"), gettext("hulpblad"))
