"""`{% load volmacht %}`: written dates, addresses that exist once, and links to another part of a list."""

from datetime import date, datetime
from typing import Any

from django import template

from volmacht.paging import PARAMETER
from volmacht.portals.shared import environments
from volmacht.portals.shared.dates import written_date, written_moment, written_time
from volmacht.portals.shared.kept_forms import NUMBER

register = template.Library()


@register.filter
def dutch_date(value: date | None) -> str:
    """23 november 2026, or 23 November 2026 on an English page; nothing for None."""
    return written_date(value) if value else ""


@register.filter
def dutch_moment(value: datetime | None) -> str:
    """23 november 2026 om 14.32 uur; nothing for None."""
    return written_moment(value) if value else ""


@register.filter
def dutch_time(value: datetime | None) -> str:
    """14.32 uur; nothing for None."""
    return written_time(value) if value else ""


@register.simple_tag
def address_once(name: str) -> str:
    """The address of a page that exists once, also from a page of pre-production."""
    return environments.address_once(name)


@register.simple_tag(takes_context=True)
def page_address(context: dict[str, Any], number: int) -> str:
    """This address with another page number, other parameters kept; not a form that is shown again."""
    parameters = context["request"].GET.copy()
    parameters.pop(NUMBER, None)
    parameters[PARAMETER] = str(number)
    return f"?{parameters.urlencode()}"
