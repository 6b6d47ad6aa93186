"""Turning a message into an e-mail: words in the reader's language, as text and as plain HTML.

Each kind and side has one template, `templates/notifications/<kind>.<side>.txt`: the subject on its first
line, then paragraphs. The HTML shows the same paragraphs. Touches no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from volmacht.notifications.kinds import MessageKind, Side
from volmacht.rules.environment import PAGES_UNDER, Environment

Values = Mapping[str, str | int | None]
ENGLISH = "en"
TEST_MARK = gettext_lazy("Testomgeving (preproductie): hier gelden machtigingen alleen voor testen.")


@dataclass(frozen=True, slots=True)
class Words:
    """A message in words: the same paragraphs as text and as a page."""

    subject: str
    paragraphs: tuple[str, ...]
    html: str

    @property
    def text(self) -> str:
        """The paragraphs as an e-mail in plain text."""
        return "\n\n".join(self.paragraphs) + "\n"


def template_name(kind: MessageKind, side: Side | None) -> str:
    """Where the words of a message stand."""
    return f"notifications/{kind}.{side}.txt" if side else f"notifications/{kind}.txt"


def word(
    kind: MessageKind,
    side: Side | None,
    values: Values,
    language: str,
    *,
    environment: Environment = Environment.PRODUCTION,
) -> Words:
    """Word a message in Dutch or English; one of pre-production says so first, in its subject too."""
    with translation.override(language):
        text = render_to_string(template_name(kind, side), _context(values, language, environment))
        first, *rest = (" ".join(part.split()) for part in text.strip().split("\n\n"))
        paragraphs = tuple(part for part in rest if part)
        if environment is Environment.PREPRODUCTION:
            first = gettext("Test: %(subject)s") % {"subject": first}
            paragraphs = (str(TEST_MARK), *paragraphs)
        html = render_to_string(
            "notifications/base.html", {"language": language, "subject": first, "paragraphs": paragraphs}
        )
    return Words(first, paragraphs, html)


def _context(values: Values, language: str, environment: Environment) -> dict[str, object]:
    """What a template may use: the service's name, the days, where to go. Never a name of the other (DM-53)."""
    base = settings.VOLMACHT.base_url + PAGES_UNDER[environment] + ("/en" if language == ENGLISH else "")
    name = (values.get("service_en") if language == ENGLISH else None) or values.get("service") or ""
    first_day, last_day, secret = values.get("first_day"), values.get("last_day"), values.get("secret")
    replaced = values.get("replaced_last_day")
    return {
        "service": " ".join(str(name).split()) or gettext("een dienst"),
        "first_day": date.fromisoformat(str(first_day)) if first_day else None,
        "last_day": date.fromisoformat(str(last_day)) if last_day else None,
        "mandates_page": f"{base}/mijn/machtigingen/",
        "confirmation_page": f"{base}/e-mail/bevestigen/{quote(str(secret), safe='')}/" if secret else "",
        "old_last_day": date.fromisoformat(str(replaced)) if replaced else None,
        "helpdesk_phone": settings.VOLMACHT.helpdesk_phone,
        "helpdesk_email": settings.VOLMACHT.helpdesk_email,
        "operator": settings.VOLMACHT.operator_name,
        **_of_organisations(values, language, base),
    }


def _of_organisations(values: Values, language: str, base: str) -> dict[str, object]:
    """What messages to employees and members may use besides: an organisation, a case, what changed, a page."""
    sentence = (values.get("sentence_en") if language == ENGLISH else None) or values.get("sentence") or ""
    return {
        "organisation": " ".join(str(values.get("organisation") or "").split()),
        "case_number": str(values.get("case_number") or ""),
        "sentence": " ".join(str(sentence).split()),
        "change": str(values.get("change") or ""),
        "page": f"{base}{values.get('path') or '/account/'}",
    }


def compose(message_id: UUID, words: Words, *, to: str, language: str, written_at: datetime) -> EmailMessage:
    """The e-mail itself. The same message always gets the same Message-ID and date, so that a repeat shows."""
    domain = urlsplit(settings.VOLMACHT.base_url).hostname or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.VOLMACHT.mail_from
    message["To"] = to
    message["Subject"] = words.subject
    message["Date"] = format_datetime(written_at.astimezone(UTC))
    message["Message-ID"] = f"<{message_id}@{domain}>"
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.text)
    message.add_alternative(words.html, subtype="html")
    return message
