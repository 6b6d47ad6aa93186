"""What a return asked and what was answered, in words: for its history on both sides, and for who judges again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from volmacht.onboarding.queries import KnownReturnedAnswer
from volmacht.portals.shared.answer_words import in_words
from volmacht.portals.shared.form_words import PAGES, field_words
from volmacht.portals.shared.parts import Text
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import Field, FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import METADATA


@dataclass(frozen=True, slots=True)
class Returned:
    """One answer that was returned. `key` names it on its page; `changed`: something else stands there now."""

    form: FormKey
    page: PageKey
    key: str
    where: Text
    label: Text
    reason: str
    then: str
    now: str
    changed: bool
    gone: bool
    answered_at: datetime | None


def returned_words(returned: Sequence[KnownReturnedAnswer]) -> list[Returned]:
    """In the order in which they were asked."""
    return [_in_words(one) for one in returned]


def _in_words(one: KnownReturnedAnswer) -> Returned:
    field = _field(one)
    name = PAGES[one.page].name
    return Returned(
        form=one.form,
        page=one.page,
        key=one.key,
        where=f"{name}: {one.row_name}" if one.row_name else name,
        label=field_words(one.page, field.key).label if field else _without_field(one.key),
        reason=one.reason,
        then=in_words(one.page, field, one.then) if field else str(one.then or "–"),
        now=in_words(one.page, field, one.now) if field else str(one.now or "–"),
        changed=one.now != one.then,
        gone=one.gone,
        answered_at=one.answered_at,
    )


def _without_field(key: str) -> Text:
    return _("Het document met metadata") if key == METADATA else key


def _field(one: KnownReturnedAnswer) -> Field | None:
    """The question; None when the form does not ask it any more: its history stays."""
    key = one.key.rpartition(".")[2]
    return next((field for field in FORMS[one.form].page(one.page).fields if field.key == key), None)
