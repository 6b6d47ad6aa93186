"""Values for the template parts of every page, so that views hand over data and no markup."""

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of `shared/summary_list.html`; `change` is the address where it can be changed."""

    key: Text
    value: object
    change: str = ""
