"""Carries out the cases of connecting, each step at its own moment, with the operations that members and employees use.

The services of `catalogue.toml` are older than this way of connecting, and no case made them. So a provider of that
file that is connected here has a second connection, with services of its own beside the older ones: what its
application says is what runs over that connection, and a new service or a change can be tried on it.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from volmacht.checks import checks
from volmacht.checks.judging import Verdict, judge
from volmacht.demo.filling import answers_for, entity_id
from volmacht.demo.moments import workday_moment_of
from volmacht.demo.papers import metadata, verdicts
from volmacht.demo.replaying import ScenarioProblem, Step
from volmacht.onboarding import operations, queries
from volmacht.onboarding.documents import DocumentKey, current
from volmacht.onboarding.operations import CaseActor, Conflict, FileKind
from volmacht.onboarding.queries import QueueFilter
from volmacht.parties import queries as parties
from volmacht.pki import Organisation
from volmacht.portals.shared.document_pdf import text_pdf
from volmacht.portals.shared.signed_pdf import signed_pdf
from volmacht.portals.staff.acting import DeskCase
from volmacht.portals.staff.report_pdf import report_pdf
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin
from volmacht.rules.onboarding.cases import FIRST_STATE, CaseKind, CaseState, Objection, Side
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import MemberRole, StaffRole

FILE = Path(__file__).parent / "connecting.toml"
LANGUAGE = "nl"
FORTNIGHT = timedelta(days=14)
AFTER_MANDATES = 10_000  # lines of mandates come first
FORMS_OF = {CaseKind.NEW_SERVICE: FormKey.NEW_SERVICE, CaseKind.CHANGE: FormKey.CHANGE}
FORMS_IN = {
    CaseState.PREPARING: FormKey.APPLICATION,
    CaseState.PREPRODUCTION_FORM: FormKey.PREPRODUCTION,
    CaseState.PRODUCTION_FORM: FormKey.PRODUCTION,
}
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works there: the one who judges first, the one who confirms, and the helpdesk."""

    first: CaseActor
    second: CaseActor
    helpdesk: CaseActor


@cache
def content() -> Mapping[str, Any]:
    """The file."""
    return tomllib.loads(FILE.read_text("utf-8"))


def desk() -> Desk:
    """The employees of the demo. Raises ScenarioProblem."""
    found = [one for one in parties.staff() if one.active]
    first, second = (one for one in found if StaffRole.ASSESSOR in one.roles)
    (helpdesk,) = (one for one in found if StaffRole.HELPDESK in one.roles)
    return Desk(
        *(
            CaseActor(Side.OPERATOR, one.id, function=function)
            for one, function in ((first, "beoordelaar"), (second, "beoordelaar"), (helpdesk, "helpdesk"))
        )
    )


def let_worker_work() -> None:
    """As the worker does: disputes come to the desk, silence is reminded of and ends, due dates are told."""
    operations.open_disputes()
    operations.remind_and_lapse()
    operations.tell_what_is_due()


