"""The six steps in time, in a picture and in words."""

from datetime import date, timedelta

import pytest
from lxml import etree

from volmacht.portals.shared.timeline import Span, draw, rows, spans
from volmacht.rules.onboarding import Step

FIRST = date(2026, 9, 1)
HISTORY = [
    (Step.PREPARE, FIRST),
    (Step.PREPRODUCTION, FIRST + timedelta(days=7)),
    (Step.PREPRODUCTION, FIRST + timedelta(days=9)),
    (Step.TEST, FIRST + timedelta(days=14)),
    (Step.ACCEPTANCE, FIRST + timedelta(days=40)),
    (Step.TEST, FIRST + timedelta(days=45)),
]
TODAY = FIRST + timedelta(days=50)


def test_every_step_has_its_time_and_one_that_is_come_back_to_goes_on() -> None:
    found = {span.step: span for span in spans(HISTORY, ended=False)}
    assert found[Step.PREPARE] == Span(Step.PREPARE, FIRST, FIRST + timedelta(days=7))
    assert found[Step.PREPRODUCTION].ends == FIRST + timedelta(days=14)
    assert found[Step.ACCEPTANCE] == Span(
        Step.ACCEPTANCE, FIRST + timedelta(days=40), FIRST + timedelta(days=45)
    )
    assert found[Step.TEST] == Span(Step.TEST, FIRST + timedelta(days=14))
    assert [step for step, span in found.items() if span.is_now] == [Step.TEST]
    assert found[Step.PRODUCTION] == Span(Step.PRODUCTION)


def test_where_nothing_goes_on_no_step_is_now() -> None:
    withdrawn = [*HISTORY, (None, TODAY)]
    assert not any(span.is_now for span in spans(withdrawn, ended=True))
    assert not any(span.is_now for span in spans(HISTORY, ended=True))
    assert spans([], ended=False) == [Span(step) for step in Step]


def test_the_words_count_working_days() -> None:
    said = rows(spans(HISTORY, ended=False), TODAY)
    assert [row.state for row in said] == ["done", "done", "now", "done", "to-come", "to-come"]
    assert said[0].period == "1 september 2026 tot en met 8 september 2026, 5 werkdagen"
    assert said[2].period == "sinds 15 september 2026, 26 werkdagen"
    assert said[5].period == ""


@pytest.mark.parametrize("history", [HISTORY, HISTORY[:1], []])
@pytest.mark.parametrize("due", [None, TODAY + timedelta(days=5), TODAY - timedelta(days=5)])
def test_the_picture_stands_alone_and_keeps_within_its_frame(
    history: list[tuple[Step | None, date]], due: date | None
) -> None:
    picture = etree.fromstring(draw(spans(history, ended=False), today=TODAY, due=due))
    assert picture.attrib["role"] == "img"
    assert picture.find("{*}title") is not None
    for bar in picture.iterfind("{*}rect"):
        begins, width = (float(bar.attrib[name].removesuffix("%")) for name in ("x", "width"))
        assert begins >= 0
        assert begins + width <= 100
    text = etree.tostring(picture, encoding="unicode")
    assert not any(sign in text for sign in ("<script", "style=", "http://www.w3.org/1999/xlink", "url("))
