"""What was just done, told by the page that one comes to next: once, and never because an address says so.

Kept in the sealed session between the form and that page. A reload, or coming back later, shows the page as it is.
"""

from typing import Any

from django.http import HttpRequest

KEY = "just-done"
MOST = 5  # pages, of several windows


def note(request: HttpRequest, page: str, what: str) -> None:
    """The page that is called so may tell what was done, at its next visit."""
    noted: dict[str, Any] = request.session.get(KEY, {})
    noted.pop(page, None)
    noted[page] = [what]
    request.session[KEY] = dict(list(noted.items())[-MOST:])


def take(request: HttpRequest, page: str) -> str:
    """What was just done, for the page to tell now; empty when nothing was, or when it was told already."""
    noted: dict[str, Any] = request.session.get(KEY, {})
    what = noted.pop(page, None)
    if what is None:
        return ""
    request.session[KEY] = noted
    return str(what[0])
