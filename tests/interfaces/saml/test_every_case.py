"""The table of conformance cases is whole: each has a test or the reason why not, and each rule is explained."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "cases.toml").read_text())
PAGE = HERE.parents[2] / "docs" / "interfaces" / "saml.md"
LAST = 102
MAY_BE_MISSING: set[str] = set()
MAY_LACK_A_PART = {"TC-12"}
ALSO = HERE.parents[1] / "cli"  # what the program refuses at its start
RULE = re.compile(r"\b(?:RO|FL|AR|AB|RS|AS|RT|EN|LO|AD|BV|MD|SG|XM|TL|TM|SE|ST|WK|LA|BR|CF)-\d{2}\b")
CASE = re.compile(r"tc_(\d+)")


@cache
def cases_in_tests() -> set[str]:
    """The cases in the names of tests, whose body says something."""
    found = set()
    for path in (*HERE.parent.glob("*/test_*.py"), *ALSO.glob("test_*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found |= {f"TC-{int(number):02}" for number in CASE.findall(node.name)}
    return found


def test_every_case_is_in_the_table_once_in_order() -> None:
    assert list(TABLE) == [f"TC-{number:02}" for number in range(1, LAST + 1)]


def test_every_case_names_the_rules_that_it_proves() -> None:
    assert [case for case, row in TABLE.items() if not row["rules"]] == []
    assert [rule for row in TABLE.values() for rule in row["rules"] if not RULE.fullmatch(rule)] == []


def test_every_case_has_a_test_or_a_reason() -> None:
    missing = {case for case in TABLE if case not in cases_in_tests()}
    assert missing == MAY_BE_MISSING
    assert {case for case, row in TABLE.items() if "not_built" in row} == MAY_BE_MISSING | MAY_LACK_A_PART


def test_no_test_names_a_case_that_does_not_exist() -> None:
    assert cases_in_tests() - set(TABLE) == set()


def test_every_rule_that_is_proven_or_named_in_code_is_explained() -> None:
    explained = set(re.findall(r"^\| ([A-Z]{2}-\d{2}) \|", PAGE.read_text(), re.MULTILINE))
    named = {rule for row in TABLE.values() for rule in row["rules"]}
    for folder in ("interfaces", "logins", "portals/choosing", "protocols", "keystore", "catalogue", "pki"):
        for path in (HERE.parents[2] / "src" / "volmacht" / folder).rglob("*.py"):
            named |= set(RULE.findall(path.read_text()))
    assert named - explained == set()


def test_the_page_says_which_cases_prove_a_rule() -> None:
    proven: dict[str, list[str]] = {}
    for case, row in TABLE.items():
        for rule in row["rules"] if case not in MAY_BE_MISSING else ():
            proven.setdefault(rule, []).append(case)
    rows = re.findall(r"^\| ([A-Z]{2}-\d{2}) \|.*\| ([^|]*) \|$", PAGE.read_text(), re.MULTILINE)
    said = {rule: [case for case in cases.split(", ") if case] for rule, cases in rows}
    assert {rule: cases for rule, cases in said.items() if cases != proven.get(rule, [])} == {}


def test_what_is_not_built_is_said_to_suppliers() -> None:
    page = " ".join(PAGE.read_text().split())
    assert [case for case, row in TABLE.items() if "not_built" in row and f"{case}" not in page] == []
