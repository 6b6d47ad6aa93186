"""Task: take the code along on paper, in large type (DM-10). Holds no BSN and no name of a person."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from volmacht.mandates.queries import RequestEntry, request_for
from volmacht.portals.citizen.granting import shown_codes
from volmacht.portals.citizen.granting.service_words import how_the_helper_logs_in, service_words
from volmacht.portals.citizen.granting.whereabouts import enter_code_address
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.environments import environment_of, test_mark
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.pdf import JSON, render_pdf
from volmacht.rules.codes import AuthorisationCode


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep, under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def sheet_values(entry: RequestEntry, code: AuthorisationCode) -> dict[str, JSON]:
    """What the template `code_sheet.typ` shows."""
    words, where = service_words(entry.service), enter_code_address()
    return {
        "code": code.display,
        "service": words.name.text,
        "providers": words.providers,
        "first_day": written_date(entry.first_day),
        "last_day": written_date(entry.last_day),
        "usable_until": written_date(entry.last_usable_day),
        "helper_logs_in": how_the_helper_logs_in(entry.service.representative_kind),
        "address": where.short,
        "qr_code": where.qr_code(),
    }


@audience(Audience.CITIZEN)
@require_safe
def code_pdf(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The sheet; when the code may not be shown any more, the page that says so."""
    entry = request_for(request_id, visitor(request).party_id, environment=environment_of(request))
    if entry is None:
        raise Http404
    code = shown_codes.code_of(request, entry)
    if code is None:
        return redirect("granting:done", request_id)
    sheet = render_pdf(
        "code_sheet.typ", sheet_values(entry, code), get_language() or "nl", test_mark(request)
    )
    return as_pdf(sheet, gettext("machtigingscode"))
