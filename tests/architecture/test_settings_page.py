"""docs/operators/settings.md lists every environment variable that Volmacht reads, and no other."""

import re

from tests.architecture.sources import PACKAGE, ROOT, sources

VARIABLE = re.compile(r"[\"`](PORT|VOLMACHT_[A-Z_]+)[\"`]")
DOCUMENTED = re.compile(r"^\| `(PORT|VOLMACHT_[A-Z_]+)` \|", re.MULTILINE)
FOR_TESTS = {"VOLMACHT_CHROMIUM"}
MAY_READ = {"src/volmacht/config/options.py", "src/volmacht/config/wsgi.py"}
# The sample provider is a program of its own, with settings of its own.
OTHER_PROGRAM = "src/volmacht/standins/sample_provider/"
# Passing the environment on to a child process, and naming the settings, is not reading an option.
MAY_PASS_ON = {"src/volmacht/cli/children.py", "src/volmacht/cli/starting.py"}


def test_every_variable_is_documented_and_every_documented_variable_exists() -> None:
    read = set(VARIABLE.findall((PACKAGE / "config" / "options.py").read_text()))
    documented = set(DOCUMENTED.findall((ROOT / "docs" / "operators" / "settings.md").read_text()))
    assert documented - FOR_TESTS == read


def test_nothing_else_reads_the_environment() -> None:
    found = [
        source.name
        for source in sources("src")
        if re.search(r"\bos\.(environ|getenv)\b", source.text)
        and source.name not in MAY_READ | MAY_PASS_ON
        and not source.name.startswith(OTHER_PROGRAM)
    ]
    assert found == []
