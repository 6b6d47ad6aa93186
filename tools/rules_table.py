"""Write docs/rules/README.md: every rule of the domain, the modules that keep it, the tests that prove it.

A module or test claims a rule by naming its id. Run by `make rules`; a test checks that the page is up to date.
"""

import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "docs" / "rules" / "rules.toml"
PAGE = ROOT / "docs" / "rules" / "README.md"
RULE_ID = re.compile(r"\b(?:DM|CN)-\d+[a-z]?\b")
INTRODUCTION = """# The rules of the domain

Written by `make rules` from `rules.toml` and from the ids that stand in the code and its tests. A module names the
rules it keeps; a test names the rules it proves.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `modules` and `tests` are the files that name it; `built` when this version keeps it."""

    id: str
    statement: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    built: bool


def claims(folder: str) -> Mapping[str, tuple[str, ...]]:
    """Which files under a folder name which rule."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / folder).rglob("*.py")):
        if path.name != "rules_table.py":
            for rule in RULE_ID.findall(path.read_text()):
                found[rule].add(str(path.relative_to(ROOT)))
    return {rule: tuple(sorted(paths)) for rule, paths in found.items()}


def chapters() -> Iterator[tuple[str, list[Rule]]]:
    """Title and rules of each chapter of rules.toml."""
    modules, tests = claims("src"), claims("tests")
    content = tomllib.loads(RULES.read_text())
    not_built = set(content.pop("not_in_this_version"))
    for chapter in content.values():
        title = chapter.pop("title")
        yield (
            title,
            [
                Rule(rule, statement, modules.get(rule, ()), tests.get(rule, ()), rule not in not_built)
                for rule, statement in chapter.items()
            ],
        )


def unknown_rules() -> list[str]:
    """Ids that the code or a test names and that rules.toml does not have."""
    known = {rule.id for _, rules in chapters() for rule in rules}
    return sorted((claims("src").keys() | claims("tests").keys()) - known)


def _links(paths: tuple[str, ...], prefix: str) -> str:
    return "<br>".join(f"[{path.removeprefix(prefix)}](../../{path})" for path in paths)


def page() -> str:
    """The whole page."""
    lines = [INTRODUCTION]
    for title, rules in chapters():
        lines += [f"## {title}", "", "| rule | what it says | kept in | proven in |", "|---|---|---|---|"]
        for rule in rules:
            kept = _links(rule.modules, "src/volmacht/") if rule.built else "*not in this version*"
            proven = _links(rule.tests, "tests/") if rule.built else ""
            lines.append(f"| {rule.id} | {rule.statement} | {kept} | {proven} |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
