"""The drawing of the process: nothing is crossed, cut off or left out, whatever the answers."""

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volmacht.portals.public.diagram.places import BOX_WIDTH, Box, Drawing, Point, place
from volmacht.portals.public.diagram.svg import Words, draw, parts, wrap
from volmacht.portals.public.process_words import ACTORS, ANSWERS, SHORT
from volmacht.rules.onboarding import Actor, Choices, CodeMoment, Lead, ProcessKey, mandate_process

SVG = "{http://www.w3.org/2000/svg}"
CHOICES = st.builds(
    Choices,
    lead=st.just(Lead.PERSON),
    services_per_code=st.sampled_from((1, 3)),
    code_moment=st.sampled_from(CodeMoment),
    validity_months=st.just(12),
    message_box=st.booleans(),
    survivors=st.booleans(),
    supplier=st.booleans(),
)
WORDS = Words(
    title="Machtigingsproces <1>",
    description="Wie & wat",
    actors={actor: str(name) for actor, name in ACTORS.items()},
    steps={key: str(words) for key, words in SHORT.items()},
    answers={answer: str(word) for answer, word in ANSWERS.items()},
)


def drawing_of(choices: Choices) -> Drawing:
    """The process of these choices, placed."""
    lines = {key: len(wrap(words)) for key, words in WORDS.steps.items()}
    return place(mandate_process(choices), lines)


def crosses(box: Box, start: Point, end: Point) -> bool:
    """Whether a straight piece runs through the inside of a step."""
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    return left < box.x + BOX_WIDTH and right > box.x and top < box.bottom and bottom > box.y


@given(CHOICES)
def test_no_arrow_runs_through_a_step(choices: Choices) -> None:
    drawing = drawing_of(choices)
    for arrow in drawing.arrows:
        for start, end in pairwise(arrow.points):
            assert not [box.number for box in drawing.boxes if crosses(box, start, end)]


@given(CHOICES)
def test_every_arrow_runs_from_a_step_down_to_the_step_it_leads_to(choices: Choices) -> None:
    drawing = drawing_of(choices)
    boxes = {box.step.key: box for box in drawing.boxes}
    expected = [(step.key, way.to) for step in mandate_process(choices) for way in step.exits]
    drawn = []
    for arrow in drawing.arrows:
        (x0, y0), (x1, y1) = arrow.points[0], arrow.points[-1]
        start = next(box for box in drawing.boxes if box.bottom == y0 and box.x < x0 < box.x + BOX_WIDTH)
        end = next(box for box in drawing.boxes if box.y == y1 and box.x < x1 < box.x + BOX_WIDTH)
        assert end.row > start.row
        drawn.append((start.step.key, end.step.key))
    assert sorted(drawn) == sorted(expected)
    assert len(boxes) == len(drawing.boxes)


@given(CHOICES)
def test_arrows_have_only_straight_corners_and_stay_inside_the_picture(choices: Choices) -> None:
    drawing = drawing_of(choices)
    for arrow in drawing.arrows:
        assert all(0 < x < drawing.width for x, _ in arrow.points)
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(arrow.points))


@given(CHOICES)
def test_steps_stand_beside_and_below_each_other_and_never_on_each_other(choices: Choices) -> None:
    places = [(box.lane, box.row) for box in drawing_of(choices).boxes]
    assert len(set(places)) == len(places)


@given(CHOICES)
@settings(deadline=None)
def test_two_arrows_beside_each_other_are_told_apart(choices: Choices) -> None:
    long_pieces = [
        (a, b)
        for arrow in drawing_of(choices).arrows
        for a, b in pairwise(arrow.points)
        if a[1] == b[1] and abs(a[0] - b[0]) > BOX_WIDTH
    ]
    for (a, b), (c, d) in combinations(long_pieces, 2):
        together = min(max(a[0], b[0]), max(c[0], d[0])) - max(min(a[0], b[0]), min(c[0], d[0]))
        assert together <= 0 or abs(a[1] - c[1]) >= 12


def test_only_who_takes_part_has_a_lane() -> None:
    plain = Choices(
        lead=Lead.TEAM,
        services_per_code=1,
        code_moment=CodeMoment.BEFORE_LOGIN,
        validity_months=1,
        message_box=False,
        survivors=False,
        supplier=False,
    )
    assert Actor.MESSAGE_BOX not in drawing_of(plain).lanes
    assert len(drawing_of(plain).lanes) == 4


@given(CHOICES)
def test_every_step_is_in_the_picture_with_its_words_and_number(choices: Choices) -> None:
    drawing = drawing_of(choices)
    picture = ET.fromstring(draw(drawing, WORDS))  # noqa: S314 - our own drawing
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    for box in drawing.boxes:
        assert str(box.number) in texts
        assert all(line in texts for line in wrap(WORDS.steps[box.step.key]))
    title = picture.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Machtigingsproces <1>"


@given(CHOICES, st.integers(600, 3000))
def test_a_long_picture_is_cut_into_parts_that_together_show_every_row_once(
    choices: Choices, most: int
) -> None:
    drawing = drawing_of(choices)
    pieces = parts(drawing, most)
    rows = [row for piece in pieces for row in range(piece.first, piece.until)]
    assert rows == list(range(len(drawing.rows)))
    for piece in pieces:
        picture = ET.fromstring(draw(drawing, WORDS, piece))  # noqa: S314 - our own drawing
        assert float(picture.attrib["height"]) <= most + 60
        numbers = {text.text for text in picture.iter(f"{SVG}text")}
        inside = {str(box.number) for box in drawing.boxes if box.row in range(piece.first, piece.until)}
        assert inside <= numbers


@pytest.mark.parametrize("key", ProcessKey)
def test_the_words_of_a_step_fit_its_box(key: ProcessKey) -> None:
    lines = wrap(WORDS.steps[key])
    assert " ".join(lines) == WORDS.steps[key]
    assert len(lines) <= 4
    assert max(len(line) for line in lines) <= 18


def test_an_empty_text_has_no_lines() -> None:
    assert wrap("") == []
