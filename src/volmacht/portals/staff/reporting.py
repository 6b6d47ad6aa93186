"""Task: fill in the report of a test by hand, family by family; what anybody saved stays (CN-4, CN-5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from volmacht.audience import needs
from volmacht.checks import Check, Family, checks
from volmacht.checks.judging import JudgedBy, Judgement, Outcome, Overall, Verdict, judge
from volmacht.checks.model import FAMILIES
from volmacht.onboarding.operations import fill_report, save_verdicts
from volmacht.portals.shared.case_words import OBJECTIONS
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.objecting import again_because
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.report_words import OVERALL, ReportedPoint, judged_by, points_of
from volmacht.portals.staff.acting import DeskCase, desk_case
from volmacht.portals.staff.forms import text_field
from volmacht.portals.staff.report_form import OUTCOME, REASON, FamilyForm
from volmacht.portals.staff.report_pdf import report_pdf
from volmacht.portals.staff.report_proposals import proposed, said_before
from volmacht.portals.staff.showing import filled, show
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.roles import Permission

TESTED = {
    CaseState.ACCEPTANCE: Environment.PREPRODUCTION,
    CaseState.PRODUCTION_REVIEW: Environment.PRODUCTION,
}

THE_REST = "de-rest"  # the button that only profile demo has


class FinishForm(forms.Form):
    """What is said with a report."""

    use_required_attribute = False
    tekst = text_field(_("Toelichting voor de organisatie"), rows=4, longest=2000)


@dataclass(frozen=True, slots=True)
class Draft:
    """The report that is being filled in."""

    environment: Environment
    verdicts: dict[str, Verdict]

    @property
    def asked(self) -> tuple[Check, ...]:
        """The checks of this environment."""
        return checks(self.environment)

    def judgement(self) -> Judgement:
        """What it amounts to now."""
        return judge(self.asked, self.verdicts.values())


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One family on the overview."""

    family: Family
    name: Text
    asked: int
    judged: int
    failing: int
    proposed: int  # and not judged yet


def draft_of(here: DeskCase) -> Draft:
    """What stands. Raises Http404 for a case that nobody tests now."""
    environment = TESTED.get(here.page.case.state)
    if environment is None:
        raise Http404
    kept: dict[str, dict[str, str]] = next(
        (one.verdicts for one in here.page.reports if one.passed is None), {}
    )
    asked = {one.id for one in checks(environment)}
    verdicts = {
        key: Verdict(key, Outcome(found["outcome"]), found["reason"], judged_by(found))
        for key, found in kept.items()
        if key in asked
    }
    return Draft(environment, verdicts)


def family_name(family: Family) -> str:
    """What it is called, in the language of the page."""
    return FAMILIES[family][0 if language() == "nl" else 1]


