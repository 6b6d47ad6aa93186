"""The door of the page for trying out: become somebody with an account in one click (profile demo only).

It asks for no factor, and the log-in says so (`LogInMethod.DEMO`). In another profile it has no address.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from volmacht.parties import queries as parties
from volmacht.portals.accounts.where import enter
from volmacht.portals.shared.audience import Audience, audience
from volmacht.rules.accounts import LogInMethod


@audience(Audience.DEMO)
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Log in as whom was chosen; their address goes in the body of the form only."""
    known = parties.account_with_email(request.POST.get("account", "")[:254])
    if known is None or not known.active or not settings.VOLMACHT.demo:
        raise Http404
    return enter(request, account_id=known.id, name=known.name, method=LogInMethod.DEMO)
