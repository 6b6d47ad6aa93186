"""What machines read before they come: where to report a weakness (RFC 9116), what may be indexed (RFC 9309)."""

from datetime import UTC, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.login_session import background

PLAIN = "text/plain; charset=utf-8"
# RFC 9116 wants less than a year. A file that is made when it is asked for needs no more than that it is fresh.
SECURITY_TXT_HOLDS = timedelta(days=180)
INDEXED = (
    "granting:home",
    "granting:helper-sheet",
    "public:overview",
    "public:steps",
    "public:costs",
    "public:documentation",
    "public:guide",
    "public:plan",
    "public:contact",
    "public:checkpoints",
    "shared:help",
    "shared:privacy",
    "shared:accessibility",
    "shared:cookies",
)


@audience(Audience.PUBLIC)
@background
@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness: the desk's e-mail address, or its page when there is none."""
    options = settings.VOLMACHT
    with translation.override(settings.LANGUAGE_CODE):
        page = f"{options.base_url}{reverse('public:contact')}"
    expires = clock.now().astimezone(UTC).replace(microsecond=0) + SECURITY_TXT_HOLDS
    lines = (
        f"Contact: {f'mailto:{options.contact_email}' if options.contact_email else page}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {options.base_url}{reverse('security-txt')}",
    )
    return HttpResponse("\n".join((*lines, "")), content_type=PLAIN)


@audience(Audience.PUBLIC)
@background
@require_safe
def robots_txt(_request: HttpRequest) -> HttpResponse:
    """The pages that explain may be found, in each language, and what they look like; nothing else."""
    lines = ["User-agent: *", "Disallow: /", f"Allow: {settings.STATIC_URL}"]
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            lines += [f"Allow: {reverse(name)}$" for name in INDEXED]
    return HttpResponse("\n".join((*lines, "")), content_type=PLAIN)