@needs(Permission.JUDGE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    """All families with how far they are, and the end of the report."""
    here = desk_case(request, number)
    draft = draft_of(here)
    if request.method == "POST":
        if settings.VOLMACHT.demo and THE_REST in request.POST:
            return _pass_the_rest(request, here, draft)
        return _finish(request, here, draft)
    judgement = draft.judgement()
    missing = {*judgement.without_verdict, *judgement.not_run}
    context = {
        "case": here.page.case,
        "environment": ENVIRONMENTS[draft.environment],
        "families": _families(draft, proposed(here, draft.environment)),
        "overall": OVERALL[judgement.overall],
        "complete": judgement.overall is not Overall.INCOMPLETE,
        "passed": judgement.overall is Overall.PASSED,
        "failing": _named(draft, judgement.failing),
        "before": _remarked_before(here, draft.environment),
        "missing": len(missing),
        "warnings": len(judgement.warnings),
        "form": filled(request, FinishForm),
        "done": take(request, f"rapport {number}"),
        "not_allowed": OBJECTIONS[Objection.OWN_ORGANISATION]
        if here.page.acting.of_the_organisation
        else None,
    }
    return show(request, "report.html", context)


def _remarked_before(here: DeskCase, environment: Environment) -> list[ReportedPoint]:
    """For production: what did not simply pass in pre-production."""
    before = [one for one in here.page.reports if one.passed and one.environment != environment.value]
    is_later = environment is Environment.PRODUCTION and before
    return points_of(Environment.PREPRODUCTION, before[-1].verdicts) if is_later else []


def _named(draft: Draft, ids: tuple[str, ...]) -> list[tuple[str, str, str]]:
    return [
        (one.id, one.title(language()), draft.verdicts[one.id].reason) for one in draft.asked if one.id in ids
    ]


def _families(draft: Draft, offered: Mapping[str, Verdict]) -> list[FamilyRow]:
    rows = []
    for family in Family:
        asked = [one for one in draft.asked if one.family is family]
        if asked:
            given = [draft.verdicts[one.id] for one in asked if one.id in draft.verdicts]
            failing = sum(one.outcome is Outcome.FAIL for one in given)
            open_still = sum(one.id in offered and one.id not in draft.verdicts for one in asked)
            rows.append(FamilyRow(family, family_name(family), len(asked), len(given), failing, open_still))
    return rows


def _pass_the_rest(request: HttpRequest, here: DeskCase, draft: Draft) -> HttpResponse:
    """For who tries out all six steps alone: nobody gives 136 verdicts for a service that is not theirs."""
    offered = proposed(here, draft.environment)
    open_still = [one.id for one in draft.asked if one.id not in draft.verdicts]
    rest = [offered.get(key, Verdict(key, Outcome.PASS)) for key in open_still]
    done = save_verdicts(case_id=here.page.case.id, verdicts=rest, actor=here.actor)
    if isinstance(done, Objection):
        return again_because(request, done)
    note(request, f"rapport {here.number}", gettext("Opgeslagen."))
    return redirect("staff:report", here.number)


def _finish(request: HttpRequest, here: DeskCase, draft: Draft) -> HttpResponse:
    form = FinishForm(request.POST)
    if not form.is_valid():
        return show_again(request)
    judgement = draft.judgement()
    pdf = b""
    if judgement.overall is not Overall.INCOMPLETE:
        pdf = report_pdf(here, draft.environment, draft.verdicts, judgement, form.cleaned_data["tekst"])
    done = fill_report(
        case_id=here.page.case.id,
        verdicts=[],
        actor=here.actor,
        pdf=pdf,
        note=form.cleaned_data["tekst"],
    )
    if isinstance(done, Objection):
        return again_because(request, done)
    accepted(request)
    passed = judgement.overall is Overall.PASSED
    note(
        request,
        here.number,
        gettext("Het testrapport is af: voldoet. Een collega moet het bevestigen.")
        if passed
        else gettext("Het testrapport is af: voldoet niet. De organisatie krijgt het."),
    )
    return redirect("staff:case", here.number)


@needs(Permission.JUDGE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest, number: str, letter: str) -> HttpResponse:
    """The checks of one family."""
    here = desk_case(request, number)
    draft = draft_of(here)
    asked = tuple(one for one in draft.asked if one.family.value == letter)
    if not asked:
        raise Http404
    offered = proposed(here, draft.environment)
    judged, before = frozenset(draft.verdicts), said_before(here, draft.environment)
    if request.method == "POST":
        kept = {key: one for key, one in draft.verdicts.items() if one.by is JudgedBy.SYSTEM}
        return _save(request, here, FamilyForm(request.POST, asked=asked, offered={**offered, **kept}))

    def make(*args: object, **named: object) -> FamilyForm:
        return FamilyForm(*args, asked=asked, offered=offered, judged=judged, before=before, **named)

    initial = {}
    for key, verdict in {**offered, **draft.verdicts}.items():
        initial[OUTCOME + key] = verdict.outcome.value
        initial[REASON + key] = verdict.reason
    context = {
        "case": here.page.case,
        "name": family_name(asked[0].family),
        "environment": ENVIRONMENTS[draft.environment],
        "proposed": sum(one.id in offered and one.id not in judged for one in asked),
        "form": filled(request, make, initial),
    }
    return show(request, "report_family.html", context)


def _save(request: HttpRequest, here: DeskCase, form: FamilyForm) -> HttpResponse:
    """Keep what can be kept; where a reason is missing the page comes back with everything that was typed."""
    good = form.is_valid()
    done = save_verdicts(case_id=here.page.case.id, verdicts=form.verdicts(), actor=here.actor)
    if isinstance(done, Objection):
        return again_because(request, done)
    if not good:
        return show_again(request)
    accepted(request)
    note(request, f"rapport {here.number}", gettext("Opgeslagen."))
    return redirect("staff:report", here.number)
