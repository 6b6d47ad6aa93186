"""What machines find in a case today: the newest metadata, and the checks that gave nothing by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from volmacht.catalogue.queries import judge_metadata
from volmacht.onboarding import queries
from volmacht.onboarding.queries import DocumentInForce
from volmacht.portals.shared.certificate_timeline import CertificateRow, certificate_rows
from volmacht.portals.shared.environment_words import ENVIRONMENTS as ENVIRONMENT_WORDS
from volmacht.portals.shared.findings import FindingRow, finding_rows
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import DeskCase
from volmacht.portals.staff.words import AUTOMATIC_CHECKS
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import ENDED, IS_TESTED, TESTS_ITSELF, CaseKind, CaseState
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import BRING_METADATA, page_with_metadata

ENVIRONMENTS = {
    FormKey.PREPRODUCTION: Environment.PREPRODUCTION,
    FormKey.PRODUCTION: Environment.PRODUCTION,
}
RUNS = frozenset({CaseState.ACTIVE, CaseState.DEACTIVATING})


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings and certificates of the metadata; `failing` are the automatic checks, in words.

    `environment`: for which the document is judged, in words; `left_out`: keys that count now and that it lacks.
    """

    asked: bool = False  # now, by the form or the change that is judged
    has_metadata: bool = False
    good: bool = False
    findings: list[FindingRow] = field(default_factory=list)
    certificates: list[CertificateRow] = field(default_factory=list)
    failing: list[Text] = field(default_factory=list)
    environment: Text = ""
    entity_id: str = ""
    left_out: tuple[str, ...] = ()
    in_force: bool = False  # what counts now, where nothing is asked


def checked(here: DeskCase) -> Checked:
    """Judged now: certificates end, so what was good when it came in may not be."""
    failing: list[Text] = []
    if here.page.case.state in {CaseState.PREPRODUCTION_REVIEW, CaseState.PREPRODUCTION_CONFIRM}:
        found = queries.failing_checks(here.page.case.id, here.actor)
        failing = [AUTOMATIC_CHECKS[one] for one in found]
    file = here.page.metadata
    about = _about(here, file.id if file else None)
    content = queries.file_content(file.id, here.actor) if file and about else None
    if content is not None and about is not None:
        left_out = queries.keys_a_change_leaves_out(here.page.case.id, here.actor)
        return replace(_judged(*about, content[1]), failing=failing, left_out=left_out)
    if about is None and (counts := _in_force(here)):
        return replace(_judged(counts.environment, counts.entity_id, counts.data), in_force=True)
    return Checked(asked=about is not None, has_metadata=file is not None, failing=failing)


def _judged(environment: Environment, entity_id: str, data: bytes) -> Checked:
    found = judge_metadata(environment=environment, entity_id=entity_id, data=data)
    return Checked(
        asked=True,
        has_metadata=True,
        good=found.is_good,
        findings=finding_rows(found.findings),
        certificates=certificate_rows(found.certificates),
        environment=ENVIRONMENT_WORDS[environment],
        entity_id=entity_id,
    )


def _in_force(here: DeskCase) -> DocumentInForce | None:
    """What an application is tested with, or runs with once it is active; None of anything else."""
    row = here.page.case
    if row.kind is not CaseKind.APPLICATION:
        return None
    in_test = row.state in TESTS_ITSELF | IS_TESTED
    environment = Environment.PREPRODUCTION if in_test else Environment.PRODUCTION
    found = queries.documents_in_force(row.id, here.actor) if in_test or row.state in RUNS else ()
    return next((one for one in found if one.environment is environment), None)


def returned_with(here: DeskCase) -> tuple[FormKey, PageKey] | None:
    """Beside which page the metadata that are judged now can be given back; None where none are asked."""
    for form in here.page.forms:
        page = page_with_metadata(form, here.page.case.change)
        if page and not _connection(here, form).get("cluster_connection"):
            return form, page
    return None


def _about(here: DeskCase, file_id: UUID | None) -> tuple[Environment, str] | None:
    """For which connection a document is judged now; None where none is asked, or its step is over."""
    row = here.page.case
    if row.kind is CaseKind.CHANGE:
        asks = row.change in BRING_METADATA and row.state not in ENDED
        return queries.connection_of_change(row.id, file_id, here.actor) if asks else None
    form = next((one for one in reversed(here.page.forms) if one in ENVIRONMENTS), None)
    if form is None or _connection(here, form).get("cluster_connection"):
        return None
    return ENVIRONMENTS[form], _entity_id(here, form)


def lacking_in_production(here: DeskCase) -> list[Text]:
    """Why nobody could log in once this application is active: people would mandate each other for nothing."""
    if here.page.case.kind is not CaseKind.APPLICATION:
        return []
    found: list[Text] = []
    if not queries.our_addresses(Environment.PRODUCTION).authentication_services:
        found.append(_("Deze omgeving is nog niet verbonden met DigiD."))
    if not _connection(here, FormKey.PRODUCTION).get("cluster_connection") and not _is_good(here):
        found.append(_("Er is geen goede metadata voor productie."))
    return found


def _is_good(here: DeskCase) -> bool:
    content = queries.file_content(here.page.metadata.id, here.actor) if here.page.metadata else None
    entity_id = _entity_id(here, FormKey.PRODUCTION)
    return (
        content is not None
        and judge_metadata(environment=Environment.PRODUCTION, entity_id=entity_id, data=content[1]).is_good
    )


def _connection(here: DeskCase, form: FormKey) -> Mapping[str, object]:
    pages = queries.form_pages(here.page.case.id, form, here.actor) or {}
    answers = pages[PageKey.CONNECTION].answers if PageKey.CONNECTION in pages else {}
    return answers if isinstance(answers, Mapping) else {}


def _entity_id(here: DeskCase, form: FormKey) -> str:
    return str(_connection(here, form).get("entity_id") or "").strip()
