"""Security headers that Django and django-csp do not set. With theirs: level A+ of Mozilla Observatory.

Everything but static files may hold something personal, so nothing of it is ever stored by a browser or proxy.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UNUSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "magnetometer", "microphone",
    "midi", "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access",
    "sync-xhr", "usb", "xr-spatial-tracking",
)  # fmt: skip
OWN_FEATURES = ("publickey-credentials-create", "publickey-credentials-get")  # passkeys of accounts
FIXED = {
    "Permissions-Policy": ", ".join(
        [f"{feature}=()" for feature in UNUSED_FEATURES] + [f"{feature}=(self)" for feature in OWN_FEATURES]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class SecurityHeaders:
    """Adds the headers to every answer, static files included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the fixed headers; `no-store` unless the view said so itself, or whitenoise gave a static file."""
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers[name] = value
        said = response.headers.get("Cache-Control", "")
        static = request.path_info.startswith(settings.STATIC_URL) and said
        if not static and "no-store" not in said:
            response.headers["Cache-Control"] = "no-store"
        return response
