"""Files and functions stay small enough to read at once; the tail counts as much as the middle."""

from statistics import quantiles

from tests.architecture.sources import Function, sources

LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 400, 500, 60
FILE_NINE_IN_TEN, FUNCTION_NINE_IN_TEN = 200, 25


def length(function: Function) -> int:
    """Lines from `def` to the end."""
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def nine_in_ten(sizes: list[int]) -> float:
    """The size that nine in ten do not pass."""
    return quantiles(sizes, n=10)[-1]


def test_no_file_is_too_long() -> None:
    too_long = [
        f"{source.name}: {source.lines}"
        for source in sources()
        if source.lines > (LONGEST_TEST_FILE if source.is_test else LONGEST_FILE)
    ]
    assert too_long == []


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{source.name}: {function.name} has {length(function)} lines"
        for source in sources()
        for function in source.functions
        if length(function) > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_nine_files_in_ten_are_short() -> None:
    assert nine_in_ten([source.lines for source in sources("src")]) <= FILE_NINE_IN_TEN


def test_nine_functions_in_ten_are_short() -> None:
    sizes = [length(function) for source in sources("src") for function in source.functions]
    assert nine_in_ten(sizes) <= FUNCTION_NINE_IN_TEN
