"""Task: check that nobody changed the record of what happened (DM-42). Everyone may read both.

A checkpoint holds hashes and numbers, nothing about people. Whoever keeps an old one can see whether the
chain still leads to it.
"""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from volmacht.audit import queries as audit
from volmacht.portals.shared.audience import Audience, audience

SHOWN = 30


@audience(Audience.PUBLIC)
@require_safe
def checkpoints(request: HttpRequest) -> HttpResponse:
    """What a checkpoint is, the key, and the newest ones."""
    values = {"key": audit.checkpoint_key(), "checkpoints": audit.checkpoints(SHOWN)}
    return render(request, "public/checkpoints.html", values)


@audience(Audience.PUBLIC)
@require_safe
def checkpoints_json(_request: HttpRequest) -> HttpResponse:
    """All of them with their heads and signatures, for software that keeps and checks them."""
    kept = {"key": audit.checkpoint_key(), "checkpoints": [asdict(one) for one in audit.checkpoints()]}
    return JsonResponse(kept)
