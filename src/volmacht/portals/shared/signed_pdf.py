"""What was signed, as one PDF: the answers, the conditions in the version that counted, and who signed when (CN-13)."""

from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext

from volmacht.onboarding.documents.structure import Block, Heading, Paragraph, Span, Table
from volmacht.onboarding.operations import ToSign
from volmacht.portals.shared.answer_words import in_words
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.document_pdf import text_pdf
from volmacht.portals.shared.form_words import FORMS as FORM_WORDS
from volmacht.portals.shared.form_words import PAGES as PAGE_WORDS
from volmacht.portals.shared.form_words import field_words
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import Page
from volmacht.rules.periods import AMSTERDAM


def signed_pdf(what: ToSign) -> bytes:
    """In the language in which it was read."""
    with translation.override(what.language):
        moment = what.moment.astimezone(AMSTERDAM)
        signed = gettext("Getekend door %(name)s, %(function)s, op %(day)s om %(time)s.") % {
            "name": what.name,
            "function": what.function,
            "day": written_date(moment.date()),
            "time": f"{moment:%H:%M}",
        }
        which = gettext("%(title)s, versie %(version)d, SHA-256 %(hash)s") % {
            "title": what.document.title,
            "version": what.document.version,
            "hash": what.document.sha256,
        }
        blocks: list[Block] = [
            _paragraph(signed),
            _paragraph(which),
            _paragraph(gettext("SHA-256 van de antwoorden: %(hash)s") % {"hash": what.answers_sha256}),
        ]
        for form, pages in what.answers.items():
            blocks.append(_heading(2, str(FORM_WORDS[form].name)))
            for page in FORMS[form].pages:
                blocks += _page(page, pages.get(page.key, {}))
        blocks += [_heading(2, what.document.title), *what.document.text]
        title = f"{FORM_WORDS[what.form].name} {what.case_number}"
        return text_pdf(title, what.organisation_name, blocks, what.language)


def _page(page: Page, answers: object) -> list[Block]:
    rows = list(answers) if isinstance(answers, Sequence) else [answers]
    found: list[Block] = [_heading(3, str(PAGE_WORDS[page.key].name))]
    for row in rows:
        if isinstance(row, Mapping):
            lines = [
                (
                    _line(str(field_words(page.key, field.key).label)),
                    _line(in_words(page.key, field, row.get(field.key))),
                )
                for field in page.fields
                if field.is_asked(dict(row))
            ]
            found.append(Table((_line(gettext("Vraag")), _line(gettext("Antwoord"))), tuple(lines)))
    return found


def _line(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def _paragraph(text: str) -> Paragraph:
    return Paragraph(_line(text))


def _heading(level: int, text: str) -> Heading:
    return Heading(level, "", _line(text))
