"""Habits that no linter knows: names that tell, one clock, reasons for exceptions, tests that test."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Function, Source, sources

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "constants", "misc"}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "monotonic"),
    ("time", "perf_counter"),
    ("timezone", "now"),
    ("timezone", "localdate"),
}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore)(?P<rest>.*)")
REASONED = re.compile(
    r"\s*(:\s*[A-Z]+[0-9]+(\s*,\s*[A-Z]+[0-9]+)*|\[[a-z-]+(,\s*[a-z-]+)*\])\s*(#|-|–)?\s*\w+.*"
)
TRANSLATE = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
SKIPS = {"skip", "skipif", "xfail", "importorskip"}
MAY_SKIP = {  # without a browser, without xmlsec1; under CI that fails
    "tests/journeys/conftest.py",
    "tests/foreign_clients/conftest.py",
}
LOOKS = {"sees", "does_not_see", "must_be_told", "is_at"}  # in tests/journeys: each expects, or fails
FEWEST_WORDS = 3


def calls_on_names(source: Source) -> Iterator[tuple[int, str, str]]:
    """Line, name and method of each `name.method(...)`."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            yield node.lineno, node.func.value.id, node.func.attr


def each_test(source: Source) -> Iterator[Function]:
    """The test functions of a file."""
    return (function for function in source.functions if function.name.startswith("test_"))


def checks_something(
    function: ast.AST, in_file: dict[str, Function], seen: frozenset[str] = frozenset()
) -> bool:
    """Whether it asserts, expects an exception, or calls a function of the same file that does."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"raises", "fail"} | LOOKS or called.startswith(
                ("assert_", "expect_", "django_assert")
            ):
                return True
            inner = in_file.get(called)
            if inner and called not in seen and checks_something(inner, in_file, seen | {called}):
                return True
    return False


def test_every_file_name_says_what_is_in_it() -> None:
    assert [s.name for s in sources() if EMPTY_NAMES & set(re.split(r"[/._]", s.name))] == []


def test_nobody_writes_past_operations_with_an_admin() -> None:
    assert [
        s.name for s in sources("src") if s.name.endswith("/admin.py") or "django.contrib.admin" in s.imports
    ] == []


def test_every_file_begins_by_saying_what_it_is_for() -> None:
    assert [s.name for s in sources() if s.text.strip() and not ast.get_docstring(s.tree)] == []


def test_only_the_clock_reads_the_clock() -> None:
    found = [
        f"{source.name}:{line} {name}.{method}()"
        for source in sources("src")
        if source.name != "src/volmacht/clock.py"
        for line, name, method in calls_on_names(source)
        if (name, method) in CLOCKS
    ]
    assert found == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    found = [
        f"{source.name}:{line}"
        for source in sources()
        for line, comment in source.comments
        if UNFINISHED.search(comment)
    ]
    assert found == []


def test_every_exception_to_a_check_has_its_reason() -> None:
    found = [
        f"{source.name}:{line} {comment}"
        for source in sources()
        for line, comment in source.comments
        if (exception := EXCEPTION.match(comment)) and not REASONED.fullmatch(exception["rest"])
    ]
    assert found == []


def test_no_text_to_translate_stands_within_an_f_string() -> None:
    found = [
        f"{source.name}:{call.lineno}"
        for source in sources()
        for text in ast.walk(source.tree)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in TRANSLATE
    ]
    assert not found, f"tools/messages.py does not find it there: {found}"


def test_every_test_is_named_after_behaviour() -> None:
    found = [
        f"{source.name}: {function.name}"
        for source in sources("tests")
        for function in each_test(source)
        if len(function.name.split("_")) - 1 < FEWEST_WORDS
    ]
    assert found == []


def test_every_test_checks_something() -> None:
    found = []
    for source in sources("tests"):
        in_file = {function.name: function for function in source.functions}
        found += [f"{source.name}: {f.name}" for f in each_test(source) if not checks_something(f, in_file)]
    assert found == []


def test_no_test_is_skipped() -> None:
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources("tests")
        if source.name not in MAY_SKIP
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in SKIPS
        and ast.unparse(node.value) in {"pytest", "pytest.mark"}
    ]
    assert found == []


def test_no_test_replaces_code_by_a_mock() -> None:
    mocks = {"mock", "unittest.mock", "pytest_mock"}
    assert [source.name for source in sources("tests") if mocks & set(source.imports)] == []
