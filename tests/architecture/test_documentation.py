"""The documentation tells the truth: links lead somewhere, files and tests that are named exist, words are used.

A path in backticks starts at the root of the project, at `src/volmacht`, or beside the page that names it.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT
from tests.rules.tables import decision_cases
from volmacht.cli.main import VERBS
from volmacht.rules.representation import Denied

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`([\w.@-]+(?:/[\w.@-]+)+)(?:::(\w+))?`")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
DECISION = re.compile(r"\d{4}-[a-z0-9-]+\.md")
TERM = re.compile(r"^\| [^|]+ \| (`[^|]+`) \| [^|]+ \| `([^|`]+)` \|$", re.MULTILINE)
# Files of a running installation, of a machine, and of other packages: they are not in the repository.
ELSEWHERE = ("keys/", "var/", "locale/en")
TEXTS = PACKAGE / "onboarding" / "documents" / "texts"  # for the site: their links are addresses there
OUTSIDE = {".venv", ".tools", "node_modules", "var", "build", "screenshots"}


def pages() -> list[Path]:
    """Every page we wrote."""
    found = [*ROOT.glob("*.md"), *(path for path in ROOT.glob("*/**/*.md") if not _is_outside(path))]
    return sorted(found)


def _is_outside(path: Path) -> bool:
    if TEXTS in path.parents:
        return True
    top = path.relative_to(ROOT).parts[0]
    return top in OUTSIDE or (top.startswith(".") and top != ".ci")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors that headings get: small letters, hyphens, no punctuation."""
    headings = HEADING.findall(CODE_BLOCK.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@cache
def functions_in(path: Path) -> frozenset[str]:
    """The functions of a file."""
    tree = ast.parse(path.read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def broken_links(page: Path) -> list[str]:
    """Relative links that lead nowhere, and anchors that no heading has."""
    broken = []
    for link in LINK.findall(CODE_BLOCK.sub("", page.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    return broken


def named_file(page: Path, name: str) -> Path | None:
    """The file or folder that a page names, if there is one."""
    places = (ROOT / name, PACKAGE / name, page.parent / name)
    return next((place for place in places if place.exists()), None)


def missing_files(page: Path) -> list[str]:
    """Files and tests that a page names and that do not exist."""
    missing = []
    for name, test in NAMED.findall(CODE_BLOCK.sub("", page.read_text())):
        found = named_file(page, name)
        if found is None and not name.startswith(ELSEWHERE):
            missing.append(name)
        elif found is not None and test and test not in functions_in(found):
            missing.append(f"{name}::{test}")
    return missing


@pytest.mark.parametrize("page", pages(), ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == []


@pytest.mark.parametrize("page", pages(), ids=_name)
def test_every_file_and_test_that_a_page_names_exists(page: Path) -> None:
    assert missing_files(page) == []


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(DECISION.findall((folder / "README.md").read_text()))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def test_every_word_of_the_glossary_is_used_where_it_says() -> None:
    terms = TERM.findall((ROOT / "docs" / "glossary.md").read_text())
    unused = [
        f"{word} in {place}"
        for words, place in terms
        for word in re.findall(r"`([^`]+)`", words)
        if not re.search(rf"(?<![A-Za-z]){re.escape(word)}", (ROOT / place).read_text())
    ]
    assert unused == []
    assert len(terms) > 40


def test_every_verb_of_the_command_is_explained_to_operators() -> None:
    explained = set(
        re.findall(r"^\| `(\w+)", (ROOT / "docs" / "operators" / "README.md").read_text(), re.MULTILINE)
    )
    assert explained == set(VERBS)


def test_every_refusal_that_a_provider_can_get_is_named_to_providers() -> None:
    page = (ROOT / "docs" / "providers" / "README.md").read_text()
    answers = [case.answer for case in decision_cases()]
    refused = {answer.refusal for answer in answers if isinstance(answer, Denied)}
    assert {reason for reason in refused if f"`{reason}`" not in page} == set()