def steps(now: datetime) -> Sequence[Step]:
    """Everything that happens to all cases, not yet in order."""
    cases = [CaseLine(number, case, now).steps() for number, case in enumerate(content()["case"], start=1)]
    begun = min(step.moment for found in cases for step in found)
    fortnights = range(1, (now - begun) // FORTNIGHT + 1)
    worker = [Step(begun + count * FORTNIGHT, AFTER_MANDATES, let_worker_work) for count in fortnights]
    return [*worker, *(step for found in cases for step in found)]


class CaseLine:
    """One case of the file, and what happens to it."""

    def __init__(self, number: int, case: Mapping[str, Any], now: datetime) -> None:
        self.number = number
        self.case = case
        self.now = now
        self.kind = CaseKind(case.get("kind", CaseKind.APPLICATION))
        self._id: UUID | None = None
        self._state = FIRST_STATE[self.kind]
        self._saved: set[tuple[FormKey, PageKey]] = set()

    def steps(self) -> Sequence[Step]:
        """In the order of the file, on working days."""
        found: list[Step] = []
        for days_ago, what in self.case["steps"]:
            moment = workday_moment_of(float(days_ago), self.now, f"case {self.number} {what}")
            if found:
                moment = min(max(moment, found[-1].moment + timedelta(minutes=20)), self.now)
            found.append(Step(moment, AFTER_MANDATES + self.number, self._doing(str(what))))
        return found

    def _doing(self, what: str) -> Callable[[], None]:
        def do() -> None:
            outcome = getattr(self, f"_{what}")()
            if isinstance(outcome, Objection | Conflict):
                raise ScenarioProblem(f"case {self.number} ({self.case['oin']}), {what}: {outcome}")
            if isinstance(outcome, CaseState):
                self._state = outcome

        return do

    @property
    def id(self) -> UUID:
        """Of the case. Raises ScenarioProblem before it was opened."""
        if self._id is None:
            raise ScenarioProblem(f"case {self.number} was not opened")
        return self._id

    def _organisation(self) -> Organisation:
        found = parties.connecting_organisation(self._organisation_id)
        return Organisation(found.name if found else "", Oin(self.case["oin"]))

    @cached_property
    def _desk(self) -> Desk:
        return desk()

    @cached_property
    def _organisation_id(self) -> UUID:
        found = parties.organisation_with_oin(self.case["oin"])
        if found is None:
            raise ScenarioProblem(f"case {self.number} is of an organisation that is not in accounts.toml")
        return found

    @cached_property
    def _member(self) -> CaseActor:
        """Who signs for the organisation."""
        organisation_id = self._organisation_id
        signs = next(one for one in parties.members(organisation_id) if MemberRole.SIGNATORY in one.roles)
        return CaseActor(Side.PROVIDER, signs.account_id, signs.name, "tekenbevoegde", organisation_id)

    def _supplier(self) -> CaseActor:
        """Somebody of the first supplier that may act for it."""
        supplier_id = parties.consents(self._organisation_id)[0].supplier_id
        one = parties.members(supplier_id)[0]
        return CaseActor(Side.SUPPLIER, one.account_id, one.name, "leverancier", supplier_id)

    def _settled(self, outcome: Result | Objection | Conflict) -> Result:
        if isinstance(outcome, Objection | Conflict):
            raise ScenarioProblem(f"case {self.number}: {outcome}")
        return outcome

    # --- what members do ---

    def _begin(self) -> object:
        who, organisation_id = self._member, self._organisation_id
        if self.kind is CaseKind.APPLICATION:
            made = operations.start_application(organisation_id=organisation_id, actor=who)
        elif self.kind is CaseKind.NEW_SERVICE:
            made = operations.start_new_service(organisation_id=organisation_id, actor=who)
        elif self.kind is CaseKind.CHANGE:
            change = ChangeOf(self.case["answers"]["change_of"])
            made = operations.start_change(organisation_id=organisation_id, actor=who, change=change)
        else:
            made = operations.ask_question(
                organisation_id=organisation_id,
                actor=who,
                subject=self.case["subject"],
                text=self.case["text"],
            )
        self._id = self._settled(made)
        return made

    def _fill(self, actor: CaseActor | None = None) -> object:
        """Every page of the form that is asked now."""
        form = self._form()
        for page in FORMS[form].pages:
            self._save(form, page.key, actor or self._member)
        return None

    def _fill_first_page(self) -> object:
        form = self._form()
        return self._save(form, FORMS[form].pages[0].key, self._member)

    def _fill_by_supplier(self) -> object:
        return self._fill(self._supplier())

    def _form(self) -> FormKey:
        """The one that is asked now."""
        return FORMS_OF.get(self.kind) or FORMS_IN[self._state]

    def _save(self, form: FormKey, page: PageKey, actor: CaseActor) -> object:
        known = None
        if (form, page) in self._saved or form is FormKey.CHANGE:
            known = (queries.form_pages(self.id, form, actor) or {}).get(page)
        answers = answers_for(self.case, form, page, known.answers if known else {}, self._service())
        saved = operations.save_answers(
            case_id=self.id,
            form=form,
            page=page,
            answers=answers,
            version=known.version if known else 0,
            actor=actor,
        )
        self._saved.add((form, page))
        return self._settled(saved)

    def _service(self) -> str:
        """The first service that runs over the connection, for a change of it."""
        if self.kind is not CaseKind.CHANGE:
            return ""
        for version in queries.what_runs(self._organisation_id, self._desk.first):
            if version.environment == Environment.PRODUCTION:
                return str(version.content["service"][0]["uuid"])
        return ""

    def _hand_in(self) -> object:
        """Fill in, bring what goes with it, sign where that is asked, and hand in."""
        self._fill()
        return self._sign_and_hand_in()

    def _sign_and_hand_in(self) -> object:
        form = self._form()
        if self._brings_metadata(form):
            self._bring_metadata(
                Environment.PREPRODUCTION if form is FormKey.PREPRODUCTION else Environment.PRODUCTION
            )
        if form is FormKey.PRODUCTION:
            self._add(FileKind.SECURITY_STATEMENT, "verklaring.pdf", _statement())
        if form is not FormKey.APPLICATION:
            signed = self._sign(form)
            if isinstance(signed, Objection):
                return signed
        return operations.hand_in(case_id=self.id, actor=self._member)

    def _brings_metadata(self, form: FormKey) -> bool:
        if form is FormKey.CHANGE:
            return self.case["answers"]["change_of"] in {ChangeOf.CERTIFICATE, ChangeOf.METADATA}
        wanted = self.case.get("metadata", True)
        return bool(wanted) and form in {FormKey.PREPRODUCTION, FormKey.PRODUCTION}

    def _bring_metadata(self, environment: Environment) -> None:
        services = (
            [
                (uuid, str(self.case["services"][place]["name"]))
                for place, uuid in enumerate(queries.service_uuids(self.id, self._member).values())
            ]
            if self.kind is CaseKind.APPLICATION
            else []
        )
        document = metadata(
            self._organisation(),
            entity_id(self.case, tests=environment is Environment.PREPRODUCTION),
            environment,
            self.case["site"],
            services,
        )
        self._add(FileKind.METADATA, "metadata.xml", document)

    def _add(self, kind: FileKind, name: str, document: bytes) -> None:
        self._settled(
            operations.add_file(case_id=self.id, kind=kind, name=name, content=document, actor=self._member)
        )

    def _sign(self, form: FormKey) -> UUID | Objection:
        who = self._member
        key = (
            DocumentKey.CONDITIONS_PREPRODUCTION
            if form is FormKey.PREPRODUCTION
            else DocumentKey.CONDITIONS_PRODUCTION
        )
        return operations.sign(
            case_id=self.id,
            actor=who,
            name=who.name,
            function="Directeur bedrijfsvoering",
            version_read=current(key, LANGUAGE).version,
            language=LANGUAGE,
            draw=signed_pdf,
        )

    def _offer(self) -> object:
        return operations.offer_for_test(case_id=self.id, actor=self._member)

    def _withdraw(self) -> object:
        return operations.withdraw(case_id=self.id, actor=self._member, note=self.case["note"])

    def _write(self) -> object:
        return operations.answer(case_id=self.id, text=self.case["message"], actor=self._member)

    # --- what employees do ---

    def _take(self) -> object:
        return operations.assign(case_id=self.id, to=self._desk.first.id, actor=self._desk.first)

    def _note(self) -> object:
        return operations.note_internally(case_id=self.id, text=self.case["internal"], actor=self._desk.first)

    def _return(self) -> object:
        """With the reasons of the file; a field of a service is that of the first one."""
        page = queries.form_pages(self.id, FormKey.PREPRODUCTION, self._desk.first) or {}
        rows = page[PageKey.SERVICES].answers
        row = rows[0]["row"] if isinstance(rows, Sequence) and rows else ""
        reasons: dict[tuple[FormKey, PageKey], dict[str, str]] = {}
        for place, reason in self.case["reasons"].items():
            form, of_page, field = place.split("/")
            key = f"{row}.{field}" if of_page == PageKey.SERVICES else field
            reasons.setdefault((FormKey(form), PageKey(of_page)), {})[key] = reason
        return operations.return_with_reasons(
            case_id=self.id, reasons=reasons, actor=self._desk.first, note=self.case["note"]
        )

    def _refuse(self) -> object:
        return operations.refuse(case_id=self.id, reason=self.case["note"], actor=self._desk.first)

    def _propose(self) -> object:
        return operations.propose_approval(case_id=self.id, actor=self._desk.first)

    def _confirm(self) -> object:
        return operations.confirm_approval(case_id=self.id, actor=self._desk.second)

    def _pass(self) -> object:
        return self._report({})

    def _fail(self) -> object:
        return self._report(self.case["failing"])

    def _report(self, failing: Mapping[str, str]) -> object:
        in_production = self._state is CaseState.PRODUCTION_REVIEW
        environment = Environment.PRODUCTION if in_production else Environment.PREPRODUCTION
        found = verdicts(environment, failing)
        return operations.fill_report(
            case_id=self.id,
            verdicts=found,
            actor=self._desk.first,
            pdf=self._report_on_paper(environment, found),
        )

    def _report_on_paper(self, environment: Environment, found: Sequence[Verdict]) -> bytes:
        page = queries.case_page(self.id, self._desk.first)
        if page is None:
            raise ScenarioProblem(f"case {self.number} is not there")
        here = DeskCase(page, self._desk.first)
        judgement = judge(checks(environment), found)
        return report_pdf(here, environment, {one.check_id: one for one in found}, judgement, "")

    def _activate(self) -> object:
        return operations.activate(case_id=self.id, actor=self._desk.first, early=True)

    def _stop(self) -> object:
        return operations.deactivate(case_id=self.id, reason=self.case["note"], actor=self._desk.first)

    def _answer(self) -> object:
        return operations.answer(case_id=self.id, text=self.case["answer"], actor=self._desk.helpdesk)

    def _close(self) -> object:
        return operations.close(case_id=self.id, actor=self._desk.helpdesk)


def close_first_dispute() -> None:
    """The oldest dispute was looked into, so that there is one of each. Raises ScenarioProblem."""
    who = desk().helpdesk
    found = queries.queue(who, QueueFilter(kinds=(CaseKind.DISPUTE,))).rows
    if not found:
        raise ScenarioProblem("the scenario has no dispute")
    closed = operations.close(
        case_id=found[0].id, actor=who, note="Nagevraagd: de machtiging is ingetrokken en niet meer gebruikt."
    )
    if isinstance(closed, Objection):
        raise ScenarioProblem(f"closing a dispute: {closed}")


@cache
def _statement() -> bytes:
    return text_pdf("Verklaring beveiligingsassessment", "Verzonnen, voor de demo", [], LANGUAGE)
