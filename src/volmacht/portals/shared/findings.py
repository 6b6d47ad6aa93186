"""What was found in a metadata document as rows for people: line, what is wrong, how to mend it, rule (CN-2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from volmacht.catalogue.kinds import FetchFault
from volmacht.catalogue.queries import RunFinding
from volmacht.checks import CHECKS, Check
from volmacht.portals.shared.finding_words import FETCHING, FINDINGS
from volmacht.portals.shared.page_language import language
from volmacht.protocols.saml.metadata.findings import FindingCode, Severity

_CHECK_OF: dict[FindingCode, Check] = {code: check for check in CHECKS for code in check.findings}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding; `line` counts from 1, `entity_id` tells which party where there are several."""

    is_error: bool
    severity: str
    line: int | None
    what: str
    mend: str
    check: str
    rule: str
    entity_id: str


def finding_rows(findings: Iterable[RunFinding]) -> list[FindingRow]:
    """What keeps the document from being used first, then advice; each in the order of the lines."""
    rows = [_row(one) for one in findings]
    return sorted(rows, key=lambda row: (not row.is_error, row.line or 0))


def _row(found: RunFinding) -> FindingRow:
    is_error = found.severity is Severity.ERROR
    code = FindingCode(found.code) if found.code in set(FindingCode) else None
    check = _CHECK_OF.get(code) if code else None
    return FindingRow(
        is_error=is_error,
        severity=gettext("Fout") if is_error else gettext("Advies"),
        line=found.line,
        what=str(FINDINGS[code] if code else FETCHING[FetchFault(found.code)]),
        mend=check.mend(language()) if check else "",
        check=check.id if check else "",
        rule=found.rule,
        entity_id=found.entity_id or "",
    )
