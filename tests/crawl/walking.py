"""Walks the whole site as one visitor: every link, every form with every button, and notes what is wrong.

First every link is followed; then every form is submitted inside a transaction that is rolled back, so that
revoking in one place takes nothing away elsewhere. Where a form leads is read and walked on from, forms too, before
it is undone: so the steps of giving a mandate are taken one after the other. An address with ids counts once per
shape and role.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import cast
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.crawl.pages import Form, Page, read
from volmacht.portals.shared.kept_forms import NUMBER

FINE = {200, 301, 302, 303}
ELSEWHERE = {301, 302, 303}
# A form filled in by a machine is often wrong: then the page says so and keeps what was typed.
REFUSED_CLEARLY = {400, 403, 409, 410, 422, 429}
UUID_IN_ADDRESS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Cases differ by their number as other things by their id; a case page is another page in every state.
CASE_IN_ADDRESS = re.compile(r"(?<=/)[A-Z]-[0-9]{4}-[0-9]{4,}")
CASE_PAGE = re.compile(r"/(dossiers|dossier)/\*/\?$")
DEAD_ENDS = (
    "coming soon",
    "binnenkort beschikbaar",
    "nog niet beschikbaar",
    "todo",
    "lorem ipsum",
    "under construction",
)
SAME_SHAPE = 2
MOST_CASES = 14
MOST_CHOICES = 2
MOST_BUTTONS = 6
# Moves the clock for everything that comes after, and no rollback moves it back; it has tests of its own.
LEFT_ALONE = ("/proef/klok/",)
TYPED = {
    "email": "iemand@voorbeeld.example",
    "number": "1",
    "search": "de",
    "tel": "0612345678",
    "date": "2026-12-01",
}


def without_ids(text: str) -> str:
    """An address without what says which thing it is about."""
    return CASE_IN_ADDRESS.sub("*", UUID_IN_ADDRESS.sub("*", text))


def in_dutch(address: str) -> str:
    """The path of the Dutch page, without what follows a question mark."""
    path = urlsplit(address).path
    return path.removeprefix("/en") if path.startswith("/en/") else path


def fillings(form: Form, known: dict[str, str]) -> Iterator[dict[str, str]]:
    """What somebody could send: with what is filled in already and each of the first choices; then with everything
    typed into. `known` are right answers, by the name of the field."""
    usual = {name: value for name, value in known.items() if any(name == typed for typed, _ in form.typed)}
    usual |= {name: value for name, value in known.items() if value in form.choices.get(name, ())}
    first = {
        name: next((value for value in values if value), values[0]) for name, values in form.choices.items()
    }
    base = form.fields | first | usual
    yield base
    for name, values in form.choices.items():
        for value in values[1:MOST_CHOICES]:
            yield base | {name: value}
    typed = {name: TYPED.get(kind, "test") for name, kind in form.typed}
    if typed:
        yield form.fields | first | typed


@dataclass
class Walk:
    """One visitor's walk and what was wrong on it."""

    client: Client
    role: str
    known: dict[str, str] = field(default_factory=dict)
    within: tuple[str, ...] = ("/",)  # where this visitor looks; the rest others saw
    own_hosts: frozenset[str] = frozenset({"", "testserver"})
    seen: set[str] = field(default_factory=set)
    posted: set[str] = field(default_factory=set)
    shapes: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    forms: list[tuple[str, Form]] = field(default_factory=list)
    guesses: set[str] = field(default_factory=set)

    def from_addresses(self, *addresses: str) -> None:
        """Begin here and go everywhere."""
        self._follow(list(addresses))
        self._send_forms()

    def _follow(self, waiting: list[str]) -> None:
        while waiting:
            waiting.extend(self._visit(waiting.pop(0)))

    def _send_forms(self) -> None:
        while self.forms:
            self._follow(self._submit(*self.forms.pop(0)))

    def _first_of_its_shape(self, shape: str) -> bool:
        self.shapes[shape] = self.shapes.get(shape, 0) + 1
        most = MOST_CASES if CASE_PAGE.search(shape) else SAME_SHAPE
        return self.shapes[shape] <= (1 if shape.startswith("POST") else most)

    def _new(self, address: str) -> bool:
        if address in self.seen:
            return False
        self.seen.add(address)
        parts = urlsplit(address)
        names = re.sub(r"=[^&]*", "=", parts.query)
        return self._first_of_its_shape(f"{without_ids(parts.path)}?{names}")

    def _wrong(self, address: str, what: str) -> None:
        self.problems.append(f"{self.role}: {without_ids(address)}: {what}")

    def _allowed(self, address: str) -> set[int]:
        query = urlsplit(address).query
        shown_again = NUMBER in parse_qs(query)  # a form that was refused, on its own page
        guessed = shown_again or (in_dutch(address) in self.guesses and query)
        return FINE | REFUSED_CLEARLY if guessed else FINE

    def _visit(self, address: str) -> list[str]:
        if not self._new(address):
            return []
        response = self.client.get(address)
        if response.status_code not in self._allowed(address):
            self._wrong(address, f"answers {response.status_code}")
            return []
        if response.status_code in ELSEWHERE:
            return self._inside(address, [response["Location"]])
        return self._read(address, cast("HttpResponse", response))

    def _inside(self, base: str, links: list[str]) -> list[str]:
        found = []
        for link in links:
            parts = urlsplit(urljoin(base, link))
            if parts.scheme not in {"", "http", "https"} or parts.netloc not in self.own_hosts:
                continue
            elsewhere = not parts.path.startswith(self.within)
            if not parts.path.startswith("/static/") and not elsewhere:
                found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        return found

    def _read(self, address: str, response: HttpResponse) -> list[str]:
        if not response["Content-Type"].startswith("text/html"):
            return []
        page = read(response.getvalue().decode())
        self._judge(address, page)
        self.forms += [(address, form) for form in page.forms]
        return self._inside(address, page.links)

    def _judge(self, address: str, page: Page) -> None:
        if page.headings != 1:
            self._wrong(address, f"has {page.headings} main headings")
        if not page.title.strip() or page.title.strip().startswith("–"):
            self._wrong(address, "has no title")
        for words in DEAD_ENDS:
            if words in page.text.lower():
                self._wrong(address, f"says '{words}'")
        for link in page.links:
            if link.startswith("#") and link[1:] and link[1:] not in page.ids:
                self._wrong(address, f"links to {link}, which is not there")
        doubled = {id_ for id_ in page.ids if page.ids.count(id_) > 1}
        if doubled:
            self._wrong(address, f"has ids more than once: {sorted(doubled)}")

    def _submit(self, address: str, form: Form) -> list[str]:
        target = urljoin(address, form.action or address)
        further = []
        for button in (form.buttons or [("", "")])[:MOST_BUTTONS]:
            for filling in fillings(form, self.known):
                data = filling | ({button[0]: button[1]} if button[0] else {})
                if form.method != "get":
                    self._post(target, data, form)
                    continue
                self.guesses.add(in_dutch(target))
                further.append(f"{urlsplit(target).path}?{urlencode(data)}")
        return further

    def _post(self, target: str, data: dict[str, str], form: Form) -> None:
        if in_dutch(target) in LEFT_ALONE or not urlsplit(target).path.startswith(self.within):
            return
        chosen = [f"{name}={data[name]}" for name in sorted({*form.choices, *dict(form.buttons)} & set(data))]
        typed = [name for name, _ in form.typed if data.get(name)]
        back = parse_qs(urlsplit(target).query).get("naar", [""])[0]  # where a log-in goes on
        shape = f"POST {urlsplit(target).path} {in_dutch(back)} {','.join(sorted(data))} {chosen} {typed}"
        if not self._first_of_its_shape(without_ids(shape)):
            return
        self.posted.add(target)
        cookies, forms = SimpleCookie(self.client.cookies), self.forms
        rolled_back = transaction.atomic()
        rolled_back._from_testcase = True  # type: ignore[attr-defined] # as Django's own tests do, for durable blocks
        with rolled_back:
            response = self.client.post(target, data)
            if response.status_code not in FINE | REFUSED_CLEARLY:
                self._wrong(target, f"answers a submitted form with {response.status_code}")
            self.forms = []
            if response.status_code in ELSEWHERE:
                self._arrive(target, response["Location"])
            elif response["Content-Type"].startswith("text/html"):
                self._judge(target, read(response.getvalue().decode()))
            transaction.set_rollback(True)
        self.client.cookies, self.forms = cookies, forms

    def _arrive(self, target: str, location: str) -> None:
        """Where a form leads: read it as it is now, go on to what is new and send its forms, before it is undone."""
        for place in self._inside(target, [location]):
            after = self.client.get(place)
            self.seen.add(place)
            if after.status_code not in FINE | REFUSED_CLEARLY:
                self._wrong(target, f"leads to {place}, which answers {after.status_code}")
            elif after.status_code in ELSEWHERE:
                self._arrive(place, after["Location"])
            else:
                self._follow(self._read(place, cast("HttpResponse", after)))
                self._send_forms()
