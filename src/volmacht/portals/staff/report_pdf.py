"""The report of a test on paper: every check with its verdict, kept in the case for both sides (CN-4, CN-5)."""

from collections.abc import Mapping

from django.utils.translation import gettext

from volmacht import clock
from volmacht.checks import Family, checks
from volmacht.checks.judging import Judgement, Verdict
from volmacht.checks.model import FAMILIES
from volmacht.onboarding.documents.structure import Block, Heading, Line, Paragraph, Span, Table
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.document_pdf import text_pdf
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.report_words import JUDGED_BY, OUTCOMES, OVERALL
from volmacht.portals.staff.acting import DeskCase
from volmacht.rules.environment import Environment


def report_pdf(
    here: DeskCase, environment: Environment, verdicts: Mapping[str, Verdict], judgement: Judgement, said: str
) -> bytes:
    """In the language of who made it. No names of people: who made it and who confirmed it stands in the case."""
    row = here.page.case
    text: list[Block] = [
        Paragraph(_line(f"{row.organisation_name}, {row.number}, {ENVIRONMENTS[environment]}")),
        Paragraph(
            (Span(gettext("Oordeel: %(verdict)s") % {"verdict": OVERALL[judgement.overall]}, strong=True),)
        ),
        *([Paragraph(_line(said.strip()))] if said.strip() else []),
    ]
    for family in Family:
        text += _family(environment, family, verdicts)
    made = gettext("Gemaakt op %(day)s") % {"day": written_date(clock.today())}
    return text_pdf(gettext("Testrapport"), made, text, language())


def _family(environment: Environment, family: Family, verdicts: Mapping[str, Verdict]) -> list[Block]:
    rows = tuple(
        (
            _line(one.id),
            _line(one.title(language())),
            _line(str(OUTCOMES[verdicts[one.id].outcome])),
            _line(verdicts[one.id].reason),
            _line(str(JUDGED_BY[verdicts[one.id].by])),
        )
        for one in checks(environment, family)
        if one.id in verdicts
    )
    if not rows:
        return []
    head = tuple(
        map(
            _line,
            (
                gettext("Nummer"),
                gettext("Punt"),
                gettext("Oordeel"),
                gettext("Reden"),
                gettext("Beoordeeld door"),
            ),
        )
    )
    name = FAMILIES[family][0 if language() == "nl" else 1]
    return [Heading(2, family.name.lower(), _line(name)), Table(head, rows)]


def _line(text: str) -> Line:
    return (Span(text),)
