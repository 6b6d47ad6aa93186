"""The certificate that the client of the back channel showed (AB-16, TL-02, TL-04).

From the TLS connection itself when our own listener ended it; from one header when a trusted proxy did, and then only
from its address: a header from anywhere else is nothing (WK-28).
"""

from urllib.parse import unquote

from cryptography import x509
from django.conf import settings
from django.http import HttpRequest

HEADER = "X-Client-Certificate"  # PEM, percent-encoded, as nginx's $ssl_client_escaped_cert
LARGEST = 16 * 1024


def client_certificate(request: HttpRequest) -> x509.Certificate | None:
    """The client's certificate, whose chain the listener or the proxy verified; None without one."""
    connection = request.META.get("gunicorn.socket")
    if connection is not None and hasattr(connection, "getpeercert"):
        der = connection.getpeercert(binary_form=True)
        return x509.load_der_x509_certificate(der) if der else None
    if request.META.get("REMOTE_ADDR") not in settings.VOLMACHT.trusted_proxies:
        return None
    text = unquote(request.headers.get(HEADER, ""))
    if not text or len(text) > LARGEST:
        return None
    try:
        return x509.load_pem_x509_certificate(text.encode())
    except ValueError:
        return None
