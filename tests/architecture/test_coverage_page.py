"""docs/coverage.md tells the truth: its addresses answer, its tests exist, its numbers have no gaps."""

import ast
import re
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "coverage.md").read_text()
ADDRESSES = sorted(set(re.findall(r"`(/[^`]*)`", PAGE)))
TESTS = sorted(set(re.findall(r"`(tests/[^`]*)`", PAGE)))
ROWS = [line for line in PAGE.partition("## A tour")[0].splitlines() if re.match(r"\| \d+ \|", line)]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers(client: Client, address: str) -> None:
    answer = client.get(address)

    asks_to_log_in = answer.status_code == 302 and answer["Location"].startswith(
        ("/inloggen/", "/account/inloggen/")
    )
    assert answer.status_code == 200 or asks_to_log_in


@pytest.mark.parametrize("named", TESTS)
def test_every_test_exists(named: str) -> None:
    path, _, name = named.partition("::")
    tree = ast.parse((ROOT / path).read_text())
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_every_statement_has_a_state_an_address_and_a_proof(row: str) -> None:
    _, _number, statement, state, address, proof, _ = (cell.strip() for cell in row.split("|"))
    assert statement
    assert re.match(r"(said|done|not built)", state)
    assert re.fullmatch(r"`/[^`]*`", address)
    assert proof.startswith("`tests/")


def test_statements_are_numbered_without_gaps() -> None:
    numbers = [int(row.split("|")[1]) for row in ROWS]
    assert numbers == list(range(1, len(ROWS) + 1))
    assert len(ROWS) >= 30
