"""Which forms and changes metadata belong to, and what a return calls them (CN-2, CN-11, CN-21). Pure."""

from typing import Final

from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey, PageKey

METADATA: Final = "metadata"  # in a return beside the fields of the page that asks for the connection
BRING_METADATA: Final = frozenset({ChangeOf.CERTIFICATE, ChangeOf.METADATA})
_PAGES: Final = {
    FormKey.PREPRODUCTION: PageKey.CONNECTION,
    FormKey.PRODUCTION: PageKey.CONNECTION,
    FormKey.CHANGE: PageKey.CHANGE,
}


def page_with_metadata(form: FormKey, change: ChangeOf | None) -> PageKey | None:
    """Beside which page of a form a document is asked; None where none is."""
    if form is FormKey.CHANGE and change not in BRING_METADATA:
        return None
    return _PAGES.get(form)
