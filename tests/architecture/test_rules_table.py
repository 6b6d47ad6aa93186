"""docs/rules says of every rule where it is kept and where it is proven, and it is true."""

import pytest

from tools import rules_table

RULES = [rule for _, rules in rules_table.chapters() for rule in rules]


def test_every_rule_that_the_code_names_is_explained() -> None:
    assert rules_table.unknown_rules() == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.built], ids=lambda rule: rule.id)
def test_every_rule_that_the_code_claims_to_keep_is_proven(rule: rules_table.Rule) -> None:
    assert rule.modules, f"no module names {rule.id}: {rule.statement}"
    assert rule.tests, f"no test names {rule.id}: {rule.statement}"


def test_the_page_is_up_to_date() -> None:
    up_to_date = rules_table.PAGE.read_text() == rules_table.page()
    assert up_to_date, "run `make rules`"
