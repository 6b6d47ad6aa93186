"""docs/interfaces/bvd-rest.md tells clients what is served: each problem, each example, each limit."""

import json
import re
from pathlib import Path

from volmacht.limits.operations import LIMITS, Limited
from volmacht.protocols.bvd_rest.answers import read_mandate
from volmacht.protocols.bvd_rest.problems import TYPES, Problem
from volmacht.protocols.bvd_rest.questions import JSON, LARGEST_BODY, read_question, write_question

PAGE = (Path(__file__).parents[3] / "docs" / "interfaces" / "bvd-rest.md").read_text()


def test_every_problem_is_told_to_clients_and_no_other() -> None:
    told = re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", PAGE, re.MULTILINE)
    assert told == [(str(problem.http_status), problem.code) for problem in sorted_problems()]
    assert f"`{TYPES}`" in PAGE


def sorted_problems() -> list[Problem]:
    """In the order of their statuses."""
    return sorted(Problem, key=lambda problem: problem.http_status)


def test_every_problem_document_says_what_kind_it_is_and_nothing_else() -> None:
    for problem in Problem:
        document = json.loads(problem.document())
        assert document == {
            "type": TYPES + problem.code,
            "title": problem.title,
            "status": problem.http_status,
        }
    assert len({problem.code for problem in Problem}) == len(Problem)


def test_the_examples_are_a_question_and_its_answer() -> None:
    question, answer = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    read = read_question(question.encode(), content_type=JSON)
    assert json.loads(write_question(read)) == json.loads(question)
    assert read_mandate(answer.encode(), sent=read.acting).value == "999999047"


def test_the_limits_that_are_named_are_those_that_count() -> None:
    limit = LIMITS[Limited.REST_PER_CLIENT]
    assert f"at most {LARGEST_BODY} bytes" in PAGE
    assert f"over {limit.count:,} calls a minute" in PAGE
    assert limit.window.total_seconds() == 60
