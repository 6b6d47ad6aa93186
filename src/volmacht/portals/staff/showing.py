"""How pages of the desk are shown: with their menu, and a form as it is, or again with what is wrong or objected."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from volmacht.portals.shared.account_words import objection_words
from volmacht.portals.shared.context import FrameLink
from volmacht.portals.shared.kept_forms import shown_again, typed
from volmacht.portals.shared.objecting import objected
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import employee
from volmacht.portals.staff.words import at_the_desk
from volmacht.rules.roles import Permission

Form = TypeVar("Form", bound=forms.Form)
NOT_GOOD = 400
MENU: tuple[tuple[str, Text, Permission | None], ...] = (
    ("staff:home", gettext_lazy("Werkvoorraad"), None),
    ("staff:organisations", gettext_lazy("Organisaties"), Permission.SEE_CASES),
    ("staff:catalogue", gettext_lazy("Catalogus"), Permission.SEE_CATALOGUE),
    ("staff:usage", gettext_lazy("Gebruik"), Permission.SEE_CASES),
    ("staff:tariffs", gettext_lazy("Tarieven"), Permission.MANAGE_TARIFFS),
    ("staff:sentences", gettext_lazy("Standaardzinnen"), Permission.MANAGE_STAFF),
    ("staff:employees", gettext_lazy("Medewerkers"), Permission.MANAGE_STAFF),
    ("staff:readings", gettext_lazy("Wie keek waarnaar"), Permission.SEE_AUDIT),
)


def show(
    request: HttpRequest, template: str, values: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """A page of the desk, with what this employee may open in the menu; and what was not done, with why."""
    permissions = employee(request).permissions
    menu = [
        FrameLink(reverse(name), text, request.path == reverse(name))
        for name, text, needed in MENU
        if needed is None or needed in permissions
    ]
    again = shown_again(request)
    objection = again.objection if again else None
    context = {
        "menu": menu,
        "words": objection_words(objection) if objection else at_the_desk(objected(request)),
        "can": {permission.value for permission in permissions},
        **(values or {}),
    }
    return render(request, f"staff/{template}", context, status=again.status if again else status)


def filled(request: HttpRequest, make: Callable[..., Form], initial: Mapping[str, Any] | None = None) -> Form:
    """The form with what was typed; judged again only when it was not filled in well."""
    again, data = shown_again(request), typed(request)
    if data is None:
        return make(initial=initial)
    if again is not None and again.status != NOT_GOOD:
        return make(initial={**(initial or {}), **_values(make, data)})
    return make(data, initial=initial)


def _values(make: Callable[..., Form], data: QueryDict) -> dict[str, Any]:
    """What was typed, by field: also of one that has several parts."""
    fields = make().fields
    return {name: field.widget.value_from_datadict(data, QueryDict(), name) for name, field in fields.items()}
