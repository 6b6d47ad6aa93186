"""Closed vocabularies: every member is used somewhere, so that none promises what does not happen."""

import ast
from enum import Enum

import pytest

from tests.architecture.sources import sources
from volmacht.audience import Audience
from volmacht.audit.kinds import EventKind
from volmacht.limits.operations import Limited
from volmacht.notifications.kinds import MessageKind
from volmacht.rules.refusals import Refusal
from volmacht.sealing import Purpose

VOCABULARIES = [Audience, EventKind, Limited, MessageKind, Purpose, Refusal]


def without_tables(tree: ast.Module) -> ast.AST:
    """A module without its dictionaries by member: a limit or a word for a member is no use of it."""

    class Cut(ast.NodeTransformer):
        def visit_Dict(self, node: ast.Dict) -> ast.Dict:
            values = [self.visit(value) for value in node.values]
            return ast.Dict(keys=[], values=values)

    cut: ast.AST = Cut().visit(tree)
    return cut


def members_used() -> set[tuple[str, str]]:
    """Every `Vocabulary.MEMBER` written in src/, outside the tables that only define or word them."""
    return {
        (node.value.id, node.attr)
        for source in sources("src")
        if not source.name.endswith(("wording.py", "words.py"))
        for node in ast.walk(without_tables(source.tree))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_every_member_of_a_vocabulary_is_used(vocabulary: type[Enum]) -> None:
    used = members_used()
    assert [member.name for member in vocabulary if (vocabulary.__name__, member.name) not in used] == []
