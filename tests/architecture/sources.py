"""The source files of this project, read and parsed once: for tests that look at the code itself."""

import ast
import tokenize
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "volmacht"
APPS = (
    "audit",
    "installation",
    "limits",
    "parties",
    "notifications",
    "catalogue",
    "mandates",
    "logins",
    "onboarding",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file; `name` is its path from the root of the project."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Its length."""
        return self.text.count("\n")

    @property
    def is_test(self) -> bool:
        """Whether it stands under tests/."""
        return self.name.startswith("tests/")

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Every function and method, inner ones too."""
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, Function))

    @cached_property
    def comments(self) -> tuple[tuple[int, str], ...]:
        """Line number and text of every comment."""
        lines = iter(self.text.splitlines(keepends=True))
        return tuple(
            (token.start[0], token.string)
            for token in tokenize.generate_tokens(lambda: next(lines, ""))
            if token.type == tokenize.COMMENT
        )

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """Every imported module; for `from package import name` also `package.name`."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        return tuple(found)


@cache
def _source(path: Path) -> Source:
    text = path.read_text()
    return Source(str(path.relative_to(ROOT)), text, ast.parse(text))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """All files under these folders; without folders: everything we wrote by hand."""
    return tuple(
        _source(path)
        for folder in folders or ("src", "tests", "tools", "bench")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    )
