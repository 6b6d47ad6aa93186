"""The six steps of a case in time: how long each took, where it is now, drawn as SVG with the same in words beside it.

Pure: moments in, picture and rows out. The picture stands alone: no styles, scripts or addresses in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.translation import gettext, ngettext

from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.step_words import STEPS
from volmacht.rules.onboarding import Step
from volmacht.rules.workdays import workdays_between

ROW: Final = 46  # pixels, as the others
HEAD: Final = 42  # two lines: today, and the day that was promised
LINE_HEIGHT: Final = 18
NAME: Final = 16
GAP: Final = 5
BAR: Final = 14
NARROWEST, HALF = 1.5, 50  # hundredths of the width
INK, DONE, NOW, TO_COME, LINE = "#17282b", "#0c4a4e", "#b35900", "#c9d6d8", "#465a5e"
FONT: Final = "Atkinson Hyperlegible, Verdana, sans-serif"


@dataclass(frozen=True, slots=True)
class Span:
    """When a case was in a step; `ends` is None while it is, `begins` is None before it came to it."""

    step: Step
    begins: date | None = None
    ends: date | None = None

    @property
    def is_now(self) -> bool:
        """Whether the case is in this step."""
        return self.begins is not None and self.ends is None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in words: `state` is done, now or to-come."""

    number: int
    name: str
    state: str
    state_words: str
    period: str


def spans(entries: Sequence[tuple[Step | None, date]], *, ended: bool) -> list[Span]:
    """The steps from a history of (step, day on which a state of it began), in order of time.

    A step that a case comes back to goes on: it lasts from its first day to the last day in it. What is outside the
    steps ends the one before it. `ended`: nothing goes on any more.
    """
    found: dict[Step, Span] = {}
    current: Step | None = None
    for step, day in entries:
        if current is not None and step is not current:
            found[current] = Span(current, found[current].begins, day)
        if step is not None:
            known = found.get(step)
            found[step] = Span(step, known.begins if known else day)
        current = step
    if ended and current is not None:
        found[current] = Span(current, found[current].begins, entries[-1][1])
    return [found.get(step, Span(step)) for step in Step]


def rows(found: Sequence[Span], today: date) -> list[StepRow]:
    """The same in words."""
    return [_row(number, span, today) for number, span in enumerate(found, start=1)]


def _row(number: int, span: Span, today: date) -> StepRow:
    name = str(STEPS[span.step])
    if span.begins is None:
        return StepRow(number, name, "to-come", gettext("nog niet begonnen"), "")
    days = workdays_between(span.begins, span.ends or today)
    lasted = ngettext("%(count)d werkdag", "%(count)d werkdagen", days) % {"count": days}
    values = {"begins": written_date(span.begins), "lasted": lasted}
    if span.ends is None:
        period = gettext("sinds %(begins)s, %(lasted)s") % values
        return StepRow(number, name, "now", gettext("nu"), period)
    values["ends"] = written_date(span.ends)
    period = gettext("%(begins)s tot en met %(ends)s, %(lasted)s") % values
    return StepRow(number, name, "done", gettext("klaar"), period)


def draw(found: Sequence[Span], *, today: date, due: date | None = None) -> str:
    """The picture as SVG text, as wide as its place; `due` marks the day that was promised.

    Across it counts in hundredths of its width and down in pixels, so that its words stay readable on a telephone.
    """
    first = min((span.begins for span in found if span.begins), default=today)
    scale = 100 / max((max(today, due or today) - first).days, 1)

    def across(day: date) -> float:
        return (day - first).days * scale

    height = HEAD + ROW * len(found) + 4
    picture = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": "100%",
            "height": str(height),
            "role": "img",
            "aria-labelledby": "tijdlijn-titel",
            "font-family": FONT,
            "font-size": "15",
            "fill": INK,
        },
    )
    ET.SubElement(picture, "title", {"id": "tijdlijn-titel"}).text = gettext(
        "Tijdlijn van de zes stappen. Onder de tekening staat hetzelfde in woorden."
    )
    _mark(picture, across(today), (2, height), gettext("vandaag"), LINE)
    if due is not None and due != today:
        _mark(picture, across(due), (1, height), gettext("uiterlijk"), NOW)
    for number, span in enumerate(found):
        _bar(picture, number, span, across(span.begins or today), across(span.ends or today))
    return ET.tostring(picture, encoding="unicode")


def _bar(picture: ET.Element, number: int, span: Span, begins: float, ends: float) -> None:
    top = HEAD + number * ROW
    label = {"x": "0", "y": str(top + NAME)}
    if span.is_now:
        label["font-weight"] = "bold"
    ET.SubElement(picture, "text", label).text = f"{number + 1}. {STEPS[span.step]}"
    if span.begins is None:
        middle = str(top + NAME + GAP + BAR // 2)
        line = {"x1": "0", "x2": "100%", "y1": middle, "y2": middle}
        ET.SubElement(
            picture, "line", {**line, "stroke": TO_COME, "stroke-width": "2", "stroke-dasharray": "4 4"}
        )
        return
    width = max(ends - begins, NARROWEST)
    place = {
        "x": f"{min(begins, 100 - width):.4g}%",
        "y": str(top + NAME + GAP),
        "width": f"{width:.4g}%",
        "height": str(BAR),
    }
    ET.SubElement(picture, "rect", {**place, "rx": "4", "fill": NOW if span.is_now else DONE})


def _mark(picture: ET.Element, across: float, down: tuple[int, int], word: str, colour: str) -> None:
    """A line from under its word, which stands on a line of its own so that two near days do not overlap."""
    text_line, height = down
    top = text_line * LINE_HEIGHT
    line = {"x1": f"{across:.4g}%", "x2": f"{across:.4g}%", "y1": str(top), "y2": str(height - 4)}
    ET.SubElement(picture, "line", {**line, "stroke": colour, "stroke-width": "1.5"})
    place = {
        "x": f"{across:.4g}%",
        "y": str(top - 5),
        "text-anchor": "end" if across > HALF else "start",
        "fill": colour,
    }
    ET.SubElement(picture, "text", place).text = word
