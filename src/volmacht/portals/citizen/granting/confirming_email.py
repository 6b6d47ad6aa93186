"""Task: confirm an e-mail address with the link that was mailed. For everybody who has the link.

Opening the link changes nothing: mail scanners open links too. The button confirms.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.parties.operations import address_to_confirm, confirm_email_address
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import only_in_production

LONGEST_SECRET = 100


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@only_in_production
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the click that confirms, or explain that the link does not work any more."""
    works = len(secret) <= LONGEST_SECRET and address_to_confirm(secret) is not None
    if request.method == "POST":
        if works and confirm_email_address(secret):
            return redirect("granting:email-confirmed")
        return redirect(
            "granting:confirm-email", secret
        )  # the page itself says that it does not work any more
    if works:
        return render(request, "citizen_granting/confirm_email.html")
    return render(request, "citizen_granting/link_expired.html", status=410)


@audience(Audience.PUBLIC)
@require_safe
@only_in_production
def confirmed(request: HttpRequest) -> HttpResponse:
    """It has been confirmed."""
    return render(request, "citizen_granting/email_confirmed.html")
