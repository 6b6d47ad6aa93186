"""Draws a placed process as an SVG picture that stands alone: no styles, scripts or addresses in it. Pure.

The shape tells as much as the colour: a question has pointed sides, an end has round ones. Each step has its
number in reading order, which the text beside the picture repeats.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from xml.etree import ElementTree as ET

from volmacht.portals.public.diagram.places import (
    BOX_PADDING,
    BOX_WIDTH,
    LANE_WIDTH,
    LINE_HEIGHT,
    Arrow,
    Box,
    Drawing,
)
from volmacht.rules.onboarding import Actor, Condition, ProcessKey

LANE_HEAD = 44
FOOT = 16  # below the lowest step; as much above the highest, for its number
FONT = "Atkinson Hyperlegible, Verdana, sans-serif"
FONT_SIZE = 13.5
INK, ACCENT, LINE = "#17282b", "#0c4a4e", "#465a5e"
LANES = ("#eef5f4", "#ffffff")
ACTION, QUESTION, END = "#ffffff", "#fff5dc", "#dff0ec"
_WIDTHS = {**dict.fromkeys("iljtfr.,:;'’‘!|()I ", 0.32), **dict.fromkeys("mwMW—", 0.88)}
_TEXT_WIDTH = BOX_WIDTH - 14


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a picture, in one language."""

    title: str
    description: str
    actors: Mapping[Actor, str]
    steps: Mapping[ProcessKey, str]
    answers: Mapping[Condition, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows to draw, from the first up to but not including `until`: a long process needs several sheets."""

    first: int
    until: int


def wrap(text: str) -> list[str]:
    """The text in lines that fit a step; a word is never cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer) <= _TEXT_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(text: str) -> float:
    """About how wide a text is: wide enough for the fonts a browser falls back to."""
    return sum(_WIDTHS.get(sign, 0.72 if sign.isupper() else 0.57) for sign in text) * FONT_SIZE


def parts(drawing: Drawing, most_height: float) -> list[Part]:
    """Cut a drawing between its rows into about equal pieces, each at most so high, lane heads included."""
    room = most_height - LANE_HEAD - FOOT
    even = drawing.rows[-1].end / ceil(drawing.rows[-1].end / room)
    pieces, first = [], 0
    for number, row in enumerate(drawing.rows):
        top = drawing.rows[first].top
        if number > first and (row.end - top > room or (row.top + row.end) / 2 - top > even):
            pieces.append(Part(first, number))
            first = number
    return [*pieces, Part(first, len(drawing.rows))]


def draw(drawing: Drawing, words: Words, part: Part | None = None) -> str:
    """The picture, whole or one part of it, as SVG text."""
    part = part or Part(0, len(drawing.rows))
    top = drawing.rows[part.first].top
    last = drawing.rows[part.until - 1]
    height = (last.strip if part.until == len(drawing.rows) else last.end) - top + 2 * FOOT
    picture = _element(
        None,
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {drawing.width:g} {height + LANE_HEAD:g}",
        width=drawing.width,
        height=height + LANE_HEAD,
        role="img",
        aria_labelledby="process-title process-description",
        font_family=FONT,
        font_size=FONT_SIZE,
        fill=INK,
    )
    _element(picture, "title", id="process-title").text = words.title
    _element(picture, "desc", id="process-description").text = words.description
    _lanes(picture, drawing, words, height)
    body = _element(
        picture,
        "svg",
        x=0,
        y=LANE_HEAD,
        width=drawing.width,
        height=height,
        viewBox=f"0 {top - FOOT:g} {drawing.width:g} {height:g}",
    )
    for arrow in drawing.arrows:
        _arrow(body, arrow)
    for box in drawing.boxes:
        if part.first <= box.row < part.until:
            _box(body, box, wrap(words.steps[box.step.key]))
    for arrow in drawing.arrows:
        if arrow.when:
            _answer(body, arrow, words.answers[arrow.when])
    return ET.tostring(picture, encoding="unicode")


def _element(parent: ET.Element | None, name: str, **values: str | float) -> ET.Element:
    """An element; `font_size` becomes `font-size`, numbers are written short."""
    written = {
        key if key == "viewBox" else key.replace("_", "-"): value if isinstance(value, str) else f"{value:g}"
        for key, value in values.items()
    }
    return ET.Element(name, written) if parent is None else ET.SubElement(parent, name, written)


def _lanes(picture: ET.Element, drawing: Drawing, words: Words, height: float) -> None:
    for number, actor in enumerate(drawing.lanes):
        left = number * LANE_WIDTH
        _element(
            picture, "rect", x=left, y=0, width=LANE_WIDTH, height=height + LANE_HEAD, fill=LANES[number % 2]
        )
        _element(picture, "rect", x=left + 1, y=0, width=LANE_WIDTH - 2, height=LANE_HEAD - 6, fill=ACCENT)
        name = _element(
            picture,
            "text",
            x=left + LANE_WIDTH / 2,
            y=LANE_HEAD - 20,
            text_anchor="middle",
            font_weight="bold",
            fill="#ffffff",
        )
        name.text = words.actors[actor]


def _box(body: ET.Element, box: Box, lines: list[str]) -> None:
    left, right, top, bottom = box.x, box.x + BOX_WIDTH, box.y, box.bottom
    if box.step.is_question:
        middle, tip = (top + bottom) / 2, 10
        corners = [
            (left, top), (right, top), (right + tip, middle), (right, bottom), (left, bottom), (left - tip, middle)
        ]  # fmt: skip
        _element(body, "polygon", points=_points(corners), fill=QUESTION, stroke=ACCENT, stroke_width=1.5)
    else:
        radius, fill = (4, ACTION) if box.step.exits else (20, END)
        _element(
            body,
            "rect",
            x=left,
            y=top,
            width=BOX_WIDTH,
            height=box.height,
            rx=radius,
            fill=fill,
            stroke=ACCENT,
            stroke_width=1.5,
        )
    first = top + BOX_PADDING + LINE_HEIGHT * 0.76
    for number, line in enumerate(lines):
        text = _element(body, "text", x=box.centre, y=first + number * LINE_HEIGHT, text_anchor="middle")
        text.text = line
    _element(body, "circle", cx=left + 8, cy=top, r=11, fill=ACCENT)
    badge = _element(
        body,
        "text",
        x=left + 8,
        y=top + 4,
        text_anchor="middle",
        font_size=11.5,
        font_weight="bold",
        fill="#ffffff",
    )
    badge.text = str(box.number)


def _arrow(body: ET.Element, arrow: Arrow) -> None:
    across, tip = arrow.points[-1]
    line = [*arrow.points[:-1], (across, tip - 8)]
    _element(
        body,
        "polyline",
        points=_points(line),
        fill="none",
        stroke=LINE,
        stroke_width=1.75,
        stroke_linejoin="round",
    )
    head = [(across - 5, tip - 9), (across + 5, tip - 9), (across, tip)]
    _element(body, "polygon", points=_points(head), fill=LINE)


def _answer(body: ET.Element, arrow: Arrow, word: str) -> None:
    """The answer stands beside the first piece of its way, on the outer side of the question."""
    across, down = arrow.points[0]
    to_the_left = across % LANE_WIDTH < LANE_WIDTH / 2
    text = _element(
        body,
        "text",
        x=across + (-5 if to_the_left else 5),
        y=down + 14,
        text_anchor="end" if to_the_left else "start",
        font_weight="bold",
        fill=ACCENT,
    )
    text.text = word


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
