"""What a test report says stands on the page of the case: the points, why, and how to mend them (CN-4, CN-10)."""

import pytest
from django.test import Client

from tests.accounts import log_in
from tests.onboarding.filled_in import all_pass, in_test
from tests.portals.staff.desk import a_town, an_employee
from volmacht.checks import check
from volmacht.checks.judging import Outcome, Verdict
from volmacht.onboarding import operations
from volmacht.onboarding.models import Case
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("db")

LOGO, NAME = "CK-C6", "CK-C2"


class Place:
    """A connection that is being tested, with a member of its organisation and two employees."""

    def __init__(self) -> None:
        _desk, self.one = an_employee(StaffRole.ASSESSOR)
        _desk, self.other = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
        body, signatory, somebody = a_town()
        self.case_id = in_test(body, signatory, (self.one, self.other))
        self.signatory = signatory
        self.member = Client()
        log_in(self.member, somebody)
        number = Case.objects.get(id=self.case_id).number
        self.address = f"organisatie/dossiers/{number}/"

    def report(self, *verdicts: Verdict) -> object:
        """Offer it, and give these verdicts; everything else passes."""
        operations.offer_for_test(case_id=self.case_id, actor=self.signatory)
        every = {one.check_id: one for one in all_pass(Environment.PREPRODUCTION)}
        every |= {one.check_id: one for one in verdicts}
        return operations.fill_report(
            case_id=self.case_id, verdicts=list(every.values()), actor=self.one, pdf=b"%PDF-1.7"
        )

    def page(self, language: str = "") -> str:
        """What stands under the heading of the report; nothing when there is none."""
        whole = self.member.get(f"/{language}{self.address}").text
        return whole.partition('id="testrapport"')[2].partition("<h2")[0]


@pytest.fixture
def place() -> Place:
    return Place()


def test_what_failed_and_what_was_remarked_is_on_the_page_with_how_to_mend_it(place: Place) -> None:
    assert place.page() == ""
    made = place.report(
        Verdict(LOGO, Outcome.WARNING, "Het logo is wazig."),
        Verdict(NAME, Outcome.FAIL, "Er staat de naam van de leverancier."),
    )
    assert made is CaseState.TESTING
    said = place.page()
    for text in (
        "voldoet nog niet",
        f"Voldoet niet: {NAME}",
        check(NAME).title("nl"),
        "Er staat de naam van de leverancier.",
        check(NAME).mend("nl"),
        f"Voldoet, met een opmerking: {LOGO}",
        "Het logo is wazig.",
    ):
        assert text in said
    assert said.index(NAME) < said.index(LOGO), "what stands in the way comes first"
    assert "CK-D2" not in said, "what simply passed is in the file"
    file_id = Case.objects.get(id=place.case_id).reports.get().file_id
    assert f'href="/{place.address}bestand/{file_id}/"' in said
    english = place.page("en/")
    assert check(NAME).mend("en") in english
    assert f"Does not pass: {NAME}" in english


def test_remarks_of_a_report_that_passed_are_there_once_it_is_confirmed(place: Place) -> None:
    place.report(Verdict(LOGO, Outcome.WARNING, "Het logo is wazig."))
    assert place.page() == ""
    operations.confirm_approval(case_id=place.case_id, actor=place.other)
    said = place.page()
    assert "Het logo is wazig." in said
    assert check(LOGO).mend("nl") in said


def test_a_report_without_remarks_says_so(place: Place) -> None:
    place.report()
    operations.confirm_approval(case_id=place.case_id, actor=place.other)
    assert "Er zijn geen opmerkingen." in place.page()
