"""Reading a page as a visitor does: its links and its forms, with what a form holds already."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """A form: where it goes, how, what it holds, and its buttons (name and value, or nothing)."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    typed: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """What a visitor can do next, and what is read."""

    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    headings: int = 0
    text: str = ""
    ids: list[str] = field(default_factory=list)
    title: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.form: Form | None = None
        self.select = ""
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("id"):
            self.page.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.page.links.append(values["href"])
        elif tag == "h1":
            self.page.headings += 1
        elif tag == "title":
            self.in_title = True
        elif tag == "form":
            self.form = Form(values.get("action", ""), values.get("method", "get").lower())
            self.page.forms.append(self.form)
        elif self.form is not None:
            self._in_form(tag, values, self.form)

    def _in_form(self, tag: str, values: dict[str, str], form: Form) -> None:
        name, kind = values.get("name", ""), values.get("type", "text")
        if tag == "button" or (tag == "input" and kind == "submit"):
            form.buttons.append((name, values.get("value", "")))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            form.choices.setdefault(self.select, []).append(values.get("value", ""))
        elif tag == "textarea" and name:
            form.typed.append((name, "textarea"))
        elif tag == "input" and name:
            if kind in {"radio", "checkbox"}:
                form.choices.setdefault(name, []).append(values.get("value", "on"))
            elif kind == "hidden" or values.get("value"):
                form.fields[name] = values.get("value", "")
            else:
                form.typed.append((name, kind))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "title":
            self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.page.title += data
        self.page.text += data


def read(html: str) -> Page:
    """The page in this HTML."""
    reader = _Reader()
    reader.feed(html)
    return reader.page
