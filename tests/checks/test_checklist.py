"""The checklist: whole, in two languages, with its sources; and what verdicts amount to (CN-3, CN-4, CN-24)."""

import re
from collections import Counter

import pytest

from tests.portals.test_plain_language import problems
from volmacht.checks import CHECKS, Check, Family, check, checks
from volmacht.checks.judging import Outcome, Overall, ReasonMissing, Verdict, judge
from volmacht.checks.model import FAMILIES, Judged
from volmacht.protocols.saml.metadata.findings import FindingCode
from volmacht.rules.environment import Environment


def test_every_id_is_used_once_and_names_its_family() -> None:
    assert [found for found, count in Counter(each.id for each in CHECKS).items() if count > 1] == []
    assert [each.id for each in CHECKS if not re.fullmatch(rf"CK-{each.family}[1-9]\d*", each.id)] == []


@pytest.mark.parametrize("family", Family)
def test_every_family_has_checks_numbered_without_gaps(family: Family) -> None:
    numbers = [int(re.sub(r"\D", "", each.id)) for each in checks(family=family)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


@pytest.mark.parametrize("each", CHECKS, ids=lambda each: each.id)
def test_every_check_has_words_in_two_languages_and_a_source(each: Check) -> None:
    texts = [each.title("nl"), each.title("en"), each.mend("nl"), each.mend("en")]
    assert [text for text in texts if not re.fullmatch(r"\S.*[.?]", text)] == []
    assert each.title("nl") != each.title("en")
    assert each.source
    assert each.environments
    assert problems(f"{each.title('nl')} {each.mend('nl')}") == []


def test_every_finding_in_metadata_belongs_to_exactly_one_check() -> None:
    owners = Counter(code for each in checks(family=Family.METADATA) for code in each.findings)
    assert {code: owners[code] for code in FindingCode if owners[code] != 1} == {}
    assert [each.id for each in CHECKS if each.findings and each.family is not Family.METADATA] == []


def test_no_two_checks_say_the_same() -> None:
    for language in ("nl", "en"):
        titles = Counter((each.family, each.title(language)) for each in CHECKS)
        assert [title for title, count in titles.items() if count > 1] == []


def test_the_families_have_names_in_two_languages() -> None:
    assert FAMILIES.keys() == set(Family)


@pytest.mark.parametrize(
    ("family", "least"),
    list(zip(Family, (4, 8, 30, 7, 15, 8, 8, 25, 7, 5, 3), strict=True)),
)
def test_no_family_lost_a_check(family: Family, least: int) -> None:
    assert len(checks(family=family)) >= least


def test_test_data_and_the_assessment_are_looked_at_in_production_only() -> None:
    before = {each.id for each in checks(Environment.PREPRODUCTION)}
    after = {each.id for each in checks(Environment.PRODUCTION)}
    assert after - before == {"CK-D1", "CK-C1"}
    assert before <= after


def test_what_is_uploaded_is_judged_as_evidence() -> None:
    assert [each.id for each in checks(judged=Judged.EVIDENCE)] == ["CK-D1"]
    assert check("CK-D1").judged is Judged.EVIDENCE


def passes(asked: tuple[Check, ...]) -> dict[str, Verdict]:
    """Every check passes."""
    return {each.id: Verdict(each.id, Outcome.PASS) for each in asked}


def test_a_test_passes_when_every_check_passes() -> None:
    asked = checks(Environment.PREPRODUCTION)
    assert judge(asked, passes(asked).values()).overall is Overall.PASSED


def test_one_required_check_that_fails_fails_the_test() -> None:
    asked = checks(Environment.PREPRODUCTION)
    verdicts = passes(asked) | {"CK-C2": Verdict("CK-C2", Outcome.FAIL, "the supplier's name stands there")}
    found = judge(asked, verdicts.values())
    assert (found.overall, found.failing) == (Overall.FAILED, ("CK-C2",))


def test_a_check_without_verdict_leaves_the_test_incomplete() -> None:
    asked = checks(Environment.PREPRODUCTION)
    verdicts = passes(asked)
    del verdicts["CK-S1"]
    found = judge(asked, verdicts.values())
    assert (found.overall, found.without_verdict) == (Overall.INCOMPLETE, ("CK-S1",))


def test_a_required_check_that_was_not_run_leaves_the_test_incomplete() -> None:
    asked = checks(Environment.PREPRODUCTION)
    verdicts = passes(asked) | {"CK-S1": Verdict("CK-S1", Outcome.NOT_RUN, "takes 15 minutes")}
    found = judge(asked, verdicts.values())
    assert (found.overall, found.not_run) == (Overall.INCOMPLETE, ("CK-S1",))


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.WARNING, Outcome.NOT_RUN])
def test_what_is_only_advised_keeps_nobody_from_passing(outcome: Outcome) -> None:
    asked = checks(family=Family.METADATA)
    advised = next(each.id for each in asked if not each.required)
    found = judge(asked, (passes(asked) | {advised: Verdict(advised, outcome, "seen")}).values())
    assert found.overall is Overall.PASSED
    assert found.warnings == (() if outcome is Outcome.NOT_RUN else (advised,))


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.WARNING, Outcome.NOT_RUN])
def test_whatever_is_no_pass_says_why(outcome: Outcome) -> None:
    with pytest.raises(ReasonMissing):
        Verdict("CK-S1", outcome, "  ")


def test_a_verdict_that_nobody_asked_is_refused() -> None:
    asked = checks(family=Family.SESSION)
    with pytest.raises(ValueError, match="CK-B1"):
        judge(asked, [*passes(asked).values(), Verdict("CK-B1", Outcome.PASS)])


def test_two_verdicts_for_one_check_are_refused() -> None:
    asked = checks(family=Family.SESSION)
    with pytest.raises(ValueError, match="two verdicts"):
        judge(asked, [*passes(asked).values(), Verdict("CK-S1", Outcome.PASS)])
