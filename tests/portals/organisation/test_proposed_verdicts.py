"""What the system knows by itself is a proposal in the report; a verdict once an assessor saved it (CN-4)."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.onboarding import filled_in
from tests.portals.organisation import walking
from tests.portals.staff.desk import a_town, an_employee
from volmacht.checks import Family, checks
from volmacht.checks.judging import Outcome, Verdict
from volmacht.onboarding import operations, queries
from volmacht.onboarding.models import Case, Report
from volmacht.onboarding.operations import FileKind
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.forms import FormKey
from volmacht.rules.roles import StaffRole

MARK = "Voorstel van Volmacht, automatisch nagekeken."
METADATA = [one.id for one in checks(Environment.PREPRODUCTION, Family.METADATA)]


@pytest.fixture
def address(member: Client, organisation: UUID, authority: Path) -> str:
    """The report on a connection of which metadata are in force."""
    number = walking.start(member)
    walking.first_form(member, number)
    walking.second_form(member, number)
    member.post(f"/organisatie/dossiers/{number}/doen/aanbieden/")
    assert Case.objects.get(number=number).state == CaseState.ACCEPTANCE
    return f"/bureau/dossier/{number}/rapport/"


@pytest.fixture
def desk(db: None) -> Client:
    return an_employee(StaffRole.ASSESSOR)[0]


def given(page: Any) -> dict[str, str]:
    """What the form of a family would send as it is shown."""
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_the_metadata_that_count_are_proposed_as_judged_and_stored_only_when_saved(
    desk: Client, address: str
) -> None:
    page = desk.get(f"{address}M/")
    shown = given(page)
    assert [key for key in METADATA if shown[f"oordeel-{key}"] != "pass"] == []
    assert {shown[f"reden-{key}"] for key in METADATA} == {"Nagekeken door Volmacht."}
    assert page.text.count(MARK) == len(METADATA)
    assert not Report.objects.exists(), "a proposal is no verdict"
    assert f"{len(METADATA)} voorstellen van Volmacht" in desk.get(address).text

    changed = {**shown, "oordeel-CK-M1": "warning", "reden-CK-M1": "Wel erg groot."}
    assert desk.post(f"{address}M/", changed).status_code == 302
    verdicts = Report.objects.get().verdicts
    assert verdicts["CK-M1"] == {"outcome": "warning", "reason": "Wel erg groot.", "by": "assessor"}
    assert {verdicts[key]["by"] for key in METADATA[1:]} == {"system"}
    assert MARK not in desk.get(f"{address}M/").text

    english = given(desk.get(f"/en{address}M/"))
    desk.post(f"/en{address}M/", english)
    assert Report.objects.get().verdicts == verdicts, "saved again in another language it is whose it was"


def test_conditions_are_proposed_and_what_nobody_looked_at_is_not(desk: Client, address: str) -> None:
    shown = given(desk.get(f"{address}D/"))
    assert shown["oordeel-CK-D3"] == "pass"
    assert "versie 1 is getekend" in shown["reden-CK-D3"]
    assert shown["oordeel-CK-D4"] == "pass"
    assert shown["oordeel-CK-D2"] == ""
    for letter in "CTARPNBSF":
        page = desk.get(f"{address}{letter}/")
        assert (MARK in page.text, set(given(page).values())) == (False, {""})


def test_the_system_is_named_only_for_what_it_finds_itself(desk: Client, address: str) -> None:
    """Whoever posts an outcome that was never proposed gave it themselves, whatever they say."""
    shown = given(desk.get(f"{address}M/"))
    desk.post(f"{address}M/", {**shown, "oordeel-CK-M2": "fail"})
    assert Report.objects.get().verdicts["CK-M2"]["by"] == "assessor"


def test_a_report_says_for_each_point_who_judged_it(member: Client, desk: Client, address: str) -> None:
    shown = given(desk.get(f"{address}M/"))
    desk.post(f"{address}M/", shown)
    desk.post(f"{address}C/", {"oordeel-CK-C6": "fail", "reden-CK-C6": "Het logo is wazig."})
    desk.post(address, {"tekst": ""})
    number = re.search("dossier/(.*?)/", address)
    assert number is not None
    page = member.get(f"/organisatie/dossiers/{number[1]}/").text
    assert "Beoordeeld door: Een beoordelaar" in page


def offered_without_metadata() -> tuple[UUID, Any, Any, Any]:
    """A connection that is tested, of which no metadata were given."""
    _desk, one = an_employee(StaffRole.ASSESSOR)
    _desk, other = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, _somebody = a_town()
    return filled_in.in_test(body, signatory, (one, other)), signatory, one, other


@pytest.mark.usefixtures("db")
def test_without_metadata_nothing_is_proposed_about_them() -> None:
    case_id, signatory, judge, _other = offered_without_metadata()
    operations.offer_for_test(case_id=case_id, actor=signatory)
    found = queries.proposed_verdicts(case_id, Environment.PREPRODUCTION, judge)
    assert found.keys() <= {"CK-D3", "CK-D4"}
    assert found["CK-D3"].outcome is Outcome.PASS
    assert queries.proposed_verdicts(case_id, Environment.PREPRODUCTION, signatory) == {}


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("mentions", [filled_in.PREPRODUCTION_ID, filled_in.PRODUCTION_ID])
def test_in_production_only_a_document_for_production_is_judged_and_only_as_far_as_it_was_read(
    mentions: str,
) -> None:
    case_id, signatory, judge, other = offered_without_metadata()
    operations.offer_for_test(case_id=case_id, actor=signatory)
    every = {one.check_id: one for one in filled_in.all_pass(Environment.PREPRODUCTION)}
    every["CK-C6"] = Verdict("CK-C6", Outcome.WARNING, "Het logo is wazig.")
    operations.fill_report(case_id=case_id, verdicts=list(every.values()), actor=judge)
    operations.confirm_approval(case_id=case_id, actor=other)
    filled_in.fill_in(case_id, FormKey.PRODUCTION, signatory)
    bad = f'<a entityID="{mentions}"/>'.encode()
    operations.add_file(case_id=case_id, kind=FileKind.METADATA, name="m.xml", content=bad, actor=signatory)
    filled_in.sign(case_id, signatory, FormKey.PRODUCTION)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PRODUCTION_REVIEW

    found = queries.proposed_verdicts(case_id, Environment.PRODUCTION, judge)
    outcomes = {one.outcome for key, one in found.items() if key.startswith("CK-M")}
    assert outcomes == ({Outcome.FAIL} if mentions == filled_in.PRODUCTION_ID else set())

    desk = an_employee(StaffRole.ASSESSOR, name="Cor Beoordelaar")[0]
    report = f"/bureau/dossier/{Case.objects.get(id=case_id).number}/rapport/"
    assert "In preproductie: Voldoet, met een opmerking. Het logo is wazig." in desk.get(f"{report}C/").text
    assert "Het logo is wazig." in desk.get(report).text.partition('id="preproductie"')[2]
