"""A browser without a screen, over HTTP: cookies, redirects, forms, and pages that post themselves to another site.

Every SAML message that passes through it is kept, as the browser of a visitor sees it pass.
"""

import ssl
from base64 import b64decode
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
from lxml import html

MOST_STEPS = 20
LOG_IN_AT_DIGID = "/saml/idp/request_authentication"
MESSAGES = ("SAMLRequest", "SAMLResponse")
_NO_TLS = ssl.SSLContext(
    ssl.PROTOCOL_TLS_CLIENT
)  # believes nobody: pages are on http, and reading authorities is slow


@dataclass(frozen=True, slots=True)
class Passed:
    """A message that a page let the browser post."""

    address: str
    document: bytes
    relay_state: str


class Browser:
    """Somebody's browser. `person` is the BSN of who logs in at the stand-in for DigiD, at once.

    What goes to one of `stops`, sites where nobody listens, is not sent: `arrived` and `brought` tell of it.
    """

    def __init__(self, person: str = "", *, stops: str) -> None:
        self._person = person
        self._stops = stops
        self._cookies: dict[str, str] = {}
        self._http = httpx.Client(
            verify=_NO_TLS,
            trust_env=False,
            timeout=20,
            headers={"Accept-Language": "nl"},
            event_hooks={"request": [self._brings_cookies], "response": [self._keeps_cookies]},
        )
        self.passed: list[Passed] = []
        self.answer = httpx.Response(204)
        self.arrived = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def _brings_cookies(self, request: httpx.Request) -> None:
        """Browsers send Secure cookies to http://localhost, whatever the port; httpx does not."""
        request.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _keeps_cookies(self, response: httpx.Response) -> None:
        for header in response.headers.get_list("Set-Cookie"):
            self._cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})

    @property
    def cookies(self) -> dict[str, str]:
        """What it keeps, by name."""
        return dict(self._cookies)

    def takes(self, cookies: dict[str, str]) -> None:
        """Go on where another browser was."""
        self._cookies.update(cookies)

    def has(self, element_id: str) -> bool:
        """Whether this stands on the page."""
        return self._page.get_element_by_id(element_id, None) is not None

    def comes_from(self, address: str) -> None:
        """From now on a proxy in front says that the visitor has this network address."""
        self._http.headers["X-Forwarded-For"] = address

    @property
    def status(self) -> int:
        """Of the page that is open."""
        return self.answer.status_code

    @property
    def _page(self) -> html.HtmlElement:
        return html.fromstring(self.answer.text, base_url=str(self.answer.url))

    @property
    def brought(self) -> dict[str, str]:
        """What the browser brings in the address where it stopped."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.arrived).query).items()}

    def text_of(self, css_class: str) -> str:
        """What is read in the first element of this class."""
        return self._page.find_class(css_class)[0].text_content().strip()

    def opens(self, address: str) -> None:
        """Type an address."""
        self._send("GET", address)

    def posts(self, address: str, fields: dict[str, str]) -> None:
        """A page elsewhere posts this."""
        self._send("POST", address, fields)

    def shows(self, page: str) -> None:
        """A page elsewhere, which posts itself."""
        form = html.fromstring(page).forms[0]
        self.posts(form.action or "", _held(form))

    def follows(self, text: str) -> None:
        """Click a link that says this."""
        link = next(link for link in self._page.iter("a") if " ".join(link.text_content().split()) == text)
        self.opens(urljoin(str(self.answer.url), link.get("href")))

    def presses(self, button_id: str, **filled_in: str) -> None:
        """Press a button by its id, with some fields of its form filled in."""
        page = self._page
        button = page.get_element_by_id(button_id)
        form = next(form for form in page.forms if _is_of(button, form))
        fields = _held(form) | filled_in
        if button.get("name"):
            fields[button.attrib["name"]] = button.get("value", "")
        self._send(form.method, urljoin(str(self.answer.url), form.action or ""), fields)

    def _send(self, method: str, address: str, fields: dict[str, str] | None = None) -> None:
        """Send it, and go on as a browser does until a page waits for somebody, or a site of `stops` is next."""
        self.arrived = ""
        for _ in range(MOST_STEPS):
            if method == "POST":
                self._keeps_messages(address, fields or {})
            if address.startswith(self._stops):
                self.arrived = address
                return
            if urlsplit(address).path == LOG_IN_AT_DIGID and fields is not None and self._person:
                fields = {**fields, "persoon": self._person}
            if method == "GET":
                self.answer = self._http.get(address, params=fields or None)
            else:
                self.answer = self._http.post(address, data=fields or {})
            onward = self._onward()
            if onward is None:
                return
            method, address, fields = onward
        raise AssertionError(f"no end after {MOST_STEPS} steps: {address}")

    def _keeps_messages(self, address: str, fields: dict[str, str]) -> None:
        found = [kind for kind in MESSAGES if kind in fields]
        self.passed += [
            Passed(address, b64decode(fields[kind]), fields.get("RelayState", "")) for kind in found
        ]

    def _onward(self) -> tuple[str, str, dict[str, str] | None] | None:
        """Where the answer sends the browser by itself."""
        if self.answer.has_redirect_location:
            return "GET", urljoin(str(self.answer.url), self.answer.headers["Location"]), None
        if not self.answer.headers.get("Content-Type", "").startswith("text/html"):
            return None
        for form in self._page.forms:
            fields = _held(form)
            if fields.keys() & set(MESSAGES):
                return "POST", form.action or "", fields
        return None


def _held(form: html.FormElement) -> dict[str, str]:
    """What a form holds already, as a browser would send it."""
    return {name: value for name, value in form.form_values() if isinstance(value, str)}


def _is_of(button: html.HtmlElement, form: html.FormElement) -> bool:
    named = button.get("form")
    return form.get("id") == named if named else form in button.iterancestors("form")
