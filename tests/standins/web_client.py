"""A visitor without a browser: follows redirects, fills in forms, keeps cookies as a browser does on localhost."""

from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urljoin

import httpx

from tests.crawl.pages import Form, Page, read


class Visitor:
    """One visitor; `seen` are all addresses that were visited, redirects too."""

    def __init__(self, language: str = "nl") -> None:
        self._cookies: dict[str, str] = {}
        self._http = httpx.Client(
            follow_redirects=True,
            trust_env=False,
            timeout=20,
            headers={"Accept-Language": language},
            event_hooks={"request": [self._bring_cookies], "response": [self._keep_cookies]},
        )
        self.seen: list[str] = []
        self.answer = httpx.Response(204)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def _bring_cookies(self, request: httpx.Request) -> None:
        """Browsers send Secure cookies to http://localhost, whatever the port; httpx does not."""
        if self._cookies:
            request.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _keep_cookies(self, response: httpx.Response) -> None:
        for header in response.headers.get_list("Set-Cookie"):
            for name, morsel in SimpleCookie(header).items():
                if morsel["max-age"] == "0":
                    self._cookies.pop(name, None)
                else:
                    self._cookies[name] = morsel.value

    def cookie(self, name: str) -> str:
        """The value of a cookie that is kept."""
        return self._cookies[name]

    def stop_following(self) -> None:
        """Stop before every redirect from now on, to look where it leads."""
        self._http.follow_redirects = False

    def _arrive(self, answer: httpx.Response) -> None:
        self.seen += [str(step.url) for step in (*answer.history, answer)]
        self.answer = answer

    def open(self, address: str) -> None:
        """Go to an address."""
        self._arrive(self._http.get(address))

    def post(self, address: str, **fields: str) -> None:
        """Send fields that no form offered."""
        self._arrive(self._http.post(address, data=fields))

    @property
    def page(self) -> Page:
        """What is on the screen."""
        return read(self.answer.text)

    @property
    def text(self) -> str:
        """What is read on the screen; spaces are single."""
        return " ".join(self.page.text.split())

    @property
    def address(self) -> str:
        """Where one is, without what comes after a question mark."""
        return str(self.answer.url).partition("?")[0]

    def press(self, name: str, value: str, **typed: str) -> None:
        """Press the button with this name and value, with some fields of its form filled in."""
        form = next(form for form in self.page.forms if (name, value) in form.buttons)
        self._send(form, {name: value, **typed})

    def send(self, action: str, **typed: str) -> None:
        """Send the form whose address ends like this, by its first button."""
        form = next(
            form
            for form in self.page.forms
            if (form.action or self.address).endswith(action) and form.method == "post"
        )
        name, value = form.buttons[0]
        self._send(form, {**({name: value} if name else {}), **typed})

    def _send(self, form: Form, fields: dict[str, str]) -> None:
        target = urljoin(str(self.answer.url), form.action or str(self.answer.url))
        self._arrive(self._http.post(target, data=form.fields | fields, headers={"Origin": _origin(target)}))


def _origin(address: str) -> str:
    url = httpx.URL(address)
    return f"{url.scheme}://{url.netloc.decode()}"
